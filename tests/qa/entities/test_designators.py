"""One thing of a kind is not another, however its designator is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.folding import fold
from qa.entities.designators import is_about_another
from tests.index.text.test_numbers import in_han
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
NUMBERS = st.integers(1, 19)
KINDS = st.sampled_from(["号楼", "号机组", "号仓库", "期工程", "年级", "号线"])
STEMS = st.sampled_from("甲乙丙丁戊")
THINGS = st.sampled_from(["车间", "泵站", "公司", "水库", "班组"])


def another(question: str, *texts: str) -> bool:
    """Return whether texts are about another thing than a question."""
    return is_about_another(fold(question), [fold(text) for text in texts])


@FEW
@given(NUMBERS, NUMBERS, KINDS)
def test_a_number_tells_things_of_a_kind_apart_in_both_writings(
    asked: int, named: int, kind: str
) -> None:
    han = in_han(named).replace("一十", "十")
    for text in (f"{named}{kind}今年完成检修。", f"{han}{kind}今年完成检修。"):
        assert another(f"{asked}{kind}什么时候检修?", text) == (asked != named)


@FEW
@given(STEMS, STEMS, THINGS, THINGS)
def test_a_stem_tells_things_of_a_kind_apart(asked: str, named: str, kind: str, other: str) -> None:
    text = f"{named}{other}有职工三百人。"
    assert another(f"{asked}{kind}有多少职工?", text) == (asked != named and kind == other)


@FEW
@given(STEMS, STEMS, THINGS)
def test_a_text_that_names_both_is_about_what_is_asked(asked: str, named: str, kind: str) -> None:
    text = f"{named}{kind}有三百人，{asked}{kind}有五百人。"
    assert not another(f"{asked}{kind}有多少人?", text)


@FEW
@given(TEXTS, TEXTS)
def test_no_text_is_about_another_than_itself(text: str, question: str) -> None:
    assert not another(text, text)
    another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("高一(4)班的班主任是谁?", "高一（2）班的班主任是苏青石。"),
        ("南屏中学有多少学生?", "南屏小学有学生九百人。"),
        ("协会的副会长是谁?", "协会会长是苏青石。"),
        ("协会的会长是谁?", "协会副会长是苏青石。"),
        ("C区有多少车位?", "D区有车位两百个。"),
        ("北门几点关?", "南门六点关。"),
        ("男职工有多少人?", "女职工有八十人。"),
        ("上半年产量是多少?", "下半年产量为三万吨。"),
        ("第二季度利润是多少?", "三季度利润为九千万元。"),
        ("二等奖奖金多少?", "一等奖奖金五千元。"),
        ("KX-200的功率是多少?", "KX-450的功率为3千瓦。"),
        ("第三中学有几个班?", "第一中学有四十个班。"),
        ("7月产量是多少?", "8月产量为三万吨。"),
        ("旧馆面积多大?", "新馆面积三千平方米。"),
        ("最低气温是多少?", "最高气温为三十一度。"),
        ("三级医院有几家?", "二级医院有十一家。"),
        ("周六几点开门?", "周日九点开门。"),
        ("周六几点开门?", "周一至周五九点开门。"),
        ("实际投资多少?", "今年计划投资三亿元。"),
    ],
)  # fmt: skip
def test_another_of_the_kind(question: str, text: str) -> None:
    assert another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("四号仓库存什么?", "4号仓存小麦。"), ("三季度利润是多少?", "第三季度利润为九千万元。"),
        ("旧馆面积多大?", "老馆面积三千平方米。"), ("会长是谁?", "副会长是甲，会长是乙。"),
        ("9号楼有几个门洞?", "楼里有四个门洞。"), ("大桥有多长?", "大桥长三公里。"),
        ("第二条规定什么?", "三条河流汇入湖中。"),
        ("5号线何时通车?", "三号线和五号线同时通车。"),
        ("5月2日谁值班?", "5月1日至3日由甲值班。"),
        ("3、5号线何时通车?", "三号线和五号线同时通车。"),
        ("1号楼有几层?", "1、2号楼均为六层。"), ("4号楼有几层?", "3至6号楼均为七层。"),
        ("东方剧院有多少座位?", "剧院有座位八百个。"),
        ("青苗人才计划投入多少?", "实际投入三亿元。"),
        ("周末几点开门?", "每天9点至17点开门，节假日除外。"),
        ("星期二几点开门?", "一周二十个小时开门。"), ("星期二几点开门?", "周二九点开门。"),
        ("周三几点开门?", "周一至周五九点开门。"), ("星期天几点开门?", "周日九点开门。"),
    ],
)  # fmt: skip
def test_the_same_or_none_of_the_kind(question: str, text: str) -> None:
    assert not another(question, text)


def test_the_heading_decides_where_the_sentence_names_none() -> None:
    assert another("乙粮站有几台烘干机?", "有烘干机七台。", "丙粮站")
    assert not another("乙粮站有几台烘干机?", "乙粮站有烘干机七台。", "丙粮站")


def test_a_school_that_is_only_mentioned_is_not_what_a_text_is_about() -> None:
    question = "南屏小学的校长是谁?"
    assert not another(question, "校长苏青石曾在北屏中学任教。", "南屏小学")
    assert another(question, "北屏中学的校长是苏青石。", "南屏小学")
    assert another(question, "校长苏青石曾在北屏中学任教。", "北屏")


@FEW
@given(NUMBERS, NUMBERS, st.sampled_from(["version", "phase", "section", "platform"]))
def test_an_english_number_tells_things_of_a_kind_apart(asked: int, named: int, kind: str) -> None:
    text = f"The {kind} {named}.0 was opened in spring."
    assert another(f"When was {kind} {asked}.0 opened?", text) == (asked != named)
    assert not another(f"When was {kind} {asked} opened?", "It was opened in spring.")
