"""A drafted question is kept only if it is answered, surely and from the expected sentence."""

import pytest

from index.article import Article, Span
from index.errors import StoreError
from index.search.searcher import Searcher
from qa.answer import Answer, Citation
from qa.answer_types import AnswerType
from qa.answerer import Answerer
from qa.entities.names import Names
from qa.retrieval import Request
from qa.suggestions.draft_question import DraftQuestion
from qa.suggestions.drafting import Candidate
from qa.suggestions.suggester import Asking, Suggester, is_sure
from tests.qa.conftest import Shelve

TEXT = """京沪高铁2008年4月18日全线开工，全长1318公里，总投资约2209亿元。
京沪高铁由中国铁路总公司运营。"""


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve(
        {"id": "rail", "title": "京沪高铁", "text": TEXT},
        {"id": "other", "title": "青藏铁路", "text": "青藏铁路全长1956公里，2006年通车。"},
    )


def article_of(searcher: Searcher, article_id: str) -> Article:
    article = searcher.catalogue.article(article_id)
    assert article is not None
    return article


def test_what_is_suggested_is_answered_from_the_article(
    searcher: Searcher, answerer: Answerer, names: Names
) -> None:
    suggester = Suggester(names, lambda: Asking(answerer, searcher))
    version = searcher.manifest.version
    for article_id in ("rail", "other"):
        article = article_of(searcher, article_id)
        suggestions, tries = suggester.make(article, version, 6)
        assert 0 < len(suggestions) <= min(tries, 4)
        for suggestion in suggestions:
            answer = answerer.ask(Request(suggestion.question), searcher)
            assert answer.answered
            assert answer.citations[0].article_id == article_id
            assert answer.short_answer == suggestion.answer
            assert suggestion.question not in answer.follow_ups
            assert suggestion.answer in article.text


def test_no_more_is_tried_than_may_be(searcher: Searcher, answerer: Answerer, names: Names) -> None:
    suggester = Suggester(names, lambda: Asking(answerer, searcher))
    version = searcher.manifest.version
    suggestions, tries = suggester.make(article_of(searcher, "rail"), version, 1)
    assert tries == 1
    assert len(suggestions) <= 1


def test_nothing_is_opened_before_there_is_something_to_ask(names: Names) -> None:
    def opened() -> Asking:
        raise AssertionError

    suggester = Suggester(names, opened)
    assert suggester.make(Article("a", "", "这里没有什么可问的。"), "000001", 6) == ([], 0)


def test_another_version_than_the_one_expected_is_refused(
    searcher: Searcher, answerer: Answerer, names: Names
) -> None:
    suggester = Suggester(names, lambda: Asking(answerer, searcher))
    with pytest.raises(StoreError, match="000001 is open instead of 000002"):
        suggester.make(article_of(searcher, "rail"), "000002", 6)


SENTENCE = "甲桥全长55公里。"
CANDIDATE = Candidate(
    DraftQuestion("甲桥有多长？", "甲桥", Span(4, 8), AnswerType.NUMBER), Span(0, len(SENTENCE))
)
ARTICLE = Article("a", "", SENTENCE)


def answer_of(short: str | None, confidence: float = 0.9, article: str = "a") -> Answer:
    citation = Citation(article, "", None, None, None, 0, 9, SENTENCE, None)
    return Answer("1", True, SENTENCE, short, confidence, None, "000001", [citation])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (answer_of("55公里"), True),
        (answer_of("约55公里"), True),
        (answer_of("55千米"), True),
        (answer_of("5公里"), False),
        (answer_of(None), False),
        (answer_of("55公里", confidence=0.7), False),
        (answer_of("55公里", article="b"), False),
        (answer_of("全长55公里的一座很长的桥"), False),
    ],
)
def test_an_answer_is_sure_if_it_is_the_expected_one(answer: Answer, expected: bool) -> None:
    assert is_sure(CANDIDATE, ARTICLE, answer) is expected


def test_an_answer_from_another_sentence_is_not_the_expected_one() -> None:
    away = Candidate(CANDIDATE.draft, Span(20, 30))
    assert not is_sure(away, Article("a", "", SENTENCE * 4), answer_of("55公里"))
