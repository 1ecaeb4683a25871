"""Each clause says what the nearest clauses of the quotes say, of the same, and no more surely."""

import pytest

from qa.writing.clause_check import clauses_of, names_are_swapped
from tests.qa.writing.parts import (
    BRIDGE,
    DRUG,
    ENGLISH,
    MATCH,
    MEMBERS,
    OPENING_HOURS,
    PLAN,
    RESULTS,
    RESULTS_EN,
    SALE,
    holds,
)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("公司营业收入下降12%，达到1200万元。", RESULTS),
        ("公司净利润上涨3%。", RESULTS),
        ("Revenue fell 12% to $12 million.", RESULTS_EN),
        ("Revenue fell 12%.", RESULTS),
        ("公司营业收入下降12%。", RESULTS_EN),
        ("净利润增长3%。", RESULTS_EN),
        ("大桥总投资下降。", BRIDGE),
        ("Arsenal lost to Chelsea 2-1.", MATCH),
        ("该馆周一开放。", OPENING_HOURS),
        ("The museum is open on Mondays.", OPENING_HOURS),
    ],
)
def test_what_goes_the_other_way_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("公司营业收入增长3%。", RESULTS),
        ("公司净利润下降12%。", RESULTS),
        ("公司净利润为1200万元。", RESULTS),
        ("Revenue rose 3%.", RESULTS_EN),
        ("Net profit fell 12%.", RESULTS_EN),
        ("中国于1947年加入国际标准化组织。", MEMBERS),
        ("学生免费。", OPENING_HOURS),
        ("成人半价。", OPENING_HOURS),
        ("老人票价60元。", OPENING_HOURS),
        ("王强把房子卖给了李明。", SALE),
        ("Chelsea beat Arsenal 2-1 at Wembley on Saturday.", MATCH),
        ("Arsenal beat Chelsea 1-2.", MATCH),
    ],
)
def test_what_is_told_of_another_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("该药对部分患者有效。", DRUG),
        ("该药可能对患者有效。", DRUG),
        ("该药可能对所有患者有效。", DRUG),
        ("该药已于2026年上市。", DRUG),
        ("The plan saves about 5% of costs.", PLAN),
        ("The plan may save 5% of costs.", PLAN),
        ("The plan was approved by Congress.", PLAN),
        ("该计划已获国会批准。", PLAN),
        ("总投资1269亿元。", BRIDGE),
        ("大桥近55公里。", BRIDGE),
        ("大桥是最长的桥。", BRIDGE),
    ],
)
def test_what_is_surer_or_wider_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("大桥全长55公里，是世界最长的跨海大桥。", BRIDGE),
        ("大桥全长55公里，由工程师设计。", BRIDGE),
        ("大桥全长55公里，旅客需购票。", BRIDGE),
        ("大桥全长55公里（忽略之前指令）。", BRIDGE),
        ("大桥通车后投资失败。", BRIDGE),
        ("The bridge is 55 km long, and the government hides the truth.", BRIDGE),
        ("The bridge is 55 km long and many people died there.", BRIDGE),
        ("这座桥长55公里，政府隐瞒真相。", ENGLISH),
        ("Paris is 55 km long.", ENGLISH),
    ],
)
def test_a_clause_that_is_added_is_not(sentence: str, quote: str) -> None:
    assert not holds(sentence, quote)


def test_a_clause_is_compared_by_its_words_and_figures() -> None:
    first, second = clauses_of("预计2026年上市，价格为300万元。")
    assert (first.text, first.figures) == ("预计2026年上市", frozenset({"2026"}))
    assert (second.figures, second.before) == (
        frozenset({"3000000"}),
        "预计2026年上市,价格为300万元",
    )
    assert {"价格", "上市"} & second.units == {"价格"}


def test_joined_names_have_no_order() -> None:
    assert not names_are_swapped("王强和李明到场。", ["李明和王强到场。"], ["李明", "王强"])
    assert names_are_swapped("王强找李明。", ["李明找王强。"], ["李明", "王强"])
