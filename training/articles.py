"""Articles of the data folder to ask about, by source."""

import gzip
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.temporary_store import article_id
from training.leakage import HeldOut

NEWS = "news"
FOLDERS = "written-folders"
"""The source of the documents that we wrote, folders like those of users; part of the code."""

FOLDERS_FILE = Path(__file__).with_name(f"{FOLDERS}.jsonl")
_NEWS_FOR_READER = 24_000
_NEWS_FOR_RANKERS = 3_000


@dataclass(frozen=True, slots=True)
class TrainingArticle:
    """An article to ask about, with the id that it has in a store."""

    id: str
    title: str
    text: str


def articles(data: Path, source: str) -> Iterator[TrainingArticle]:
    """Yield the articles of a file of `reading` or `text`, by its stem, or those that we wrote.

    Raises:
        FileNotFoundError: no file has that stem.
    """
    if source == FOLDERS:
        for line in FOLDERS_FILE.read_text(encoding="utf-8").splitlines():
            yield TrainingArticle(**json.loads(line))
        return
    contexts = data / "reading" / f"{source}.json.gz"
    if contexts.exists():
        with gzip.open(contexts, "rt", encoding="utf-8") as file:
            paragraphs = [p for part in json.load(file)["data"] for p in part["paragraphs"]]
        for text in dict.fromkeys(paragraph["context"] for paragraph in paragraphs):
            yield TrainingArticle(article_id(text), "", text)
        return
    with lzma.open(data / "text" / f"{source}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            own_id = item["id"] if source == NEWS else article_id(item["text"])
            yield TrainingArticle(own_id, item.get("title") or "", item["text"])


def _news(data: Path, begin: int, count: int) -> list[TrainingArticle]:
    """Return articles of news, neighbours kept together, without those that are measured over.

    Nor are there any that share a run of text with a measuring question or its evidence.
    """
    held_out = HeldOut(data.parent)
    kept: list[TrainingArticle] = []
    for article in articles(data, NEWS):
        if article.id not in held_out.news_ids:
            kept.append(article)
        if len(kept) == begin + count:
            break
    return [item for item in kept[begin:] if not held_out(f"{item.title}\n{item.text}")]


def news_for_reader(data: Path) -> list[TrainingArticle]:
    """Return articles of news that the reader learns from."""
    return _news(data, 0, _NEWS_FOR_READER)


def news_for_rankers(data: Path) -> list[TrainingArticle]:
    """Return articles of news that the reader does not learn from."""
    return _news(data, _NEWS_FOR_READER, _NEWS_FOR_RANKERS)


def write_articles(written: Sequence[TrainingArticle], path: Path) -> Path:
    """Write articles as JSON lines that a rebuild reads."""
    lines = (
        json.dumps({"id": item.id, "title": item.title, "text": item.text}) for item in written
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
