"""Words that turn a claim are known in Chinese and English, and compared across both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import fold
from qa.writing.claim_words import contradicts, hedges, is_about, overstates

OPPOSITES = (
    "收入增长12%/收入下降12%|价格上涨/价格下跌|甲队击败乙队/甲队不敌乙队|公司盈利/公司亏损|买下/出售|"
    "进口/出口|表示支持/表示反对|会前三天前/会后三天后|开放/关闭|最高气温/最低气温|出生/去世|受伤/遇难|"
    "国内/海外|城镇/农村|加入/退出|招聘/裁员|男性/女性|东部/西部|"
    "sales rose/sales fell|they won/they lost|a profit/a loss|bought it/sold it|imports/exports|"
    "supported it/opposed it|before May/after May|opened/closed|the highest/the lowest|born/died|"
    "injured/killed|domestic/foreign|urban/rural|joined/quit|hired/dismissed|men/women|north/south|"
    "价格上涨/prices fell|sales rose/销售额下降"
)
HEDGES = (
    "可能有效|预计明年开工|将于明年开工|据称有效|如果获批|专家认为|拟建|有望"
    "|it may work|plans to build|expected in 2026|if approved|reportedly|allegedly|it would help"
)
CERTAIN = "该计划完成了|将军到场|未来|in May 2018|24 May|on May 3|the plan was approved|a proposal"


@pytest.mark.parametrize("pair", OPPOSITES.split("|"))
def test_the_other_side_contradicts_and_the_same_does_not(pair: str) -> None:
    first, second = map(fold, pair.split("/"))
    assert contradicts(first, second)
    assert contradicts(second, first)
    assert not contradicts(first, first)


def test_a_direction_may_not_be_added() -> None:
    assert contradicts("收入增长12%", "收入为12%")
    assert not contradicts("大桥开放", "大桥建成")


@pytest.mark.parametrize("text", HEDGES.split("|"))
def test_what_is_not_certain_is_known(text: str) -> None:
    assert hedges(fold(text))
    assert overstates("有效", fold(text), "")


@pytest.mark.parametrize("text", CERTAIN.split("|"))
def test_what_only_looks_uncertain_is_not(text: str) -> None:
    assert not hedges(fold(text))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("所有患者有效", "患者有效"),
        ("仅此一家", "此处一家"),
        ("最长的桥", "长的桥"),
        ("患者有效", "部分患者有效"),
        ("the drug helps patients", "the drug helps some patients"),
        ("all trains run", "trains run"),
        ("the first bridge", "the bridge"),
        ("近55公里", "55公里"),
    ],
)
def test_what_is_wider_or_surer_overstates(claim: str, said: str) -> None:
    assert overstates(claim, said, said)
    assert not overstates(said, said, said)


def test_an_approximate_figure_is_known() -> None:
    assert [is_about(text) for text in ("约3亿元", "about 5", "some 500 people", "3亿元")] == [
        True,
        True,
        True,
        False,
    ]


@given(st.text(max_size=60))
def test_nothing_overstates_or_contradicts_itself(text: str) -> None:
    folded = fold(text)
    assert not contradicts(folded, folded)
    assert not overstates(folded, folded, folded)
