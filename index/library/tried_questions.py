"""Questions that were tried as suggestions, by article."""

import json
from collections.abc import Mapping, Sequence

from index.library.content import SUGGESTIONS, Suggestion, questions_of
from index.library.database import Database
from index.library.entries import VALID
from index.library.version import Version


class TriedQuestions:
    """The questions that articles surely answer, and of which articles some were tried."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def untried(
        self, version: Version, most: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, str]]:
        """Return contents of which no questions were tried yet, with their articles.

        Of each source the newest comes first, and the sources take turns.
        """
        rows = self._db.execute(
            "SELECT hash, article FROM (SELECT lower(hex(c.hash)) AS hash, MIN(e.article) AS "
            "article, c.published, c.id, ROW_NUMBER() OVER (PARTITION BY c.source ORDER BY "
            "c.published DESC, c.id DESC) AS turn FROM entries e JOIN contents c "
            f"ON c.id = e.content WHERE {VALID} AND NOT EXISTS (SELECT 1 FROM suggestions "
            "WHERE content = c.id AND rules = :rules) GROUP BY c.id) "
            "WHERE :among IS NULL OR hash IN (SELECT value FROM json_each(:among)) "
            "ORDER BY turn, published DESC, id DESC LIMIT :most",
            {
                "generation": version.number,
                "rules": SUGGESTIONS,
                "among": None if among is None else json.dumps(among),
                "most": most,
            },
        )
        return rows.fetchall()

    def count(self, version: Version) -> int:
        """Return of how many articles of a generation questions were tried."""
        query = (
            "SELECT COUNT(*) FROM suggestions s CROSS JOIN entries e ON e.content = s.content "
            f"AND {VALID} WHERE s.rules = :rules"
        )
        values = {"generation": version.number, "rules": SUGGESTIONS}
        return int(self._db.execute(query, values).fetchone()[0])

    def add(self, tried: Mapping[str, Sequence[Suggestion]]) -> None:
        """Store the questions of contents that were tried, possibly none, in one transaction."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO suggestions SELECT id, ?, ? FROM contents WHERE hash = ?",
                (
                    (SUGGESTIONS, questions_of(suggestions), bytes.fromhex(content))
                    for content, suggestions in tried.items()
                ),
            )
