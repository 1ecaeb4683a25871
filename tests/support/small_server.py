"""The application over an index of one article, with an answerer that a test chooses."""

from pathlib import Path

from flask import Flask

from index.access.access_key import Right
from index.access.access_state import AccessState
from index.access.key_file import KeyFile
from index.build.builder import Builder
from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import LiveIndex
from qa.answerer import Answerer
from tests.qa.feedback.parts import feedback_parts
from tests.support import small_index
from tests.support.small_index import SmallIndex, TinyEncoder
from web.access.gate import Gate
from web.access.rate_limits import RateLimits, RateRules
from web.access.without_key import WithoutKey
from web.app import create_app
from web.hosts import AllowedHosts
from web.observing.meter import Meter
from web.observing.metrics_routes import Metrics
from web.observing.shared_counts import SharedCounts
from web.rebuild_process import Rebuilder
from web.services import ServerLimits, Services

TEXT = "南极长城站建于1985年。"


def open_gate(folder: Path) -> Gate:
    """Make a gate that lets everybody in, as on this machine."""
    state = AccessState(folder)
    return Gate(
        KeyFile(folder), state, RateLimits(RateRules(), state), WithoutKey(Right.WRITE, Right.WRITE)
    )


def small_app(root: Path, answerer: Answerer) -> Flask:
    """Make an index of one article, and the application over it."""
    index = SmallIndex(root)
    index.put("a.txt", TEXT)
    index.rebuild()
    live = LiveIndex(index.store, small_index.models(), small_index.analyzer())
    editor = Editor(Builder(index.store, TinyEncoder(), small_index.analyzer()))
    parts = (live, answerer, editor, UploadReader(), Rebuilder(index.store, []))
    limits = ServerLimits(1_000_000, 1_000_000, read_only=False)
    services = Services(*parts, *feedback_parts(index.store), limits, "0")
    hosts, metrics = AllowedHosts("127.0.0.1"), Metrics(Meter(SharedCounts()), "local")
    app: Flask = create_app(services, hosts, open_gate(root), metrics=metrics)
    return app
