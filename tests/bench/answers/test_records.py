"""Figures of asks, worked by hand, and results that a file keeps."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bench.answers.records import Ask, SetResult, counted

ASK = Ask(
    "1", "问?", "zh", "kind", answerable=True, answered=True, passed=True, passed_by_text=True,
    likely_right=True, confidence=0.9,
)  # fmt: skip
REFUSED = replace(ASK, answered=False, passed=False, passed_by_text=False, confidence=0.3)
NONE = replace(REFUSED, answerable=False, passed=True, passed_by_text=True, likely_right=False)
FALSE = replace(NONE, answered=True, passed=False, passed_by_text=False)


def test_shares_are_of_what_they_say() -> None:
    short = replace(ASK, passed=False, reason="short answer: 三")
    maybe = replace(REFUSED, possible=True)
    mistaken = replace(NONE, possible=False)
    figures = counted([ASK, ASK, short, REFUSED, maybe, NONE, mistaken, FALSE])
    assert figures["right"] == 2 / 5
    assert figures["right_by_text"] == 3 / 5
    assert figures["found"] == 1.0
    assert figures["precision"] == 2 / 4
    assert figures["precision_by_text"] == 3 / 4
    assert figures["refused"] == 2 / 3
    assert (figures["passed"], figures["asked"]) == (4, 8)
    assert figures["possible_shown"] == 2 / 4
    assert figures["possible_right"] == 1 / 2


def test_nothing_asked_has_no_figure() -> None:
    assert counted([])["right"] is None
    assert counted([NONE])["precision"] is None


@given(st.lists(st.sampled_from([ASK, REFUSED, NONE, FALSE]), min_size=1))
def test_figures_lie_between_their_bounds(asks: list[Ask]) -> None:
    figures = counted(asks)
    for name in ("right", "precision", "refused", "possible_shown"):
        value = figures[name]
        assert value is None or 0 <= value <= 1
    assert figures["passed"] == sum(ask.passed for ask in asks)
    assert figures["asked"] == len(asks)


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    ask = replace(ASK, expected=("三台", "3台"), quote="共三台。", possible=False)
    details = {"kind": {"passed": 1.0, "asked": 2.0}}
    result = SetResult(
        "cases", {"right": 0.5, "refused": None}, [ask], ["a note"], 3.5, "", details
    )
    result.write(tmp_path / "work")
    assert SetResult.read(tmp_path / "work", "cases") == result
    assert SetResult.read(tmp_path / "work", "news-dev") is None
