"""What nobody foresaw is told without what it says, and logged."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from index.search.searcher import Searcher
from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.retrieval import Request
from tests.support import answerers
from tests.web.mcp.assistant import connected
from web.mcp.protocol_server import protocol_server
from web.services import Services

Result = TypeVar("Result")


class FailingAnswerer(Answerer):
    """An answerer that fails."""

    def ask(self, request: Request, searcher: Searcher) -> Answer:  # noqa: ARG002
        """Raise an unexpected error."""
        raise RuntimeError("secret detail")


async def run(work: Callable[[], Result]) -> Result:
    """Do the work at once."""
    return work()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_unforeseen_failure_gives_nothing_away(
    services: Services, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    failing = FailingAnswerer(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2))
    with connected(protocol_server(replace(services, answerer=failing), run), mode) as assistant:
        told = assistant.refusal("ask", question="建于哪一年?")
        assert told == "Something went wrong in the server; its log tells what."
        assert assistant.values("read_article", id="00.txt")["text"] == "第0号站建于1920年。"
    assert "secret detail" in caplog.text
