"""Units and codes are whole; words that only begin like an amount are none."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.entities.measures import COUNTERS, UNIT, asks_code, basic_unit, codes, is_word, same_unit
from qa.entities.units import UNITS
from qa.entities.written_numbers import RANGED
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
MEASURED = re.compile(RANGED + UNIT)
NAMES = st.sampled_from(
    "毫秒 兆赫 千瓦 千瓦时 毫安时 平方公里 立方米 人次 分贝 摄氏度 公顷 kWh MPa dB Tbps m³".split()
)
PER = st.sampled_from(["", "/小时", "/L", "/h", "每秒", "/平方米"])


@FEW
@given(st.integers(1, 9999), NAMES, PER)
def test_an_amount_is_found_with_all_of_its_unit(number: int, name: str, per: str) -> None:
    text = f"实测值为{number}{name}{per}，符合要求。"
    assert [match.group() for match in MEASURED.finditer(text)] == [f"{number}{name}{per}"]


@FEW
@given(TEXTS)
def test_a_code_has_a_digit_and_lies_between_other_signs(text: str) -> None:
    for match in codes(text):
        assert any(map(str.isdigit, match.group()))
        assert not re.match("[A-Za-z0-9]", text[match.end() : match.end() + 1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("噪声为48dB(A)。", ["48dB(A)"]), ("速率9.6 Gbps", ["9.6 Gbps"]),
        ("含量3mg/kg，", ["3mg/kg"]),
        ("5G基站、3D打印、4K电视", []), ("长12米，重三吨", ["12米", "三吨"]),
        ("三十五千伏变电站", ["三十五千伏"]), ("2.5千克每平方米", ["2.5千克每平方米"]),
    ],
)  # fmt: skip
def test_units_in_texts(text: str, found: list[str]) -> None:
    assert [match.group() for match in MEASURED.finditer(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("主机型号KX-45B，", ["KX-45B"]), ("按DB/T 88-2011执行", ["DB/T 88-2011"]),
        ("电话0315-7654321", ["0315-7654321"]), ("车牌冀B24680", ["冀B24680"]),
        ("见南政发〔2019〕7号文", ["见南政发〔2019〕7号"]), ("版本为V3.2.1。", ["V3.2.1"]),
        ("没有号码", []),
    ],
)  # fmt: skip
def test_codes_in_texts(text: str, found: list[str]) -> None:
    assert [match.group() for match in codes(text)] == found


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("他的工号是多少?", True), ("设备型号是什么?", True), ("服务热线是多少?", True),
        ("执行标准是什么", True), ("有几号楼", False), ("多少辆车", False),
    ],
)  # fmt: skip
def test_questions_that_ask_for_a_code(question: str, asks: bool) -> None:
    assert asks_code(question) == asks


def test_a_word_is_no_amount() -> None:
    assert all(is_word(word) for word in "一起 一面 一次性 万一".split())
    assert not any(is_word(word) for word in "一个 三面 一台".split())


def test_people_are_counted_by_several_words() -> None:
    assert "名" in same_unit("人")
    assert "位" in same_unit("名")
    assert same_unit("台") == ("台",)
    assert len(set(COUNTERS)) == len(COUNTERS)


@pytest.mark.parametrize("name", ["公里", "km", "名", "kWh"])
def test_the_basic_unit_of_an_amount(name: str) -> None:
    assert basic_unit(f"约12万{name}") == UNITS[name][0]
