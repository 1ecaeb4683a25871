"""Requests as bytes: however they are cut, whatever is wrong with them."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.serving.raw_http import (
    LoopServer,
    Start,
    connect,
    echo,
    head,
    loop_server,
    read_to_end,
)
from web.serving.request_parser import RequestParser


@pytest.fixture(scope="module")
def echoing() -> Iterator[LoopServer]:
    with loop_server(echo) as server:
        yield server


@settings(max_examples=60, deadline=None)
@given(data=st.data(), bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_however_the_bytes_are_cut_each_request_is_answered_in_turn(
    echoing: LoopServer, data: st.DataObject, bodies: list[bytes]
) -> None:
    sent = b""
    for body in bodies:
        if data.draw(st.booleans()):
            middle = data.draw(st.integers(0, len(body)))
            chunks = [chunk for chunk in (body[:middle], body[middle:]) if chunk]
            framed = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
            sent += head("POST", "/", "Transfer-Encoding: chunked") + framed + b"0\r\n\r\n"
        else:
            sent += head("POST", "/", f"Content-Length: {len(body)}") + body
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=6)))
    with connect(echoing.place) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for begin, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
            client.sendall(sent[begin:end])
        got = b""
        while got.count(b"HTTP/1.1 200 OK") < len(bodies) or not got.endswith(bodies[-1]):
            chunk = client.recv(65_536)
            assert chunk
            got += chunk
    answers = [answer.partition(b"\r\n\r\n")[2] for answer in got.split(b"HTTP/1.1 200 OK")[1:]]
    assert answers == bodies


def test_what_cannot_be_read_is_a_problem_even_while_the_client_is_sending() -> None:
    chunked = head("POST", "/", "Transfer-Encoding: chunked")
    cases = {
        b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\n\r\n": 414,
        head("GET", "/", "a: " + "b" * 300_000): 431,
        b"nonsense\r\n\r\n": 400,
        head("GET", "/", "no header"): 400,
        chunked + b"zz\r\n": 400,
        chunked + b"1" * 3_000_000: 400,
        chunked + b"0\r\n" + b"a: b\r\n" * 500_000: 400,
        head("POST", "/", "Transfer-Encoding: gzip"): 400,
        head("POST", "/", "Content-Length: 1", "Content-Length: 2"): 400,
    }
    with loop_server(echo) as server:
        for sent, status in cases.items():
            with connect(server.place, sent) as client:
                answer = read_to_end(client)
            start, _, body = answer.partition(b"\r\n\r\n")
            assert int(start.split()[1]) == status
            assert b"Content-Type: application/problem+json" in start
            assert b"Connection: close" in start
            assert json.loads(body)["status"] == status


def told(environ: dict[str, Any], start: Start) -> list[bytes]:
    """Answer with the size of the body, and how much of it came."""
    rest = environ["wsgi.input"].read()
    body = f"{environ['CONTENT_LENGTH']} {len(rest)}".encode()
    start("413 Content Too Large", [("Content-Length", str(len(body)))])
    return [body]


def test_a_body_that_is_too_large_is_cut_off_but_its_size_is_told() -> None:
    body = b"a" * 3_000_000
    framed = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    with loop_server(told) as server:
        sent = head("POST", "/api/articles", f"Content-Length: {len(body)}") + body
        with connect(server.place, sent) as client:
            assert read_to_end(client).endswith(b"3000000 0")
        sent = head("POST", "/api/ask", "Transfer-Encoding: chunked") + framed
        with connect(server.place, sent) as client:
            size, rest = read_to_end(client).rpartition(b"\r\n\r\n")[2].split()
        assert (int(size) > 100_000, rest) == (True, b"0")


def test_of_who_may_not_send_a_large_body_only_its_size_is_taken() -> None:
    asked = []

    def admits(request: RequestParser) -> bool:
        asked.append((request.command, request.path, request.headers["AUTHORIZATION"]))
        return False

    with loop_server(told, admits=admits) as server:
        for size, taken in ((60_000, 60_000), (900_000, 0)):
            lines = ("Authorization: Bearer a", f"Content-Length: {size}", "Connection: close")
            sent = head("POST", "/api/articles", *lines)
            with connect(server.place, sent + b"a" * taken) as client:
                assert read_to_end(client).endswith(f"{size} {taken}".encode())
    assert asked == [("POST", "/api/articles", "Bearer a")]
