"""Synonyms that articles define, extracted once and stored."""

import json
from collections.abc import Iterable, Sequence

from index.library.database import Database, damaged
from index.library.entries import VALID
from index.library.version import Version

Pair = tuple[str, str]
"""A name and another form of it, such as an abbreviation."""


class Definitions:
    """The definitions in the contents of the library, as one tokenizer finds them."""

    def __init__(self, db: Database, tokenizer: str) -> None:
        self._db = db
        self._tokenizer = tokenizer

    def missing(self, version: Version) -> list[int]:
        """Return the numbers of a generation's contents that have not been searched yet."""
        rows = self._db.execute(
            f"SELECT DISTINCT content FROM entries e WHERE {VALID} AND NOT EXISTS "
            "(SELECT 1 FROM definitions WHERE content = e.content AND tokenizer = :tokenizer)",
            {"generation": version.number, "tokenizer": self._tokenizer},
        )
        return [row[0] for row in rows]

    def add(self, pairs_by_content: Iterable[tuple[int, Sequence[Pair]]]) -> None:
        """Store the pairs of contents, possibly none each, in one transaction."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT INTO definitions VALUES (?, ?, ?)",
                (
                    (content, self._tokenizer, json.dumps(pairs, ensure_ascii=False))
                    for content, pairs in pairs_by_content
                ),
            )

    def pairs(self, version: Version) -> set[Pair]:
        """Return the pairs that the articles of a generation define.

        Raises:
            StoreError: the library is damaged.
        """
        rows = self._db.execute(
            "SELECT DISTINCT d.pairs FROM entries e JOIN definitions d ON d.content = e.content "
            f"AND d.tokenizer = :tokenizer WHERE {VALID} AND d.pairs != '[]'",
            {"generation": version.number, "tokenizer": self._tokenizer},
        )
        try:
            return {(name, other) for row in rows for name, other in json.loads(row[0])}
        except ValueError as error:
            raise damaged(self._db.path) from error
