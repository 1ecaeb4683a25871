"""A rebuild killed at any instant loses nothing, and no reader notices: `bench.crash`."""

import random
from pathlib import Path

import pytest

from bench.crash import oracle
from bench.crash.kill_loop import KillLoop
from bench.crash.readers import Reply, violation
from bench.crash.workload import Contents, WrittenFile
from tests.support.command_line_index import flip


def test_ten_rebuilds_killed_at_random_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIJU_SUGGESTIONS", "12")
    crash = KillLoop(tmp_path, random.Random(20261125), length=4, rest=0.2)
    crash.run(10)
    assert crash.violations == []
    assert len(crash.kills) == 10
    assert any(kill.moved for kill in crash.kills)
    assert {"ask", "article"} <= crash.calls.keys()


def test_a_damaged_store_would_be_noticed(tmp_path: Path) -> None:
    crash = KillLoop(tmp_path, random.Random(1), length=1)
    crash.complete_rebuild()
    assert crash.violations == []
    store = tmp_path / "store"
    (store / "generations" / ".000009").mkdir()
    assert oracle.leftovers(store) == ["generations/.000009"]
    flip(store / "generations" / "000001" / "synonyms.json")
    crash.check()
    [message] = crash.violations
    assert message.startswith(
        "after 0 kills: the store does not open: Index version 000001 is damaged"
    )


def test_a_failing_file_keeps_its_earlier_version_in_the_expectation() -> None:
    first = Contents().after(
        {"a.txt": WrittenFile({"a.txt": "甲"}), "b.txt": WrittenFile({"b.txt": "乙"})}
    )
    lines = {"x": "丙", "y": "丁"}
    second = first.after(
        {
            "a.txt": WrittenFile({"a.txt": "戊"}, broken=True),
            "c.jsonl": WrittenFile(lines, torn="y"),
        }
    )
    assert first.texts == {"a.txt": "甲", "b.txt": "乙"}
    assert second.texts == {"a.txt": "甲", "x": "丙"}


def test_a_reply_not_from_one_whole_index_would_be_noticed() -> None:
    expected = {"000001": Contents({"a": "南极站建于1985年。"}, {"a": "a"})}
    assert violation(Reply("ask", 200, "000001", [("a", 0, 3, "南极站")]), expected, []) is None
    assert violation(Reply("article", 410, "000009"), expected, ["000001"]) is None
    for reply in (
        Reply("ask", 503),
        Reply("turn", 0, error="RemoteProtocolError()"),
        Reply("ask", 200, "000002", [("a", 0, 3, "南极站")]),
        Reply("ask", 200, "000001", [("a", 1, 3, "南极站")]),
        Reply("ask", 200, "000001", [("b", 0, 3, "南极站")]),
        Reply("article", 200, "000001", articles={"a": "南极站建于1984年。"}),
        Reply("article", 410, "000001"),
        Reply("index", 200, "000001", count=2),
    ):
        assert violation(reply, expected, ["000001"]), reply
