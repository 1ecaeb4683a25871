"""Killed at any instant, a rebuild loses nothing and nobody who asks notices: `bench.crash`."""

import random
from pathlib import Path

from bench.crash import oracle
from bench.crash.__main__ import Crash
from bench.crash.readers import Seen, wrong
from bench.crash.workload import Book, Written
from tests.faults.store_site import flip


def test_twenty_rebuilds_killed_at_random_lose_nothing(tmp_path: Path) -> None:
    crash = Crash(tmp_path, random.Random(20261125), length=4, rest=0.2)
    crash.run(20)
    assert crash.wrong == []
    assert len(crash.kills) == 20
    assert any(one.moved for one in crash.kills)
    assert {"ask", "article"} <= crash.calls.keys()


def test_a_damaged_store_would_be_noticed(tmp_path: Path) -> None:
    crash = Crash(tmp_path, random.Random(1), length=1)
    crash.let_end()
    assert crash.wrong == []
    store = tmp_path / "store"
    (store / "generations" / ".000009").mkdir()
    assert oracle.leftovers(store) == ["generations/.000009"]
    flip(store / "generations" / "000001" / "synonyms.json")
    crash.settle()
    [told] = crash.wrong
    assert told.startswith(
        "after 0 kills: the store does not open: Index version 000001 is damaged"
    )


def test_a_file_that_fails_keeps_its_earlier_version_in_what_is_expected() -> None:
    first = Book().after({"a.txt": Written({"a.txt": "甲"}), "b.txt": Written({"b.txt": "乙"})})
    lines = {"x": "丙", "y": "丁"}
    second = first.after(
        {"a.txt": Written({"a.txt": "戊"}, broken=True), "c.jsonl": Written(lines, torn="y")}
    )
    assert first.texts == {"a.txt": "甲", "b.txt": "乙"}
    assert second.texts == {"a.txt": "甲", "x": "丙"}


def test_a_reply_that_is_not_of_one_whole_index_would_be_noticed() -> None:
    books = {"000001": Book({"a": "南极站建于1985年。"}, {"a": "a"})}
    assert wrong(Seen("ask", 200, "000001", [("a", 0, 3, "南极站")]), books, []) is None
    assert wrong(Seen("article", 410, "000009"), books, ["000001"]) is None
    for seen in (
        Seen("ask", 503),
        Seen("turn", 0, error="RemoteProtocolError()"),
        Seen("ask", 200, "000002", [("a", 0, 3, "南极站")]),
        Seen("ask", 200, "000001", [("a", 1, 3, "南极站")]),
        Seen("ask", 200, "000001", [("b", 0, 3, "南极站")]),
        Seen("article", 200, "000001", articles={"a": "南极站建于1984年。"}),
        Seen("article", 410, "000001"),
        Seen("index", 200, "000001", count=2),
    ):
        assert wrong(seen, books, ["000001"]), seen
