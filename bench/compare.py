"""`python -m bench.compare BEFORE AFTER`: whether two checkouts of Yiju answer alike, and as fast.

Everything goes through the public doors, so any two versions can be compared. A store that BEFORE
built is opened and rebuilt by AFTER; then both answer the sample, natural, seed and rule questions
of this checkout, each with deciding on and off. Answers must be equal byte for byte, but for `id`
and `timings_ms`; so must `/openapi.json`. Timings take turns in one run and are printed as ratios.
Exits with 1 where anything differs.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.service import ROOT, wait_until_ready

SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "tests" / "data" / "sample-questions.jsonl"
RULES = ROOT / "tests" / "data" / "rule-cases.jsonl"
NATURAL = SHARED / "eval" / "natural-dev.jsonl"
SEED = SHARED / "eval" / "seed-dev.jsonl"
SEED_ARTICLE = SHARED / "data" / "seed" / "smart-city.txt"
TURNS = 5
_OWN = ("id", "timings_ms")  # what no two answers share


@dataclass(frozen=True, slots=True)
class Checkout:
    """A version of Yiju in a folder of its own."""

    root: Path

    def run(self, *arguments: object) -> str:
        """Return what the command line prints; fail where it fails."""
        command = [sys.executable, "-m", "yiju", *map(str, arguments)]
        return subprocess.run(
            command, cwd=self.root, env=self._environment(), check=True, text=True,
            stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    @contextmanager
    def serving(self, store: Path, threshold: float = 0.5) -> Iterator[httpx.Client]:
        """Serve a store for the length of a block; yield a client."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        port = address.rpartition(":")[2]
        command = [sys.executable, "-m", "yiju", "serve", "--store", str(store), "--port", port]
        environment = {**self._environment(), "YIJU_THRESHOLD": str(threshold)}
        server = subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_until_ready(f"{address}/healthz")
            with httpx.Client(base_url=address, timeout=120) as client:
                yield client
        finally:
            server.terminate()
            server.wait()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root)}


def main(before: Checkout, after: Checkout) -> bool:
    """Compare two checkouts and print a line for each part; return whether they are alike."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        alike = [compare_over_articles(before, after, work)]
        if SEED_ARTICLE.exists():
            store = work / "seed"
            before.run("rebuild", SEED_ARTICLE, "--store", store)
            with before.serving(store) as old, after.serving(store) as new:
                alike.append(same_answers("seed questions", old, new, lines(SEED)))
        else:
            print(f"no {SEED_ARTICLE.name} beside the project: its questions were not asked")
        alike.append(compare_rules(before, after, work))
        compare_rebuilds(before, after, work)
    return all(alike)


def compare_over_articles(before: Checkout, after: Checkout, work: Path) -> bool:
    """Compare the reuse of a store, the answers over the sample articles, and their speed."""
    old_store, new_store = work / "before", work / "after"
    before.run("rebuild", ROOT / "articles", "--store", old_store)
    shutil.copytree(old_store, new_store)
    report = json.loads(after.run("rebuild", ROOT / "articles", "--store", new_store, "--json"))
    keys = ("index_version", "added", "changed", "removed", "embedded")
    values = {key: report[key] for key in keys}
    unchanged = values == dict.fromkeys(keys, 0) | {"index_version": "000001"}
    print(f"store of BEFORE, rebuilt by AFTER: {'unchanged' if unchanged else values}")
    with before.serving(old_store) as old, after.serving(new_store) as new:
        same_api = old.get("/openapi.json").content == new.get("/openapi.json").content
        print(f"/openapi.json: {'the same' if same_api else 'DIFFERS'}")
        alike = same_answers("sample questions", old, new, lines(SAMPLES))
        if NATURAL.exists():
            alike &= same_answers("natural questions", old, new, lines(NATURAL))
        compare_speed(old, new, lines(SAMPLES))
    return unchanged and same_api and alike


def same_answers(
    name: str, old: httpx.Client, new: httpx.Client, questions: Sequence[dict[str, Any]]
) -> bool:
    """Ask two servers the same; print how many answers differ, and each that does."""
    differences = count_differences(old, new, questions)
    print(f"{name}: {2 * len(questions)} answers, {differences} differ")
    return differences == 0


def count_differences(
    old: httpx.Client, new: httpx.Client, questions: Sequence[dict[str, Any]]
) -> int:
    """Ask two servers the same, with deciding on and off; print each answer that differs."""
    differences = 0
    for line in questions:
        for decide in (True, False):
            body = {"question": line["question"], "history": line.get("history", [])}
            body["decide"] = decide
            answers = [comparable(client.post("/api/ask", json=body)) for client in (old, new)]
            if answers[0] != answers[1]:
                differences += 1
                print(f"  DIFFERS: {line['question']} (decide: {decide})")
                print(*(f"    {answer[:800]}" for answer in answers), sep="\n")
    return differences


def comparable(response: httpx.Response) -> str:
    """Return an answer as text without what no two answers share."""
    value = response.json()
    return json.dumps({key: value[key] for key in value if key not in _OWN}, ensure_ascii=False)


def compare_rules(before: Checkout, after: Checkout, work: Path) -> bool:
    """Ask every rule case over its own articles only."""
    cases = lines(RULES)
    differences = 0
    stores = [work / "rules-before", work / "rules-after"]
    for checkout, store in zip((before, after), stores, strict=True):
        first = work / "first.jsonl"
        first.write_text(json.dumps({"id": "first", "text": "这是第一篇。"}), encoding="utf-8")
        checkout.run("rebuild", first, "--store", store)
    with before.serving(stores[0], 0.0) as old, after.serving(stores[1], 0.0) as new:
        for client in (old, new):
            client.delete("/api/articles/first").raise_for_status()
        for case in cases:
            for client in (old, new):
                for article in case["articles"]:
                    client.post("/api/articles", json=article).raise_for_status()
            differences += count_differences(old, new, [case])
            for client in (old, new):
                for article in case["articles"]:
                    client.delete(f"/api/articles/{article['id']}").raise_for_status()
    print(f"rule cases: {2 * len(cases)} answers, {differences} differ")
    return differences == 0


def compare_speed(
    old: httpx.Client, new: httpx.Client, questions: Sequence[dict[str, Any]]
) -> None:
    """Ask both servers in turns; print the medians and their ratio."""
    taken: dict[str, list[float]] = {"before": [], "after": []}
    for _ in range(TURNS):
        for line in questions:
            for name, client in (("before", old), ("after", new)):
                began = time.perf_counter()
                client.post("/api/ask", json={"question": line["question"]}).raise_for_status()
                taken[name].append((time.perf_counter() - began) * 1000)
    print_ratio("/api/ask p50, ms", taken)


def compare_rebuilds(before: Checkout, after: Checkout, work: Path) -> None:
    """Rebuild the sample articles from nothing in turns; print the medians and their ratio."""
    taken: dict[str, list[float]] = {"before": [], "after": []}
    for turn in range(TURNS):
        for name, checkout in (("before", before), ("after", after)):
            store = work / f"rebuild-{name}-{turn}"
            began = time.perf_counter()
            checkout.run("rebuild", ROOT / "articles", "--store", store)
            taken[name].append(time.perf_counter() - began)
    print_ratio("rebuild of articles/, s", taken)


def print_ratio(what: str, taken: dict[str, list[float]]) -> None:
    """Print two medians and how many times the first the second is."""
    old, new = statistics.median(taken["before"]), statistics.median(taken["after"])
    print(f"{what}: {old:.2f} before, {new:.2f} after, ratio {new / old:.2f}")


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(0 if main(*(Checkout(Path(path).resolve()) for path in sys.argv[1:3])) else 1)
