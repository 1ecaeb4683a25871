"""Single articles put in and taken out by hand, the same way as a rebuild goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.article import Article, Failure
from index.build.builder import Builder, Options
from index.build.plan import UPLOADED, Plan
from index.build.scan import UNFIT_ID, is_unfit
from index.progress import Progress
from index.store.library import Library, LibraryEntry
from index.store.rebuild_state import RebuildState

_OTHER = "give it another one."
_WAITING = Options(wait=10.0)  # seconds for another writer


@dataclass(frozen=True, slots=True)
class Upload:
    """Uploaded articles, and what of the upload failed, by name.

    `index_version` is the first in which the articles can be searched; empty until then.
    """

    articles: list[Article]
    failed: list[Failure]
    index_version: str = ""


class Editor:
    """Adds and removes articles of one store; each call is a small rebuild."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def add(self, upload: Upload) -> Upload:
        """Make articles searchable, replacing uploads of the same id; return what was added.

        If no article is left after the ids are checked, nothing is done.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used.
        """
        fit, failed = _fit(upload.articles)
        added = Upload([], upload.failed + failed)
        if not fit:
            return added

        def plan(library: Library, old: Mapping[str, LibraryEntry], _: Progress) -> Plan:
            taken = Plan(dict(old))
            with library.transaction():
                for article in fit:
                    holder = old.get(article.id)
                    if holder and not holder.path.startswith(UPLOADED):
                        taker = f"is taken by the file {holder.path}"
                        reason = f"its id “{article.id}” {taker}; {_OTHER}"
                        added.failed.append(Failure(article.id, reason))
                    else:
                        taken.entries[article.id] = _entry(article, library)
                        added.articles.append(article)
            RebuildState(library).forget(one.id for one in added.articles)
            return taken

        report = self._builder.bring(plan, _WAITING)
        return replace(added, index_version=report.index_version)

    def remove(self, article_id: str) -> bool:
        """Takes an article out; False where there is none of that id.

        One that came from a file stays away until the file changes.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used.
        """
        found: list[LibraryEntry] = []

        def plan(library: Library, old: Mapping[str, LibraryEntry], _: Progress) -> Plan:
            left = dict(old)
            if article_id in left:
                found.append(left.pop(article_id))
                if not found[0].path.startswith(UPLOADED):
                    RebuildState(library).delete(found[0])
            return Plan(left)

        self._builder.bring(plan, _WAITING)
        return bool(found)


def _fit(articles: Sequence[Article]) -> tuple[list[Article], list[Failure]]:
    """Return the articles whose ids can be addresses, each id once, and the failures."""
    fit: dict[str, Article] = {}
    failed: list[Failure] = []
    for article in articles:
        if is_unfit(article.id):
            failed.append(Failure(article.id, UNFIT_ID))
        elif article.id in fit:
            reason = f"another article has the id “{article.id}”; {_OTHER}"
            failed.append(Failure(article.id, reason))
        else:
            fit[article.id] = article
    return list(fit.values()), failed


def _entry(article: Article, library: Library) -> LibraryEntry:
    content = library.add(article)
    return LibraryEntry(article.id, content, f"{UPLOADED}{article.id}", content, "upload")
