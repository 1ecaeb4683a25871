"""Differences and sums are stated, worked out or left open, but never one of the two values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.comparisons import WorkedOut, without_comparisons, work_out
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
COUNTS = st.integers(1, 99_999)
QUESTIONS = st.sampled_from(
    ["甲厂比乙厂多多少职工?", "甲厂和乙厂一共有多少职工?", "甲厂的职工是乙厂的几倍?", "相差多少?"]
)


@FEW
@given(COUNTS, COUNTS)
def test_a_difference_and_a_sum_are_those_of_the_two_values(first: int, second: int) -> None:
    quote = f"甲厂有职工{first}人，乙厂有职工{second}人。"
    difference = work_out(FoldedText.of("甲厂和乙厂的职工相差多少?"), quote)
    assert difference == WorkedOut(None, f"相差{abs(first - second)}人")
    total = work_out(FoldedText.of("甲厂和乙厂一共有多少职工?"), quote)
    assert total == WorkedOut(None, f"合计{first + second}人")


@FEW
@given(TEXTS, QUESTIONS)
def test_what_is_stated_lies_in_the_text(quote: str, question: str) -> None:
    worked_out = work_out(FoldedText.of(question), quote)
    if worked_out is not None and worked_out.stated is not None:
        assert worked_out.figure is None
        assert 0 <= worked_out.stated.start < worked_out.stated.end <= len(quote)


YEARS = "2031年矿区的出煤量为5.2万吨，2032年为4.8万吨，2033年为5.5万吨。"
HALLS = "新库有九百个货架，比旧库多三百个。"
INCOME = "2031年全县收入7.5亿元，比上年增加0.4亿元。"


@pytest.mark.parametrize(
    ("question", "quote", "stated", "figure"),
    [
        ("2031年和2032年矿区的出煤量相差多少?", YEARS, None, "相差0.4万吨"),
        ("2033年矿区的出煤量比2032年多多少?", YEARS, None, "相差0.7万吨"),
        ("2031年和2035年矿区的出煤量相差多少?", YEARS, None, None),
        ("旧库有多少个货架?", HALLS, None, "旧库600个"),
        ("新库比旧库多多少个货架?", HALLS, "三百个", None),
        ("全县收入比上年增加了多少?", INCOME, "0.4亿元", None),
        ("甲河的长度是乙河的几倍?", "甲河长120公里，乙河长80公里。", None, "是其1.5倍"),
        ("木船的全长是全宽的几倍?", "木船全长约为全宽的4.2至5.3倍。", "4.2至5.3倍", None),
        ("甲楼比乙楼高多少?", "甲楼高120米，乙楼的高度为100米。", None, "相差20米"),
        ("甲楼比乙楼高多少?", "甲楼高120米，乙楼宽100米。", None, None),
        ("甲楼比乙楼高多少?", "甲楼比乙楼高20米。", "20米", None),
        ("甲楼比乙楼高多少?", "甲楼高120米，比丙楼高20米。", None, None),
        ("海桥比江桥长多少?", "海桥全长55公里，江桥长度为36公里。", None, None),
        ("甲厂和乙厂一共有多少名职工?", "甲厂共有320名职工，乙厂有210名。", None, "合计530名"),
        ("甲厂和乙厂一共有多少名职工?", "甲厂与乙厂共有530名职工。", "530名", None),
        ("2032年产值比2031年增长多少?", "2032年产值比2030年增长20%。", None, None),
        ("2032年产值比2031年增长多少?", "2032年产值同比增长20%。", "20%", None),
        ("2032年产值比2030年增长多少?", "2032年产值同比增长20%。", None, None),
        ("甲塔是乙塔的几倍?", "甲塔的高度是丙塔的3倍。", None, None),
        ("甲塔是乙塔的几倍?", "甲塔的高度是乙塔的3倍。", "3倍", None),
        ("今年利润比去年多多少?", "今年利润为-3亿元，去年利润为5亿元。", None, "相差8亿元"),
        ("甲河比乙河长多少?", "甲河长约120余公里，乙河长80公里。", None, None),
    ],
)  # fmt: skip
def test_what_is_compared(
    question: str, quote: str, stated: str | None, figure: str | None
) -> None:
    worked_out = work_out(FoldedText.of(question), quote)
    assert worked_out is not None
    assert (worked_out.stated.of(quote) if worked_out.stated else None) == stated
    assert worked_out.figure == figure


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("新库有多少个货架?", HALLS), ("2032年矿区的出煤量是多少?", YEARS),
        ("索道全长多少公里?", "索道全长13公里。"), ("一共停航过几次?", "先后四次停航。"),
        ("去年有多少学生?", "教师1500人，学生比去年多600人。"), ("瀑布落差多少米?", "瀑布高74米。"),
    ],
)  # fmt: skip
def test_other_questions_compare_nothing(question: str, quote: str) -> None:
    assert work_out(FoldedText.of(question), quote) is None


@pytest.mark.parametrize("answer_type", [AnswerType.PLACE, AnswerType.DATE, AnswerType.OTHER])
def test_only_amounts_are_worked_out(answer_type: AnswerType) -> None:
    assert work_out(FoldedText.of("旧库在哪里?"), HALLS, answer_type) is None


def test_what_something_differs_by_is_not_what_it_has() -> None:
    own, by = Span(3, 6), Span(13, 16)
    assert [span.of(HALLS) for span in (own, by)] == ["九百个", "三百个"]
    assert without_comparisons(FoldedText.of("新库有多少个货架?"), HALLS, [own, by]) == [own]
    assert without_comparisons(FoldedText.of("比旧馆多多少?"), HALLS, [own, by]) == [own, by]
