"""Detection of leakage: texts of the measuring sets that would reach training."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.text.folding import fold

RUN = 30
_STRIDE = RUN // 2
_IGNORED = re.compile(r"[\W_]+")


class Leakage:
    """Finds texts that equal a measuring text or share `RUN` consecutive characters with one."""

    def __init__(self, texts: Iterator[str]) -> None:
        folded = {comparable(text) for text in texts}
        self._whole = folded
        self._runs = {text[i : i + RUN] for text in folded for i in range(len(text) - RUN + 1)}
        # Any shared run contains half a run that starts at a multiple of the stride.
        self._halves = {run[:_STRIDE] for run in self._runs} | {
            run[-_STRIDE:] for run in self._runs
        }

    def __call__(self, text: str) -> bool:
        """Return whether a text leaks and must not be trained on."""
        folded = comparable(text)
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


def comparable(text: str) -> str:
    """Return a text in the form to compare: folded, without white space and punctuation.

    >>> comparable("Ｙｉｊｕ 依據!")
    'yiju依据'
    """
    return _IGNORED.sub("", fold(text))


def measuring(data: Path) -> Iterator[str]:
    """Yield every text of the measuring sets: contexts, questions, both sides of pairs."""
    for path in sorted((data / "measure").glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for article in json.load(file)["data"]:
                for paragraph in article["paragraphs"]:
                    yield paragraph["context"]
                    yield from (item["question"] for item in paragraph["qas"])
    for path in sorted((data / "measure").glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield from line.rstrip("\n").split("\t")
