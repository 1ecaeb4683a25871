"""Sentences and clauses are exact ranges that together cover the whole text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.sentences import clauses, sentences
from tests.support.small_index import MARKED, TEXTS
from tests.support.steps import steps


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@given(TEXTS)
def test_sentences_cover_every_visible_character_once_in_order_and_trimmed(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(span.of(text) and span.of(text) == span.of(text).strip() for span in spans)
    assert not any(set(span.of(text)) & set("\n\r\u2028\u2029") for span in spans)


@given(st.text())
def test_text_with_lone_surrogates_is_split_too(text: str) -> None:
    assert "".join("".join(part.split()) for part in split(text)) == "".join(text.split())


@given(MARKED, MARKED)
def test_a_line_break_always_ends_a_sentence(first: str, second: str) -> None:
    assert split(f"{first}\n{second}") == split(first) + split(second)


@given(TEXTS, st.integers(1, 40), st.data())
def test_clauses_adjoin_fill_the_range_and_respect_the_limit(
    text: str, limit: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    pieces = clauses(text, span, limit)
    assert "".join(piece.of(text) for piece in pieces) == span.of(text)
    assert all(0 < piece.end - piece.start <= limit for piece in pieces)
    edges = [span.start, *(piece.end for piece in pieces)]
    assert [piece.start for piece in pieces] == edges[:-1]
    assert edges[-1] in (span.end, span.start)


def test_clauses_end_at_a_mark_if_there_is_one() -> None:
    text = "甲" * 8 + "，" + "乙" * 30
    pieces = [piece.of(text) for piece in clauses(text, Span(0, len(text)), 20)]
    assert pieces == ["甲" * 8 + "，", "乙" * 20, "乙" * 10]


NUMBERS = st.decimals(0, 99999, places=2).map(str)
INNER = st.text(alphabet="甲乙丙国市，ab1", min_size=1, max_size=20)


@given(NUMBERS, INNER, INNER)
def test_a_decimal_is_never_split(number: str, before: str, after: str) -> None:
    for text in (f"{before}达{number}亿{after}。", f"It was {number} or {number}% of it."):
        assert any(number in part for part in split(text))
        assert len(split(text)) == 1


@given(
    INNER, INNER, st.sampled_from("。？！?!"), st.sampled_from(["“”", "《》", "（）", "「」", "()"])
)
def test_a_short_quote_or_title_stays_whole(a: str, b: str, mark: str, pair: str) -> None:
    quote = f"{pair[0]}{a}{mark}{b}。{pair[1]}"
    text = f"他读了{quote}，然后走了。"
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投了1.6亿。好!", ["投了1.6亿。", "好!"]),
        ("价格是3.14元.第二句话。", ["价格是3.14元.", "第二句话。"]),
        (
            "Dr. Lin of the U.S. Congress lives at No. 5, Main St. near it. He left.",
            ["Dr. Lin of the U.S. Congress lives at No. 5, Main St. near it.", "He left."],
        ),
        (
            "Some metals, e.g. Copper, conduct. Some don't.",
            ["Some metals, e.g. Copper, conduct.", "Some don't."],
        ),
        ("Costs rose 3.5%. Then they fell.", ["Costs rose 3.5%.", "Then they fell."]),
        ("It opened in 2016. The next did.", ["It opened in 2016.", "The next did."]),
        ("What?! Really? Yes.", ["What?!", "Really?", "Yes."]),
        (
            "见https://a.example/b?c=d!e.html说明。好。",
            ["见https://a.example/b?c=d!e.html说明。", "好。"],
        ),
        ("See www.example.org/b. It helps.", ["See www.example.org/b.", "It helps."]),
        ("《城市往何处去?未来之问》出版了。好。", ["《城市往何处去?未来之问》出版了。", "好。"]),
        ("她说“行。走吧。”，便出门。雨停。", ["她说“行。走吧。”，便出门。", "雨停。"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("“好。坏。”他走了。", ["“好。坏。”", "他走了。"]),
        ("第一。\n\n  第二\u3000\n第三", ["第一。", "第二", "第三"]),
        ("等等……不；行；吗？！吗", ["等等……", "不；", "行；", "吗？！", "吗"]),
        ("1. First item.\n2. Second", ["1. First item.", "2. Second"]),
        ("", []),
        (" \u3000\n\t", []),
    ],
)
def test_worked_cases(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize("text", ["他读了“甲…乙。”，然后走了。", "他喊“Come in. Sit!”，然后走了。"])
def test_a_quote_of_two_sentences_stays_whole_whatever_ends_the_first(text: str) -> None:
    assert split(text) == [text]


def test_a_quote_too_long_to_keep_whole_is_split_inside() -> None:
    text = "他说“" + "话说得很长。" * 30 + "”"
    assert len(split(text)) == 30


def test_a_long_line_of_quotes_takes_work_in_proportion() -> None:
    piece = "“好。坏”。" * 500
    assert steps(lambda: sentences(piece * 4)) < 8 * steps(lambda: sentences(piece))
