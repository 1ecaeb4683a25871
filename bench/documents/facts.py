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

_SETS = ("first", "second", "third")
_NUMBERS = 20
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
        """The set of its document, by number: 1 to 20, 21 to 40, 41 to 60."""
        return f"{_SETS[(int(self.document[1:3]) - 1) // _NUMBERS]} sixty"

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
