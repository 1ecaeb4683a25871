"""Two servers without a disk in common answer from Milvus while versions are published."""

import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.processes import yiju_command
from index.milvus.milvus_server import MilvusServer
from index.milvus.published import PublishedVersions
from tests.conftest import ROOT, run_yiju, until
from tests.support.article_folder import ArticleFolder
from tests.support.commands.forked_commands import serving
from tests.support.milvus_lite import LiteServer, lite_server, needs_milvus
from tests.support.served_index import assert_problem

pytestmark = needs_milvus

STATIONS = ["长城站", "中山站", "昆仑站", "泰山站", "秦岭站"]
QUESTION = {"question": "中山站有几层?", "decide": False}


@dataclass
class Cluster:
    """A builder with its articles, Milvus, and clients of two servers."""

    lite: LiteServer
    builder: ArticleFolder
    store: Path
    nodes: list[httpx.Client]

    def write(self, edition: int) -> None:
        """Write all articles anew: each of their passages tells the edition."""
        for name in STATIONS:
            text = "".join(f"{name}第{edition}版的第{part}层。" for part in range(60))
            self.builder.put(f"{name}.txt", f"{name}\n\n{text}")

    def publish(self) -> None:
        """Rebuild and publish, as a user does."""
        done = run_yiju(*self.command, YIJU_MILVUS_URI=self.lite.uri)
        assert done.returncode == 0, done.stderr

    @property
    def command(self) -> list[object]:
        """The command line that rebuilds and publishes."""
        return ["rebuild", self.builder.articles, "--store", self.store, "--engine", "milvus"]

    def versions(self) -> list[str]:
        """Return the index version that each server answers from."""
        return [node.get("/api/index").json()["index_version"] for node in self.nodes]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A first edition, published and served by two processes in two empty folders."""
    root = tmp_path_factory.mktemp("cluster")
    with (
        lite_server(root / "lite") as lite,
        serving(root / "first", root / "1.log", YIJU_MILVUS_URI=lite.uri) as first,
        serving(root / "second", root / "2.log", YIJU_MILVUS_URI=lite.uri) as second,
        httpx.Client(base_url=first, timeout=60) as here,
        httpx.Client(base_url=second, timeout=60) as there,
    ):
        cluster = Cluster(lite, ArticleFolder(root), root / "store", [here, there])
        assert_problem_of_nothing(cluster)
        cluster.write(1)
        cluster.publish()
        until(lambda: all(node.get("/readyz").status_code == 200 for node in cluster.nodes))
        yield cluster


def assert_problem_of_nothing(cluster: Cluster) -> None:
    """Before anything is published, servers say what to do."""
    for node in cluster.nodes:
        assert_problem(node.post("/api/ask", json=QUESTION), 503, "yiju rebuild FOLDER --engine")
        [reason] = node.get("/readyz").json()["reasons"]
        assert reason["code"] == "no_current_index"


@dataclass
class Load:
    """Requests of a client to one server, one after another, until it is told to stop."""

    node: httpx.Client
    stop: threading.Event
    wrong: list[Any] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Send requests, and note those that fail or mix editions."""
        while not self.stop.is_set():
            try:
                self._send()
            except Exception as error:  # noqa: BLE001 - told by the test
                self.wrong.append(repr(error))

    def _send(self) -> None:
        response = self.node.post("/api/search", json={"query": "中山站的层", "k": 20})
        if response.status_code != 200:
            self.wrong.append(response.text)
            return
        found = response.json()
        edition = int(found["index_version"])
        self.seen.add(found["index_version"])
        if not found["hits"] or any(f"第{edition}版" not in hit["text"] for hit in found["hits"]):
            self.wrong.append(found)
        answer = self.node.post("/api/ask", json=QUESTION).json()
        edition = int(answer["index_version"])
        if f"第{edition}版" not in answer["citations"][0]["quote"]:
            self.wrong.append(answer)


def test_versions_are_published_under_load_without_a_lost_or_a_mixed_answer(
    cluster: Cluster,
) -> None:
    stop = threading.Event()
    loads = [Load(node, stop) for node in cluster.nodes for _ in range(2)]
    threads = [threading.Thread(target=load.run) for load in loads]

    def have_seen(version: str) -> bool:
        return all(version in load.seen for load in loads)

    for thread in threads:
        thread.start()
    try:
        until(lambda: have_seen("000001"))
        for edition in (2, 3):
            cluster.write(edition)
            cluster.publish()
            until(lambda: set(cluster.versions()) == {f"{edition:06}"})  # noqa: B023 - at once
        until(lambda: have_seen("000003"))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [load.wrong for load in loads] == [[]] * 4
    here, there = (node.post("/api/ask", json=QUESTION).json() for node in cluster.nodes)
    for answer in (here, there):
        del answer["id"], answer["timings_ms"]
    assert here == there
    assert "第3版" in here["citations"][0]["quote"]


def test_a_rollback_is_followed_and_so_is_the_next_publication(cluster: Cluster) -> None:
    before = cluster.versions()[0]
    cluster.write(9)
    cluster.publish()
    until(lambda: before not in cluster.versions())
    done = run_yiju("rollback", "--engine", "milvus", "--json", YIJU_MILVUS_URI=cluster.lite.uri)
    assert before in done.stdout
    until(lambda: cluster.versions() == [before, before])
    status = run_yiju("status", "--engine", "milvus", YIJU_MILVUS_URI=cluster.lite.uri)
    assert before in status.stdout
    cluster.publish()
    until(lambda: before not in cluster.versions())


def test_a_killed_publication_changes_nothing_and_the_next_one_clears_it_away(
    cluster: Cluster,
) -> None:
    milvus, before = MilvusServer(cluster.lite.uri), cluster.versions()
    versions, names = PublishedVersions(milvus), set(milvus.names())
    cluster.write(10)
    environment = {**os.environ, "YIJU_MILVUS_URI": cluster.lite.uri}
    with subprocess.Popen(yiju_command(*cluster.command), cwd=ROOT, env=environment) as process:
        until(lambda: set(milvus.names()) - names)
        process.kill()
    assert versions.half_written()
    assert cluster.versions() == before
    cluster.publish()
    assert not versions.half_written()
    until(lambda: before[0] not in cluster.versions())


def test_what_changes_articles_is_refused_in_the_readers_language(cluster: Cluster) -> None:
    node = cluster.nodes[0]
    chinese = {"accept-language": "zh-CN"}
    refused = [
        node.post("/api/articles", json={"text": "长城站。"}, headers=chinese),
        node.delete("/api/articles/a", headers=chinese),
        node.post("/api/index/rebuild", headers=chinese),
        node.post("/api/feedback", json={"answer_id": "a", "helpful": True}, headers=chinese),
    ]
    for response in refused:
        assert_problem(response, 409, "Milvus", "yiju rebuild --engine milvus", "不作任何修改")
    assert node.get("/api/index").json()["takes_feedback"] is False


def test_an_outage_of_milvus_is_told_and_ends_by_itself(cluster: Cluster) -> None:
    node = cluster.nodes[0]
    cluster.lite.stop()
    until(lambda: node.get("/readyz").status_code == 503)
    [reason] = node.get("/readyz").json()["reasons"]
    assert reason["code"] == "engine_away"
    assert "YIJU_MILVUS_URI" in reason["detail"]
    assert_problem(node.post("/api/ask", json=QUESTION), 503, "Milvus can't be reached")
    assert node.get("/healthz").status_code == 200
    cluster.lite.start()
    until(lambda: node.get("/readyz").status_code == 200)
    assert node.post("/api/ask", json=QUESTION).status_code == 200
