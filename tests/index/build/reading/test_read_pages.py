"""Pages named by lists are articles like others, fetched when the user asks for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.article import Failure
from index.build.builder import Builder
from index.build.reading.page_list import Arrival, PageList, Visit
from index.build.reading.read_pages import Web, _arrivals
from index.build.report import Report
from index.build.session import Options
from index.errors import ArticleError, NoPathError
from index.feeds.feed import FeedEntry
from index.feeds.known_pages import KnownPages
from index.fetch.fetch import Fetcher
from index.ingest.read import INGEST_VERSION
from index.library.rebuild_state import ListRules, Root, ScanNotes
from index.progress import silent
from tests.support import small_index
from tests.support.feeds.feed_documents import rss
from tests.support.hostile.servers import OWN, Internet, Site, page, redirect
from tests.support.small_index import SmallIndex, TinyEncoder, texts_by_id

QUICK = ListRules(delay=0)


def told(words: str) -> bytes:
    """Return a page with an article."""
    body = f"<title>题</title><h1>题</h1><p>{words}说了许多事情，也给出了几个数字。</p>"
    return page(body.encode(), kind="text/html; charset=utf-8")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/a": told("这是第一页，"), "/b": told("这是第二页，")}) as opened:
        yield opened


@pytest.fixture
def listed(site: Site, tmp_path: Path) -> Path:
    """Write a list of both pages."""
    path = tmp_path / "pages.txt"
    path.write_text(f"# 两页\n{site.at('/a')}\n{site.at('/b')}\n", encoding="utf-8")
    return path


def builder(corpus: SmallIndex) -> Builder:
    return Builder(corpus.store, TinyEncoder(), small_index.analyzer())


def fetched(corpus: SmallIndex, listed: Path, *, allowed: bool = True) -> Report:
    return builder(corpus).rebuild([], Options(web=Web((Root(listed, QUICK),), allowed)))


def test_each_page_is_an_article_under_its_address(
    corpus: SmallIndex, site: Site, listed: Path
) -> None:
    report = fetched(corpus, listed)
    assert (report.added, report.failed) == (2, [])
    texts = texts_by_id(corpus.catalogue())
    assert sorted(texts) == [site.at("/a"), site.at("/b")]
    assert "这是第一页，说了许多事情" in texts[site.at("/a")]
    article = corpus.catalogue().article(site.at("/b"))
    assert article is not None
    assert (article.url, article.title) == (site.at("/b"), "题")


def test_a_page_that_did_not_change_is_not_read_again(corpus: SmallIndex, listed: Path) -> None:
    first = fetched(corpus, listed)
    again = fetched(corpus, listed)
    assert (again.index_version, again.unchanged) == (first.index_version, 2)


def test_a_page_that_fails_keeps_its_earlier_version(
    corpus: SmallIndex, site: Site, listed: Path
) -> None:
    fetched(corpus, listed)
    before = texts_by_id(corpus.catalogue())
    site.answers["/a"] = page(b"", status="500 Broken")
    site.answers["/b"] = told("这是第二页的新版，")
    report = fetched(corpus, listed)
    assert (report.changed, report.unchanged, report.removed) == (1, 1, 0)
    assert [failure.where for failure in report.failed] == [site.at("/a")]
    assert texts_by_id(corpus.catalogue())[site.at("/a")] == before[site.at("/a")]


def test_a_page_that_is_no_longer_listed_is_removed_whatever_other_lines_hold(
    corpus: SmallIndex, site: Site, listed: Path
) -> None:
    fetched(corpus, listed)
    listed.write_text(f"{site.at('/b')}\nftp://a.example/b\n", encoding="utf-8")
    report = fetched(corpus, listed)
    assert (report.removed, report.unchanged) == (1, 1)
    reason = "is no web address; it must begin with http:// or https://."
    assert report.failed == [Failure(f"{listed}:2", reason)]
    assert list(texts_by_id(corpus.catalogue())) == [site.at("/b")]


def test_a_list_that_cannot_be_read_loses_nothing(corpus: SmallIndex, listed: Path) -> None:
    corpus.put("a.txt", "这是文件里的一篇，说了一些事情。")
    corpus.rebuild()
    fetched(corpus, listed)
    listed.unlink()
    listed.mkdir()
    report = fetched(corpus, listed)
    assert (report.removed, report.unchanged) == (0, 3)
    assert [failure.where for failure in report.failed] == [str(listed)]


def test_private_addresses_are_refused_before_anyone_connects(
    corpus: SmallIndex, site: Site, listed: Path
) -> None:
    with pytest.raises(ArticleError, match="is not a public address"):
        fetched(corpus, listed, allowed=False)
    assert site.connections == 0


def test_files_and_pages_leave_each_other_alone_and_both_are_read_again_without_a_path(
    corpus: SmallIndex, site: Site, listed: Path
) -> None:
    corpus.put("a.txt", "这是文件里的一篇，说了一些事情。")
    corpus.rebuild()
    assert fetched(corpus, listed).unchanged == 1
    assert corpus.rebuild().unchanged == 3
    corpus.put("a.txt", "这是文件里的新版，说了一些事情。")
    site.answers["/a"] = told("这是第一页的新版，")
    again = Options(web=Web((), private_allowed=True))
    assert builder(corpus).preview([], again).changed == 2
    assert builder(corpus).rebuild([], again).changed == 2


def test_where_nothing_is_named_and_nothing_recorded_that_is_told(corpus: SmallIndex) -> None:
    for read in (builder(corpus).rebuild, builder(corpus).preview):
        with pytest.raises(NoPathError, match="No PATH was given"):
            read([])


def test_a_feed_of_the_public_web_never_leads_into_a_network_of_ones_own() -> None:
    def pages_of(feed: str, internet: Internet) -> list[str]:
        """Return the pages that are read of a feed, where private addresses are allowed."""
        fetcher = Fetcher(OWN, internet.network())
        known = KnownPages("/pages.txt", ScanNotes(), {}, reader=INGEST_VERSION, afresh=False)

        def fetch(visits: Sequence[Visit], phase: str) -> Iterator[Arrival]:
            return _arrivals(visits, known, fetcher, phase, silent)

        page_list = PageList(known, fetch, 9, lambda _: False)
        reads = list(page_list.read([feed]))
        return sorted(piece.id for read in reads for piece in read.pieces)

    inside, outside = "http://127.0.0.1/a", "http://public.test/a"
    listed = [FeedEntry(inside), FeedEntry(outside), FeedEntry("http://public.test/to-inside")]
    names = {
        "public.test": [["8.8.8.8"]],
        "intranet.test": [["10.0.0.1"]],
        "127.0.0.1": [["127.0.0.1"]],
    }
    with Site({"/a": told("这是一页，"), "/to-inside": redirect(inside)}) as server:
        server.answers["/feed"] = page(rss(listed), kind="text/xml")
        places = dict.fromkeys(("8.8.8.8", "10.0.0.1", "127.0.0.1"), server)
        internet = Internet(names, places)
        assert pages_of("http://public.test/feed", internet) == [outside]
        everything = [inside, outside, "http://public.test/to-inside"]
        assert pages_of("http://intranet.test/feed", internet) == everything
