"""Slips are mended towards the articles; other words of the articles' kind are left alone."""

from unittest.mock import Mock

import pytest
from hypothesis import given

from index.search.searcher import Searcher
from index.text.folding import FoldedText
from index.text.homophones import homophones
from qa.answerer import Answerer
from qa.entities.names import Names
from qa.question.spelling import respelled
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.support.small_index import TEXTS

TOLD = [f"天津码头在第{number}区装卸小麦。" for number in range(2, 6)]
GUARDS = [f"UNICEF opened office {number} beside the harbour." for number in range(2, 6)]
COATS = [f"The coating of crane {number} shines." for number in range(2, 6)]
BOATS = [f"Boating beside lake {number} is free." for number in range(2, 6)]
PORTS = [f"福冈的第{number}座桥通向机场。" for number in range(2, 6)]
CITIES = [f"Singapore sells crane {number} abroad." for number in range(2, 6)]
DRILLS = [f"{place}镇防火演习时动用了{number}辆车。" for number, place in enumerate("甲乙丙午", 11)]


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    told = [*TOLD, *GUARDS, *DRILLS, *COATS, *BOATS, *PORTS, *CITIES]
    texts = [*told, "张永和是馆长。", "张永和是馆员。", "张永和住在城里。"]
    return shelve(*({"id": str(number), "text": text} for number, text in enumerate(texts)))


@given(TEXTS)
def test_only_han_characters_have_others_that_are_read_alike(text: str) -> None:
    for character in text:
        for other in homophones(character):
            assert other != character
            assert character in homophones(other)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("天金码头装卸什么？", "天津码头装卸什么？"),
        ("午镇防火演喜动用了几辆车", "午镇防火演习动用了几辆车"),
        ("UNCIEF opened what?", "UNICEF opened what?"),
        ("天津码头装卸什么？", None),
        ("重庆码头装卸什么？", None),  # another place
        ("张永合是谁？", None),  # another person
        ("天才码头装卸什么？", None),  # a word of the language
        ("佛冈有几座桥？", None),  # a place that no article has
        ("UNESCO opened what?", None),
        ("UNICEFS opened what?", None),  # a name with one letter more
        ("What did Singaproe sell?", "What did Singapore sell?"),
        ("what did singappore sell?", "what did singapore sell?"),
        ("What did Singappore sell?", None),  # another name
        ("What did Anna Singaproe sell?", None),  # a person
        ("What did sinGaproe sell?", None),  # a brand
        ("how much is moating?", "how much is coating?"),  # as frequent as boating
        ("", None),
    ],
)
def test_worked_slips(searcher: Searcher, names: Names, question: str, mended: str | None) -> None:
    assert respelled(FoldedText.of(question), searcher.vocabulary, names) == mended


def test_at_most_three_slips_are_mended(searcher: Searcher, names: Names) -> None:
    question = FoldedText.of("UNCIEF UNCIEF UNCIEF UNCIEF?")
    mended = respelled(question, searcher.vocabulary, names)
    assert mended == "UNICEF UNICEF UNICEF UNCIEF?"


@pytest.fixture
def knowing_nothing() -> Mock:
    """A vocabulary that counts what it is asked."""
    vocabulary = Mock()
    vocabulary.occurs.return_value = vocabulary.is_known.return_value = False
    vocabulary.frequencies.side_effect = lambda words: dict.fromkeys(words, 0)
    return vocabulary


@pytest.mark.parametrize("question", ["龘靐" * 1000, "q" * 2000])
def test_a_long_question_is_left_unread(knowing_nothing: Mock, names: Names, question: str) -> None:
    assert respelled(FoldedText.of(question), knowing_nothing, names) is None
    assert not knowing_nothing.mock_calls


@pytest.mark.parametrize("question", ["龘靐" * 50, "洲金红" * 33, "q" * 100, "lettering " * 9])
def test_few_words_are_looked_up_for_a_question_of_strange_ones(
    knowing_nothing: Mock, names: Names, question: str
) -> None:
    assert respelled(FoldedText.of(question), knowing_nothing, names) is None
    lookups = knowing_nothing.frequencies.call_args_list
    words = sum(len(lookup.args[0]) for lookup in lookups)
    assert words + len(knowing_nothing.mock_calls) < 10_000


def test_a_question_with_a_slip_is_answered_as_the_one_that_was_meant(
    answerer: Answerer, searcher: Searcher
) -> None:
    slip = answerer.ask(Request("天金码头第3区装卸什么？", decide=False), searcher)
    meant = answerer.ask(Request("天津码头第3区装卸什么？", decide=False), searcher)
    assert slip.interpreted_question == "天津码头第3区装卸什么？"
    assert (slip.short_answer, slip.citations) == (meant.short_answer, meant.citations)


def test_a_slip_that_no_passage_bears_out_is_left(answerer: Answerer, searcher: Searcher) -> None:
    answer = answerer.ask(Request("天金的剧院里有多少个座位，票价多少？"), searcher)
    assert answer.interpreted_question is None


def test_a_question_that_passages_bear_out_as_it_is_written_is_left(
    answerer: Answerer, shelve: Shelve
) -> None:
    texts = [*TOLD, "金属在码头装卸。"]
    searcher = shelve(*({"id": str(number), "text": text} for number, text in enumerate(texts)))
    answer = answerer.ask(Request("天金码头装卸什么？"), searcher)
    assert answer.interpreted_question is None
