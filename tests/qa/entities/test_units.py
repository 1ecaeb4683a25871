"""Names of one unit have one basic unit and one factor."""

from fractions import Fraction

import pytest

from qa.entities.units import UNITS, per_unit, unit_at_start


@pytest.mark.parametrize("name", UNITS)
def test_a_name_is_read_whole(name: str) -> None:
    assert unit_at_start(name) == (*UNITS[name], "")


@pytest.mark.parametrize(
    ("names", "basic", "factor"),
    [
        ("公里 千米 km", "米", 1000),
        ("兆赫 MHz", "赫", 10**6),
        ("kWh 千瓦时", "千瓦时", 1),
        ("m3/h 立方米/小时 立方米每小时 m3/小时", "立方米/小时", 1),
        ("次/分 次每分钟 次/min", "次/分钟", 1),
        ("mmol/L 毫摩尔/升", "摩尔/升", Fraction(1, 1000)),
    ],
)
def test_other_names_are_the_same_unit(names: str, basic: str, factor: Fraction | int) -> None:
    for name in names.split():
        read, times, rest = unit_at_start(name)
        assert (read.replace("/L", "/升"), times, rest) == (basic, factor, "")


@pytest.mark.parametrize(
    ("text", "basic", "rest"),
    [
        ("人次", "人次", ""),
        ("人参加", "人", "参加"),
        ("名志愿者", "人", "志愿者"),
        ("Tbps", "Tbps", ""),
    ],
)
def test_the_longest_name_counts_and_an_unknown_one_is_kept(
    text: str, basic: str, rest: str
) -> None:
    assert unit_at_start(text)[::2] == (basic, rest)


def test_what_something_is_a_share_of_has_one_name() -> None:
    assert [per_unit(name) for name in "h 时 小时 钟头 s 秒 人".split()] == [
        "小时", "小时", "小时", "小时", "秒", "秒", "人",
    ]  # fmt: skip
