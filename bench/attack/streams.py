"""`python -m bench.attack.streams`: clients that leave in the middle of a streamed answer.

Half of them are reset before the first event, half after it; further ones ask and never read.
Exits with 1 if a question is not answered within half a minute afterwards, or while those that
never read are there.
"""

import argparse
import socket
import struct
import time

from bench.attack.target import (
    ANSWER,
    QUESTION,
    Target,
    Verdicts,
    question,
    sample_server,
    statuses,
)

CLIENTS = 200
_WITHIN = 30.0  # seconds
_RESET = struct.pack("ii", 1, 0)  # an end without a farewell


def complaint(target: Target) -> str | None:
    """Return None if a question is answered; it may be sent away as long as others are at work."""
    until = time.monotonic() + _WITHIN
    while statuses(reply := target.send(question())) == [503] and time.monotonic() < until:
        time.sleep(1)
    text = reply.decode("utf-8", "replace")
    return None if ANSWER in text else f"a question was answered {text[:200]!r}"


def leave(target: Target, *, at_once: bool) -> None:
    """Ask for a stream and reset the connection, at once or after the first bytes."""
    with target.connected() as connection:
        connection.sendall(question(QUESTION, "/api/ask/stream"))
        if not at_once:
            connection.recv(200)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def main() -> None:
    """Leave that often; exit with 1 if others suffer."""
    parser = argparse.ArgumentParser("python -m bench.attack.streams", description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    options = parser.parse_args()
    verdicts = Verdicts()
    with sample_server() as target:
        for number in range(options.clients):
            leave(target, at_once=number % 2 == 0)
        verdicts.add(f"{options.clients} left", complaint(target))
        connections = [target.connected() for _ in range(options.clients)]
        try:
            for connection in connections:
                connection.sendall(question(QUESTION, "/api/ask/stream"))
            verdicts.add(f"{options.clients} do not read", complaint(target))
        finally:
            for connection in connections:
                connection.close()
        verdicts.add("after they have left", complaint(target))
    verdicts.end()


if __name__ == "__main__":
    main()
