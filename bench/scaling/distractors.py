"""`python -m bench.scaling.distractors`: what codes lose beside exact search, among a million.

The measuring sets are asked over their own articles and a million passages of varied news and
statutes, twice: with the engine that the rebuild chose, and with exact search over the same index.
Only whether the right passage is found is measured; nothing is chosen by it.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.rebuild.__main__ import rebuild
from bench.scaling.varied_articles import write_articles
from index.engine_names import EXACT
from index.models.loading import bundled
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.search.segments import Segments
from index.store.manifest import Engine
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText, fold_answer
from qa.evaluation.squad import read_set
from training.data_folder import DATA

_SETS = {
    "CMRC dev": ("cmrc2018-dev", None),
    "XQuAD zh": ("xquad-dev-zh", None),
    "XQuAD en→zh": ("xquad-dev-zh", "xquad-dev-en"),
}
_NEWS = DATA.parent / "eval" / "news-dev.jsonl"
_AMONG = 5

Asked = tuple[str, str]
"""A question, and a text that the right passage contains."""


def main() -> None:
    """Print R@1 and R@5 of both engines for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=600, help="of each set, at most")
    parser.add_argument(
        "--store", type=Path, help="of such articles, to which the paragraphs of the sets are added"
    )
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        articles, store = Path(name) / "articles", options.store or Path(name) / "store"
        articles.mkdir()
        if not options.store:
            write_articles(DATA, options.passages, articles)
        write_contexts(articles / "contexts.jsonl")
        rebuild(articles, store)
        print_compared(Store(store), sets(options.questions))


def print_compared(store: Store, asked_sets: Iterable[tuple[str, list[Asked]]]) -> None:
    """Print a line for each set, asked over the current generation of a store."""
    chosen, exact = searchers(store)
    print(f"{chosen.manifest.passages:,} passages, {chosen.manifest.engine}\n")
    print("| set | questions | R@1, exact | R@1, chosen | R@5, exact | R@5, chosen |")
    print(f"|{' --- |' * 6}")
    for title, asked in asked_sets:
        cells = [f"{share:.3f}" for share in compared(exact, chosen, asked)]
        print(f"| {title} | {len(asked)} | {' | '.join(cells)} |", flush=True)


def write_contexts(path: Path) -> None:
    """Write the paragraphs of the reading sets as articles."""
    with path.open("w", encoding="utf-8") as file:
        for name in {contexts for contexts, _ in _SETS.values()}:
            contexts = read_set(DATA / "measure" / f"{name}.json.gz").contexts
            for at, text in enumerate(contexts):
                file.write(json.dumps({"id": f"{name}-{at}", "text": text}) + "\n")


def sets(count: int) -> Iterator[tuple[str, list[Asked]]]:
    """Yield each set's title, with its questions and what the right passage contains."""
    for title, (contexts, questions) in _SETS.items():
        asked = DATA / "measure" / f"{questions}.json.gz" if questions else None
        golds = read_set(DATA / "measure" / f"{contexts}.json.gz", asked).questions[:count]
        yield title, [(gold.question, gold.context) for gold in golds]
    yield news_dev()


def news_dev() -> tuple[str, list[Asked]]:
    """Return the questions about news with their evidence, those that lean on others left out."""
    lines = map(json.loads, _NEWS.read_text(encoding="utf-8").splitlines())
    alone = [line for line in lines if line.get("evidence") and not line.get("history")]
    return "news-dev", [(line["question"], line["evidence"]) for line in alone]


def searchers(store: Store) -> tuple[Searcher, Searcher]:
    """Open the current generation as it is, and with exact search."""
    analyzer, models = Analyzer(), SearchModels.of(bundled())
    generation = Generation.open(store, store.current(), models.encoder, analyzer)
    folder = store.folder(store.current())
    flat = replace(generation, vectors=Segments(folder).vectors(Engine(name=EXACT)))
    return Searcher(generation, models), Searcher(flat, models)


def compared(exact: Searcher, chosen: Searcher, asked: Sequence[Asked]) -> Iterator[float]:
    """Yield R@1 and R@5 of both."""
    firsts = [
        [rank_of(searcher, question, wanted) for question, wanted in asked]
        for searcher in (exact, chosen)
    ]
    for among in (1, _AMONG):
        for places in firsts:
            yield sum(place < among for place in places) / max(1, len(places))


def rank_of(searcher: Searcher, question: str, wanted: str) -> int:
    """Return the place of the right passage, from 0, or one behind the last."""
    right = within(wanted)
    hits = searcher.search(searcher.query(FoldedText.of(question)), _AMONG)
    return next((at for at, hit in enumerate(hits) if right(hit.passage.text)), _AMONG)


def within(wanted: str) -> Callable[[str], bool]:
    """Return a test of passages: one has the evidence, or is a part of the paragraph."""
    folded = fold_answer(wanted)
    return lambda text: (passage := fold_answer(text)) in folded or folded in passage


if __name__ == "__main__":
    main()
