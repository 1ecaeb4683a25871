"""Make the suggested questions of an index that is current already.

Nothing here endangers the index: what fails is told, and what was tried before a kill stays. How
questions are made and tried is handed in (`qa.suggestions`).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.article import Article
from index.errors import YijuError
from index.library.content import Suggestion
from index.library.database import translated_errors
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.progress import Progress

ENOUGH = 8
"""Articles that were tried, from which on only new ones are: a kill may have left fewer."""

_LOOKED_AT = 8
"""Articles that are searched for each try: most news has nothing that can be understood alone."""

_FEWEST, _MOST = 3, 6  # questions that are tried of an article
_IN_EDIT = 6  # questions that are tried in an edit
_SECONDS, _SECONDS_OF_EDIT = 60.0, 3.0  # after which no further article is tried
_AT_ONCE = 50  # articles without questions whose rows are written together


class QuestionMaker(Protocol):
    """Makes questions that an article surely answers."""

    def make(self, article: Article, version: str, most: int) -> tuple[Sequence[Suggestion], int]:
        """Return questions of an article of the current index version, and how many were tried.

        At most `most` are tried.
        """


@dataclass(frozen=True, slots=True)
class Suggesting:
    """What makes suggestions, and how many questions it may try.

    With `is_edit` it is an edit that they are made for.
    """

    maker: QuestionMaker
    tries: int
    is_edit: bool = False

    @property
    def seconds(self) -> float:
        """The time after which no further article is begun."""
        return _SECONDS_OF_EDIT if self.is_edit else max(_SECONDS, float(self.tries))

    def for_edit(self) -> "Suggesting":
        """Return the same for an edit, which somebody waits for."""
        return replace(self, tries=min(self.tries, _IN_EDIT), is_edit=True)


def suggest(
    suggesting: Suggesting,
    library: LibraryFile,
    version: Version,
    among: Sequence[str] | None,
    progress: Progress,
) -> str | None:
    """Try questions of articles that were not tried yet; return why that failed, if it did.

    The version is current. `among` are the contents that may be tried, None for all.
    """
    try:
        with translated_errors(library.db.path):
            articles = library.tried.untried(version, _LOOKED_AT * suggesting.tries, among)
            _try(suggesting, library, version, articles, progress)
    except Exception as error:  # noqa: BLE001 - the index is made: no mistake here may undo that
        why = str(error) if isinstance(error, YijuError) else repr(error)
        return f"Suggested questions were not made, or not all of them: {why}"
    return None


def _try(
    suggesting: Suggesting,
    library: LibraryFile,
    version: Version,
    articles: Sequence[tuple[str, str]],
    progress: Progress,
) -> None:
    """Try questions until the tries are used up; what was tried is stored as it goes."""
    until = time.monotonic() + suggesting.seconds
    total = left = suggesting.tries
    each = min(max(total // max(len(articles), 1), _FEWEST), _MOST)
    waiting: dict[str, Sequence[Suggestion]] = {}
    for content, article_id in articles:
        progress("suggesting", total - left, total)
        article = replace(library.article(content), id=article_id)
        waiting[content], tries = suggesting.maker.make(article, version, min(each, left))
        left -= tries
        if tries or len(waiting) >= _AT_ONCE:
            library.tried.add(waiting)
            waiting = {}
        if not left or time.monotonic() > until:
            break
    if waiting:
        library.tried.add(waiting)
    if articles:
        progress("suggesting", total, total)
