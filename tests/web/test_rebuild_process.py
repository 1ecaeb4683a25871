"""A server starts rebuilds one at a time, each in a process of its own."""

import itertools
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from index.build.builder import Builder
from index.errors import BusyError, UsageError
from index.store.lock import WriterStatus
from index.store.store import Store
from tests.conftest import run_yiju, until
from tests.support import small_index
from tests.support.commands.forked_commands import serving
from tests.support.served_index import ServedIndex, assert_problem
from tests.support.small_index import TinyEncoder
from web.rebuild_process import STARTING, Rebuilder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store in which the folder of its articles is recorded."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("长城站建于1985年。", encoding="utf-8")
    built = Store(tmp_path / "store")
    Builder(built, TinyEncoder(), small_index.analyzer()).rebuild([articles])
    return built


def program(text: str) -> list[str]:
    """Return the command that runs a Python program."""
    return [sys.executable, "-c", text]


def children() -> set[int]:
    """Return the ids of this process's children, zombies included."""
    pids: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        pids |= set(map(int, (task / "children").read_text(encoding="ascii").split()))
    return pids


def test_one_of_several_servers_starts_it_and_all_report_it(store: Store, tmp_path: Path) -> None:
    go, began = tmp_path / "go", tmp_path / "began"
    waiting = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(began)!r}).write_text(f'{{os.getpid()}} {{os.getsid(0)}}')\n"
        f"while not os.path.exists({str(go)!r}): time.sleep(0.02)"
    )
    first, second = (Rebuilder(store, program(waiting)) for _ in range(2))
    before = children()
    assert first.under_way() is None
    assert first.start() == STARTING
    assert first.under_way() == second.under_way() == STARTING
    for rebuilder in (first, second):
        with pytest.raises(BusyError):
            rebuilder.start()
    until(lambda: began.exists() and bool(began.read_text(encoding="ascii")))
    process, session = map(int, began.read_text(encoding="ascii").split())
    assert session == process != os.getsid(0)
    assert children() == before | {process}
    go.touch()
    until(lambda: second.under_way() is None)
    until(lambda: children() == before)


def test_a_writers_status_replaces_starting(store: Store) -> None:
    rebuilder = Rebuilder(store, program("import time; time.sleep(1)"))
    rebuilder.start()
    with store.lock() as lock:
        lock.progress("reading", 1, 2)
        assert rebuilder.under_way() == WriterStatus("reading", 1, 2)
    # The writer has ended, so the claim no longer counts as starting.
    assert rebuilder.under_way() is None


def test_no_rebuild_is_started_while_a_writer_is_at_work(store: Store) -> None:
    rebuilder = Rebuilder(store, program("raise SystemExit"))
    with store.lock(), pytest.raises(BusyError, match="Wait until it has ended"):
        rebuilder.start()
    assert rebuilder.start() == STARTING


def test_a_rebuild_is_started_while_an_edit_is_at_work_and_counts_as_starting(
    store: Store, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    waiting = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)"
    rebuilder = Rebuilder(store, program(waiting))
    with store.edit_lock(wait=0):
        assert rebuilder.under_way() is None
        assert rebuilder.start() == STARTING
    with store.edit_lock(wait=60):
        assert rebuilder.under_way() == STARTING
    with pytest.raises(BusyError, match="Wait until it has ended"):
        rebuilder.start()
    go.touch()
    until(lambda: rebuilder.under_way() is None)


def test_the_failure_of_the_last_writer_is_reported_until_the_next(store: Store) -> None:
    rebuilder = Rebuilder(store, program("import time; time.sleep(0.5)"))
    with pytest.raises(RuntimeError), store.lock():
        raise RuntimeError("the disk is full")
    assert rebuilder.under_way() == WriterStatus("failed", 0, 1, "the disk is full")
    rebuilder.start()
    assert rebuilder.under_way() == STARTING


def test_without_a_recorded_path_nothing_is_started(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    Builder(store, TinyEncoder(), small_index.analyzer()).begin()
    with pytest.raises(UsageError, match="yiju rebuild FOLDER"):
        Rebuilder(store, program("raise SystemExit")).start()


def test_where_nothing_was_ever_built_an_empty_index_is_made(tmp_path: Path) -> None:
    store, told = Store(tmp_path / "store"), tmp_path / "told"
    Rebuilder(store, program(f"import sys; open({str(told)!r}, 'w').write(sys.argv[-1])")).start()
    until(lambda: told.exists() and told.read_text(encoding="utf-8") == "--empty")


def test_a_rebuild_over_the_api_adds_a_new_file(served: ServedIndex) -> None:
    client = served.client
    served.put("great-wall.txt", "格罗夫山\n\n格罗夫山位于内陆460公里处。")
    response = client.post("/api/index/rebuild")
    assert response.status_code == 202
    assert response.json() == {"rebuild": {"state": "starting", "done": 0, "total": 1}}
    assert client.get("/api/index").json()["rebuild"] is not None
    assert_problem(client.post("/api/index/rebuild"), 409)
    until(lambda: client.get("/api/index").json()["rebuild"] is None)
    assert "460公里" in served.read("great-wall.txt").json()["text"]
    until(lambda: "Index 0" in served.log.read_text(encoding="utf-8"))


def test_a_rebuild_has_its_turn_beside_uploads_without_a_pause(served: ServedIndex) -> None:
    ended = threading.Event()

    def upload(name: str) -> set[int]:
        statuses = set()
        for turn in itertools.count():
            response = served.add(id=name, text=f"{name}的第{turn}版。")
            if response.status_code == 503:
                assert_problem(response, 503, "again in a moment")
            statuses.add(response.status_code)
            if ended.is_set():
                return statuses
        raise AssertionError

    with ThreadPoolExecutor(2) as pool:
        uploads = [pool.submit(upload, f"不停{number}") for number in range(2)]
        try:
            for turn in range(3):
                served.put("turn.txt", f"轮次\n\n这是第{turn}轮的文章。")
                until(lambda: served.client.post("/api/index/rebuild").status_code == 202)
                until(lambda: served.client.get("/api/index").json()["rebuild"] is None)
                assert f"第{turn}轮" in served.read("turn.txt").json()["text"]
        finally:
            ended.set()
        # On a busy machine a rebuild (409) or the reading of the other upload (503) takes longer
        # than an upload waits.
        for statuses in [done.result() for done in uploads]:
            assert {201} <= statuses <= {201, 409, 503}


def test_a_rebuild_takes_no_path_from_the_caller(served: ServedIndex) -> None:
    body = {"paths": ["/etc"]}
    assert_problem(served.client.post("/api/index/rebuild", json=body), 422, "no body")


def test_a_failed_rebuild_is_reported_with_its_reason(served: ServedIndex) -> None:
    words = served.store / "words.txt"
    words.write_text("只有一边 =\n", encoding="utf-8")
    try:
        # The process of an earlier rebuild may still be about to exit.
        until(lambda: served.client.post("/api/index/rebuild").status_code == 202)
        until(
            lambda: (
                (served.client.get("/api/index").json()["rebuild"] or {}).get("state") == "failed"
            )
        )
        rebuild = served.client.get("/api/index").json()["rebuild"]
        assert list(rebuild) == ["state", "done", "total", "reason"]
        assert "words.txt" in rebuild["reason"]
    finally:
        words.unlink()
    served.rebuild()
    assert served.client.get("/api/index").json()["rebuild"] is None


def test_a_rebuild_outlives_the_server_that_started_it(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "a.txt").write_text("长城站建于1985年。", encoding="utf-8")
    with serving(store, tmp_path / "log") as address:
        assert run_yiju("rebuild", articles, "--store", store).returncode == 0
        (articles / "a.txt").write_text("长城站建于1984年。", encoding="utf-8")
        assert httpx.post(f"{address}/api/index/rebuild", timeout=60).status_code == 202
    until(lambda: Store(store).current() == "000002")
