"""A piece of work that takes more than it may is ended and told, and nothing else is lost."""

import ctypes
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from index.ingest.read import Reading
from index.ingest.reading_aids import NO_AIDS
from index.ingest.upload_process import Uploaded
from index.processes.limits import (
    BROKEN,
    TOO_LONG,
    TOO_MUCH_MEMORY,
    TOO_MUCH_OUTPUT,
    BeyondLimitsError,
    Limits,
)
from index.processes.worker_loop import Tell
from index.processes.worker_pool import Guard, in_order, in_parts
from index.processes.worker_process import Worker, WorkerError

LIMITS = Limits(cpu=1, wall=30, memory=200_000_000, output=1_000_000)


def ends_never(item: int) -> int:
    while item:
        item += 1
    return item


def waits_forever(item: int) -> int:
    if item:
        time.sleep(1000)
    return item


def takes_all_memory(item: int) -> int:
    return len(bytearray(item * 10**9))


def gives_too_much(item: int) -> bytes:
    return bytes(item * 2_000_000)


def crashes(item: int) -> int:
    if item:
        ctypes.string_at(0)
    return item


Work = Callable[[int], object]
BEYOND = [
    (ends_never, LIMITS, TOO_LONG),
    (waits_forever, Limits(1, 0.2, 200_000_000, 1_000_000), TOO_LONG),
    (takes_all_memory, LIMITS, TOO_MUCH_MEMORY),
    (gives_too_much, LIMITS, TOO_MUCH_OUTPUT),
    (crashes, LIMITS, BROKEN),
]


@pytest.mark.parametrize(("work", "limits", "reason"), BEYOND)
def test_work_beyond_its_limits_is_told_and_the_rest_is_done(
    work: Work, limits: Limits, reason: str
) -> None:
    guard = Guard[int, object](lambda _: limits, lambda _, error: str(error))
    results = [result for _, result in in_order(work, [0, 1, 0, 1, 0], 2, guard)]
    usual = work(0)
    assert results == [usual, reason, usual, reason, usual]


def test_a_worker_does_many_pieces_of_work_and_each_has_the_whole_of_its_time() -> None:
    def half_a_second(_: int) -> int:
        until = time.process_time() + 0.5
        while time.process_time() < until:
            pass
        return os.getpid()

    guard = Guard[int, int](lambda _: LIMITS, lambda _, error: pytest.fail(str(error)))
    assert len({result for _, result in in_order(half_a_second, range(4), 1, guard)}) == 1


def test_a_worker_that_keeps_much_memory_is_replaced() -> None:
    kept: list[bytearray] = []

    def keeps(item: int) -> int:
        kept.append(bytearray(item * 150_000_000))
        return os.getpid()

    guard = Guard[int, int](lambda _: LIMITS, lambda _, error: pytest.fail(str(error)))
    first, second, third = (pid for _, pid in in_order(keeps, [0, 1, 0], 1, guard))
    assert first == second != third


def test_a_worker_that_was_killed_from_outside_is_no_fault_of_its_work() -> None:
    def killed(_: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    guard = Guard[int, None](lambda _: LIMITS, lambda _, error: pytest.fail(str(error)))
    with pytest.raises(WorkerError):
        list(in_order(killed, [1], 1, guard))


def test_an_error_of_the_work_is_raised_within_limits_too() -> None:
    def fails(_: int) -> None:
        raise RuntimeError("a bug")

    guard = Guard[int, None](lambda _: LIMITS, lambda _, error: pytest.fail(str(error)))
    with pytest.raises(RuntimeError, match="a bug"):
        list(in_order(fails, [1], 1, guard))


def half_a_second_each(parts: int, tell: Tell) -> int:
    """Take half a second of processor time for each part, and tell of it."""
    for part in range(parts):
        until = time.process_time() + 0.5
        while time.process_time() < until:
            pass
        tell(part + 1, parts)
    return parts


def test_the_limits_of_work_begin_anew_with_each_part_that_it_tells_of() -> None:
    told: list[tuple[int, int, int]] = []
    guard = Guard[int, int](
        lambda _: Limits(1, 60, 500_000_000, 1_000_000),
        lambda _, error: pytest.fail(str(error)),
        lambda item, done, parts: told.append((item, done, parts)),
    )
    assert list(in_parts(half_a_second_each, [6], 1, guard)) == [(6, 6)]
    assert told == [(6, part, 6) for part in range(1, 7)]


def test_the_time_of_work_is_that_of_a_part() -> None:
    def slow(pauses: float, tell: Tell) -> str:
        for _ in range(4):
            time.sleep(pauses)
            tell(1, 4)
        return "done"

    guard = Guard[float, str](
        lambda _: Limits(20, 1.5, 500_000_000, 1_000_000), lambda _, error: str(error)
    )
    results = dict(in_parts(slow, [0.5, 30.0], 2, guard))
    assert results == {0.5: "done", 30.0: TOO_LONG}


@pytest.fixture
def program() -> Iterator[Worker[Uploaded, Reading]]:
    """Start the program that reads uploads."""
    worker = Worker[Uploaded, Reading].started("index.ingest.upload_process", NO_AIDS)
    yield worker
    worker.end()


def test_a_program_works_within_limits_as_a_forked_worker_does(
    program: Worker[Uploaded, Reading],
) -> None:
    plenty = Limits(20, 60, 500_000_000, 1_000_000)
    program.give(Uploaded("a.txt", "南极长城站建于1985年。".encode()), plenty)
    (article,), failed = program.take()
    assert (article.id, article.text, failed) == ("a.txt", "南极长城站建于1985年。", [])
    program.give(Uploaded("a.txt", b"a" * 100_000), Limits(20, 60, 500_000_000, 1000))
    with pytest.raises(BeyondLimitsError) as error:
        program.take()
    assert str(error.value) == TOO_MUCH_OUTPUT
    assert program.is_worn


def test_a_limit_of_the_machine_that_is_lower_stays() -> None:
    def limits(_: int) -> tuple[int, int]:
        return resource.getrlimit(resource.RLIMIT_CORE)

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    guard = Guard[int, tuple[int, int]](lambda _: LIMITS, lambda _, error: pytest.fail(str(error)))
    assert [result for _, result in in_order(limits, [1], 1, guard)] == [(0, hard)]
