"""Reads the texts to train on. Nothing here opens a file that is for measuring only."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

READING = ("cmrc2018-train", "drcd-dev")
HELD_OUT = "cmrc2018-trial"
"""Chooses between recipes, so it is neither trained on nor for measuring."""

ENGLISH_HELD_OUT = 1000
"""So many first English questions are held out likewise."""

BITEXT = ("tatoeba", "tico19", "flores-dev", "python-docs", "software-docs")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the paragraph that answers it, and where."""

    question: str
    paragraph: str
    start: int
    end: int


def questions(data: Path, name: str) -> Iterator[Question]:
    """The questions of a reading set, by its file's name without the ending."""
    with gzip.open(data / "reading" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for paragraph in (p for article in articles for p in article["paragraphs"]):
        for asked in paragraph["qas"]:
            answer = asked["answers"][0]
            start = answer["answer_start"]
            if start >= 0:
                end = start + len(answer["text"])
                yield Question(asked["question"], paragraph["context"], start, end)


def table(path: Path) -> Iterator[tuple[str, str]]:
    """The first two columns of a file of tab-separated lines, where both hold something."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            left, _, right = line.rstrip("\n").partition("\t")
            right = right.split("\t")[0]
            if left.strip() and right.strip():
                yield left.strip(), right.strip()


def bitext(data: Path, name: str) -> Iterator[tuple[str, str]]:
    """English and Chinese of a parallel text, in its order."""
    return table(data / "bitext" / f"{name}.tsv.gz")


def english_questions(data: Path) -> Iterator[tuple[str, str]]:
    """English sentences with a question that they answer."""
    return table(data / "reading" / "squad-train-sentence-question-en.tsv.gz")


def abstracts(data: Path) -> Iterator[tuple[str, str]]:
    """Titles and abstracts of Chinese science."""
    return table(data / "text" / "csl-title-abstract.tsv.gz")


def statutes(data: Path) -> Iterator[tuple[str, str]]:
    """Titles and texts of Chinese statutes."""
    with gzip.open(data / "text" / "statutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            statute = json.loads(line)
            yield statute["title"], statute["text"]


def chinese(data: Path) -> Iterator[str]:
    """All Chinese running text."""
    for name in READING:
        yield from dict.fromkeys(question.paragraph for question in questions(data, name))
    for name in BITEXT:
        yield from (translation for _, translation in bitext(data, name))
    yield from (f"{title}\n{text}" for title, text in abstracts(data))
    yield from (text for _, text in statutes(data))
