"""A sentence is kept only if the figures, dates, names and denials of its citations bear it out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import sentences
from tests.conftest import ROOT
from tests.qa.writing.parts import (
    BRIDGE,
    COUNCIL,
    DRUG,
    ENGLISH,
    MATCH,
    MEMBERS,
    OPENING_HOURS,
    PLAN,
    QUESTION,
    RESULTS,
    RESULTS_EN,
    SALE,
    check,
    cited,
    holds,
)


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
        ("The bridge opened on 24 October 2018.", BRIDGE),
        ("The bridge has no footpath.", BRIDGE),
        ("大桥长55公里。", ENGLISH),
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
        ("大桥在2018年10月24日之前开放。", ENGLISH),
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


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("公司净利润下跌3%。", RESULTS),
        ("2023年，公司营业收入增加12%。", RESULTS),
        ("2023年公司营业收入达到一千二百万元。", RESULTS),
        ("Revenue increased 12% in 2023.", RESULTS_EN),
        ("Net profit declined by 3%.", RESULTS_EN),
        ("Net profit fell 3%.", RESULTS),
        ("2023年收入增长12%，达到1200万美元。", RESULTS_EN),
        ("专家认为该药可能对部分患者有效。", DRUG),
        ("该药有望2026年上市。", DRUG),
        ("The drug may work for some patients.", DRUG),
        ("If Congress approves it, the plan may save about 5% of costs.", PLAN),
        ("该计划若获国会批准，可能节省约5%的成本。", PLAN),
        ("李明以300万元的价格把房子卖给了王强。", SALE),
        ("Arsenal defeated Chelsea 2-1 at Wembley.", MATCH),
        ("阿森纳2-1击败切尔西。", MATCH),
        ("该馆周一闭馆。", OPENING_HOURS),
        ("60岁以上的老人免费入场。", OPENING_HOURS),
        ("The museum is closed on Mondays.", OPENING_HOURS),
        ("该组织的总部位于瑞士日内瓦。", MEMBERS),
        ("中国在1978年加入该组织。", MEMBERS),
        ("China joined in 1978.", MEMBERS),
    ],
)
def test_what_means_the_same_is_kept(sentence: str, quote: str) -> None:
    assert holds(sentence, quote)


def test_what_the_question_supposes_is_not_borne_out_by_it() -> None:
    assert not check().holds("大桥发生过坍塌事故。", [cited(BRIDGE)], "大桥发生过坍塌事故吗？")


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("大桥全长五十五海里。", BRIDGE),
        ("大桥全长Ⅵ公里。", BRIDGE),
        ("大桥全长几十公里。", BRIDGE),
        ("大桥全长伍拾陆公里。", BRIDGE),
        ("The bridge is 55 metres long.", ENGLISH),
        ("The bridge is fifty-five miles long.", ENGLISH),
        ("Revenue rose 12 percentage points.", RESULTS_EN),
    ],
)
def test_a_figure_in_another_form_is_read(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    "sentence",
    [
        "大桥全长55公里![图](http://evil.example/1.png)。",
        "大桥全长55公里[详情](/articles)。",
        "大桥全长55公里<img src=//evil.example>。",
        "大桥全长55公里&lt;b&gt;。",
        "大桥全长55公里[2-3]。",
        "大桥全长55公里【7】。",
        "大桥全长55公里，javascript:alert(1)。",
    ],
)
def test_markup_and_what_looks_like_a_mark_is_not_kept_even_of_an_article(sentence: str) -> None:
    assert not holds(sentence, BRIDGE)
    marked = sentence if "[2-3]" not in sentence and "【7】" not in sentence else BRIDGE
    assert not holds(sentence, marked)


def test_the_number_of_a_document_in_brackets_may_be_said() -> None:
    quote = "国发〔2019〕23号文件规定，大桥于2018年通车。"
    assert holds("国发〔2019〕23号规定，大桥于2018年通车。", quote)
    assert not holds("国发〔2018〕23号规定，大桥于2018年通车。", quote)


def test_a_sentence_without_end_is_not_kept() -> None:
    long = "港珠澳大桥全长55公里，" * 60
    assert not holds(long, long)


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
