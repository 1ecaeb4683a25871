"""A stream whose second half fails, after its first event was sent."""

from pathlib import Path

from index.build.builder import Builder
from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import LiveIndex
from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.retrieval import Retrieved
from tests.qa.feedback.parts import feedback_parts
from tests.support import answerers, small_index
from tests.support.api import sse
from tests.support.small_index import SmallIndex, TinyEncoder
from web.app import create_app
from web.hosts import AllowedHosts
from web.rebuild_process import Rebuilder
from web.services import ServerLimits, Services


class FailingAnswerer(Answerer):
    """An answerer that retrieves passages but fails to read them."""

    def answer(self, retrieved: Retrieved) -> Answer:  # noqa: ARG002
        """Raise an unexpected error."""
        raise RuntimeError("secret detail")


def test_a_failure_after_the_first_event_is_an_event_that_gives_nothing_away(
    tmp_path: Path,
) -> None:
    corpus = SmallIndex(tmp_path)
    corpus.put("a.txt", "南极长城站建于1985年。")
    corpus.rebuild()
    live = LiveIndex(corpus.store, small_index.models(), small_index.analyzer())
    editor = Editor(Builder(corpus.store, TinyEncoder(), small_index.analyzer()))
    answerer = FailingAnswerer(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2))
    parts = (live, answerer, editor, UploadReader(), Rebuilder(corpus.store, []))
    limits = ServerLimits(1_000_000, 1_000_000, read_only=False)
    services = Services(*parts, *feedback_parts(corpus.store), limits, "0")
    app = create_app(services, AllowedHosts("127.0.0.1"))
    response = app.test_client().post("/api/ask/stream", json={"question": "建于哪一年?"})
    (first, _), (last, problem) = sse(response.text)
    assert (response.status_code, first, last) == (200, "passages", "error")
    assert problem["status"] == 500
    assert "secret" not in response.text
