"""What is retrieved: nothing for small talk, and what a question asks with the talk around it."""

import pytest

from index.search.searcher import Searcher
from qa.answerer import Answerer
from qa.question.understand import Turn
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.qa.test_answerer import SENTENCES


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve(*({"id": str(n), "text": text} for n, text in enumerate(SENTENCES)))


@pytest.mark.parametrize("question", ["你好！", "謝謝您", "What can you do?", "有几篇文章？"])
def test_what_is_no_question_to_the_articles_has_no_passages(
    answerer: Answerer, searcher: Searcher, question: str
) -> None:
    retrieved = answerer.retrieve(Request(question), searcher)
    assert retrieved.passages == []
    answer = answerer.answer(retrieved)
    assert (answer.kind, answer.answered, answer.confidence) == ("page", True, 1.0)
    assert (answer.citations, answer.passages, answer.short_answer) == ([], [], None)


def test_a_greeting_does_not_hide_a_question(answerer: Answerer, searcher: Searcher) -> None:
    answer = answerer.ask(Request("你好，甲国通过NIST投资了多少？谢谢", decide=False), searcher)
    assert answer.kind == "quotation"
    assert answer.citations[0].article_id == "0"


def test_thanks_do_not_part_a_follow_up_from_its_question(
    answerer: Answerer, searcher: Searcher
) -> None:
    history = [Turn("user", "英国通过NIST投资了多少?"), Turn("assistant", "没有找到。")]
    thanks = [Turn("user", "谢谢！"), Turn("assistant", "不客气。")]
    for turns in (history, [*history, *thanks], [*thanks, *history, *thanks, *thanks]):
        answer = answerer.ask(Request("那德国呢?", turns), searcher)
        assert answer.interpreted_question == "德国通过NIST投资了多少?"


PORT = [f"天津码头在第{number}区装卸小麦。" for number in range(2, 6)]


@pytest.mark.parametrize("question", ["介绍一下天金码头", "公司的情况"])
def test_an_overview_is_asked_in_other_words_as_well(
    answerer: Answerer, shelve: Shelve, question: str
) -> None:
    texts = [*PORT, *(f"远帆航运有限公司有{number}艘船。" for number in range(2, 9))]
    searcher = shelve(*({"id": str(number), "text": text} for number, text in enumerate(texts)))
    retrieved = answerer.retrieve(Request(question), searcher)
    assert retrieved.question.interpreted
    assert retrieved.retrieval.subject is not None
