"""Find contents with common edge lines or common bands of their MinHash signatures."""

import json
from collections.abc import Iterable, Iterator, Sequence

from index.library.database import Database
from index.library.entries import VALID
from index.library.version import Version
from index.text.minhash import BAND_BYTES, BANDS


class EdgeLines:
    """Hashes of the lines at the edges of articles, and which of them are boilerplate."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def mark_recurring(
        self,
        contents: Iterable[str],
        earlier: Version | None,
        replaced: Sequence[str],
        fewest: int,
        share: float,
    ) -> list[str]:
        """Mark recurring lines of the sources of contents; return the contents that have them.

        Looked at are these contents, and those of the same sources that an `earlier` generation
        has, without the articles that are `replaced`. A line recurs if at least `fewest` contents
        have it, and at least `share` of those of its source. What was marked earlier stays marked.
        To be called in a transaction.
        """
        self._db.execute("CREATE TEMP TABLE held (content INTEGER PRIMARY KEY)")
        self._db.executemany(
            "INSERT OR IGNORE INTO held SELECT id FROM contents WHERE hash = ?",
            ((bytes.fromhex(content),) for content in contents),
        )
        self._db.execute(
            "INSERT OR IGNORE INTO held SELECT content FROM edges e WHERE source IN "
            "(SELECT source FROM edges JOIN held USING (content)) AND EXISTS (SELECT 1 FROM "
            f"entries WHERE content = e.content AND {VALID} AND article NOT IN "
            "(SELECT value FROM json_each(:replaced)))",
            {"generation": earlier.number if earlier else -1, "replaced": json.dumps(replaced)},
        )
        self._db.execute(
            "INSERT OR IGNORE INTO furniture "
            "SELECT source, line FROM edges e JOIN held USING (content) GROUP BY source, line "
            "HAVING COUNT(*) >= max(?, ? * (SELECT COUNT(DISTINCT content) FROM edges o "
            "JOIN held USING (content) WHERE o.source = e.source))",
            (fewest, share),
        )
        rows = self._db.execute(
            "SELECT DISTINCT lower(hex(c.hash)) FROM edges JOIN furniture USING (source, line) "
            "JOIN held USING (content) JOIN contents c ON c.id = content"
        ).fetchall()
        self._db.execute("DROP TABLE temp.held")
        return [row[0] for row in rows]

    def marked(self, content: str) -> set[tuple[str, bytes]]:
        """Return a content's lines that are marked: their hashes, each with its source."""
        rows = self._db.execute(
            "SELECT source, line FROM edges JOIN furniture USING (source, line) "
            "WHERE content = (SELECT id FROM contents WHERE hash = ?)",
            (bytes.fromhex(content),),
        )
        return {(row[0], row[1]) for row in rows}

    def spare(self, content: str, lines: Iterable[bytes]) -> None:
        """Forget lines of a content, so that it is not looked at again for them."""
        self._db.executemany(
            "DELETE FROM edges WHERE line = ? "
            "AND content = (SELECT id FROM contents WHERE hash = ?)",
            ((line, bytes.fromhex(content)) for line in lines),
        )


class NewBands:
    """Bands of new contents, held until a generation with these is recorded.

    They come in no order, so that each few of them would write most of the table's pages again.
    Those of a killed rebuild are lost, but then the next one reads the articles again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._numbers: list[int] = []
        self._values: list[bytes] = []

    def add(self, bands_by_content: Iterable[tuple[int, Sequence[bytes]]]) -> None:
        """Add the bands of contents, none of a text that is too short to compare."""
        for content, bands in bands_by_content:
            if bands:
                self._numbers.append(content)
                self._values.append(b"".join(bands))

    def write(self) -> None:
        """Write what was added, in the order of the table. To be called in a transaction."""
        for band, start in enumerate(range(0, BANDS * BAND_BYTES, BAND_BYTES)):
            values = [value[start : start + BAND_BYTES] for value in self._values]
            order = sorted(range(len(values)), key=values.__getitem__)
            self._db.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
                ((band, values[at], self._numbers[at]) for at in order),
            )
        self._numbers, self._values = [], []


class SimilarContents:
    """Candidates for near-duplicates by the bands of their MinHash signatures."""

    def __init__(self, db: Database, version: Version) -> None:
        """`version` is the generation whose articles are compared."""
        self._db = db
        self._version = version

    def repeating(self) -> set[str]:
        """Return the contents that have a band in common with an earlier one of any generation.

        It reads all bands in their order, which pays where many contents are new.
        """
        rows = self._db.execute(
            "SELECT DISTINCT lower(hex(c.hash)) FROM (SELECT band, value, MIN(content) AS first "
            "FROM bands GROUP BY band, value HAVING COUNT(*) > 1) JOIN bands o USING (band, value) "
            "JOIN contents c ON c.id = o.content WHERE o.content > first"
        )
        return {row[0] for row in rows}

    def earlier(self, content: str, most: int, bands: int) -> Iterator[tuple[str, str]]:
        """Yield hash and text of earlier contents with common bands, those with most bands first.

        At most `bands` common bands are looked at and `most` contents yielded, as there may be any
        number of one form letter.
        """
        query = "SELECT id FROM contents WHERE hash = ?"
        [number] = self._db.execute(query, (bytes.fromhex(content),)).fetchone()
        rows = self._db.execute(
            "WITH near AS (SELECT o.content AS id FROM bands b "
            "JOIN bands o ON o.band = b.band AND o.value = b.value AND o.content < b.content "
            "WHERE b.content = :number AND EXISTS "
            f"(SELECT 1 FROM entries WHERE content = o.content AND {VALID}) LIMIT :bands) "
            "SELECT lower(hex(hash)), text FROM contents JOIN (SELECT id, COUNT(*) AS common "
            "FROM near GROUP BY id ORDER BY common DESC, id LIMIT :most) USING (id) "
            "ORDER BY common DESC, id",
            {
                "number": number,
                "generation": self._version.number,
                "bands": bands,
                "most": most,
            },
        )
        yield from rows.fetchall()
