"""A question for all of a list is told from one about an item, and from others."""

import pytest

from index.article import Span
from index.text.folding import FoldedText
from qa.entities.lists import series_at
from qa.structure.asked_lists import asks_openly, is_about_all, least_confidence
from tests.support import answerers

TEXT = "议事会开到中午。会上议定：一是翻修祠堂；二是给老人送米，由阿庆经办；三是清理水渠。"


@pytest.mark.parametrize(
    ("question", "openly"),
    [
        ("会上决定了什么?", True),
        ("会议提出了哪些要求?", True),
        ("村里做了什么?", True),
        ("三项措施是什么?", True),
        ("活动包括什么?", True),
        ("会议通过了什么决议", True),
        ("What were the decisions?", True),
        ("会议是什么时候开的?", False),
        ("会议在什么地方开?", False),
        ("会议由谁主持?", False),
        ("水渠有多长?", False),
        ("有什么关系?", False),
    ],
)
def test_a_list_is_asked_for(question: str, openly: bool) -> None:
    assert asks_openly(FoldedText.of(question)) is openly


@pytest.mark.parametrize(
    ("question", "about_all"),
    [("议事会决定了什么?", True), ("会上议定了什么?", True), ("议事会决定给老人做什么?", False)],
)
def test_a_question_about_an_item_is_none_for_the_list(question: str, about_all: bool) -> None:
    series = series_at(TEXT, Span(TEXT.index("二是"), len(TEXT)))
    assert series is not None
    terms = answerers.query(FoldedText.of(question)).terms
    assert is_about_all(terms, series, TEXT, "议事会纪要") is about_all
    assert bool(least_confidence(terms, series, TEXT, "议事会纪要")) is about_all
