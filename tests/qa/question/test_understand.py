"""A question is understood in the light of the user's turns alone."""

import pytest

from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import Language
from qa.question.essence import essence
from qa.question.understand import Turn, understand


def test_a_question_without_history_is_taken_as_it_is(names: Names) -> None:
    question = understand("美国投资了多少?", [], names)
    assert (question.text, question.interpreted) == ("美国投资了多少?", None)
    assert (question.language, question.answer_type) == (Language.SIMPLIFIED, AnswerType.MONEY)
    assert question.required == ("美国",)


def test_a_follow_up_is_shown_as_it_was_understood(names: Names) -> None:
    history = [Turn("user", "美国投资了多少?"), Turn("assistant", "德国投资了1亿元。")]
    question = understand("那英国呢?", history, names)
    assert question.text == question.interpreted == "英国投资了多少?"
    assert (question.answer_type, question.required) == (AnswerType.MONEY, ("英国",))


def test_what_the_assistant_said_is_no_question(names: Names) -> None:
    question = understand("那英国呢?", [Turn("assistant", "美国投资了多少?")], names)
    assert (question.text, question.interpreted) == ("那英国呢?", None)


def test_the_language_is_that_of_the_users_own_words(names: Names) -> None:
    history = [Turn("user", "How much did Brazil invest?")]
    question = understand("And Canada?", history, names)
    assert question.interpreted == "How much did Canada invest?"
    assert question.language is Language.ENGLISH


def test_only_the_last_turns_are_read(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(put: FoldedText, names: Names) -> tuple[FoldedText, bool]:
        read.append(put.text)
        return essence(put, names)

    monkeypatch.setattr("qa.question.understand.essence", counted)
    history = [Turn("user", f"{year}年美国投资了多少?") for year in range(2000, 2040)]
    assert understand("那英国呢?", history, names).text == "2039年英国投资了多少?"
    assert len(read) <= 5
