"""The facts to find: what they claim, read from `tests/data/documents/facts.jsonl`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Protocol

from bench.documents.cells import Cell
from bench.documents.claims import Absent, Items, Order, Pair, Sentence
from bench.documents.notes import Note
from bench.documents.read_text import ReadText
from training.data_folder import DOCUMENTS

_SETS = {1: "first sixty", 21: "second sixty", 41: "third sixty", 61: "fourth set"}
"""The sets by the first number of their documents."""
KINDS: Mapping[str, type["Claim"]] = {
    "cell": Cell,
    "pair": Pair,
    "sentence": Sentence,
    "list": Items,
    "note": Note,
    "order": Order,
    "absent": Absent,
}


class Claim(Protocol):
    """Something that holds of a document's text if the document was read rightly."""

    def holds(self, text: ReadText) -> bool:
        """Return whether it holds."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim about a document."""

    id: str
    document: str
    kind: str
    claim: Claim

    @property
    def set(self) -> str:
        """The set of its document, by number: from 1, 21, 41 or 61 on."""
        return _SETS[max(first for first in _SETS if first <= int(self.document[1:3]))]

    @property
    def format(self) -> str:
        """The suffix of the document, without its dot."""
        return PurePath(self.document).suffix.removeprefix(".")

    def holds(self, text: ReadText) -> bool:
        """Return whether it was read; of a document without text nothing was."""
        return text.is_read and self.claim.holds(text)


def read_facts(folder: Path = DOCUMENTS) -> list[Fact]:
    """Return the facts of a folder of documents."""
    lines = (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [_fact(**json.loads(line)) for line in lines]


def _fact(id: str, document: str, kind: str, **claim: Any) -> Fact:  # noqa: A002, ANN401
    return Fact(id, document, kind, KINDS[kind](**claim))
