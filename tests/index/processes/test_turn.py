"""Of threads and processes at once, one has the turn; it comes back from one that is killed."""

import os
import signal
import threading
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from index.processes.turn import SharedTurn


def hold(turn: SharedTurn, told: Connection) -> None:
    with turn.taken(5) as taken:
        told.send(taken)
        time.sleep(60)


def test_one_thread_at_a_time_has_the_turn() -> None:
    turn, taken_elsewhere = SharedTurn(), []

    def other() -> None:
        with turn.taken(0) as taken:
            taken_elsewhere.append(taken)

    def ask_elsewhere() -> bool:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        return taken_elsewhere.pop()

    with turn.taken(0) as taken:
        assert taken
        assert not ask_elsewhere()
    assert ask_elsewhere()


def test_another_process_has_the_turn_until_it_is_killed() -> None:
    turn, context = SharedTurn(), get_context("fork")
    told, theirs = context.Pipe()
    process = context.Process(target=hold, args=(turn, theirs))
    process.start()
    try:
        assert told.recv()
        with turn.taken(0.05) as taken:
            assert not taken
    finally:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    with turn.taken(5) as taken:
        assert taken
