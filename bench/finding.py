"""`python -m bench.finding STORE`: time to list articles, by words and without, and to filter.

A server of this checkout, or of `--root`, is asked over a store, one request at a time. The words
are of the articles themselves, chosen by chance, the same for every checkout. Figures are
milliseconds: of the first request, of the others, and of the server's processors for each.
"""

import argparse
import math
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import httpx

from bench.held import spent_by
from bench.processes import ROOT, running_server
from index.library.catalogue import Catalogue
from index.store.store import Store
from index.text.analyzer import Analyzer

_SEED = 7
Send = Callable[[httpx.Client, str], httpx.Response]


def main() -> None:
    """Measure a store and print one line per kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--root", type=Path, default=ROOT, help="checkout of Yiju that serves")
    parser.add_argument("--count", type=int, default=60, help="requests of each kind")
    options = parser.parse_args()
    store = Store(options.store)
    catalogue = Catalogue(store.library, store.current())
    chance = random.Random(_SEED)
    rows = catalogue.rows()
    ids = [row.id for row in chance.sample(rows, min(100, len(rows)))]
    sources = [row.source for row in rows if row.source]
    words = list(_words(catalogue, ids, options.count, chance))
    print(f"{len(rows):,} articles, {options.count} requests of each kind")
    with (
        running_server(options.store, root=options.root, until="/readyz") as server,
        httpx.Client(base_url=server.address, timeout=120) as client,
    ):
        for name, send in _requests(ids, max(sources, key=sources.count, default=None)).items():
            first = _milliseconds(send, client, words[0])  # with what is loaded once
            before = spent_by(server.process_id)
            times = [_milliseconds(send, client, word) for word in words[1:]]
            spent = (spent_by(server.process_id) - before) * 1000 / len(times)
            print(
                f"  {name:26} first {first:8.1f}  {_percentiles(times)}  CPU {spent:6.1f}",
                flush=True,
            )


def _words(
    catalogue: Catalogue, ids: Sequence[str], count: int, chance: random.Random
) -> Iterator[str]:
    """Yield words of two characters or more, each of an article."""
    analyzer = Analyzer()
    for number in range(count):
        article = catalogue.article(ids[number % len(ids)])
        terms = analyzer.content_terms(article.text[:2000]) if article else []
        yield chance.choice([term for term in terms if len(term) > 1] or ["大桥"])


def _requests(ids: Sequence[str], source: str | None) -> Mapping[str, Send]:
    """Return a way to send each kind of request for a word."""

    def listing(parameters: Callable[[str], dict[str, str]]) -> Send:
        return lambda client, word: client.get("/api/articles", params=parameters(word))

    def posted(path: str, key: str, chosen: Mapping[str, object] | None) -> Send:
        return lambda client, word: client.post(path, json={key: word, "filter": chosen})

    filters: dict[str, Mapping[str, object] | None] = {
        "no filter": None,
        "every date": {"published_from": "1900"},
        "a source": {"source": source},
        "1 article": {"articles": ids[:1]},
        f"{len(ids)} articles": {"articles": ids},
    }
    return {
        "list, no words": listing(lambda _: {}),
        "list, a word": listing(lambda word: {"q": word}),
        "list, a word, by date": listing(lambda word: {"q": word, "sort": "newest"}),
        "list, two words": listing(lambda word: {"q": f"{word} 中国"}),
        **{f"search, {name}": posted("/api/search", "query", chosen)
           for name, chosen in filters.items()},
        **{f"ask, {name}": posted("/api/ask", "question", chosen)
           for name, chosen in filters.items()},
    }  # fmt: skip


def _milliseconds(send: Send, client: httpx.Client, word: str) -> float:
    """Return how long a request takes, not a number if the checkout does not know its kind."""
    began = time.perf_counter()
    response = send(client, word)
    return (time.perf_counter() - began) * 1000 if response.is_success else math.nan


def _percentiles(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:8.1f}  p95 {cuts[94]:8.1f}"


if __name__ == "__main__":
    main()
