"""Nothing is lost in a store that is put wrong while it is edited: `bench.crash`."""

import random
from pathlib import Path

import pytest

from bench.crash.editors import Edit, History, misreported
from bench.crash.fault_loop import FaultLoop
from bench.crash.faults import FAULTS, drawn


def test_each_fault_for_an_instant_or_for_longer_loses_nothing(tmp_path: Path) -> None:
    faults = FaultLoop(tmp_path, random.Random(20261127))
    faults.run(len(FAULTS))
    assert faults.violations == []
    assert {span.fault for span in faults.spans} == set(FAULTS)
    assert sum(span.is_brief for span in faults.spans) == 2
    assert sum(edits["refused"] for edits in faults.edits.values()) > 0
    assert {"ask", "article"} <= faults.calls.keys()


def test_each_kind_of_fault_is_drawn_as_often_and_every_second_time_for_an_instant() -> None:
    faults = drawn(random.Random(1), 200)
    for fault in FAULTS:
        brief = [is_brief for kind, is_brief in faults if kind is fault]
        assert (len(brief), sum(brief)) == (40, 20)


def edit(status: int, text: str | None = "文章。", reply: str = "", **more: str) -> Edit:
    """Return an edit of an article that was there before."""
    return Edit("a", text, status, False, 1.0, 2.0, reply=reply, **more)


DETAIL = '{"detail": "library.sqlite is missing."}'


@pytest.mark.parametrize("is_refusable", [True, False])
def test_an_edit_is_answered_by_what_was_done_or_why_it_was_not(is_refusable: bool) -> None:
    assert misreported(edit(201), is_refusable=False) is None
    assert misreported(edit(204, None), is_refusable=False) is None
    occupied = '{"detail": "Another upload is being read. Send this one again in a moment."}'
    assert misreported(edit(503, reply=occupied, retry_after="2"), is_refusable=False) is None
    refused = [edit(503, reply=DETAIL, retry_after="10"), edit(409, reply=DETAIL)]
    for refusal in refused:
        assert (misreported(refusal, is_refusable=is_refusable) is None) == is_refusable


@pytest.mark.parametrize(
    "wrong", [edit(0), edit(500, reply=DETAIL), edit(503, reply=DETAIL), edit(409), edit(404, None)]
)
def test_any_other_answer_to_an_edit_would_be_noticed(wrong: Edit) -> None:
    assert misreported(wrong, is_refusable=True)


def test_an_article_has_the_text_of_the_last_upload_before_a_version() -> None:
    history = History()
    for version, text in (("000002", "甲"), ("000005", "乙")):
        history.add(Edit("a", text, 201, False, 0, 0, version))
    versions = ("000001", "000002", "000004", "000005", "000009")
    assert [history.text_in("a", version) for version in versions] == [None, "甲", "甲", "乙", "乙"]
    history.add(Edit("a", None, 204, False, 0, 0))
    assert history.texts == {}
    assert history.text_in("b", "000009") is None
