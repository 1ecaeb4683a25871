"""A label is found whole in a question, and the longest of those that overlap counts."""

import pytest
from hypothesis import given

from qa.structure.labels import AskedLabels, codes_in, label_forms
from tests.support.small_index import TEXTS


@pytest.mark.parametrize(
    ("question", "label", "found"),
    [
        ("B-12的价格?", "B-12", True),
        ("B-12S的价格?", "B-12", False),
        ("B-120的价格?", "B-12", False),
        ("七月八日谁值日?", "7月8日", True),
        ("7月8号谁值日?", "7月08日", True),
        ("2021年7月8日谁值日?", "2021-07-08", True),
        ("星期三谁值日?", "周三", True),
        ("13班有几人?", "3班", False),
        ("三班有几人?", "3班", True),
        ("临安有多少人?", "临安市", True),
        ("水稻的总产量?", "水稻（早稻）", True),
        ("价格为30元的是哪种?", "30", False),
        ("分机3306是谁的?", "3306", True),
        ("2023年产了多少?", "2023", True),
        ("Who leads Team Nine?", "Team Nine", True),
        ("Who leads Teams?", "Team", False),
        ("甲的产量?", "甲", False),
    ],
)
def test_a_label_is_no_part_of_a_longer_word(question: str, label: str, found: bool) -> None:
    assert bool(AskedLabels.of(question).mentions(label)) is found


def test_part_of_a_label_may_be_asked_for() -> None:
    asked = AskedLabels.of("谁在三号值夜?")
    assert asked.overlap("值夜人员") == 0.5
    assert asked.overlap("联系电话") == 0.0


def test_codes_and_dates_tell_one_from_another() -> None:
    assert codes_in(AskedLabels.of("T90在二〇二三年的销量")) == {"t90", "2023年"}


@given(TEXTS, TEXTS)
def test_a_label_is_found_in_itself_and_where_it_is_found_it_stands(text: str, other: str) -> None:
    asked = AskedLabels.of(text + other)
    for span in asked.mentions(text):
        assert span.of(asked.form) in label_forms(text)
