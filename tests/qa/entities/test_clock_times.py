"""A question about a time of day gets one, and a question about a day gets a day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.folding import FoldedText, simplify
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.entities.clock_times import clock_times
from tests.index.text.test_numbers import in_han
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
HOURS = st.integers(1, 12)
PARTS = st.sampled_from(["", "半", "一刻", "二十分", "整"])
HALVES = st.sampled_from(["", "上午", "下午", "晚上"])
OPENING = "自2031年5月6日起，东馆上午九点半到晚上八点开放，周二闭馆，西馆10:00—16:30开放。"


@FEW
@given(HALVES, HOURS, PARTS)
def test_a_time_of_day_is_found_whole(half: str, hour: int, part: str) -> None:
    time = f"{half}{in_han(hour).replace('一十', '十')}点{part}"
    text = f"大会定于{time}开始，请准时。"
    assert [span.of(text) for span in clock_times(text)] == [time]


@FEW
@given(TEXTS)
def test_times_lie_in_the_text(text: str) -> None:
    for span in clock_times(simplify(text)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("东馆几点开门?", ["上午九点半到晚上八点", "10:00—16:30"]),
        ("从哪天起开放?", ["2031年5月6日"]), ("哪一年开始?", ["2031年5月6日"]),
        ("星期几闭馆?", ["周二"]), ("什么时候开放?", ["2031年5月6日"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_date_is_found(question: str, found: list[str]) -> None:
    spans = candidates(AnswerType.DATE, OPENING, FoldedText.of(question))
    assert [span.of(OPENING) for span in spans] == found


def test_points_of_a_list_are_no_times() -> None:
    assert not clock_times("他提出三点建议。")
    text = "会上强调了三点，要抓好落实。"
    assert not candidates(AnswerType.DATE, text, FoldedText.of("什么时候开会?"))
