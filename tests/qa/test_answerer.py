"""Whatever is asked of whatever articles: an answer stands on exact quotes, or says it has none."""

import inspect
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.searcher import Searcher
from index.text import folding
from index.text.folding import FoldedText
from qa.answer import Answer, Citation, Possible
from qa.answer_types import OF_ARTICLE
from qa.answerer import Answerer
from qa.language import NOT_ANSWERED, Language
from qa.question.asked.asked_type import classify
from qa.question.understand import Turn
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.support import answerers, small_index
from tests.support.small_index import TEXTS

SENTENCES = [
    "甲国在2016年通过NIST投资了1000万美元。",
    "乙国的98个城市参加了计划，占全国的35%。",
    "国家科学基金会的负责人李明访问了新加坡。",
    "Canada invested $3.5 million in 12 cities in May 2018.",
    "The World Bank and NIST built a laboratory in Brazil.",
    "專家表示，國家標準將於2020年發布。",
    "为什么要合作？因为一个城市做不成。",
]
# NUL is refused when an article is read, which is tested there.
STORABLE = TEXTS.map(lambda text: text.replace("\x00", ""))
BODY = st.lists(st.sampled_from(SENTENCES) | STORABLE, min_size=1, max_size=6).map("\n".join)
RECORDS = st.lists(
    BODY.filter(lambda text: bool(text.strip("\ufeff\u200b\u200c\u200d\u2060 \n"))),
    min_size=1,
    max_size=4,
)
QUESTIONS = TEXTS | st.sampled_from(
    [
        "甲国投资了多少?",
        "那NIST呢?",
        "多少个城市参加?",
        "谁访问了新加坡?",
        "How much did Canada invest?",
        "國家標準何時發布?",
        "为什么要合作?",
        "这篇文章的标题是什么?",
        "火星上有谁?",
    ]
)


def is_sound(answer: Answer, searcher: Searcher) -> None:
    """Check what is true of every answer."""
    if answer.kind == "page":
        assert answer.answered
        assert answer.answer
        assert (answer.citations, answer.passages, answer.possible) == ([], [], None)
    else:
        assert answer.answered == bool(answer.citations)
    assert answer.possible is None or not answer.answered
    replies: list[Answer | Possible] = [answer, *filter(None, [answer.possible])]
    for reply in replies:
        quotes_are_exact(reply.citations, searcher)
        assert reply.short_answer is None or any(
            reply.short_answer in citation.quote for citation in reply.citations
        )
    if not answer.answered:
        assert answer.answer in NOT_ANSWERED.values()
    assert 0 <= answer.confidence <= 1
    assert answer.index_version == searcher.manifest.version


def quotes_are_exact(citations: Sequence[Citation], searcher: Searcher) -> None:
    """Check that every quote is a short range of its article."""
    for citation in citations:
        article = searcher.catalogue.article(citation.article_id)
        assert article is not None
        assert citation.quote == article.text[citation.start : citation.end] != ""
        assert len(citation.quote) <= 200


@settings(max_examples=15)
@given(RECORDS, st.lists(QUESTIONS, min_size=1, max_size=6), st.integers(1, 20))
def test_every_answer_is_sound(texts: list[str], questions: list[str], k: int) -> None:
    answerer = answerers.answerer(0.5)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        corpus = small_index.SmallIndex(Path(name))
        corpus.put_lines("a.jsonl", *({"id": f"{n}", "text": t} for n, t in enumerate(texts)))
        corpus.rebuild()
        searcher = corpus.searcher()
        history: list[Turn] = []
        for question in questions:
            decided = answerer.ask(Request(question, history, k), searcher)
            is_sound(decided, searcher)
            if decided.kind == "page":
                continue
            assert decided.answered == (bool(decided.citations) and decided.confidence >= 0.5)
            assert 1 <= len(decided.passages) <= k
            forced = answerer.ask(Request(question, history, k, decide=False), searcher)
            is_sound(forced, searcher)
            about = forced.interpreted_question or question
            assert (
                forced.answered
                or classify(FoldedText.of(about)) in OF_ARTICLE
                or _is_title_only(searcher)
            )
            assert forced.confidence == decided.confidence
            assert forced.possible is None
            assert bool(decided.possible) == (0.2 <= decided.confidence < 0.5)
            history.append(Turn("user", question))


def _is_title_only(searcher: Searcher) -> bool:
    """Return whether some article is no more than its title, which is never quoted."""
    articles = list(map(searcher.catalogue.article, searcher.articles.ids))
    return any(article and article.title in article.text and article.title for article in articles)


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve(*({"id": str(n), "text": text} for n, text in enumerate(SENTENCES)))


@pytest.mark.parametrize(
    ("question", "short", "article"),
    [
        ("甲国通过NIST投资了多少?", "1000万美元", "0"),
        ("多少个城市参加了计划?", "98个", "1"),
        ("How much did Canada invest in cities?", "$3.5 million", "3"),
        ("國家標準將於何時發布?", "2020年", "5"),
        ("国家标准将于何时发布?", "2020年", "5"),
    ],
)
def test_worked_answers(
    answerer: Answerer, searcher: Searcher, question: str, short: str, article: str
) -> None:
    answer = answerer.ask(Request(question), searcher)
    assert (answer.answered, answer.short_answer) == (True, short)
    assert answer.citations[0].article_id == article
    assert answer.answer == answer.citations[0].quote == SENTENCES[int(article)]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("火星上有多少居民?", Language.SIMPLIFIED),
        ("火星上有多少居民會說話?", Language.TRADITIONAL),
        ("Who painted the ceiling of the chapel?", Language.ENGLISH),
    ],
)
def test_what_no_article_says_is_said_in_the_questions_language(
    answerer: Answerer, searcher: Searcher, question: str, language: Language
) -> None:
    answer = answerer.ask(Request(question), searcher)
    assert (answer.answered, answer.answer) == (False, NOT_ANSWERED[language])
    assert (answer.short_answer, answer.citations) == (None, [])
    assert len(answer.passages) == 5


def test_a_follow_up_is_shown_as_it_was_understood(answerer: Answerer, searcher: Searcher) -> None:
    history = [Turn("user", "英国通过NIST投资了多少?")]
    answer = answerer.ask(Request("那德国呢?", history), searcher)
    assert answer.interpreted_question == "德国通过NIST投资了多少?"
    assert not answer.answered


def test_a_threshold_of_nothing_always_answers_and_of_one_never(searcher: Searcher) -> None:
    request = Request("火星上有多少居民?")
    assert answerers.answerer(0.0).ask(request, searcher).answered
    for question in ("火星上有多少居民?", "甲国通过NIST投资了多少?"):
        answer = answerers.answerer(1.0).ask(Request(question), searcher)
        assert (answer.answered, answer.short_answer, answer.citations) == (False, None, [])


def test_an_unsure_reply_is_possible_and_no_answer(searcher: Searcher) -> None:
    request = Request("甲国通过NIST投资了多少?")
    sure = answerers.answerer().ask(request, searcher)
    unsure = answerers.answerer(1.0, possible=sure.confidence - 0.001).ask(request, searcher)
    assert (unsure.answered, unsure.answer) == (False, NOT_ANSWERED[Language.SIMPLIFIED])
    assert (unsure.short_answer, unsure.citations, unsure.entries) == (None, [], [])
    assert unsure.passages == sure.passages
    assert unsure.possible == Possible(
        sure.answer, sure.short_answer, sure.confidence, sure.citations
    )
    nothing = answerers.answerer(1.0, possible=0.9999).ask(request, searcher)
    assert (nothing.answered, nothing.possible) == (False, None)


def test_both_halves_are_the_whole(answerer: Answerer, searcher: Searcher) -> None:
    request = Request("甲国通过NIST投资了多少?", k=2)
    retrieved = answerer.retrieve(request, searcher)
    assert len(retrieved.passages) == 2
    answer = answerer.answer(retrieved)
    assert answer.passages == retrieved.passages
    assert answer.citations == answerer.ask(request, searcher).citations
    assert answer.timings_ms.total >= answer.timings_ms.retrieve


PARTIES = (
    "青山市投入3亿元修路。",
    "白河市投入2亿元修路。",
    "各市投入不同，全市合计5亿元。",
)


@pytest.mark.parametrize("question", ["青山市和白河市分别投入多少?", "各市投入多少?"])
def test_all_parties_are_retrieved_in_the_first_half(
    answerer: Answerer, shelve: Shelve, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    searcher = shelve(*({"id": str(n), "text": text} for n, text in enumerate(PARTIES)))
    retrieved = answerer.retrieve(Request(question, decide=False), searcher)
    assert {party.name for party in retrieved.parties} == {"青山市", "白河市"}
    monkeypatch.setattr(searcher, "query", None)
    monkeypatch.setattr(searcher, "search_among", None)
    monkeypatch.setattr(searcher, "mentions", lambda _: True)  # it prepares a query of a name
    answer = answerer.answer(retrieved)
    shares = {entry.party: entry.short_answer for entry in answer.entries}
    assert shares == {"青山市": "3亿元", "白河市": "2亿元"}


def test_a_question_is_folded_once(
    answerer: Answerer, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "國家標準將於何時發布?"
    folded: list[str] = []

    def counting(function: Callable[[str], object]) -> Callable[[str], object]:
        def count(text: str) -> object:
            folded.append(text)
            return function(text)

        return count

    functions = {
        name: function
        for name, function in inspect.getmembers(folding, inspect.isfunction)
        if function.__module__ == folding.__name__ and not name.startswith("_")
    }
    assert {"fold", "plain", "simplify", "traditional"} <= functions.keys()
    for module in list(sys.modules.values()):
        for name, function in functions.items():
            # What folding calls in its own module is a part of FoldedText.of.
            if module is not folding and vars(module).get(name) is function:
                monkeypatch.setattr(module, name, counting(function))
    monkeypatch.setattr(FoldedText, "of", staticmethod(counting(FoldedText.of)))
    answer = answerer.ask(Request(question), searcher)
    assert answer.short_answer == "2020年"
    assert [text for text in folded if question.rstrip("?") in text] == [question]
    assert len(folded) > 1
