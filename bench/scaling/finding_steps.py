"""`python -m bench.scaling.finding_steps STORE`: time of finding, step by step, as JSON.

It runs in a process of its own, so that its memory is that of one worker. The questions are those
that we wrote about news to train with; each is asked once, after one that loads what is lazy.
Vectors and words are also timed together, as a search has them side by side over many passages.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import psutil

from bench.processes import ROOT
from index.models.loading import bundled
from index.processes.memory_pools import limit_pools
from index.search.live import LiveIndex
from index.search.searcher import CANDIDATES, Searcher, SearchModels
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from qa.evaluation.metrics import percentiles

QUESTIONS = ROOT / "training" / "written-questions.jsonl"
_BOTH = "vectors and words"
STEPS = ("prepare", "vectors", "words", _BOTH, "sentences", "rank and cite", "all")
_ASKED = 400

T = TypeVar("T")


def main() -> None:
    """Print the percentiles of every step, seconds until ready, and MB, mapped files included.

    `own` are the MB without these files.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    store = Store(parser.parse_args().store)
    limit_pools()  # as a server does
    models, analyzer = SearchModels.of(bundled()), Analyzer()
    models.load()
    analyzer.load()
    began = time.perf_counter()
    searcher = LiveIndex(store, models, analyzer).searcher()
    opened = time.perf_counter() - began
    warming, *questions = written_questions(1 + _ASKED)
    searcher.search(searcher.query(FoldedText.of(warming)))
    first = time.perf_counter() - began
    steps = timed(searcher, questions)
    held = psutil.Process().memory_info()
    print(
        json.dumps(
            {
                "opened": opened,
                "first": first,
                "memory": held.rss / 2**20,
                "own": (held.rss - held.shared) / 2**20,
                "engine": searcher.manifest.engine.model_dump(),
                "steps": {step: percentiles(times) for step, times in steps.items()},
            }
        )
    )


def written_questions(count: int) -> list[str]:
    """Return questions about news, in Chinese and English, the same at each call."""
    with QUESTIONS.open(encoding="utf-8") as lines:
        articles = (article for article in map(json.loads, lines) if article["source"] == "news")
        texts = [ask["question"] for article in articles for ask in article["questions"]]
    return random.Random(20261127).sample(texts, count)


def timed(searcher: Searcher, questions: Sequence[str]) -> dict[str, list[float]]:
    """Return the milliseconds of each step, a value for each question."""
    times = [times_of(searcher, FoldedText.of(text)) for text in questions]
    return {step: [own[step] for own in times] for step in STEPS}


def times_of(searcher: Searcher, question: FoldedText) -> dict[str, float]:
    """Return the milliseconds of each step for a question."""
    times: dict[str, float] = {}

    def clocked(step: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        result = work()
        times[step] = (time.perf_counter() - began) * 1000
        return result

    query = clocked("prepare", lambda: searcher.query(question))
    clocked("vectors", lambda: searcher.dense(query, CANDIDATES))
    clocked("words", lambda: searcher.lexical(query, CANDIDATES))
    lists = clocked(_BOTH, lambda: searcher.candidates(query))
    clocked("sentences", lambda: searcher.compare(query, lists.numbers))
    # Not prepared again: words that were asked before are remembered.
    clocked("all", lambda: searcher.search(query))
    times["rank and cite"] = max(0.0, times["all"] - times[_BOTH] - times["sentences"])
    times["all"] += times["prepare"]
    return times


if __name__ == "__main__":
    main()
