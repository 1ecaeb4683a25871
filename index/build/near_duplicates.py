"""Find new articles that duplicate another one, exactly or nearly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.progress import Progress, counted
from index.store.content import LibraryEntry
from index.store.library import LibraryFile
from index.store.version import Version
from index.text.minhash import likeness

NEAR = 0.8
"""The share of common clauses (Jaccard) from which on two articles count as near-duplicates."""

_MOST = 8  # near-duplicates reported of one article
_MOST_BANDS = 4000  # common bands looked at: articles of one form may be without number
_MANY = 500  # new contents: from here on all bands are read, and most need no further look


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article, the one it duplicates, and their similarity: 1.0 if equal."""

    article: str
    duplicate_of: str
    share: float


class NearDuplicates:
    """The search for near-duplicates among the articles of a generation."""

    def __init__(self, library: LibraryFile, version: Version, progress: Progress) -> None:
        self._library = library
        self._progress = progress
        self._similar = library.similar_contents(version)

    def find(
        self, new: Mapping[str, LibraryEntry], old: Mapping[str, LibraryEntry]
    ) -> list[NearDuplicate]:
        """Return the new articles that duplicate another one, new or old."""
        known = {entry.content for entry in old.values()}
        articles_of: dict[str, list[str]] = defaultdict(list)
        for article in sorted(new, key=lambda article: (article not in old, article)):
            articles_of[new[article].content].append(article)
        looked_at = self._worth_a_look(content for content in articles_of if content not in known)
        repeats = []
        compared = counted(articles_of.items(), len(articles_of), "comparing", self._progress)
        for content, (first, *others) in compared:
            repeats += [
                NearDuplicate(other, first, 1.0)
                for other in others
                if other not in old or old[other].content != content
            ]
            if content in looked_at:
                repeats += [
                    NearDuplicate(first, articles_of[earlier][0], share)
                    for earlier, share in self._near(content)
                ]
        return repeats

    def _worth_a_look(self, contents: Iterable[str]) -> set[str]:
        """Return the contents that may have near-duplicates, all of them where they are few."""
        new = set(contents)
        return new & self._similar.repeating() if len(new) > _MANY else new

    def _near(self, content: str) -> Iterator[tuple[str, float]]:
        """Yield earlier contents that are near-duplicates, with their similarity."""
        text = self._library.text_of(content)
        for other, other_text in self._similar.earlier(content, _MOST, _MOST_BANDS):
            share = likeness(text, other_text)
            if share >= NEAR:
                yield other, round(share, 3)
