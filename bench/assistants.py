"""`python -m bench.assistants STORE`: what it costs to ask over the Model Context Protocol.

One server answers the sample questions in turns: over `/api/ask`, and over `/mcp` in the protocol's
version of 2026 and in the ones before. Prints the median of each and the processor time that a
question takes, with the ratios to those of `/api/ask`; and how long the first call took, which
loads the SDK.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from bench.processes import ROOT, running_server
from bench.remembering import processor_time
from index.eval_cases import read_cases

TURNS = 4
_NOW = "2026-07-28"
_ACCEPT = {"Accept": "application/json, text/event-stream"}
_ROUTING = {"MCP-Protocol-Version": _NOW, "Mcp-Method": "tools/call", "Mcp-Name": "ask"}
_ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": _NOW,
    "io.modelcontextprotocol/clientCapabilities": {},
}

Ask = Callable[[httpx.Client, str], httpx.Response]


def main() -> None:
    """Ask in all ways in turns, and print what they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store of the articles in articles/")
    store = parser.parse_args().store
    samples = ROOT / "tests" / "data" / "sample-questions.jsonl"
    questions = [case.question for case in read_cases(samples)]
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    spent = dict.fromkeys(WAYS, 0.0)
    with (
        running_server(store, until="/readyz", environment={"YIJU_WORKERS": "1"}) as server,
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        seconds(client, ask_api, questions[0])
        first = seconds(client, ask_assistant, questions[0])
        for turn in range(TURNS + 1):
            for way in list(WAYS) if turn % 2 else list(WAYS)[::-1]:
                before = processor_time(server.process_id)
                taken = [seconds(client, WAYS[way], question) for question in questions]
                if turn:  # the first one is to warm up
                    spent[way] += processor_time(server.process_id) - before
                    times[way] += taken
    base, least = statistics.median(times["/api/ask"]), spent["/api/ask"]
    print(f"the first call over /mcp: {first * 1000:.0f} ms")
    for way, taken in times.items():
        median, each = statistics.median(taken), spent[way] / len(taken) * 1000
        print(
            f"{way:20} {median * 1000:6.1f} ms p50 ({median / base:.3f}), {each:6.1f} ms of a "
            f"processor ({spent[way] / least:.3f}), {len(taken)} asked"
        )


def seconds(client: httpx.Client, ask: Ask, question: str) -> float:
    """Ask a question; return the seconds that it takes."""
    began = time.perf_counter()
    ask(client, question).raise_for_status()
    return time.perf_counter() - began


def ask_api(client: httpx.Client, question: str) -> httpx.Response:
    """Ask over the API."""
    return client.post("/api/ask", json={"question": question})


def ask_assistant(client: httpx.Client, question: str) -> httpx.Response:
    """Ask as an assistant of the protocol's version of 2026."""
    call = tool_call(question, {"_meta": _ENVELOPE})
    return client.post("/mcp", json=call, headers={**_ACCEPT, **_ROUTING})


def ask_older_assistant(client: httpx.Client, question: str) -> httpx.Response:
    """Ask as an assistant of an earlier version."""
    return client.post("/mcp", json=tool_call(question, {}), headers=_ACCEPT)


def tool_call(question: str, params: dict[str, Any]) -> dict[str, Any]:
    """Return the message that asks a question."""
    wanted = {"name": "ask", "arguments": {"question": question}, **params}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": wanted}


WAYS: dict[str, Ask] = {
    "/api/ask": ask_api,
    "/mcp": ask_assistant,
    "/mcp before 2026": ask_older_assistant,
}

if __name__ == "__main__":
    main()
