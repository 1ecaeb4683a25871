"""Single articles put in and taken out by hand, the same way as a rebuild goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.article import Article
from index.build import Builder, Options
from index.ingest.files import Failure
from index.intake import is_unfit
from index.library import Entry, Library
from index.plan import UPLOADED, Plan
from index.prepared import content_hash
from index.progress import Progress
from index.standing import Standing

_WAITING = Options(wait=10.0)  # seconds for another writer


@dataclass(slots=True)
class Added:
    """What an upload came to: the articles that are searchable now, and what failed, by name."""

    articles: list[Article] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    index_version: str = ""


class Editor:
    """Adds and removes articles of one store; each call is a small rebuild."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def add(self, articles: Sequence[Article]) -> Added:
        """Makes articles searchable. One that was uploaded under the same id is replaced.

        Raises:
            BusyError: another rebuild is at work and did not end in ten seconds.
            StoreError: the store can't be used.
        """
        added = Added()

        def plan(library: Library, old: Mapping[str, Entry], _: Progress) -> Plan:
            taken = Plan(dict(old))
            with library.transaction():
                for article in articles:
                    reason = _refused(article, old, added.articles)
                    if reason:
                        added.failed.append(Failure(article.id, reason))
                    else:
                        taken.entries[article.id] = _entry(article, library)
                        added.articles.append(article)
            Standing(library).forget(one.id for one in added.articles)
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
        found: list[Entry] = []

        def plan(library: Library, old: Mapping[str, Entry], _: Progress) -> Plan:
            left = dict(old)
            if article_id in left:
                found.append(left.pop(article_id))
                if not found[0].path.startswith(UPLOADED):
                    Standing(library).delete(found[0])
            return Plan(left)

        self._builder.bring(plan, _WAITING)
        return bool(found)


def _refused(article: Article, old: Mapping[str, Entry], taken: Sequence[Article]) -> str:
    """Why an article can't be taken in; empty where it can."""
    if any(one.id == article.id for one in taken):
        return f"another article has the id “{article.id}”; give it another one."
    if is_unfit(article.id):
        return "has an id with control characters, of dots only or beyond 1,000 bytes; change it."
    holder = old.get(article.id)
    if holder and not holder.path.startswith(UPLOADED):
        return f"its id “{article.id}” is taken by the file {holder.path}; give it another one."
    return ""


def _entry(article: Article, library: Library) -> Entry:
    return Entry(
        article.id,
        library.add(article),
        f"{UPLOADED}{article.id}",
        content_hash(article),
        "upload",
    )
