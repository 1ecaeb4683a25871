"""Streams that are silent for long send comments; one whose reader has left is not gone on with."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.search.searcher import Searcher
from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.retrieval import Request, Retrieved
from tests.conftest import WITHIN, until
from tests.support import answerers
from tests.support.small_server import TEXT, small_app
from tests.web.serving.raw_http import (
    LoopServer,
    Start,
    connect,
    head,
    loop_server,
    read_to_end,
)
from web.serving.pace import Bounds

IMPATIENT = Bounds(silence=0.05)
COMMENT = ": keep-alive"
STREAMS = {
    "/api/ask/stream": {"question": "长城站建于哪一年?"},
    "/v1/chat/completions": {
        "messages": [{"role": "user", "content": "长城站建于哪一年?"}],
        "stream": True,
    },
}


class Halting:
    """Streams two events, or two lines of text, and waits between them until it may go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterator[bytes]:
        """Answer in the media type that the path names."""
        start("200 OK", [("Content-Type", environ["PATH_INFO"][1:])])
        yield b"data: first\n\n"
        assert self.go_on.wait(WITHIN)
        yield b"data: last\n\n"


class PatientAnswerer(Answerer):
    """An answerer that waits before it retrieves, and before it answers, until it may go on."""

    def __init__(self) -> None:
        super().__init__(answerers.ranker(), answerers.calibrator(), Thresholds(0.0, 0.0))
        self.retrieving, self.retrieve_on = threading.Event(), threading.Event()
        self.answering, self.answer_on = threading.Event(), threading.Event()

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Retrieve when it is let to."""
        self.retrieving.set()
        assert self.retrieve_on.wait(WITHIN)
        return super().retrieve(request, searcher)

    def answer(self, retrieved: Retrieved) -> Answer:
        """Answer when it is let to."""
        self.answering.set()
        assert self.answer_on.wait(WITHIN)
        return super().answer(retrieved)


def address(server: LoopServer, path: str) -> str:
    host, port = server.place
    return f"http://{host}:{port}{path}"


def post(path: str) -> bytes:
    """Return the request for a stream."""
    body = json.dumps(STREAMS[path]).encode()
    return head("POST", path, "Content-Type: application/json", f"Content-Length: {len(body)}") + (
        body
    )


@pytest.mark.parametrize(("path", "name"), [("/text/event-stream", "event: error"), ("/v1/", "")])
def test_a_stream_that_is_cut_off_by_a_stop_says_so_and_ends(path: str, name: str) -> None:
    halting = Halting()

    def stream(environ: dict[str, Any], start: Start) -> Iterator[bytes]:
        return halting({**environ, "PATH_INFO": "/text/event-stream"}, start)

    with loop_server(stream) as server:
        with httpx.stream("GET", address(server, path), timeout=WITHIN) as response:
            pieces = response.iter_text()
            assert next(pieces) == "data: first\n\n"
            server.listener.cut_off()
            told = "".join(pieces)  # to a proper end, or this raises
        halting.go_on.set()
    first, _, data = told.removesuffix("\n\n").rpartition("data: ")
    assert first.strip() == name
    assert "The server is being stopped." in json.loads(data).get("detail", data)
    assert "last" not in told


def test_a_silent_event_stream_sends_comments_between_its_events() -> None:
    halting = Halting()
    with (
        loop_server(halting, IMPATIENT) as server,
        httpx.stream("GET", address(server, "/text/event-stream"), timeout=WITHIN) as response,
    ):
        lines = []
        for line in response.iter_lines():
            lines.append(line)
            if lines.count(COMMENT) == 2:
                halting.go_on.set()
    assert lines[:2] == ["data: first", ""]
    assert lines[-2:] == ["data: last", ""]
    assert set(zip(lines[2:-2:2], lines[3:-2:2], strict=True)) == {(COMMENT, "")}


def test_what_is_no_event_stream_gets_nothing_added() -> None:
    halting = Halting()
    with (
        loop_server(halting, IMPATIENT) as server,
        connect(server.place, head("GET", "/text/plain")) as silent,
        httpx.stream("GET", address(server, "/text/event-stream"), timeout=WITHIN) as response,
    ):
        comments = (line for line in response.iter_lines() if line == COMMENT)
        next(comments), next(comments)
        halting.go_on.set()
        assert b"keep-alive" not in read_to_end(silent)


@pytest.mark.parametrize("path", STREAMS)
def test_an_answer_that_takes_long_is_waited_for_with_comments(path: str, tmp_path: Path) -> None:
    answerer = PatientAnswerer()
    answerer.retrieve_on.set()
    with (
        loop_server(small_app(tmp_path, answerer), IMPATIENT) as server,
        httpx.stream("POST", address(server, path), json=STREAMS[path], timeout=WITHIN) as response,
    ):
        lines = []
        for line in response.iter_lines():
            lines.append(line)
            if line == COMMENT:
                answerer.answer_on.set()
    assert COMMENT in lines
    assert TEXT in "\n".join(lines)


@pytest.mark.parametrize("path", STREAMS)
def test_what_was_not_begun_is_not_begun_for_a_reader_who_has_left(
    path: str, tmp_path: Path
) -> None:
    answerer = PatientAnswerer()
    answerer.answer_on.set()
    with loop_server(small_app(tmp_path, answerer)) as server:
        with connect(server.place, post(path)):
            assert answerer.retrieving.wait(WITHIN)
        until(lambda: not server.channels)  # it is seen that the reader has left
        answerer.retrieve_on.set()
    assert not answerer.answering.is_set()


@pytest.mark.parametrize("path", STREAMS)
def test_a_refused_question_is_told_in_the_shape_of_its_address(path: str) -> None:
    held = threading.Event()

    def slow(_: dict[str, Any], start: Start) -> list[bytes]:
        assert held.wait(WITHIN)
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    with loop_server(slow) as server:
        clients = [connect(server.place, post(path)) for _ in range(20)]
        status, _, answer = read_to_end(clients[-1]).partition(b"\r\n")
        assert b" 503 " in status
        assert b"Retry-After: 1\r\n" in answer
        told = json.loads(answer.partition(b"\r\n\r\n")[2])
        if path.startswith("/v1/"):
            assert b"Content-Type: application/json\r\n" in answer
            assert told["error"]["type"] == "server_error"
            assert set(told["error"]) == {"message", "type", "param", "code"}
        else:
            assert told["status"] == 503
        held.set()
        for client in clients:
            client.close()
