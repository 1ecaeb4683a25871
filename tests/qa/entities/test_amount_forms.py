"""Another notation keeps value and currency; text without a plain amount has none."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from qa.entities.amount_forms import other_form, whole_amount_form
from qa.language import Language
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
SCALES = {
    "": 1, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
SIGNS = {
    "美元": "US$", "欧元": "€", "港元": "HK$", "新台币": "NT$", "新加坡元": "S$", "澳元": "A$",
    "加元": "C$", "英镑": "£", "日元": "JP¥", "韩元": "₩", "卢比": "₹", "卢布": "₽", "元": "¥",
}  # fmt: skip
NUMBERS = st.tuples(st.integers(1, 99_999), st.integers(0, 2)).map(
    lambda pair: format(Decimal(pair[0]).scaleb(-pair[1]), "f")
)
CURRENCIES = st.sampled_from(sorted(SIGNS))
CLEAR = st.sampled_from(sorted(SIGNS.keys() - {"元"}))
"""Those whose sign is no other's: ¥ may be yuan or yen."""
ZH_SCALES = st.sampled_from(["万", "亿", "万亿"])
EN_SCALES = st.sampled_from(["thousand", "million", "billion", "trillion"])
UNITS = st.sampled_from(["", "人", "吨", "公里", "立方米"])
NOUNS = st.sampled_from(["", " people", " tonnes", " passengers", " trees"])
LANGUAGES = st.sampled_from(Language)


def value_of(form: str) -> Decimal:
    """Return the value of the first number in a form, which has at most one scale."""
    match = re.search(r"(\d[\d,]*(?:\.\d+)?) ?(万亿|[万亿]|[a-z]+illion|thousand)?", form)
    assert match is not None, form
    return Decimal(match[1].replace(",", "")) * SCALES[match[2] or ""]


@FEW
@given(NUMBERS, ZH_SCALES, CLEAR)
def test_chinese_money_keeps_its_value_and_currency_in_english_and_back(
    number: str, scale: str, currency: str
) -> None:
    english = other_form(number + scale + currency, Language.ENGLISH)
    assert english is not None
    assert english.startswith(SIGNS[currency])
    assert english.removeprefix(SIGNS[currency])[0].isdigit()
    assert value_of(english) == Decimal(number) * SCALES[scale]
    back = other_form(english, Language.SIMPLIFIED)
    assert back is not None
    assert back.endswith(currency)
    assert back.removesuffix(currency)[-1] in "0123456789万亿"
    assert value_of(back) == value_of(english)


@FEW
@given(NUMBERS, EN_SCALES, CLEAR)
def test_english_money_keeps_its_value_and_currency_in_chinese_and_back(
    number: str, scale: str, currency: str
) -> None:
    chinese = other_form(f"{SIGNS[currency]}{number} {scale}", Language.SIMPLIFIED)
    assert chinese is not None
    assert chinese.endswith(currency)
    assert value_of(chinese) == Decimal(number) * SCALES[scale]
    back = other_form(chinese, Language.ENGLISH)
    assert back is not None
    assert back.startswith(SIGNS[currency])
    assert value_of(back) == value_of(chinese)


@FEW
@given(NUMBERS, ZH_SCALES, UNITS, EN_SCALES, NOUNS)
def test_a_count_keeps_its_value_and_gets_no_currency(
    number: str, zh_scale: str, unit: str, en_scale: str, noun: str
) -> None:
    english = other_form(number + zh_scale + unit, Language.ENGLISH)
    chinese = other_form(f"{number} {en_scale}{noun}", Language.SIMPLIFIED)
    assert english is not None
    assert chinese is not None
    assert value_of(english) == Decimal(number) * SCALES[zh_scale]
    assert value_of(chinese) == Decimal(number) * SCALES[en_scale]
    assert english[0].isdigit()
    assert chinese[-1] in "0123456789万亿"


@FEW
@given(st.integers(1, 10**15), st.sampled_from(["", ","]), CURRENCIES)
def test_long_digits_get_a_scale(value: int, comma: str, currency: str) -> None:
    form = other_form(f"{value:{comma}}{currency}", Language.SIMPLIFIED)
    assert (form is None) == (value < 10**5)
    if form is not None:
        assert value_of(form) == value
        assert form.endswith(currency)


@FEW
@given(TEXTS, LANGUAGES)
def test_any_text_has_another_form_or_none(text: str, language: Language) -> None:
    assert other_form(text, language) != text


@FEW
@given(st.text("博物馆由市民捐建图书阅览室座位捐赠者名单 abcdefgh,。", max_size=20), LANGUAGES)
def test_words_without_an_amount_have_no_form(words: str, language: Language) -> None:
    assert other_form(words, language) is None


@FEW
@given(st.from_regex(r"(US\$|€|£)?\d{1,3}(\.\d)? (million|billion)", fullmatch=True))
def test_english_is_left_as_it_is_for_an_english_reader(written: str) -> None:
    assert other_form(written, Language.ENGLISH) is None


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "written",
    [
        "近百家", "数百万元", "约3万人", "上千万", "几十亿", "十多亿元", "20至30万元", "两三万人",
        "more than $5 million", "about 5 million", "$5-6 million", "第3万名", "百万富翁", "",
    ],
)  # fmt: skip
def test_approximate_amounts_have_no_form(written: str, language: Language) -> None:
    assert other_form(written, language) is None


@pytest.mark.parametrize(
    ("written", "language", "form"),
    [
        ("1.6亿美元", "en", "US$160 million"),
        ("1.6億美元", "en", "US$160 million"),
        ("人民币3亿元", "en", "¥300 million"),
        ("一百二十万元", "en", "¥1.2 million"),
        ("0.5万英镑", "en", "£5,000"),
        ("1.23456亿吨", "en", "123.456 million"),
        ("$160m", "zh", "1.6亿美元"),
        ("2 million pounds sterling", "zh", "200万英镑"),
        ("RMB 300 million", "zh", "3亿元"),
        ("120000000元", "zh", "1.2亿元"),
        ("一百二十万元", "zh", "120万元"),
        ("1.2亿元", "zh", None),
        ("1.2億元", "zh-Hant", None),
        ("1亿2000万元", "en", "¥120 million"),
        ("12亿3456万7890人", "en", "1,234,567,890"),
        ("46万5千美元", "en", "US$465,000"),
        ("7万4元", "en", "¥74,000"),
        ("８．４億元", "en", "¥840 million"),
        ("＄１，２３４．５ million", "zh", "12.345亿美元"),
        ("8.4million people", "zh", "840万"),
        ("1,23 million", "zh", None),
        ("6½ million", "zh", None),
    ],
)
def test_worked_cases(written: str, language: str, form: str | None) -> None:
    assert other_form(written, Language(language)) == form


@pytest.mark.parametrize(
    "written", ["1亿余元", "1亿多", "3万元以上", "5亿元左右", "3万多人", "2万年前", "12万分之一"]
)
def test_inexact_chinese_amounts_have_no_english_form(written: str) -> None:
    assert other_form(written, Language.ENGLISH) is None


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("5万千瓦", Language.ENGLISH, "50,000"),
        ("-3.2亿元", Language.ENGLISH, "-¥320 million"),
        ("¥300 billion", Language.SIMPLIFIED, "3000亿"),
        ("¥300", Language.SIMPLIFIED, None),
        ("33 m", Language.SIMPLIFIED, None),
        ("200 pounds", Language.SIMPLIFIED, None),
        ("1998 won", Language.SIMPLIFIED, None),
        ("€3bn", Language.SIMPLIFIED, "30亿欧元"),
        ("$160 million", Language.TRADITIONAL, "1.6億美元"),
    ],
)
def test_units_short_scales_and_traditional_readers(
    written: str, language: Language, expected: str | None
) -> None:
    assert other_form(written, language) == expected


GROUPED = st.integers(1000, 10**7)
WRITTEN_EN = st.one_of(
    NUMBERS,
    GROUPED.map("{:,}".format),
    st.tuples(GROUPED, st.integers(0, 99)).map(lambda pair: f"{pair[0]:,}.{pair[1]:02}"),
)
WRITTEN_ZH = st.one_of(
    st.tuples(WRITTEN_EN, ZH_SCALES).map("".join),
    st.tuples(st.integers(1, 9999), st.integers(1, 9999)).map("{0[0]}亿{0[1]}万".format),
    st.tuples(st.integers(1, 9999), st.integers(1, 9)).map("{0[0]}万{0[1]}千".format),
)
FULL_WIDTH = {code: code + 0xFEE0 for code in map(ord, "0123456789.,")}
WIDTHS = st.sampled_from([{}, FULL_WIDTH])
SEPARATORS = st.sampled_from([",", "·", " ", "'", "’", "½", "/", " to ", "-", "–", "至", "分之"])
AROUND = st.sampled_from([("It sold ", " units."), ("预算为", "，已批准。"), ("(", ")")])


def range_within(data: st.DataObject, text: str, written: str) -> Span:
    """Draw any part of a number in a text, as a reader may choose it."""
    begin = text.index(written)
    start = data.draw(st.integers(begin, begin + len(written) - 1))
    return Span(start, data.draw(st.integers(start + 1, begin + len(written))))


@FEW
@given(WRITTEN_EN, EN_SCALES, WIDTHS, AROUND, st.data())
def test_any_part_of_an_english_number_gets_the_form_of_the_whole(
    number: str, scale: str, width: dict[int, int], around: tuple[str, str], data: st.DataObject
) -> None:
    written = f"{number.translate(width)} {scale}"
    text = written.join(around)
    form = whole_amount_form(text, range_within(data, text, written), Language.SIMPLIFIED)
    assert form is not None
    assert text[: form[0]].endswith(written)
    assert value_of(form[1]) == Decimal(number.replace(",", "")) * SCALES[scale]


@FEW
@given(WRITTEN_ZH, WIDTHS, AROUND, st.data())
def test_any_part_of_a_chinese_number_gets_the_form_of_the_whole(
    number: str, width: dict[int, int], around: tuple[str, str], data: st.DataObject
) -> None:
    parts = re.findall(r"([\d.,]+)(万亿|[千万亿])", number)
    value = sum(Decimal(digits.replace(",", "")) * SCALES[scale] for digits, scale in parts)
    written = number.translate(width)
    text = written.join(around)
    form = whole_amount_form(text, range_within(data, text, written), Language.ENGLISH)
    assert form is not None
    assert text[: form[0]].endswith(written)
    assert value_of(form[1]) == value


SMALL = st.tuples(st.integers(1, 999), st.sampled_from(["", ".4", ".25"])).map(
    lambda pair: f"{pair[0]}{pair[1]}"
)
ODD = st.tuples(SMALL, SEPARATORS, st.integers(1, 99), ZH_SCALES | EN_SCALES.map(" {}".format)).map(
    lambda parts: "{0}{1}{2:{width}}{3}".format(*parts, width="03" if parts[1] == " " else "")
)
"""Ranges, and numbers that are not written as they are read here."""


@FEW
@given(ODD, AROUND, st.data())
def test_part_of_a_range_or_of_an_odd_number_gets_no_form(
    written: str, around: tuple[str, str], data: st.DataObject
) -> None:
    text = written.join(around)
    span = range_within(data, text, written)
    for language in Language:
        assert whole_amount_form(text, span, language) is None


@pytest.mark.parametrize(
    ("text", "part", "form"),
    [
        ("It rose in 2016 to 8.4 million.", "4 million", "840万"),
        ("A beam is 33 m wide.", "33", None),
        ("It weighed 200 pounds.", "200 pounds", None),
        ("It cost 200 pounds.", "200 pounds", "200英镑"),
        ("It took $33m.", "$33m", "3300万美元"),
        ("It cost .4 million dollars.", "4 million dollars", None),
        ("Between 8.4 and 9.1 million came.", "9.1 million", None),
        ("3 million 500 thousand came.", "500 thousand", None),
        ("From $5 million–$6 million.", "$5 million", None),
    ],
)
def test_parts_of_english_sentences(text: str, part: str, form: str | None) -> None:
    start = text.index(part)
    span = Span(start, start + len(part))
    result = whole_amount_form(text, span, Language.SIMPLIFIED)
    assert (result[1] if result else None) == form
