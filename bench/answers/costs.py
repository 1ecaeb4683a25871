"""What an answer costs: its time over ten thousand passages, and the memory of a server."""

from collections.abc import Sequence
from pathlib import Path

import httpx

from bench.answers.records import SetResult
from bench.answers.workbench import Workbench
from bench.held import held_by
from bench.processes import running_server
from bench.quality import PASSAGES, QUESTIONS, STATUTES, first_statutes
from qa.evaluation.metrics import percentiles
from qa.evaluation.squad import GoldQuestion, read_set
from qa.evaluation.temporary_store import TemporaryStore
from qa.retrieval import Request

_SERVED = 200  # questions, after which the memory grows no more
_WARMING = 20  # questions before any is timed: caches and networks are loaded by then


def costs(bench: Workbench) -> SetResult:
    """Time whole answers over statutes, and look at the memory of a server that answers them."""
    folder = bench.new_folder()
    store = TemporaryStore(folder, bench.encoder, bench.analyzer, (), bench.progress)
    searcher = store.fill(list(first_statutes(bench.data / STATUTES, PASSAGES)))
    questions = read_set(bench.measure / "cmrc2018-dev.json.gz").questions[:QUESTIONS]
    answerer, timings = bench.answerer(), []
    for gold in questions[:_WARMING]:
        answerer.ask(Request(gold.question), searcher)
    for done, gold in enumerate(questions):
        bench.progress("timing", done, len(questions))
        timings.append(answerer.ask(Request(gold.question), searcher).timings_ms)
    bench.progress("timing", len(questions), len(questions))
    cuts = {
        name: percentiles([getattr(timing, name) for timing in timings])
        for name in ("retrieve", "read", "total")
    }
    figures: dict[str, float | None] = {
        f"{name}_{cut}": values[cut] for name, values in cuts.items() for cut in ("p50", "p95")
    }
    notes = [f"{searcher.manifest.passages} passages, {len(questions)} questions"]
    figures["memory"] = _memory(folder / "store", questions)
    return SetResult("costs", figures, (), notes)


def _memory(store: Path, questions: Sequence[GoldQuestion]) -> float:
    """Return the megabytes of all processes of a server that has answered the questions."""
    with (
        running_server(store, until="/readyz") as server,
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        for gold in questions[:_SERVED]:
            client.post("/api/ask", json={"question": gold.question}).raise_for_status()
        return held_by(server.process_id).memory
