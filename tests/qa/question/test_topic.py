"""The topic of a question is a thing or a person of it, and its statement lacks what it asks."""

import pytest

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.topic import PEOPLE, THINGS, statement, topic


@pytest.mark.parametrize(
    ("question", "thing", "person"),
    [
        ("李晨在NIST做什么?", "NIST", "李晨"),
        ("港珠澳大桥全长多少公里?", "港珠澳大桥", None),
        ("新加坡“智慧国家2025”计划是哪年提出的?", "“智慧国家2025”计划", None),
        ("雅萬高鐵哪天開通的?", "雅萬高鐵", None),
        ("Who is the director of NIST?", "NIST", "the director of NIST"),
        ("When did the Suzhou bridge open?", "the Suzhou bridge", None),
    ],
)
def test_a_topic_is_a_thing_or_a_person_as_wanted(
    names: Names, question: str, thing: str, person: str | None
) -> None:
    forms = FoldedText.of(question)
    assert topic(forms, THINGS, names) == thing
    assert topic(forms, PEOPLE, names) == person


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("美国通过NIST投资了多少?", "美国通过NIST投资"),
        ("谁设计了这座桥?", "设计了这座桥的人"),
        ("“智慧国家”是哪个国家的计划?", "“智慧国家”的计划"),
        ("請問大橋是什麼時候通車的？", "請問大橋通車"),
        ("为什么?", ""),
    ],
)
def test_a_statement_lacks_the_question_phrase(question: str, stated: str) -> None:
    assert statement(FoldedText.of(question)).text == stated


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("李晨的妻子是谁?", "李晨的妻子"),
        ("谁是李晨的老师?", "李晨的老师"),
        ("李晨的妻子叫什么名字?", "李晨的妻子"),
        ("谁打败了李晨?", "打败了李晨的人"),
        ("李晨是谁?", "李晨"),
        ("Who is Obama's wife?", "Obama's wife"),
        ("Who married Obama?", "the person who married Obama"),
        ("Who is Obama?", "Obama"),
    ],
)
def test_who_is_asked_for_goes_before_who_is_named(
    names: Names, question: str, person: str
) -> None:
    assert topic(FoldedText.of(question), PEOPLE, names) == person
