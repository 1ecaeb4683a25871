"""Readers of the training texts. Nothing here opens a measuring set."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

READING = ("cmrc2018-train", "drcd-dev")
HELD_OUT = "cmrc2018-trial"
"""Held out to choose hyperparameters: neither for training the encoder nor for measuring."""

ENGLISH_HELD_OUT = 1000
"""The number of first English questions that are held out likewise."""

BITEXT = ("tatoeba", "tico19", "flores-dev", "python-docs", "software-docs")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its paragraph and the range of the answer."""

    question: str
    paragraph: str
    start: int
    end: int


def questions(data: Path, name: str) -> Iterator[Question]:
    """Yield the answered questions of a reading set, by the stem of its file name."""
    return (item for item in all_questions(data, name) if item.start < item.end)


def all_questions(data: Path, name: str) -> Iterator[Question]:
    """Yield the questions of a reading set; the range of one without an answer is empty."""
    with gzip.open(data / "reading" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for paragraph in (p for article in articles for p in article["paragraphs"]):
        for item in paragraph["qas"]:
            answers = item.get("answers") or [{"answer_start": 0, "text": ""}]
            start = answers[0]["answer_start"]
            if start >= 0:
                end = start + len(answers[0]["text"])
                yield Question(item["question"], paragraph["context"], start, end)


def table(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the first two columns of tab-separated lines, skipping lines with an empty one."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            left, _, right = line.rstrip("\n").partition("\t")
            right = right.split("\t")[0]
            if left.strip() and right.strip():
                yield left.strip(), right.strip()


def bitext(data: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield the English and Chinese lines of a parallel text, in file order."""
    return table(data / "bitext" / f"{name}.tsv.gz")


def english_questions(data: Path) -> Iterator[tuple[str, str]]:
    """Yield English sentences, each with a question that it answers."""
    return table(data / "reading" / "squad-train-sentence-question-en.tsv.gz")


def abstracts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield titles and abstracts of Chinese science."""
    return table(data / "text" / "csl-title-abstract.tsv.gz")


def statutes(data: Path) -> Iterator[tuple[str, str]]:
    """Yield titles and texts of Chinese statutes."""
    with gzip.open(data / "text" / "statutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            statute = json.loads(line)
            yield statute["title"], statute["text"]


def chinese(data: Path) -> Iterator[str]:
    """Yield all Chinese running text."""
    for name in READING:
        yield from dict.fromkeys(question.paragraph for question in questions(data, name))
    for name in BITEXT:
        yield from (translation for _, translation in bitext(data, name))
    yield from (f"{title}\n{text}" for title, text in abstracts(data))
    yield from (text for _, text in statutes(data))
