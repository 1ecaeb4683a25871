"""Cuts the lines that recur at the edges of one source's articles: furniture of its pages.

A single page can't tell them; many pages of one source can. Once found they stay furniture, for
the articles that come later. What is cut can be seen in `Article.removed`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from index.ingest.boilerplate.edge_lines import edge_lines, without
from index.store.catalogue import stored_article
from index.store.content import line_hash, prepare
from index.store.library import Library, LibraryEntry

FEWEST = 5
"""Articles of one source that must have a line."""

_SHARE = 0.3  # of the source's articles that must have it


class RecurringLines:
    """What recurs in the articles that a generation will hold."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def cut(
        self, entries: Mapping[str, LibraryEntry], old: Mapping[str, LibraryEntry]
    ) -> dict[str, LibraryEntry]:
        """The entries, those with recurring lines under the content that is left without them."""
        known = {entry.content for entry in old.values()}
        new = [entry.content for entry in entries.values() if entry.content not in known]
        if not new:
            return dict(entries)
        with self._library.transaction():
            self._gather(entries)
            self._find()
            left = {content: self._without(content) for content in self._marked()}
            self._library.db.execute("DROP TABLE temp.held")
        return {
            name: replace(entry, content=left.get(entry.content, entry.content))
            for name, entry in entries.items()
        }

    def _gather(self, entries: Mapping[str, LibraryEntry]) -> None:
        """The contents of the generation that is to be, as a table."""
        db = self._library.db
        db.execute("CREATE TEMP TABLE held (content INTEGER PRIMARY KEY)")
        db.executemany(
            "INSERT OR IGNORE INTO held SELECT id FROM contents WHERE hash = ?",
            ((bytes.fromhex(entry.content),) for entry in entries.values()),
        )

    def _find(self) -> None:
        """Notes the lines that enough articles of one source have."""
        self._library.db.execute(
            "INSERT OR IGNORE INTO furniture "
            "SELECT source, line FROM edges e JOIN held USING (content) GROUP BY source, line "
            "HAVING COUNT(*) >= max(?, ? * (SELECT COUNT(DISTINCT content) FROM edges o "
            "JOIN held USING (content) WHERE o.source = e.source))",
            (FEWEST, _SHARE),
        )

    def _marked(self) -> Collection[str]:
        """The contents that have such a line."""
        rows = self._library.db.execute(
            "SELECT DISTINCT lower(hex(c.hash)) FROM edges JOIN furniture USING (source, line) "
            "JOIN held USING (content) JOIN contents c ON c.id = content"
        )
        return [row[0] for row in rows]

    def _without(self, content: str) -> str:
        """The content that is left of an article; its own where the article would be gone."""
        row = self._library.db.execute(
            "SELECT '', title, text, source, author, published, url, layout, id "
            "FROM contents WHERE hash = ?",
            (bytes.fromhex(content),),
        ).fetchone()
        article = stored_article(row[:-1])
        lines = dict(self._edges(int(row[-1])))
        cut = [line for line in edge_lines(article) if line_hash(line) in lines]
        left = without(article, cut)
        return self._library.put(prepare(left)) if left.text.strip() else content

    def _edges(self, content: int) -> Iterator[tuple[bytes, str]]:
        rows = self._library.db.execute(
            "SELECT line, source FROM edges JOIN furniture USING (source, line) WHERE content = ?",
            (content,),
        )
        yield from rows
