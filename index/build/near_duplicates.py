"""Find new articles that duplicate another one, exactly or nearly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.build.reading.plan import Plan
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.progress import Progress, counted
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

    def find(self, plan: Plan) -> list[NearDuplicate]:
        """Return the new articles of a plan that duplicate another one, new or old."""
        new = _by_content(plan)
        looked_at = self._worth_a_look(
            content for content in new if not plan.old.of_content(content)
        )
        repeats = []
        compared = counted(new, len(new), "comparing", self._progress)
        for content in compared:
            first, *others = _articles_of(content, plan, new)
            repeats += [
                NearDuplicate(other, first, 1.0) for other in others if other in new[content]
            ]
            if content in looked_at:
                repeats += [
                    NearDuplicate(first, _articles_of(earlier, plan, new)[0], share)
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


def _by_content(plan: Plan) -> dict[str, list[str]]:
    """Return the articles with another content than before, by that."""
    before = {article: plan.old.get(article) for article in plan.put}
    contents: dict[str, list[str]] = {}
    for article in sorted(before, key=lambda article: (before[article] is None, article)):
        earlier, content = before[article], plan.put[article].content
        if earlier is None or earlier.content != content:
            contents.setdefault(content, []).append(article)
    return contents


def _articles_of(content: str, plan: Plan, new: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the articles that will have a content, those first that had it before."""
    same = (entry.article for entry in plan.old.of_content(content))
    before = [article for article in same if (e := plan.entry(article)) and e.content == content]
    return [*before, *new.get(content, ())]
