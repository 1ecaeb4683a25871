"""Detection of leakage: texts that are measured with and would reach training."""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from index.ingest.read import read_file
from index.text.folding import fold
from training.data_folder import DOCUMENTS

RUN = 30
"""Characters in a row that no text of training shares with a measuring set."""

ASKED_RUN = 20
"""The same for questions, their evidence and the cases: those are short."""

LATIN_RUN = 60
"""The same for these in Latin letters, of which it takes more to say as much."""

_IGNORED = re.compile(r"[\W_]+")


class Leakage:
    """Finds texts that equal a measuring text or share `run` consecutive characters with one."""

    def __init__(
        self, texts: Iterable[str], run: int = RUN, counts: Callable[[str], bool] = bool
    ) -> None:
        """Take the measuring texts; only runs that count, by default all, are looked for."""
        folded = {comparable(text) for text in texts}
        self._run, self._stride = run, run // 2
        self._whole = folded
        long_enough = [text for text in folded if len(text) >= run]
        self._runs = {part for text in long_enough for part in _parts(text, run) if counts(part)}
        # Any shared run contains half a run that starts at a multiple of the stride.
        self._halves = {part for text in long_enough for part in _parts(text, self._stride)}

    def __call__(self, text: str) -> bool:
        """Return whether a text leaks and must not be trained on."""
        folded = comparable(text)
        if folded in self._whole:
            return True
        starts = range(0, len(folded) - self._stride + 1, self._stride)
        return any(
            self._around(folded, at)
            for at in starts
            if folded[at : at + self._stride] in self._halves
        )

    def _around(self, folded: str, place: int) -> bool:
        first = max(0, place - self._run + 1)
        runs = (folded[at : at + self._run] for at in range(first, place + self._run))
        return any(run in self._runs for run in runs)


class HeldOut:
    """Finds texts that share anything with what is measured.

    That are the sets, questions with their evidence, cases, and the documents of the repository.
    """

    def __init__(self, shared: Path, documents: Path = DOCUMENTS) -> None:
        """Read everything that is measured with, from the folder of all data and the documents."""
        asked = [*asked_texts(shared), *case_texts(shared)]
        self._finders = (
            Leakage(chain(measuring(shared / "data"), document_texts(documents))),
            Leakage(asked, ASKED_RUN, _is_mostly_han),
            Leakage(asked, LATIN_RUN),
        )
        self.news_ids = news_ids(shared / "data")
        """The articles of news that questions are asked over: none is trained to be asked about."""

    def __call__(self, text: str) -> bool:
        """Return whether a text must not be trained on."""
        return any(finder(text) for finder in self._finders)

    def leaking(self, texts: Iterable[str]) -> list[bool]:
        """Return for each text whether it is to be left out; equal texts are looked at once."""
        known: dict[str, bool] = {}
        flags = []
        for text in texts:
            if text not in known:
                known[text] = self(text)
            flags.append(known[text])
        return flags


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


def asked_texts(shared: Path) -> Iterator[str]:
    """Yield the questions and the evidence of all question lines: evaluation sets and cases."""
    paths = [*(shared / "eval").glob("*.jsonl"), *(shared / "cases").glob("*/questions.jsonl")]
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                item = json.loads(line)
                yield item["question"]
                yield item.get("evidence") or ""


def case_texts(shared: Path) -> Iterator[str]:
    """Yield the texts of the articles of all cases, as the product reads them."""
    yield from _texts(sorted((shared / "cases").glob("*/articles/*")))


def document_texts(folder: Path) -> Iterator[str]:
    """Yield the texts of the documents to measure reading with, as the product reads them."""
    lines = (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    yield from _texts(
        folder / name for name in dict.fromkeys(json.loads(line)["document"] for line in lines)
    )


def news_ids(data: Path) -> frozenset[str]:
    """Return the ids of the news that questions are asked over."""
    return frozenset((data / "text" / "news-10k.ids").read_text(encoding="utf-8").split())


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        articles, _ = read_file(path.name, path.read_bytes())
        yield from (article.text for article in articles)


def _parts(text: str, length: int) -> Iterator[str]:
    """Yield every run of so many characters."""
    return (text[at : at + length] for at in range(len(text) - length + 1))


def _is_mostly_han(text: str) -> bool:
    return 2 * sum("\u3400" <= char <= "\u9fff" for char in text) >= len(text)
