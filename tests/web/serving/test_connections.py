"""Bounds of connections in time and number, and of what they hold: small applications."""

import socket
import threading
from typing import Any

import pytest

from tests.web.serving.raw_http import (
    Start,
    ask,
    connect,
    echo,
    head,
    loop_server,
    read_answer,
    read_to_end,
)
from web.serving.pace import Bounds

QUICK = Bounds(grace=0.5, idle=0.5, rate=1_000_000)
LARGE = 5_000_000  # bytes, more than any socket holds


def large(environ: dict[str, Any], start: Start) -> list[bytes]:
    """Answer with more than any socket holds, or with little to a probe."""
    size = 2 if environ["PATH_INFO"] == "/healthz" else LARGE
    start("200 OK", [("Content-Length", str(size))])
    return [b"a" * size]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: local",
        head("POST", "/", "Content-Length: 100") + b"half",
        head("POST", "/", "Transfer-Encoding: chunked") + b"5\r\nhal",
        b"\r\n\r\n",
    ],
)
def test_a_client_that_does_not_go_on_is_let_go(sent: bytes) -> None:
    with loop_server(echo, QUICK) as server, connect(server.place, sent) as client:
        assert ask(server.place, "/healthz") == 200
        told = read_to_end(client)
        # Who has begun to ask is told; a line end begins nothing.
        assert told.split()[1:2] == ([b"408"] if sent.strip() else [])
        assert (b"application/problem+json" in told) == bool(sent.strip())


def test_a_client_that_drips_is_let_go_and_one_that_keeps_pace_is_not() -> None:
    bounds = Bounds(grace=0.5, idle=60, rate=1000)
    start = head("POST", "/", "Content-Length: 3000")
    with (
        loop_server(echo, bounds) as server,
        connect(server.place, start) as dripping,
        connect(server.place, start) as steady,
    ):
        closed = threading.Event()

        def drip() -> None:
            while not closed.wait(0.05):
                try:
                    dripping.sendall(b"a")
                except OSError:
                    return

        dripper = threading.Thread(target=drip)
        dripper.start()
        for _ in range(10):
            steady.sendall(b"a" * 300)
            threading.Event().wait(0.1)
        assert read_answer(steady) == (200, b"a" * 3000)
        assert read_to_end(dripping).startswith(b"HTTP/1.1 408 ")
        closed.set()
        dripper.join()


def test_an_answer_that_nobody_reads_ends() -> None:
    with (
        loop_server(large, QUICK) as server,
        connect(server.place, head("GET", "/large"), room=4096) as client,
    ):
        begun = b""
        while b"\r\n\r\na" not in begun:  # the body is written after the head
            begun += client.recv(100)
        while any(channel.total_outbufs_len for channel in server.channels):
            assert ask(server.place, "/healthz") == 200
        assert len(read_to_end(client)) < LARGE


def test_of_many_answers_that_nobody_reads_the_oldest_ends() -> None:
    with loop_server(large, Bounds(answers=2 * LARGE + 1_000_000)) as server:
        clients = []
        for _ in range(4):
            clients.append(connect(server.place, head("GET", "/large"), room=4096))
            clients[-1].recv(1)  # the answer has begun, so they are in order
            threading.Event().wait(0.6)
        lengths = [len(read_to_end_of(client, LARGE)) for client in clients]
        assert [length >= LARGE for length in lengths] == [False, False, True, True]


def read_to_end_of(client: socket.socket, size: int) -> bytes:
    """Return what comes until there are so many bytes, or the connection ends."""
    data = bytearray()
    with client:
        try:
            while len(data) < size and (chunk := client.recv(1_000_000)):
                data += chunk
        except ConnectionResetError:
            pass
    return bytes(data)


def test_a_connection_too_many_takes_the_place_of_the_one_that_is_idle_longest() -> None:
    with loop_server(echo, Bounds(connections=20)) as server:
        begun = connect(server.place, head("POST", "/", "Content-Length: 4") + b"ha")
        idle = [connect(server.place) for _ in range(19)]
        with connect(server.place, head("GET", "/")) as client:
            assert read_answer(client)[0] == 200
            assert read_to_end(idle[0]) == b""
            begun.sendall(b"lf")
            assert read_answer(begun) == (200, b"half")
            idle[-1].sendall(head("GET", "/"))
            assert read_answer(idle[-1])[0] == 200
        for held in (begun, *idle):
            held.close()


def test_bodies_together_are_bounded_but_a_small_one_always_passes() -> None:
    bounds = Bounds(bodies=500_000, small_body=1000)
    part = head("POST", "/api/articles", "Content-Length: 400000") + b"a" * 300_000
    with loop_server(echo, bounds) as server:
        held = [connect(server.place, part) for _ in range(2)]
        ask(server.place, "/healthz")
        with connect(server.place, part) as client:
            assert read_answer(client)[0] == 503
        with connect(server.place, head("POST", "/", "Content-Length: 9") + b"a" * 9) as client:
            assert read_answer(client) == (200, b"a" * 9)
        for client in held:
            client.close()
