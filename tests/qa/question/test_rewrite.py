"""A follow-up is rewritten to stand alone; a complete question is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.rewrite import stand_alone
from tests.support import small_index
from tests.support.small_index import TEXTS

ASKED = ["美国通过国家科学基金会投资了多少?"]


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_any_question_and_history_give_a_question_or_none(question: str, asked: list[str]) -> None:
    names = Names(small_index.analyzer())
    rewritten = stand_alone(FoldedText.of(question), asked, names)
    assert rewritten is None or (asked and rewritten)


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        ("那NIST呢?", ASKED, "美国通过NIST投资了多少?"),
        ("英国呢？", ASKED, "英国通过国家科学基金会投资了多少?"),
        (
            "What about Canada?",
            ["How much did Brazil invest in 2016?"],
            "How much did Canada invest in 2016?",
        ),
        ("那英国呢?", ["德国投资了多少?", "法国呢?"], "英国投资了多少?"),
    ],
)
def test_what_is_asked_about_takes_the_place_of_its_like(
    names: Names, question: str, asked: list[str], expected: str
) -> None:
    assert stand_alone(FoldedText.of(question), asked, names) == expected


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("美国投资了多少?", ASKED),
        ("那NIST呢?", []),
        ("那美国呢?", ASKED),
        ("那NIST呢?", ["一共多少?"]),
        ("How many cities are there?", ["How much did Brazil invest?"]),
        ("", ASKED),
    ],
)
def test_a_question_that_needs_no_rewriting_or_cannot_be_is_left(
    names: Names, question: str, asked: list[str]
) -> None:
    assert stand_alone(FoldedText.of(question), asked, names) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("美国的投资额是多少呢?", ["英国通过创新署投资了多少?"]),
        pytest.param("And who paid for the bridge?", ["When did Canada open the NIST lab?"]),
        ("为什么要和新加坡合作呢?", ["怎么办?"]),
    ],
)
def test_a_whole_question_with_a_particle_is_no_topic(
    names: Names, question: str, asked: list[str]
) -> None:
    assert stand_alone(FoldedText.of(question), asked, names) is None


@pytest.mark.parametrize(
    "question",
    [
        "结果如何?", "智慧城市是什么呢?", "今天天气如何?", "那么后来呢?", "And what is NIST?",
        "And thanks.", "那又怎么样呢?",
    ],
)  # fmt: skip
def test_what_names_nobody_takes_no_ones_place(names: Names, question: str) -> None:
    assert stand_alone(FoldedText.of(question), ["美国通过NIST投资了多少?"], names) is None


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("2017年呢?", "美国2016年投资了多少?", "美国2017年投资了多少?"),
        (
            "and in 2017?",
            "How much did the US invest in 2016?",
            "How much did the US invest in 2017?",
        ),
        ("What about the EU?", "How much did the US invest?", "How much did the EU invest?"),
    ],
)
def test_a_year_or_a_name_takes_the_place_of_its_like(
    names: Names, question: str, before: str, whole: str
) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) == whole


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("那2032年的呢?", "谁捐了5000元?", "2032年谁捐了5000元?"),
        ("那2032年的呢?", "谁在2031年捐了2000元?", "谁在2032年捐了2000元?"),
        ("2032呢?", "2031年甲县有多少人?", "2032年甲县有多少人?"),
        ("2032年呢?", "去年甲县有多少人?", "2032年甲县有多少人?"),
    ],
)
def test_an_amount_is_no_year(names: Names, question: str, before: str, whole: str) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) == whole
