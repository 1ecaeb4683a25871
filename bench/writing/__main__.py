"""`python -m bench.writing STORE`: what it costs to have a language model write.

Three servers answer the sample questions in turns: one without a model, one with a model that
writes at once, one with a model that never ends, whose calls are all taken by other clients. Prints
the median and the 95th percentile of `/api/ask` of each, with the ratios to those of the first.
"""

import argparse
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import httpx
import numpy as np

from bench.processes import ROOT, running_server
from bench.remembering import asked
from bench.writing.quick_model import model_server
from index.eval_cases import read_cases
from web.writing.writing_desk import CALLS

TURNS = 10
NO_MODEL, AT_ONCE, NEVER = "no model", "a model that writes at once", "a model that never ends"


def main() -> None:
    """Ask all servers in turns, and print what they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store of the articles in articles/")
    store = parser.parse_args().store
    samples = ROOT / "tests" / "data" / "sample-questions.jsonl"
    questions = [case.question for case in read_cases(samples) if case.answerable]
    times: dict[str, list[float]] = {NO_MODEL: [], AT_ONCE: [], NEVER: []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as servers:
        clients = {}
        for number, name in enumerate(times):
            environment = {"YIJU_WORKERS": "1", "YIJU_LLM_TIMEOUT": "600"}
            if name != NO_MODEL:
                address = servers.enter_context(model_server(writes=name == AT_ONCE))
                environment |= {"YIJU_LLM_BASE_URL": address, "YIJU_LLM_MODEL": "quick"}
            copy = shutil.copytree(store, Path(folder) / str(number))
            server = running_server(copy, until="/readyz", environment=environment)
            client = httpx.Client(base_url=servers.enter_context(server).address, timeout=60)
            clients[name] = servers.enter_context(client)
            if name == NEVER:
                take_calls(str(client.base_url), questions[0])
            asked(client, questions)
        for turn in range(TURNS):
            for name in list(clients) if turn % 2 else list(clients)[::-1]:
                times[name] += asked(clients[name], questions)
    first = np.percentile(times[NO_MODEL], (50, 95))
    for name, taken in times.items():
        half, most = np.percentile(taken, (50, 95))
        print(
            f"{name:30} {half:6.1f} ms p50 ({half / first[0]:.2f}), "
            f"{most:6.1f} ms p95 ({most / first[1]:.2f}), {len(taken)} asked"
        )


def take_calls(address: str, question: str) -> None:
    """Have other clients wait for all calls of a model that never ends."""

    def wait() -> None:
        try:
            httpx.post(f"{address}/api/ask", json={"question": question}, timeout=600)
        except httpx.HTTPError:
            return  # the server has been stopped

    for _ in range(CALLS):
        Thread(target=wait, daemon=True).start()
    time.sleep(5)  # until all of them wait


if __name__ == "__main__":
    main()
