"""Which articles say what another one says already: word for word, or nearly.

Near-duplicates are found by MinHash (Broder 1997) through datasketch, the only home of it: the
signatures' bands are kept in the library, so that an article is compared only with those that
share a band, and then by what they really have in common.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.library import Entry, Library

NEAR = 0.8
"""The share of common clauses (Jaccard) from which on two articles are nearly the same."""

_PERMUTATIONS = 64
_ROWS = 4  # of a band: 16 bands find a pair of 0.8 with 0.9998, one of 0.4 with 0.34
_CLAUSE = re.compile(r"\w+")
_SHORTEST = 8  # clauses: of less nothing can be said
_MOST = 8  # names told of one article


@dataclass(frozen=True, slots=True)
class Alike:
    """An article and another that says the same; `share` 1.0 means word for word."""

    article: str
    like: str
    share: float


class Repeats:
    """The articles of a generation beside each other."""

    def __init__(self, library: Library, generation: int) -> None:
        self._library = library
        self._generation = generation

    def among(self, new: Mapping[str, Entry], old: Mapping[str, Entry]) -> list[Alike]:
        """What of the new articles repeats another one, new or old."""
        self._sign()
        known = {entry.content for entry in old.values()}
        names: dict[str, list[str]] = defaultdict(list)
        for article in sorted(new, key=lambda name: (name not in old, name)):
            names[new[article].content].append(article)
        found = []
        for content, articles in names.items():
            first, *others = articles
            found += [
                Alike(other, first, 1.0)
                for other in others
                if other not in old or old[other].content != content
            ]
            if content not in known:
                found += [
                    Alike(first, names[like][0], share) for like, share in self._near(content)
                ]
        return found

    def _sign(self) -> None:
        """Makes the signatures that are missing."""
        rows = self._library.db.execute(
            "SELECT DISTINCT content FROM entries e WHERE generation = ? AND NOT EXISTS "
            "(SELECT 1 FROM bands WHERE content = e.content)",
            (self._generation,),
        ).fetchall()
        missing = [row[0] for row in rows]
        if not missing:
            return
        with self._library.transaction():
            self._library.db.executemany(
                "INSERT INTO bands VALUES (?, ?, ?)",
                (
                    (at, value, number)
                    for number, text in self._library.texts(missing)
                    for at, value in enumerate(bands(text))
                ),
            )

    def _near(self, content: str) -> Iterator[tuple[str, float]]:
        """Earlier contents that are nearly the same, by name, with the share in common."""
        number, text = self._library.db.execute(
            "SELECT id, text FROM contents WHERE hash = ?", (bytes.fromhex(content),)
        ).fetchone()
        rows = self._library.db.execute(
            "SELECT DISTINCT c.id, lower(hex(c.hash)), c.text FROM bands b "
            "JOIN bands o ON o.band = b.band AND o.value = b.value AND o.content < b.content "
            "JOIN contents c ON c.id = o.content "
            "WHERE b.content = ? AND b.value != x'' AND EXISTS "
            "(SELECT 1 FROM entries WHERE content = c.id AND generation = ?) LIMIT ?",
            (number, self._generation, _MOST),
        )
        for _, name, other in rows.fetchall():
            share = likeness(text, other)
            if share >= NEAR:
                yield name, round(share, 3)


def bands(text: str) -> list[bytes]:
    """The bands of a text's signature; a single empty one for a text too short to compare."""
    clauses = _clauses(text)
    if len(clauses) < _SHORTEST:
        return [b""]
    from datasketch import MinHash  # 0.1 s, and only where there is something new

    signature = MinHash(_PERMUTATIONS, hashfunc=zlib.crc32)
    signature.update_batch([clause.encode("utf-8", "replace") for clause in clauses])
    values = signature.hashvalues.astype("<u4")
    return [values[at : at + _ROWS].tobytes() for at in range(0, _PERMUTATIONS, _ROWS)]


def likeness(one: str, other: str) -> float:
    """The share of clauses that two texts have in common (Jaccard), 0 to 1."""
    ours, theirs = _clauses(one), _clauses(other)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _clauses(text: str) -> set[str]:
    """What stands between marks and spaces: about ten characters in Chinese, a word in English."""
    return set(_CLAUSE.findall(text.lower()))
