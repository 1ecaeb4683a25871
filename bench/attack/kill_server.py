"""`python -m bench.attack.kill_server`: a server and its workers killed, in uploads too.

Prints how long nobody was answered after a SIGKILL. Exits with 1 if a server did not come back
within half a minute, a worker outlived its server, an accepted upload was lost or the store was
damaged.
"""

import argparse
import os
import random
import signal
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx

from bench.attack.target import ANSWER, QUESTION, Verdicts, sample_store
from bench.crash import oracle
from bench.processes import Server, running_server

KILLS = 10
_WITHIN = 30.0  # seconds
_PARAGRAPHS = 4000  # of the article that is uploaded


def answers(address: str) -> bool:
    """Return whether a question is answered."""
    with suppress(httpx.HTTPError):
        response = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=_WITHIN)
        return ANSWER in response.text
    return False


def seconds_until_answered(address: str) -> float | None:
    """Return how long a server takes to answer again, None if too long."""
    began = time.monotonic()
    while time.monotonic() - began < _WITHIN:
        if answers(address):
            return time.monotonic() - began
        time.sleep(0.02)
    return None


def kill_workers(server: Server) -> None:
    """Kill all processes that a server has started, but not itself."""
    for worker in oracle.children(server.process_id):
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def upload(address: str, article: str) -> bool:
    """Upload a large article; return whether it was accepted."""
    text = "\n\n".join(f"第{number}座大桥全长{number}公里。" for number in range(_PARAGRAPHS))
    with suppress(httpx.HTTPError):
        body = {"id": article, "text": text}
        return httpx.post(f"{address}/api/articles", json=body, timeout=120).status_code == 201
    return False


def kill_in_upload(server: Server, store: Path, article: str, wait: float) -> str | None:
    """Kill the workers some seconds into an upload; return what is wrong afterwards, or None."""
    accepted: list[bool] = []
    thread = threading.Thread(target=lambda: accepted.append(upload(server.address, article)))
    thread.start()
    time.sleep(wait)
    kill_workers(server)
    thread.join()
    if seconds_until_answered(server.address) is None:
        return "the server did not come back"
    is_there = httpx.get(f"{server.address}/api/articles/{article}", timeout=60).status_code == 200
    if accepted[0] and not is_there:
        return "an accepted upload was lost"
    return oracle.status_violation(store)


def main() -> None:
    """Kill them; exit with 1 if anything was lost."""
    parser = argparse.ArgumentParser("python -m bench.attack.kill_server", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args()
    chance, verdicts = random.Random(options.seed), Verdicts()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store, log = sample_store(Path(folder)), Path(folder) / "log"
        with running_server(store, log, until="/readyz") as server:
            for number in range(options.kills):
                time.sleep(chance.uniform(0, 1))
                kill_workers(server)
                seconds = seconds_until_answered(server.address)
                wrong = f"no answer within {_WITHIN:.0f} s" if seconds is None else None
                verdicts.add(
                    f"workers killed, {number}", wrong, f"back after {seconds or _WITHIN:.1f} s"
                )
            for number in range(options.kills):
                wait = chance.uniform(0, 3)
                wrong = kill_in_upload(server, store, f"killed-{number}", wait)
                verdicts.add(f"killed {wait:.1f} s into an upload", wrong)
            workers = oracle.children(server.process_id)
            os.kill(server.process_id, signal.SIGKILL)
            verdicts.add("server killed", outlived(workers))
        with running_server(store, log, until="/readyz") as server:
            wrong = None if answers(server.address) else "it does not answer"
            verdicts.add("started again", wrong or oracle.status_violation(store))
    verdicts.end()


def outlived(workers: list[int]) -> str | None:
    """Return which workers outlived their server by half a minute, or None; end those."""
    until = time.monotonic() + _WITHIN
    while time.monotonic() < until:
        left = [worker for worker in workers if _is_alive(worker)]
        if not left:
            return None
        time.sleep(0.1)
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    return f"{len(left)} workers outlived it"


def _is_alive(process: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return state.rpartition(")")[2].split()[0] not in "ZX"
    return False


if __name__ == "__main__":
    main()
