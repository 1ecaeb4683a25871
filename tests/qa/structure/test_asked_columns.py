"""A question that does not name a column still tells which one it asks for."""

import pytest

from qa.answer_types import AnswerType
from qa.structure.asked_columns import fits_column, fits_measure, fits_value


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("谁管仓库", "保管员"),
        ("谁管仓库", "负责人"),
        ("多少钱一张", "票价"),
        ("要花多少钱", "费用"),
        ("什么时候开课", "开课时间"),
        ("哪天开会", "日期"),
        ("在哪里上课", "上课地点"),
        ("住多久", "期限"),
        ("在几楼", "楼层"),
        ("这箱子多重", "重量"),
        ("塔有多高", "高度"),
        ("船开多快", "航速"),
        ("房间多大", "面积"),
        ("怎么联系他们", "电话"),
        ("有多少个班", "班数"),
        ("who is on duty", "name"),
        ("how much is it", "price"),
        ("when does it open", "opening time"),
        ("where is it", "location"),
    ],
)
def test_a_question_word_has_its_columns(question: str, name: str) -> None:
    assert fits_column(question, name)


@pytest.mark.parametrize(
    ("question", "name"),
    [("谁管仓库", "电话"), ("多少钱一张", "日期"), ("在哪里上课", "姓名"), ("有多少", "备注")],
)
def test_other_columns_do_not_fit(question: str, name: str) -> None:
    assert not fits_column(question, name)


def test_a_value_fits_by_its_measure_and_kind() -> None:
    assert fits_measure("在几层", "七层")
    assert not fits_measure("在几层", "80件")
    assert fits_value(AnswerType.MONEY, "三万")
    assert fits_value(AnswerType.MONEY, "面议")
    assert not fits_value(AnswerType.MONEY, "老韩")
    assert fits_value(AnswerType.PERSON, "何平")
    assert not fits_value(AnswerType.WHO, "3306")
