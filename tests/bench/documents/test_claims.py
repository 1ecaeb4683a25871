"""Sentences, pairs, items, order and absence, each with texts in which they hold and don't."""

import pytest

from bench.documents.claims import Absent, Items, Order, Pair, Sentence
from bench.documents.read_text import ReadText


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("谁保管“资料”、谁负责。", True),
        ("谁保管 「资料」、\n**谁负责**。", True),
        ("| 谁保管“资料”、 | 谁负责。 |", True),
        ("谁保管“资料”、[1]谁负责。", True),
        ("谁保管、谁负责。", False),
    ],
)
def test_a_sentence_stands_in_any_spelling_but_with_every_word(text: str, holds: bool) -> None:
    assert Sentence("谁保管“资料”、谁负责。").holds(ReadText(text)) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("样品编号：W24", True),
        ("| 样品编号 | W24 |\n|---|---|", True),
        ("样品编号\n\nW24", True),
        ("样品编号\n采样日期\nW24", False),
        ("W24 样品编号", False),
        ("样品编号：KW24", False),
        ("样品编号：W240", False),
    ],
)
def test_a_value_stands_behind_its_name_or_in_the_next_line(text: str, holds: bool) -> None:
    assert Pair("样品编号", "W24").holds(ReadText(text)) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1. 归档\n2. 借阅", True),
        ("(1) 归档\n\n(2) 借阅", True),
        ("| 1、归档 |\n| 2、借阅 |", True),
        ("- 归档\n- 借阅", False),
        ("1. 归档\n1. 借阅", False),
        ("2. 借阅\n1. 归档", False),
        ("11. 归档\n2. 借阅", False),
    ],
)
def test_items_keep_their_numbers_and_their_order(text: str, holds: bool) -> None:
    assert Items(["1. 归档", "2. 借阅"]).holds(ReadText(text)) is holds


def test_an_order_needs_both_words() -> None:
    order = Order("左栏", "右栏")
    assert order.holds(ReadText("左 栏\n右栏"))
    assert not order.holds(ReadText("右栏\n左栏"))
    assert not order.holds(ReadText("左栏"))


def test_words_are_absent_up_to_so_many_times() -> None:
    heads = ReadText("内部 制度\n正文\n内部制度\n正文")
    assert not Absent("内部制度").holds(heads)
    assert not Absent("内部制度", 1).holds(heads)
    assert Absent("内部制度", 2).holds(heads)
