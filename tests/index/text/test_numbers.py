"""All forms of a number have its value; words that only look like numbers have none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import Analyzer, occurs
from index.text.folding import fold
from index.text.numbers import value_of, values, without_numbers
from tests.support import small_index
from tests.support.small_index import TEXTS

_ONES = "零一二三四五六七八九"
NUMBERS = st.integers(100, 10**12) | st.integers(1, 99).map(lambda n: n * 10**6)
FIGURES = st.text(
    alphabet="一二两三十百千万亿兆几点〇零分之0123456789.%年个 milonhudreta-", max_size=30
)


def in_han(number: int) -> str:
    """Write a number in Han characters, by the rules of the schoolbook."""
    for scale, name in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            above, below = divmod(number, scale)
            zero = "零" if 0 < below < scale // 10 else ""
            return in_han(above) + name + (zero + in_han(below) if below else "")
    for scale, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            above, below = divmod(number, scale)
            zero = "零" if 0 < below < scale // 10 else ""
            return _ONES[above] + name + (zero + in_han(below) if below else "")
    return _ONES[number]


def written(number: int) -> list[str]:
    """Write a number in many forms."""
    forms = [str(number), f"{number:,}", in_han(number)]
    for scale, name in ((10**4, "万"), (10**4, "萬"), (10**8, "亿"), (10**6, " million")):
        forms.append(f"{Decimal(number) / scale:f}{name}")
    return forms


@given(NUMBERS)
def test_all_forms_of_a_number_share_a_term_that_occurs_in_each(number: int) -> None:
    words = small_index.analyzer()
    for form in written(number):
        text = f"共有 {form} 元"
        assert str(number) in words.terms(text)
        assert str(number) in words.content_terms(text)
        assert occurs(fold(text), str(number))
        for other in (number + 1, number * 10):
            assert not occurs(fold(text), str(other))


@given(st.integers(1, 999), st.sampled_from([1, 10, 100]))
def test_all_forms_of_a_percentage_share_a_term(number: int, parts: int) -> None:
    share = Decimal(number) / parts
    value = f"{share.normalize():f}%"
    for form in (f"{share}%", f"{share} percent", f"百分之{share}", f"{share * 10}‰"):
        assert value in values(fold(f"占{form}。"))
        assert occurs(fold(f"占{form}。"), value)
    assert values(f"占百分之{in_han(number)}。") == (f"{number}%",)


@given(st.integers(1000, 2999))
def test_a_year_in_han_digits_is_the_year(year: int) -> None:
    for zero in "零〇○":
        digits = "".join(_ONES[int(digit)] for digit in str(year)).replace("零", zero)
        assert values(f"{digits}年") == (str(year),)


@given(TEXTS | FIGURES)
def test_any_text_gives_plain_values_and_the_text_around_them(text: str) -> None:
    folded = fold(text)
    for value in values(folded):
        assert Decimal(value.rstrip("%")).is_finite()
        assert occurs(folded, value)
        assert "e" not in value.lower()
    assert (without_numbers(folded) == folded) == (not values(folded))


@given(TEXTS | FIGURES)
def test_any_text_has_a_finite_value_or_none(text: str) -> None:
    value = value_of(fold(text))
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入1.6亿美元", "160000000"),
        ("1.60億", "160000000"),
        ("$160 million", "160000000"),
        ("一亿三千万", "130000000"),
        ("1亿5000万", "150000000"),
        ("三万五千亿", "3500000000000"),
        ("一万亿元", "1000000000000"),
        ("三点五亿", "350000000"),
        ("六点五级地震", "6.5"),
        ("三千五", "3500"),
        ("一百零五", "105"),
        ("一百十五", "115"),
        ("十五个", "15"),
        ("百分之五点六", "5.6%"),
        ("百分之百", "100%"),
        ("千分之三", "0.3%"),
        ("5 per cent", "5%"),
        ("二○一六年九月三十日", "2016 30"),
        ("三〇一医院", "301"),
        ("thirty-five cities", "35"),
        ("two hundred and fifty thousand", "250000"),
        ("100万千瓦", "1000000"),
        ("三十五千伏", "35"),
    ],
)
def test_worked_numbers(text: str, expected: str) -> None:
    assert values(fold(text)) == tuple(expected.split())


@pytest.mark.parametrize(
    "text",
    [
        *("一个 第一 统一 一些 三星 万一 千万不要 百万富翁 百货 一一对应 五四运动 十三五".split()),
        *("十几万 几十万 数十亿 三四百 二三十 三百千 一点一滴 八点零五分 5千瓦 100兆赫".split()),
        *(
            "one day",
            "millions",
            "10km",
            "covid-19",
            "2016-09-30",
            "98",
            "often",
            "1" + "亿" * 99,
            "十" * 9999,
        ),
    ],
)
def test_what_is_no_number_or_only_digits_has_no_value(text: str) -> None:
    assert values(fold(text)) == ()
    assert without_numbers(fold(text)) == fold(text)


def test_a_question_is_left_with_the_value_alone(analyzer: Analyzer) -> None:
    assert analyzer.content_terms("美国投入1.6亿美元?") == ["美国", "投入", "美元", "160000000"]
    assert analyzer.content_terms("二〇一六年增加百分之五?") == ["增加", "2016", "5%"]
