"""`python -m bench.compare BEFORE AFTER`: compare the answers and the speed of two checkouts.

With `--rebuilds` the speed of their rebuilds alone is compared.

Uses the public interfaces only, so that any two versions can be compared. AFTER opens and rebuilds
a store that BEFORE built; then both answer the sample, natural, seed and rule questions of this
checkout, each with and without a threshold. Answers must be equal byte for byte, except for `id`
and `timings_ms`; so must `/openapi.json`. Timings alternate in one run and are printed as ratios.
Exits with 1 on any difference.
"""

import argparse
import gzip
import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from bench.processes import ROOT, running_server, yiju_command
from training.data_folder import DATA, EVAL

SAMPLES = ROOT / "tests" / "data" / "sample-questions.jsonl"
RULES = ROOT / "tests" / "data" / "rule-cases.jsonl"
NATURAL = EVAL / "natural-dev.jsonl"
SEED = EVAL / "seed-dev.jsonl"
SEED_ARTICLE = DATA / "seed" / "smart-city.txt"
TURNS = 5
_STATUTES = 10  # every tenth
_NEWS = 4_000
_UNIQUE = ("id", "timings_ms")  # keys whose values differ between any two answers


@dataclass(frozen=True, slots=True)
class Checkout:
    """A version of Yiju in a folder of its own."""

    root: Path

    def run(self, *arguments: object) -> str:
        """Run a command and return its standard output; fail if it fails."""
        return subprocess.run(
            yiju_command(*arguments), cwd=self.root, env={**os.environ, **self._environment()},
            check=True, text=True, stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    @contextmanager
    def serving(self, store: Path, threshold: float = 0.5) -> Iterator[httpx.Client]:
        """Serve a store for the length of a block; yield a client."""
        environment = {**self._environment(), "YIJU_THRESHOLD": str(threshold)}
        with (
            running_server(store, root=self.root, environment=environment) as server,
            httpx.Client(base_url=server.address, timeout=120) as client,
        ):
            yield client

    def _environment(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.root)}


def main(before: Checkout, after: Checkout) -> bool:
    """Compare two checkouts and print one line per part; return whether they are alike."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        alike = [compare_over_articles(before, after, work)]
        if SEED_ARTICLE.exists():
            store = work / "seed"
            before.run("rebuild", SEED_ARTICLE, "--store", store)
            with before.serving(store) as old, after.serving(store) as new:
                alike.append(same_answers("seed questions", old, new, lines(SEED)))
        else:
            print(f"no {SEED_ARTICLE.name} in the data folder: its questions were not asked")
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
    """Return an answer as text, without the values that differ between any two answers."""
    value = response.json()
    return json.dumps({key: value[key] for key in value if key not in _UNIQUE}, ensure_ascii=False)


def compare_rules(before: Checkout, after: Checkout, work: Path) -> bool:
    """Ask every rule case over its own articles alone; return whether all answers are equal."""
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
    """Ask both servers alternately; print the medians and their ratio."""
    times: dict[str, list[float]] = {"before": [], "after": []}
    for _ in range(TURNS):
        for line in questions:
            for name, client in (("before", old), ("after", new)):
                began = time.perf_counter()
                client.post("/api/ask", json={"question": line["question"]}).raise_for_status()
                times[name].append((time.perf_counter() - began) * 1000)
    print_ratio("/api/ask p50, ms", times)


def compare_rebuilds(before: Checkout, after: Checkout, work: Path) -> None:
    """Rebuild from scratch alternately; print the medians and their ratio.

    The sample articles are of all kinds, the statutes JSON lines, the news text files.
    """
    for corpus, articles in corpora(work).items():
        times: dict[str, list[float]] = {"before": [], "after": []}
        for _ in range(TURNS):
            for name, checkout in (("before", before), ("after", after)):
                with tempfile.TemporaryDirectory(dir=work) as store:
                    began = time.perf_counter()
                    checkout.run("rebuild", articles, "--store", store)
                    times[name].append(time.perf_counter() - began)
        print_ratio(f"rebuild of {corpus}, s", times)


def corpora(work: Path) -> Mapping[str, Path]:
    """Write what is to be rebuilt below a folder; return each with its name."""
    corpora = {"the sample articles": ROOT / "articles"}
    statutes, news = DATA / "text" / "statutes.jsonl.gz", DATA / "text" / "news.jsonl.xz"
    if not statutes.exists() or not news.exists():
        print("no statutes and news in the data folder: they were not rebuilt")
        return corpora
    with gzip.open(statutes, "rt", encoding="utf-8") as source:
        lines = list(islice(source, 0, None, _STATUTES))
    (work / "statutes.jsonl").write_text("".join(lines), encoding="utf-8")
    with lzma.open(news, "rt", encoding="utf-8") as source:
        write_texts(work / "news", islice(source, _NEWS))
    return corpora | {"statutes": work / "statutes.jsonl", "news": work / "news"}


def write_texts(folder: Path, lines: Iterable[str]) -> None:
    """Write the texts of JSON lines as files, each below its title."""
    folder.mkdir()
    for number, line in enumerate(lines):
        article = json.loads(line)
        text = f"{article['title']}\n\n{article['text']}\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def print_ratio(name: str, times: dict[str, list[float]]) -> None:
    """Print the two medians and the second divided by the first."""
    old, new = statistics.median(times["before"]), statistics.median(times["after"])
    print(f"{name}: {old:.2f} before, {new:.2f} after, ratio {new / old:.2f}")


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="folder of the earlier version")
    parser.add_argument("after", type=Path, help="folder of the later version")
    parser.add_argument("--rebuilds", action="store_true", help="compare rebuilds alone")
    options = parser.parse_args()
    before, after = (Checkout(folder.resolve()) for folder in (options.before, options.after))
    if options.rebuilds:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            compare_rebuilds(before, after, Path(folder))
        sys.exit(0)
    sys.exit(0 if main(before, after) else 1)
