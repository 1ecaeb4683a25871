"""Keeps what is marked for measuring out of training."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.text.folding import fold

RUN = 30
_STRIDE = RUN // 2
_UNTOLD = re.compile(r"[\W_]+")


class Leakage:
    """Knows the measuring texts: which texts equal one, or share `RUN` characters in a row."""

    def __init__(self, texts: Iterator[str]) -> None:
        folded = {told(text) for text in texts}
        self._whole = folded
        self._runs = {text[i : i + RUN] for text in folded for i in range(len(text) - RUN + 1)}
        # Any shared run covers a half run that starts at a multiple of the stride.
        self._halves = {run[:_STRIDE] for run in self._runs} | {
            run[-_STRIDE:] for run in self._runs
        }

    def __call__(self, text: str) -> bool:
        """Whether a text may not be trained on."""
        folded = told(text)
        if folded in self._whole:
            return True
        starts = range(0, len(folded) - _STRIDE + 1, _STRIDE)
        return any(
            self._around(folded, i) for i in starts if folded[i : i + _STRIDE] in self._halves
        )

    def _around(self, folded: str, place: int) -> bool:
        first = max(0, place - RUN + 1)
        runs = (folded[i : i + RUN] for i in range(first, place + RUN))
        return any(run in self._runs for run in runs)


def told(text: str) -> str:
    """A text as it is compared: folded, simplified, without white space and punctuation."""
    return _UNTOLD.sub("", fold(text))


def measuring(data: Path) -> Iterator[str]:
    """Every text that is for measuring only, questions and both sides of pairs too."""
    for path in sorted((data / "measure").glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for article in json.load(file)["data"]:
                for paragraph in article["paragraphs"]:
                    yield paragraph["context"]
                    yield from (asked["question"] for asked in paragraph["qas"])
    for path in sorted((data / "measure").glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield from line.rstrip("\n").split("\t")
