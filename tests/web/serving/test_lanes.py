"""Lanes: questions wait in a bounded line, others pass; streams and stops."""

import json
import threading
from collections.abc import Iterator
from typing import Any

from tests.conftest import WITHIN, until
from tests.web.serving.raw_http import (
    Start,
    ask,
    connect,
    head,
    loop_server,
    read_answer,
    read_to_end,
)

QUESTION = head("POST", "/api/ask", "Content-Length: 2") + b"{}"


class Slow:
    """Answers a question, or what `path` says, when it is let to; counts those that were begun."""

    def __init__(self, path: str = "/api/ask") -> None:
        self.path = path
        self.begun: list[str] = []
        self.has_begun = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        """Answer what is slow when it may, anything else at once."""
        if environ["PATH_INFO"].startswith(self.path):
            self.begun.append(environ["QUERY_STRING"])
            self.has_begun.set()
            assert self.go_on.wait(WITHIN)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]


def test_questions_beyond_the_line_are_refused_at_once_and_probes_are_answered() -> None:
    slow = Slow()
    with loop_server(slow) as server:
        clients = [connect(server.place, QUESTION)]
        assert slow.has_begun.wait(WITHIN)
        clients += [connect(server.place, QUESTION) for _ in range(20)]
        answers = [read_to_end(client) for client in clients[1:]]
        for answer in answers:  # four at once, the others after waiting in vain
            assert answer.startswith(b"HTTP/1.1 503 ")
            assert b"Retry-After: 1\r\n" in answer
            assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 503
        assert [ask(server.place, path) for path in ("/healthz", "/readyz", "/")] == [200] * 3
        slow.go_on.set()
        assert read_answer(clients[0]) == (200, b"ok")
        assert len(slow.begun) == 1
        for client in clients:
            client.close()


def test_feedback_that_waits_for_the_disk_keeps_nobody_else_waiting() -> None:
    slow = Slow("/api/feedback")
    feedback = head("POST", "/api/feedback", "Content-Length: 2") + b"{}"
    with loop_server(slow) as server:
        clients = [connect(server.place, feedback) for _ in range(8)]
        assert slow.has_begun.wait(WITHIN)
        assert [ask(server.place, path) for path in ("/api/unanswered", "/readyz", "/")] == [
            200
        ] * 3
        assert len(slow.begun) == 1
        slow.go_on.set()
        assert [read_answer(client) for client in clients] == [(200, b"ok")] * 8
        for client in clients:
            client.close()


def test_a_question_whose_client_has_left_is_not_begun() -> None:
    slow = Slow()
    with loop_server(slow) as server, connect(server.place, QUESTION) as first:
        assert slow.has_begun.wait(WITHIN)
        paths = [f"/api/ask?left{number}" for number in range(3)]
        leaving = [connect(server.place, head("GET", path)) for path in paths]
        until(lambda: len(server.channels) == 4)  # what is not accepted yet would be begun later
        for client in leaving:
            client.close()
        until(lambda: len(server.channels) == 1)
        with connect(server.place, head("GET", "/api/ask?stays")) as last:
            slow.go_on.set()
            assert read_answer(first) == (200, b"ok")
            assert read_answer(last) == (200, b"ok")
    assert slow.begun == ["", "stays"]


def test_a_stream_is_sent_piece_by_piece_and_ends_when_its_reader_leaves() -> None:
    read, ended = threading.Event(), threading.Event()

    def stream(_: dict[str, Any], start: Start) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/event-stream")])
        try:
            yield b"first"
            assert read.wait(WITHIN)
            while True:
                yield b"more"
        finally:
            ended.set()

    with loop_server(stream) as server:
        with connect(server.place, head("GET", "/")) as client:
            got = b""
            while b"first" not in got:
                got += client.recv(65_536)
            assert b"more" not in got
            read.set()
        assert ended.wait(WITHIN)


def test_a_stop_lets_the_answer_under_way_end_and_closes_idle_connections() -> None:
    slow = Slow()
    with loop_server(slow) as server:
        idle = connect(server.place)
        asking = connect(server.place, QUESTION)
        assert slow.has_begun.wait(WITHIN)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        assert read_to_end(idle) == b""
        slow.go_on.set()
        assert read_to_end(asking).endswith(b"ok")
        stopping.join()
        idle.close()
        asking.close()
