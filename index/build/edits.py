"""Single articles put in and taken out by hand, the same way as a rebuild goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.article import Article
from index.build.builder import Builder, Options
from index.build.plan import UPLOADED, Plan
from index.build.scan import UNFIT_ID, is_unfit
from index.ingest.sources.files import Failure
from index.progress import Progress
from index.store.library import Library, LibraryEntry
from index.store.rebuild_state import RebuildState

_OTHER = "give it another one."
_WAITING = Options(wait=10.0)  # seconds for another writer


@dataclass(slots=True)
class AddedArticles:
    """What an upload came to: the articles that are searchable now, and what failed, by name."""

    articles: list[Article] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    index_version: str = ""


class Editor:
    """Adds and removes articles of one store; each call is a small rebuild."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def add(self, articles: Sequence[Article]) -> AddedArticles:
        """Makes articles searchable. One that was uploaded under the same id is replaced.

        Where all of them are refused for their ids, nothing is done.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used.
        """
        fit, added = _fit(articles)
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

        added.index_version = self._builder.bring(plan, _WAITING).index_version
        return added

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


def _fit(articles: Sequence[Article]) -> tuple[list[Article], AddedArticles]:
    """The articles whose ids can be addresses, each id once; what of the others is to be told."""
    fit: dict[str, Article] = {}
    refused = AddedArticles()
    for article in articles:
        if is_unfit(article.id):
            refused.failed.append(Failure(article.id, UNFIT_ID))
        elif article.id in fit:
            reason = f"another article has the id “{article.id}”; {_OTHER}"
            refused.failed.append(Failure(article.id, reason))
        else:
            fit[article.id] = article
    return list(fit.values()), refused


def _entry(article: Article, library: Library) -> LibraryEntry:
    content = library.add(article)
    return LibraryEntry(article.id, content, f"{UPLOADED}{article.id}", content, "upload")
