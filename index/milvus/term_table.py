"""The terms of an index version: the dimension of each in its vectors, and in how many passages.

Each field of each term has a dimension of its own, so that no two terms are ever taken for one,
as with hashes. The table is looked up for a question's frequencies anyway.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.milvus import record_keys
from index.milvus.record_store import RecordStore
from index.search.lexical_index import FIELDS

_REMEMBERED = 100_000  # terms


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """A term in a field: its dimension, and how many passages have it; 0 and 0 if none has."""

    dimension: int = 0
    passages: int = 0


TermEntry = Mapping[str, FieldTerm]
"""A term by its fields; those in which it does not occur are missing."""

NO_FIELD = FieldTerm()
_NOWHERE: TermEntry = {}


class TermTable:
    """Looks terms up, and remembers them. Threads may share it."""

    def __init__(self, records: RecordStore, familiar: Mapping[str, TermEntry]) -> None:
        """Take terms that are known already."""
        self._records = records
        self._familiar = familiar
        self._known: dict[str, TermEntry] = {}

    def entries(self, terms: Iterable[str]) -> dict[str, TermEntry]:
        """Return the entries of terms, empty for those that do not occur."""
        wanted = dict.fromkeys(terms)
        known = {term: self._familiar.get(term) or self._known.get(term) for term in wanted}
        keys = {record_keys.of_term(term): term for term, entry in known.items() if entry is None}
        if keys:
            looked_up = self._records.get(keys)
            entries = {
                term: entry_of(looked_up[key]) if key in looked_up else _NOWHERE
                for key, term in keys.items()
            }
            if len(self._known) + len(entries) > _REMEMBERED:
                self._known = {}
            self._known.update(entries)
            known.update(entries)
        return {term: entry or _NOWHERE for term, entry in known.items()}

    def bigrams_with(self, character: str) -> list[FieldTerm]:
        """Return the bigrams that have a Han character."""
        text = self._records.text(record_keys.of_character(character))
        return [_field_term(part) for part in (text or "").split()]


def entry_of(text: str) -> TermEntry:
    """Return the entry that `entry_text` wrote.

    >>> entry_of("3,12;;9,1")["context"]
    FieldTerm(dimension=9, passages=1)
    """
    parts = zip(FIELDS, text.split(";"), strict=True)
    return {field: _field_term(part) for field, part in parts if part}


def entry_text(entry: TermEntry) -> str:
    """Return an entry as text.

    >>> entry_text({"words": FieldTerm(3, 12), "context": FieldTerm(9, 1)})
    '3,12;;9,1'
    """
    return ";".join(field_text(entry[field]) if field in entry else "" for field in FIELDS)


def field_text(term: FieldTerm) -> str:
    """Return the dimension and the count as text."""
    return f"{term.dimension},{term.passages}"


def _field_term(part: str) -> FieldTerm:
    dimension, passages = part.split(",")
    return FieldTerm(int(dimension), int(passages))
