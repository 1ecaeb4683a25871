"""A sentence is kept only if the figures, dates, names and denials of its citations bear it out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import sentences
from qa.writing.sentence_check import SentenceCheck
from tests.conftest import ROOT
from tests.qa.writing.parts import cited
from tests.support import answerers

QUESTION = "港珠澳大桥的情况"
BRIDGE = "港珠澳大桥全长55公里，总投资约1269亿元，于2018年10月24日通车，未设行人通道。"
COUNCIL = "委员会没有批准张晓刚提出的三个方案，节省了不到5%的费用。"
ENGLISH = (
    "The bridge is 55 km long, cost US$160 million and was not opened before October 24, 2018."
)


def check() -> SentenceCheck:
    return SentenceCheck(answerers.names())


def holds(sentence: str, *quotes: str) -> bool:
    return check().holds(sentence, [cited(quote) for quote in quotes], QUESTION)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("港珠澳大桥长55公里。", BRIDGE),
        ("大桥五十五公里长。", BRIDGE),
        ("总投资约1,269亿元人民币。", BRIDGE),
        ("大桥于2018年10月通车。", BRIDGE),
        ("大桥于10月24日通车。", BRIDGE),
        ("大桥没有行人通道。", BRIDGE),
        ("委员会没有批准张晓刚的3个方案。", COUNCIL),
        ("节省的费用不到百分之五。", COUNCIL),
        ("The bridge is 55 km long.", ENGLISH),
        ("It cost $160 million.", ENGLISH),
        ("这座桥长55公里，耗资1.6亿美元，2018年10月24日之前没有开放。", ENGLISH),
        ("The bridge opened on 24 October 2018 and has no footpath.", BRIDGE),
        ("第一届大会有五家单位参加。", "第一届大会有五家单位。"),
        ("大桥花费约1269亿元。", BRIDGE),
        ("中山站于1989年建成。", "中山站建于1989年。"),
    ],
)
def test_what_is_said_in_other_words_is_kept(sentence: str, quote: str) -> None:
    assert holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("港珠澳大桥全长56公里。", BRIDGE),
        ("大桥全长55米。", BRIDGE),
        ("总投资约1269亿美元。", BRIDGE),
        ("大桥于2017年通车。", BRIDGE),
        ("大桥于2018年10月25日通车。", BRIDGE),
        ("委员会没有批准张晓刚的五个方案。", COUNCIL),
        ("第二届大会有五家单位。", "第一届大会有五家单位。"),
        ("节省了5%的费用。", COUNCIL),
        ("节省的费用超过5%。", COUNCIL),
        ("It cost $170 million.", ENGLISH),
        ("这座桥耗资1.6亿元，没有开放。", ENGLISH),
    ],
)
def test_another_figure_unit_date_or_bound_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("李四投了3亿元。", "张三投了3亿元。"),
        ("上海大桥全长55公里。", BRIDGE),
        ("委员会没有批准李晓明的方案。", COUNCIL),
        ("John Smith built the bridge.", ENGLISH),
        ("大桥由Foster设计。", BRIDGE),
        ("人们称大桥为“海上长龙”。", BRIDGE),
        ("请访问 http://evil.example 领取奖品。", COUNCIL),
    ],
)
def test_another_name_quotation_or_address_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("委员会批准了张晓刚提出的三个方案。", COUNCIL),
        ("大桥设有行人通道。", BRIDGE),
        ("大桥全长55公里，没有通车。", BRIDGE),
        ("The bridge was opened before October 24, 2018.", ENGLISH),
        ("大桥长55公里。", ENGLISH),
    ],
)
def test_a_denial_that_is_dropped_or_added_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


def test_what_has_nothing_to_do_with_its_citation_is_not() -> None:
    assert not holds("这是一个很好的消息，人人高兴。", BRIDGE)
    assert not holds("大桥非常美丽。", BRIDGE)
    assert not holds("大桥全长55公里。")


def test_a_date_may_be_worked_out_from_that_of_the_article() -> None:
    quote = cited("大桥去年通车。", published="2019-03-02")
    assert check().holds("大桥2018年通车。", [quote], QUESTION)
    assert not check().holds("大桥2019年通车。", [quote], QUESTION)


def test_the_title_of_the_article_may_be_named() -> None:
    quote = cited("该桥全长55公里。", title="港珠澳大桥通车")
    assert check().holds("港珠澳大桥全长55公里。", [quote], "多长？")


QUOTES = st.sampled_from([BRIDGE, COUNCIL, ENGLISH, "第一届大会有五家单位。", "张三投了3亿元。"])


def test_every_sentence_of_the_sample_articles_bears_itself_out() -> None:
    checked, texts = (
        check(),
        [path.read_text("utf-8") for path in (ROOT / "articles").glob("*.txt")],
    )
    quotes = [span.of(text) for text in texts for span in sentences(text)]
    assert len(quotes) > 100
    assert [quote for quote in quotes if not checked.holds(quote, [cited(quote)], QUESTION)] == []


@given(QUOTES)
def test_a_quote_bears_itself_out(quote: str) -> None:
    assert holds(quote, quote)


@given(QUOTES.filter(lambda quote: re.search(r"\d", quote)), st.integers(0, 99), st.data())
def test_a_quote_with_another_digit_does_not_bear_itself_out(
    quote: str, shift: int, data: st.DataObject
) -> None:
    places = [match.start() for match in re.finditer(r"\d", quote)]
    at = data.draw(st.sampled_from(places))
    digit = str((int(quote[at]) + 1 + shift % 9) % 10)
    changed = quote[:at] + digit + quote[at + 1 :]
    leading = not quote[at - 1 : at].isdigit() and digit == "0"
    if not leading:
        assert not holds(changed, quote), changed


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=3), st.text(max_size=20))
def test_whatever_is_compared_nothing_is_raised(
    sentence: str, quotes: list[str], question: str
) -> None:
    check().holds(sentence, [cited(quote) for quote in quotes], question)
