"""The noun of key words tells what is asked for, wherever the words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.question.asked.asked_type import classify
from qa.question.asked.heads import head_type

ABOUT = st.sampled_from(
    ["云岭大桥", "稻香小学 新校区", "《灯塔》第二季", "KX-9水泵", "2021年 松江茶厂"]
)
HEADS = {
    AnswerType.MONEY: ["批发价", "总投资", "房租收入", "学费", "罚款", "年薪", "票房", "善款"],
    AnswerType.PERCENT: ["录取率", "市场份额", "同比增幅", "占比"],
    AnswerType.DATE: ["施行时间", "签约日期", "截止时间", "成立年份"],
    AnswerType.PERIOD: ["保质期", "任期", "续航时间", "工期", "时长"],
    AnswerType.NUMBER: ["观众人数", "人口", "年产量", "轴距", "联系电话", "振动频率"],
    AnswerType.PLACE: ["地址", "举办地点", "总部", "籍贯"],
    AnswerType.PERSON: ["校长", "导演", "创始人", "负责人", "姓名"],
    AnswerType.ORG: ["主办单位", "供应商", "施工单位", "出版社"],
    AnswerType.LIST: ["获奖名单", "报名条件", "三家协办单位"],
    AnswerType.REASON: ["停产原因"],
    AnswerType.MANNER: ["办理流程"],
    AnswerType.OTHER: ["栏目名称", "全称", "排名"],
}
PAIRS = [(head, kind) for kind, heads in HEADS.items() for head in heads]


@given(ABOUT, st.sampled_from(PAIRS), st.sampled_from([" ", "的", ""]), st.sampled_from(["", "?"]))
def test_the_head_tells_the_type(
    about: str, pair: tuple[str, AnswerType], joint: str, mark: str
) -> None:
    head, kind = pair
    assert classify(FoldedText.of(about + joint + head + mark)) is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("第三季 首播收视率 卫视公告", AnswerType.PERCENT),
        ("云岭隧道 塌方 伤亡情况", AnswerType.NUMBER),
        ("每日驾驶时间上限", AnswerType.PERIOD),
        ("price of the ticket", AnswerType.MONEY),
        ("harbour bridge length", AnswerType.NUMBER),
        ("what is the address of the museum", AnswerType.PLACE),
        ("北岸剧场", None),
        ("", None),
    ],
)
def test_worked_key_words(words: str, kind: AnswerType | None) -> None:
    assert head_type(words) is kind
