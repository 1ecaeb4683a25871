"""Which articles say what another one says already: word for word, or nearly."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.store.library import Library, LibraryEntry
from index.text.minhash import likeness

NEAR = 0.8
"""The share of common clauses (Jaccard) from which on two articles are nearly the same."""

_MOST = 8  # names told of one article
_LOOKED_AT = 4000  # common bands: articles of one form may be without number


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article and another that says the same; `share` 1.0 means word for word."""

    article: str
    like: str
    share: float


class NearDuplicates:
    """The articles of a generation beside each other."""

    def __init__(self, library: Library, generation: int) -> None:
        self._library = library
        self._generation = generation

    def among(
        self, new: Mapping[str, LibraryEntry], old: Mapping[str, LibraryEntry]
    ) -> list[NearDuplicate]:
        """What of the new articles repeats another one, new or old."""
        known = {entry.content for entry in old.values()}
        names: dict[str, list[str]] = defaultdict(list)
        for article in sorted(new, key=lambda name: (name not in old, name)):
            names[new[article].content].append(article)
        found = []
        for content, articles in names.items():
            first, *others = articles
            found += [
                NearDuplicate(other, first, 1.0)
                for other in others
                if other not in old or old[other].content != content
            ]
            if content not in known:
                found += [
                    NearDuplicate(first, names[like][0], share)
                    for like, share in self._near(content)
                ]
        return found

    def _near(self, content: str) -> Iterator[tuple[str, float]]:
        """Earlier contents that are nearly the same, by name, with the share in common.

        Those that have the most bands in common are compared: of a form letter there may be many.
        """
        number, text = self._library.db.execute(
            "SELECT id, text FROM contents WHERE hash = ?", (bytes.fromhex(content),)
        ).fetchone()
        rows = self._library.db.execute(
            "WITH near AS (SELECT o.content AS id FROM bands b "
            "JOIN bands o ON o.band = b.band AND o.value = b.value AND o.content < b.content "
            "WHERE b.content = ? AND EXISTS "
            "(SELECT 1 FROM entries WHERE content = o.content AND generation = ?) LIMIT ?) "
            "SELECT lower(hex(hash)), text FROM contents JOIN (SELECT id, COUNT(*) AS common "
            "FROM near GROUP BY id ORDER BY common DESC, id LIMIT ?) USING (id) "
            "ORDER BY common DESC, id",
            (number, self._generation, _LOOKED_AT, _MOST),
        )
        for name, other in rows.fetchall():
            share = likeness(text, other)
            if share >= NEAR:
                yield name, round(share, 3)
