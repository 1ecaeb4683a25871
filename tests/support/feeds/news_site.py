"""A news site with feeds and sitemaps, and a store that is rebuilt from a list of them."""

from collections.abc import Mapping
from pathlib import Path

from index.build.builder import Builder
from index.build.reading.read_pages import Web
from index.build.report import Report
from index.build.session import Options
from index.feeds.feed import FeedEntry
from index.library.rebuild_state import ListRules, Root
from tests.support import small_index
from tests.support.hostile.servers import Site, page
from tests.support.small_index import SmallIndex, TinyEncoder, texts_by_id

MAY, JUNE = "2024-05-01T08:00:00.000000Z", "2024-06-01T08:00:00.000000Z"
QUICK = ListRules(delay=0)
GONE = page(b"", status="410 Gone")
UNCHANGED = page(b"", status="304 Not Modified")


class News(Site):
    """A news site whose pages `/1` to `/5` are articles."""

    def __init__(self) -> None:
        super().__init__({})
        for number in range(1, 6):
            self.put(f"/{number}", f"第{number}条新闻")

    def put(self, path: str, words: str, *headers: str) -> None:
        """Publish or change a page."""
        body = f"<title>{words}</title><h1>{words}</h1><p>{words}说了许多事情，也给出了数字。</p>"
        self.answers[path] = page(body.encode(), *headers, kind="text/html; charset=utf-8")

    def serve(self, path: str, document: bytes, *headers: str, kind: str = "text/xml") -> None:
        """Publish a feed or sitemap."""
        self.answers[path] = page(document, *headers, kind=kind)

    def entry(self, path: str, updated: str = "", **fields: str) -> FeedEntry:
        """Return an entry for a page."""
        return FeedEntry(self.at(path), updated, **fields)

    def entries(self, *numbers: int, updated: str = MAY) -> list[FeedEntry]:
        """Return entries for numbered pages."""
        return [self.entry(f"/{number}", updated) for number in numbers]

    def asked(self) -> list[str]:
        """Return the paths asked for since this was last called, but for robots.txt."""
        paths = [request.split(" ")[1] for request in self.requests]
        self.requests.clear()
        return [path for path in paths if path != "/robots.txt"]


class Subscriber:
    """A store that is rebuilt from one list of addresses."""

    def __init__(self, corpus: SmallIndex, listed: Path) -> None:
        self.corpus = corpus
        self.listed = listed
        self.builder = Builder(corpus.store, TinyEncoder(), small_index.analyzer())

    def put(self, *addresses: str) -> None:
        """Write the list."""
        self.listed.write_text("\n".join(addresses), encoding="utf-8")

    def rebuild(
        self, list_rules: ListRules = QUICK, *, full: bool = False, allowed: bool = True
    ) -> Report:
        """Rebuild from the list."""
        web = Web((Root(self.listed, list_rules),), allowed)
        return self.builder.rebuild([], Options(full=full, web=web))

    def again(self) -> Report:
        """Rebuild from all lists that were ever given."""
        return self.builder.rebuild([], Options(web=Web((), private_allowed=True)))

    @property
    def texts(self) -> dict[str, str]:
        """The articles by address."""
        return texts_by_id(self.corpus.catalogue())


def counts(report: Report) -> tuple[int, int, int, int]:
    """Return how many articles were added, changed, removed, and left as they were."""
    return report.added, report.changed, report.removed, report.unchanged


def reasons(report: Report) -> Mapping[str, str]:
    """Return the reasons of failures by place."""
    return {failure.where: failure.reason for failure in report.failed}
