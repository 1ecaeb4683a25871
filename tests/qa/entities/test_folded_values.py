"""Equal values have one form whatever their writing; different values have different forms."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answer_types import AnswerType
from qa.entities.folded_values import folded_value
from tests.index.text.test_numbers import FIGURES, in_han, written
from tests.qa.entities.test_written_numbers import compound
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
NUMBERS = st.integers(2, 10**11)
CURRENCIES = st.sampled_from(["元", "美元", "欧元", "日元"])
QUALIFIERS = st.sampled_from(["", "约", "近", "超过", "大约"])
MONEY, NUMBER, PERCENT, PERIOD, DATE = (
    AnswerType.MONEY, AnswerType.NUMBER, AnswerType.PERCENT, AnswerType.PERIOD, AnswerType.DATE,
)  # fmt: skip


@FEW
@given(NUMBERS, CURRENCIES, QUALIFIERS)
def test_an_amount_has_one_value_in_all_writings(number: int, currency: str, before: str) -> None:
    forms = {*written(number), compound(number)} - {
        form for form in written(number) if "million" in form
    }
    values = {folded_value(MONEY, f"{before}{form}{currency}") for form in forms}
    assert values == {f"{number} {currency}"}


@FEW
@given(NUMBERS, NUMBERS, CURRENCIES, CURRENCIES)
def test_other_amounts_have_other_values(
    first: int, second: int, currency: str, other: str
) -> None:
    same = folded_value(MONEY, f"{first}{currency}") == folded_value(MONEY, f"{second}{other}")
    assert same == ((first, currency) == (second, other))


@FEW
@given(st.integers(1, 999))
def test_a_percentage_has_one_value_in_all_writings(tenths: int) -> None:
    share = format((Decimal(tenths) / 10).normalize(), "f")
    forms = [f"{share}%", f"{share}％", f"{share} percent", f"千分之{tenths}", f"{tenths}‰"]
    if tenths % 10 == 0:
        forms.append(f"百分之{in_han(tenths // 10)}")
    assert {folded_value(PERCENT, form) for form in forms} == {f"{share}%"}


@FEW
@given(TEXTS, st.sampled_from(AnswerType))
def test_every_text_with_a_letter_has_a_value(text: str, answer_type: AnswerType) -> None:
    value = folded_value(answer_type, text)
    assert value or not any(char.isalnum() for char in text)


@pytest.mark.parametrize(
    ("answer_type", "forms"),
    [
        (MONEY, ["九万六千元", "9.6万元", "9万6千元", "¥96,000", "RMB 96 thousand"]),
        (MONEY, ["US$4.5 million", "450万美元", "4.5 million dollars"]),
        (MONEY, ["20—30万元", "二十万至三十万元", "20万元到30万元"]),
        (MONEY, ["270元/吨", "每吨270元", "270元每吨"]),
        (NUMBER, ["4公里", "4000米", "4km", "四千米", "4千米"]),
        (NUMBER, ["250名学生", "二百五十人", "250位"]),
        (NUMBER, ["每小时80立方米", "80m³/h", "80 m3/h", "80立方米/小时"]),
        (NUMBER, ["107.4兆赫", "107.4MHz"]),
        (NUMBER, ["18℃", "18摄氏度"]),
        (NUMBER, ["-5℃", "零下5摄氏度", "约-5℃"]),
        (NUMBER, ["-5至-3℃", "零下5摄氏度至零下3摄氏度"]),
        (MONEY, ["-3.2亿元", "负3.2亿元", "−3.2亿元"]),
        (NUMBER, ["33 m", "33米"]),
        (NUMBER, ["2-3 million people", "2 to 3 million people"]),
        (MONEY, ["200 pounds", "£200"]),
        (NUMBER, ["四五百棵", "400至500棵"]),
        (PERCENT, ["四成", "40%", "百分之四十", "五分之二"]),
        (PERCENT, ["三分之一", "1/3"]),
        (PERCENT, ["1:4", "1∶4", "1比4"]),
        (PERCENT, ["6个百分点", "6 percentage points"]),
        (PERIOD, ["两年半", "30个月"]),
        (PERIOD, ["一个半小时", "90分钟"]),
        (DATE, ["2019年4月5日", "2019-04-05", "二〇一九年四月五日", "2019.4.5"]),
        (AnswerType.PERSON, ["苏青石", "苏青石先生", "苏 青石"]),
        (AnswerType.ORG, ["北岸船舶有限公司", "北岸船舶股份有限公司"]),
        (AnswerType.PLACE, ["南屏市", "南屏"]),
        (AnswerType.OTHER, ["2019年4月5日", "2019/4/5"]),
    ],
)  # fmt: skip
def test_writings_of_one_value(answer_type: AnswerType, forms: list[str]) -> None:
    assert len({folded_value(answer_type, form) for form in forms}) == 1, [
        folded_value(answer_type, form) for form in forms
    ]


@pytest.mark.parametrize(
    ("answer_type", "first", "second"),
    [
        (MONEY, "3亿元", "3亿美元"), (NUMBER, "800人", "800人次"), (PERCENT, "5%", "5个百分点"),
        (DATE, "9月3日", "2020年9月3日"), (DATE, "3日", "3月"), (NUMBER, "65分贝", "65"),
        (NUMBER, "甲-200B", "甲-200"), (NUMBER, "5千瓦", "5千瓦时"),
        (MONEY, "-3亿元", "3亿元"), (PERCENT, "-5.2%", "5.2%"), (NUMBER, "200 pounds", "200英镑"),
    ],
)  # fmt: skip
def test_other_values(answer_type: AnswerType, first: str, second: str) -> None:
    assert folded_value(answer_type, first) != folded_value(answer_type, second)


def test_an_open_date_stays_open_without_the_date_of_its_article() -> None:
    assert folded_value(DATE, "8日") == "8日"
    assert folded_value(DATE, "8日", "2020-05-06") == "2020-05-08"
    assert folded_value(DATE, "8日", "2020") == "8日"


@given(st.sampled_from(list(AnswerType)), TEXTS | FIGURES)
def test_any_text_has_a_value_or_none(answer_type: AnswerType, text: str) -> None:
    value = folded_value(answer_type, text)
    assert value is None or value.strip()
