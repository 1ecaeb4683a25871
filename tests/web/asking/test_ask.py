"""A stream whose second half fails, after its first event was sent."""

from pathlib import Path

from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.retrieval import Retrieved
from tests.support import answerers
from tests.support.api import sse
from tests.support.small_server import small_app


class FailingAnswerer(Answerer):
    """An answerer that retrieves passages but fails to read them."""

    def answer(self, retrieved: Retrieved) -> Answer:  # noqa: ARG002
        """Raise an unexpected error."""
        raise RuntimeError("secret detail")


def test_a_failure_after_the_first_event_is_an_event_that_gives_nothing_away(
    tmp_path: Path,
) -> None:
    answerer = FailingAnswerer(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2))
    client = small_app(tmp_path, answerer).test_client()
    response = client.post("/api/ask/stream", json={"question": "建于哪一年?"})
    (first, _), (last, problem) = sse(response.text)
    assert (response.status_code, first, last) == (200, "passages", "error")
    assert problem["status"] == 500
    assert "secret" not in response.text
