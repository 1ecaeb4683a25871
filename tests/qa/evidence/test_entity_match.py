"""A sentence about another thing, year or attribute is told from one about what is asked."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from qa.entities.names import Names
from qa.evidence.entity_match import is_of_another, is_of_the_same, states_another_attribute
from qa.question.understand import Question, understand
from tests.qa.evidence.test_sentence_ranker import hit
from tests.support import answerers
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)


def asked(text: str, names: Names | None = None) -> Question:
    """Understand a question without a history."""
    return understand(text, (), names or answerers.names())


@FEW
@given(TEXTS)
def test_a_text_is_about_itself(text: str) -> None:
    passage = hit(text).passage
    assert not is_of_another(asked(text), passage, text)


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("乙站有几台烘干机?", "丙站有烘干机七台。", True),
        ("2031年收入多少?", "2030年收入为三亿元。", True),
        ("2031年收入多少?", "2031年情况如下。比2030年增加三亿元。", False),
        ("2031-05-06谁值班?", "2031年5月7日由甲值班。", True),
        ("2031-05-06谁值班?", "二〇三一年五月六日由甲值班。", False),
        ("大桥有多长?", "大桥长三公里。", False),
    ],
)  # fmt: skip
def test_sentences_about_another(question: str, text: str, another: bool) -> None:
    passage = hit(text).passage
    quote = text.split("。")[-2] + "。"
    assert is_of_another(asked(question), passage, quote) == another


@pytest.mark.parametrize(
    ("question", "title", "heading", "another"),
    [
        ("2031年产值多少?", "2029年统计公报", None, True),
        ("2031年产值多少?", "二〇二九年统计公报", None, True),
        ("二〇三一年产值多少?", "2031年统计公报", None, False),
        ("2031年产值多少?", "2029年统计公报", "2031年展望", False),
        ("2031年产值多少?", "2029—2033年规划", None, False),
        ("2031年产值多少?", "统计公报", None, False),
        ("2031年成立的厂产值多少?", "2033年名录", None, False),
    ],
)
def test_a_title_tells_the_year_of_a_sentence_without_one(
    question: str, title: str, heading: str | None, *, another: bool
) -> None:
    text = "产值5亿元。"
    passage = hit(text, title=title, heading=heading).passage
    assert is_of_another(asked(question), passage, text) is another


def test_an_amount_is_no_year() -> None:
    passage = hit("产值1800万元。").passage
    assert not is_of_another(asked("2031年产值多少?"), passage, "产值1800万元。")


def test_a_heading_tells_what_its_sentences_are_about() -> None:
    passage = replace(hit("有烘干机七台。").passage, heading="丙站")
    assert is_of_another(asked("乙站有几台烘干机?"), passage, "有烘干机七台。")
    assert is_of_the_same(asked("丙站有几台烘干机?"), passage)
    assert not is_of_the_same(asked("乙站有几台烘干机?"), passage)


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("空压机的转速是多少?", "空压机的气量为每分钟14立方米。", True),
        ("空压机的气量是多少?", "空压机的排气量为每分钟14立方米。", False),
        ("大桥的长度是多少?", "大桥的全长为3公里。", False),
        ("空压机的转速是多少?", "空压机的气量为14立方米，转速见铭牌。", False),
        ("谁造了空压机?", "空压机的气量为14立方米。", False),
    ],
)  # fmt: skip
def test_another_attribute_of_the_thing(question: str, text: str, other: bool) -> None:
    assert states_another_attribute(asked(question), hit(text).passage, text) == other
