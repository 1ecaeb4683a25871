"""Figures are compared by what they mean, however and in whichever language they are written."""

import pytest

from qa.writing.checked_figures import Figures, numbers_in


def lacks(said: str, sentence: str) -> bool:
    return Figures.of([(said, None)]).lack(sentence)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("1200万元", "一千二百万元"),
        ("US$50 million", "5,000万美元"),
        ("55 km", "55 kilometres"),
        ("55-metre", "55 m"),
        ("fifty-five miles", "55 miles"),
        ("3 hours", "3小时"),
        ("第六届", "第6届"),
        ("Ⅵ", "6"),
        ("周一", "Monday"),
        ("星期天", "周日"),
        ("2-1", "2比1"),
        ("任教十二年", "任教12年"),
        ("几十人", "几十人"),
    ],
)
def test_the_same_in_another_form_is_there(said: str, sentence: str) -> None:
    assert not lacks(said, sentence)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("1200万元", "1200元"),
        ("55 km", "55 metres"),
        ("55 km", "fifty-five miles"),
        ("five square kilometres", "5 hectares"),
        ("12%", "12个百分点"),
        ("2-1", "1-2"),
        ("周一", "Tuesday"),
        ("6公里", "Ⅴ公里"),
        ("10公里", "几十公里"),
        ("2018年", "2019年"),
    ],
)
def test_another_one_is_not(said: str, sentence: str) -> None:
    assert lacks(said, sentence)


def test_days_of_the_week_are_no_numbers() -> None:
    assert numbers_in("周二至周日") == {"day 1", "day 6"}
