"""Add and remove single articles; each edit is a small rebuild."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Failure, PartlyRead
from index.build.builder import Builder
from index.build.reading.plan import UPLOADED, Plan
from index.build.reading.prepare import prepare
from index.build.scan import UNFIT_ID, is_unfit
from index.build.session import RebuildSession
from index.library.content import LibraryEntry

_OTHER = "give it another one."
_WAIT = 10.0  # seconds for another writer


@dataclass(frozen=True, slots=True)
class Upload:
    """Uploaded articles, and the failures by file name.

    `index_version` is the first in which the articles can be searched; empty until then.
    """

    articles: list[Article]
    failed: list[Failure]
    index_version: str = ""

    @property
    def unread(self) -> list[PartlyRead]:
        """What of the articles was not read."""
        return [
            PartlyRead.of(article.unread, article.id) for article in self.articles if article.unread
        ]


class Editor:
    """Adds and removes articles of one store."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def add(self, upload: Upload) -> Upload:
        """Make articles searchable, replacing uploads of the same id; return what was added.

        If no article is left after the ids are checked, nothing is done.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used as it is.
        """
        fit, unfit = _fit(upload.articles)
        if not fit:
            return Upload([], upload.failed + unfit)
        with self._builder.edit(_WAIT) as session:
            plan = Plan(session.old)
            added, taken = _put(fit, plan, session)
            if not added:
                return Upload([], upload.failed + unfit + taken)
            session.library.state.forget({article.id for article in added})
            report = session.commit(plan)
        return Upload(added, upload.failed + unfit + taken, report.index_version)

    def remove(self, article_id: str) -> bool:
        """Remove an article; return False and change nothing if there is none of that id.

        One that came from a file stays away until the file changes.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used as it is.
        """
        with self._builder.edit(_WAIT) as session:
            removed = session.old.get(article_id)
            if removed is None:
                return False
            if not removed.path.startswith(UPLOADED):
                session.library.state.delete(removed)
            session.commit(Plan(session.old, removed={article_id}))
        return True


def _put(
    articles: Sequence[Article], plan: Plan, session: RebuildSession
) -> tuple[list[Article], list[Failure]]:
    """Store articles and plan them; an id that a file has is a failure."""
    added: list[Article] = []
    taken: list[Failure] = []
    with session.library.transaction():
        for article in articles:
            holder = session.old.get(article.id)
            if holder and not holder.path.startswith(UPLOADED):
                reason = f"its id “{article.id}” is taken by the file of that name; {_OTHER}"
                taken.append(Failure(article.id, reason))
                continue
            record = prepare(article)
            session.library.add(record)
            path = f"{UPLOADED}{article.id}"
            plan.claim(LibraryEntry(article.id, record.content, path, record.content, "upload"))
            added.append(article)
    return added, taken


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
