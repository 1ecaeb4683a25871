"""The question in a story is found by its announcement, its mark or its words."""

import pytest
from hypothesis import given

from index.text.folding import FoldedText
from qa.question.story import without_story
from qa.question.wording import Wording
from tests.support.small_index import TEXTS


@given(TEXTS)
def test_story_and_question_are_parts_of_the_text(text: str) -> None:
    story = without_story(Wording.of(FoldedText.of(text)))
    assert story.before.text in text
    assert bool(story.question.text) is bool(text)


@pytest.mark.parametrize(
    ("text", "before", "question"),
    [
        ("我家养猫。问题是：猫砂多少钱？", "我家养猫。", "猫砂多少钱？"),
        ("情况：灯坏了。请问灯塔有多高？", "灯坏了。", "灯塔有多高？"),
        ("灯坏了，顺便问一下，灯塔有多高", "灯坏了，", "灯塔有多高"),
        ("灯塔很高！是谁建的？", "灯塔很高！", "是谁建的？"),
        ("朋友去过灯塔，门票多少钱？", "朋友去过灯塔，", "门票多少钱？"),
        ("We went north. How old is the pier?", "We went north. ", "How old is the pier?"),
        (
            "We went north. My question is: how old is the pier?",
            "We went north. ",
            "how old is the pier?",
        ),
        ("如果我迟到，怎么补票？", "", "如果我迟到，怎么补票？"),
        ("灯塔有多高？谁建的？", "", "灯塔有多高？谁建的？"),
        ("灯塔建成了。", "", "灯塔建成了。"),
    ],
)
def test_worked_texts(text: str, before: str, question: str) -> None:
    story = without_story(Wording.of(FoldedText.of(text)))
    assert (story.before.text, story.question.text) == (before, question)
