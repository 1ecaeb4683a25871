"""The passages to index and the questions to find, from the data folder.

A passage is right if the evidence, or an answer in the question's own text, stands in it. What is
right stays here: systems get passages and the words of questions.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.answers.question_lines import write_news
from bench.peers.retriever import Collection
from bench.peers.with_yiju import search_of
from index.eval_cases import read_cases
from index.library.catalogue import PassageRecord
from index.text.folding import fold_answer
from qa.evaluation.squad import ReadingSet, read_set
from qa.evaluation.temporary_store import article_id

NEWS, XQUAD, CMRC = "news", "xquad", "cmrc"


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a question, and the positions of the passages that answer it."""

    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A set of questions over a collection."""

    name: str
    title: str
    collection: str


SETS = (
    Asked("news", "10,000 news articles", NEWS),
    Asked("xquad-zh", "XQuAD-dev zh", XQUAD),
    Asked("xquad-en-zh", "XQuAD-dev en→zh", XQUAD),
    Asked("cmrc", "CMRC 2018 dev", CMRC),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A collection with its passages as Yiju knows them, by the article that each is of."""

    collection: Collection
    records: tuple[PassageRecord, ...]

    @classmethod
    def of(cls, articles: Path, folder: Path) -> "Cut":
        """Cut the articles of a file of JSON lines as a rebuild does; equal texts count once."""
        catalogue = search_of(articles, folder).catalogue
        numbers, _ = catalogue.owners()
        by_text: dict[str, PassageRecord] = {}
        for record in catalogue.passages(numbers.tolist()).values():
            by_text.setdefault(record.text, record)
        return cls(Collection(str(articles), tuple(by_text)), tuple(by_text.values()))


def write_articles(collection: str, data: Path, file: Path) -> None:
    """Write the articles of a collection as JSON lines."""
    if collection == NEWS:
        write_news(data / "text", file)
        return
    lines = (
        json.dumps({"id": article_id(text), "text": text}) + "\n"
        for text in _reading_set(collection, data).contexts
    )
    file.write_text("".join(lines), encoding="utf-8")


def questions_of(asked: Asked, data: Path, cut: Cut, most: int) -> list[Question]:
    """Return at most so many questions of a set, evenly chosen, with the passages that answer.

    Left out is what leans on an earlier question, and what no passage answers.
    """
    if asked.name == "news":
        pairs = _news(data.parent / "eval" / "news-dev.jsonl", cut)
    else:
        pairs = _read(_reading_set(asked.name, data), cut)
    questions = [Question(text, right) for text, right in pairs if right]
    count = min(most, len(questions))
    return [questions[at * len(questions) // count] for at in range(count)]


@dataclass(frozen=True, slots=True)
class FoldedPassage:
    """A passage as it is looked into: its position, its folded text, and its article."""

    position: int
    text: str
    article: str


def holding(passages: Sequence[FoldedPassage], texts: Iterable[str]) -> frozenset[int]:
    """Return the positions of the passages that hold one of the texts, folded.

    Where none does, a text may cross a border: then these are neighbours that hold it together.
    """
    wanted = [fold_answer(text) for text in texts]
    whole = {
        passage.position for passage in passages if any(text in passage.text for text in wanted)
    }
    if whole:
        return frozenset(whole)
    return frozenset(
        position
        for left, right in pairwise(passages)
        if left.article == right.article and any(text in left.text + right.text for text in wanted)
        for position in (left.position, right.position)
    )


def _news(lines: Path, cut: Cut) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield each question about news that stands alone, with the passages of its evidence.

    Many articles tell the same, word by word: each of them is right.
    """
    passages = _folded(cut)
    for case in read_cases(lines):
        if case.answerable and case.evidence and not case.history:
            yield case.question, holding(passages, [case.evidence])


def _read(reading_set: ReadingSet, cut: Cut) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield each question of a reading set with the passages of its context that answer it."""
    by_article: dict[str, list[FoldedPassage]] = {}
    for passage in _folded(cut):
        by_article.setdefault(passage.article, []).append(passage)
    for gold in reading_set.questions:
        passages = by_article.get(article_id(gold.context), [])
        yield gold.question, holding(passages, gold.answers)


def _folded(cut: Cut) -> list[FoldedPassage]:
    return [
        FoldedPassage(at, fold_answer(record.text), record.article_id)
        for at, record in enumerate(cut.records)
    ]


_FILES: dict[str, tuple[str, str | None]] = {
    XQUAD: ("xquad-dev-zh", None),
    "xquad-zh": ("xquad-dev-zh", None),
    "xquad-en-zh": ("xquad-dev-zh", "xquad-dev-en"),
    CMRC: ("cmrc2018-dev", None),
}


def _reading_set(name: str, data: Path) -> ReadingSet:
    contexts, questions = _FILES[name]
    paths = [data / "measure" / f"{file}.json.gz" for file in (contexts, questions) if file]
    return read_set(*paths)
