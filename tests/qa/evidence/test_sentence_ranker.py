"""Evidence is a short exact range of its article, and the likeliest stands first."""

from hypothesis import given
from hypothesis import strategies as st

from index.library.catalogue import PassageRecord
from index.search.searcher import Hit
from index.text.sentences import sentences
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import understand
from qa.reader.sentence_selection import QUOTE_AT_MOST
from tests.support import answerers
from tests.support.small_index import TEXTS

LONG = st.lists(TEXTS, min_size=1, max_size=6).map("，".join)


def hit(text: str, start: int = 0, title: str = "", heading: str | None = None) -> Hit:
    place = PassageRecord("a.txt", title, None, None, None, heading, start, start + len(text), text)
    return Hit(1, place, 0.5, (0.0,) * max(1, len(sentences(text))), 1, 1)


def ranked(question: str, *hits: Hit) -> list[Evidence]:
    understood = understand(question, [], answerers.names())
    return answerers.ranker().rank(understood, answerers.query(understood.forms), hits)


def typed(evidence: Evidence) -> list[str]:
    return [span.of(evidence.quote) for span in evidence.typed_spans]


@given(st.lists(LONG, min_size=1, max_size=3), TEXTS, st.integers(0, 10**6))
def test_every_quote_is_the_text_at_its_range_short_and_holds_its_answers(
    texts: list[str], question: str, start: int
) -> None:
    evidence = ranked(question, *(hit(text, start) for text in texts))
    for item in evidence:
        inside = item.passage.text[item.span.start - start : item.span.end - start]
        assert item.quote == inside
        assert len(item.quote) <= QUOTE_AT_MOST
        assert all(span.of(item.quote) for span, _ in item.typed)
        signals = item.signals
        shares = (signals.coverage.matched, signals.coverage.around, signals.entities.required)
        assert all(0 <= share <= 1 for share in shares)
    assert [item.score for item in evidence] == sorted(
        (item.score for item in evidence), reverse=True
    )


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
def test_whatever_is_visible_can_be_quoted(texts: list[str], question: str) -> None:
    quoted = ranked(question, *(hit(text) for text in texts))
    assert bool(quoted) == any(text.strip() for text in texts)


def test_the_sentence_with_the_words_and_the_kind_comes_first() -> None:
    text = "甲国讨论了投资。甲国投资了100万美元。乙国很大。"
    best = ranked("甲国投资了多少?", hit(text, start=40))[0]
    assert (best.quote, typed(best)) == ("甲国投资了100万美元。", ["100万美元"])
    assert (best.span.start, best.span.end) == (48, 60)


def test_what_stands_in_the_question_is_no_answer() -> None:
    [best] = ranked("2016年花了100万美元的是哪一年?", hit("2016年花了100万美元。"))
    assert best.typed == ()


def test_title_and_heading_are_not_quoted() -> None:
    text = "大桥\n背景\n大桥在2016年通车。"
    evidence = ranked("大桥何时通车?", hit(text, title="大桥", heading="背景"))
    assert [item.quote for item in evidence] == ["大桥在2016年通车。"]


def test_no_quote_is_empty() -> None:
    evidence = ranked("头在哪里?", hit("头" + " " * 700 + "尾"))
    assert all(item.quote for item in evidence)


def test_a_long_sentence_is_quoted_by_clauses() -> None:
    text = ("很长的话说也说不完，" * 30) + "甲国投资了100万美元。"
    best = ranked("甲国投资了多少?", hit(text))[0]
    assert len(best.quote) <= QUOTE_AT_MOST
    assert "100万美元" in best.quote
