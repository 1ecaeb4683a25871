"""An amount is given with what qualifies it, for without that it would be another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from qa.replies.short_answer import whole_amount
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
PIECES = (
    "约", "近", "超过", "20", "3.5", "至", "到", "-", "～", "%", "万", "萬", "人", "以上",
    "左右", "，", "more than ", "up to ", "between ", "from ", " and ", " to ", "$",
    " or more", " ",
)  # fmt: skip
QUALIFIED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
BEFORE = st.sampled_from(
    ["", "近", "约", "超过", "至少", "不到", "大约", "高达", "不超过", "将近", "多达 "]
)
AFTER = st.sampled_from(["", "以上", "左右", "以内", "以下", "上下"])
BEFORE_EN = st.sampled_from(
    ["", "more than ", "nearly ", "up to ", "at least ", "fewer than ", "about ", "no more than "]
)
AFTER_EN = st.sampled_from(["", " or more", " or less", " or so"])
VALUES = st.integers(2, 9999)


def whole(text: str, amount: str) -> str:
    """Return the qualified amount of a text for the amount in it."""
    start = text.index(amount)
    return whole_amount(text, Span(start, start + len(amount))).of(text)


@FEW
@given(TEXTS | QUALIFIED, st.data())
def test_what_is_given_holds_the_amount_and_lies_in_the_text(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    given_span = whole_amount(text, Span(start, end))
    assert 0 <= given_span.start <= start <= end <= given_span.end <= len(text)


@FEW
@given(BEFORE, VALUES, st.sampled_from(["人", "万元", "公里", "%", "棵"]), AFTER)
def test_chinese_qualifiers_beside_the_amount_are_given_and_no_more(
    before: str, value: int, unit: str, after: str
) -> None:
    text = f"据统计，这座植物园去年迎来{before}{value}{unit}{after}，创下新高。"
    assert whole(text, f"{value}{unit}") == f"{before}{value}{unit}{after}"


@FEW
@given(BEFORE_EN, VALUES, st.sampled_from(["%", " people", " km", " million"]), AFTER_EN)
def test_english_qualifiers_beside_the_amount_are_given_and_no_more(
    before: str, value: int, unit: str, after: str
) -> None:
    text = f"The choir has {before}{value}{unit}{after}, says its founder."
    assert whole(text, f"{value}{unit}") == f"{before}{value}{unit}{after}"


@FEW
@given(BEFORE, VALUES, st.sampled_from(["至", "到", "-", "～", "—"]), VALUES, AFTER)
def test_a_range_is_given_from_its_beginning(
    before: str, low: int, sign: str, high: int, after: str
) -> None:
    amount = f"{high}人"
    text = f"每场演出有{before}{low}{sign}{amount}{after}观看。"
    start = text.rindex(sign + amount) + 1
    span = whole_amount(text, Span(start, start + len(amount)))
    assert span.of(text) == f"{before}{low}{sign}{amount}{after}"


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        ("净利润为-3.2亿元。", "3.2亿元", "-3.2亿元"),
        ("夜里约零下5摄氏度。", "5摄氏度", "约零下5摄氏度"),
        ("水温在-5至3℃之间。", "3℃", "-5至3℃"),
        ("展会吸引近百家出版社。", "百家", "近百家"),
        ("三成以上的果园受灾。", "三成", "三成以上"),
        ("每班20至30人。", "30人", "20至30人"),
        ("每班約20至30人左右。", "30人", "約20至30人左右"),
        ("捐款超過300萬元。", "300萬元", "超過300萬元"),
        ("降幅在3%到5%之间。", "5%", "3%到5%"),
        ("门票80元，老人免费。", "80元", "80元"),
        ("More than 5% of the bees died.", "5%", "More than 5%"),
        ("The hall seats up to 40.", "40", "up to 40"),
        ("It fell by between 3 and 5 percent.", "5 percent", "between 3 and 5 percent"),
        ("Prices rose from 20 to 30 euros.", "30 euros", "from 20 to 30 euros"),
        ("Tickets cost $20-$30 each.", "$30", "$20-$30"),
        ("Of the 12 boats and 30 crew, all returned.", "30 crew", "30 crew"),
        ("Moreover 40 people came.", "40 people", "40 people"),
    ],
)
def test_worked_cases(text: str, amount: str, expected: str) -> None:
    assert whole(text, amount) == expected


@pytest.mark.parametrize("quote", ["签约30家", "附近30家", "最近30人", "节约30万元"])
def test_the_end_of_another_word_qualifies_nothing(quote: str) -> None:
    at = quote.index("30")
    assert whole_amount(quote, Span(at, len(quote))) == Span(at, len(quote))


def test_a_year_begins_no_range() -> None:
    quote = "It was donated in 2019 to 30 schools."
    at = quote.index("30")
    assert whole_amount(quote, Span(at, at + 10)) == Span(at, at + 10)
