"""Assistants of the sample articles, by each transport and era of the protocol; a small index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.builder import Builder
from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import LiveIndex
from qa.answerer import Answerer
from qa.decision import Thresholds
from tests.qa.feedback.parts import feedback_parts
from tests.support import answerers, small_index
from tests.support.small_index import SmallIndex, TinyEncoder
from tests.web.mcp.assistant import Assistant, connected, stdio_command
from web.rebuild_process import Rebuilder
from web.services import ServerLimits, Services


@pytest.fixture(scope="package", params=["stdio", "http", "http before 2026"])
def assistant(
    request: pytest.FixtureRequest, sample_store: Path, server: str
) -> Iterator[Assistant]:
    """Connect to the sample articles: a process of its own, or the shared server."""
    place = stdio_command(sample_store) if request.param == "stdio" else f"{server}/mcp"
    mode = "legacy" if "before" in request.param else "auto"
    with connected(place, mode) as opened:
        yield opened


@pytest.fixture(scope="package")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Put the parts over a small index together, in this process."""
    corpus = SmallIndex(tmp_path_factory.mktemp("small"))
    for number in range(60):
        corpus.put(f"{number:02}.txt", f"第{number}号站建于19{number + 20}年。")
    corpus.put("long.txt", "甲" * 150_000)
    corpus.rebuild()
    live = LiveIndex(corpus.store, small_index.models(), small_index.analyzer())
    editor = Editor(Builder(corpus.store, TinyEncoder(), small_index.analyzer()))
    answerer = Answerer(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2))
    parts = (live, answerer, editor, UploadReader(), Rebuilder(corpus.store, []))
    limits = ServerLimits(1_000_000, 1_000_000, read_only=False, mcp_tools=("add_article",))
    return Services(*parts, *feedback_parts(corpus.store), limits, "0")
