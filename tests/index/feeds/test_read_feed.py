"""Feeds and sitemaps are recognised by type and content, read whole, and never do harm."""

import gzip
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.feeds.feed import Feed, FeedEntry
from index.feeds.read_feed import read_feed
from index.fetch.fetch import FetchedPage
from tests.support.feeds.feed_documents import (
    atom,
    bomb,
    json_feed,
    packed,
    rss,
    sitemap,
    sitemap_index,
)

URL = "https://a.test/feeds/all.xml"
_WORDS = st.text("abcdefghij 甲乙丙丁&<>\"'", min_size=2, max_size=20).map(
    lambda text: " ".join(text.split())
)
_PATHS = st.lists(st.text("abc019-_~", max_size=8), min_size=1, max_size=8, unique=True)
_DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(lambda day: day.isoformat())


@st.composite
def entries(draw: st.DrawFn) -> list[FeedEntry]:
    """Draw entries of one feed."""
    return [
        FeedEntry(
            f"https://a.test/{path}",
            f"{draw(_DAYS)}T08:30:00.000000Z",
            f"题{draw(_WORDS).replace('<', '').replace('&', '')}",
            f"作者{draw(st.sampled_from('甲乙丙丁'))}",
            draw(_DAYS),
        )
        for path in draw(_PATHS)
    ]


def read(data: bytes, kind: str = "application/xml", url: str = URL) -> Feed:
    feed = read_feed(FetchedPage(data, url, kind))
    assert feed is not None
    return feed


@given(entries())
def test_what_goes_into_an_atom_or_json_feed_comes_out_of_it(listed: list[FeedEntry]) -> None:
    assert read(atom(listed)) == Feed(False, tuple(listed))
    assert read(json_feed(listed), "application/feed+json") == Feed(False, tuple(listed))


@given(entries())
def test_what_goes_into_rss_comes_out_but_for_updates_which_it_does_not_know(
    listed: list[FeedEntry],
) -> None:
    got = read(rss(listed), "text/xml")
    assert [(entry.address, entry.title, entry.published) for entry in got.entries] == [
        (entry.address, entry.title, entry.published) for entry in listed
    ]
    assert {entry.updated for entry in got.entries} == {""}


@given(entries())
def test_what_goes_into_a_sitemap_or_an_index_comes_out_of_it(listed: list[FeedEntry]) -> None:
    plain = tuple(FeedEntry(entry.address, entry.updated) for entry in listed)
    for document in (sitemap(plain), packed(sitemap(plain))):
        assert read(document) == Feed(True, plain)
    assert read(sitemap_index(plain)) == Feed(True, (), plain)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_a_page_or_refused(data: bytes) -> None:
    for kind in ("text/html", "text/plain", "application/xml", "application/json"):
        for prefix in (b"", b"<rss>", b"<urlset>", b"\x1f\x8b", b"<feed xmlns='"):
            try:
                read_feed(FetchedPage(prefix + data, URL, kind))
            except ArticleError:
                continue


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (rss([]), "text/html"),
        (b"\n\n" + rss([]), "application/rss+xml"),
        (b"\xef\xbb\xbf" + atom([]), "text/plain"),
        (atom([]).replace(b"?>", b"?><!-- <html> -->"), "application/atom+xml"),
        (packed(sitemap([])), "application/octet-stream"),
    ],
)
def test_the_first_element_decides_whatever_the_server_calls_it(data: bytes, kind: str) -> None:
    assert read(data, kind, "https://a.test/sitemap.xml.gz").entries == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed>", "text/html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "text/html"),
        (b"\xe7\xac\xac<rss>", "text/plain"),
        (b"%PDF-1.4 <rss>", "application/pdf"),
        (b"", "text/html"),
    ],
)
def test_a_page_stays_a_page_even_if_it_declares_a_feed(data: bytes, kind: str) -> None:
    assert read_feed(FetchedPage(data, URL, kind)) is None


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"<a/>", "text/xml", "is “text/xml”, but neither a feed (RSS, Atom, JSON Feed) nor"),
        (b"", "application/rss+xml", "is “application/rss+xml”, but neither a feed"),
        (b"<rss><channel", "text/xml", "is a feed that can't be read"),
        (b"<urlset><url>", "text/xml", "is a sitemap that can't be read: it is no valid XML"),
        (b"{}", "application/json", "is JSON, but no feed"),
        (b"[" * 100_000, "application/json", "is no valid JSON"),
        (b"\x1f\x8b123", "application/gzip", "is damaged"),
        (packed(sitemap([]))[:-9], "application/gzip", "broke off"),
        (
            gzip.compress(bytes(51_000_000), mtime=0),
            "application/gzip",
            "unpacks to more than 50 MB",
        ),
        (b"<rss><channel>" + b" " * 10_000_000, "text/xml", "is a feed of more than 10 MB"),
    ],
)
def test_what_is_neither_or_broken_is_refused_with_the_reason(
    data: bytes, kind: str, reason: str
) -> None:
    with pytest.raises(ArticleError) as error:
        read_feed(FetchedPage(data, "https://a.test/sitemap.xml.gz", kind))
    assert str(error.value).startswith(reason)


def test_entities_are_never_expanded_and_nothing_else_is_opened() -> None:
    item = "<item><title>&lol9;</title><link>https://a.test/1</link></item>"
    began = time.process_time()
    [entry] = read(bomb("rss", f"<channel>{item}</channel>")).entries
    assert "lollol" not in entry.title
    with pytest.raises(ArticleError, match="is a sitemap that can't be read"):
        read(bomb("urlset", "<url><loc>https://a.test/&lol9;</loc></url>"))
    assert time.process_time() - began < 30
    outside = '<?xml version="1.0"?><!DOCTYPE {0} [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    feed = read((outside.format("rss") + f"<rss><channel>{item}</channel></rss>").encode())
    assert "root:" not in repr(feed)
    listed = read(
        (outside.format("urlset") + "<urlset><url><loc>/&x;</loc></url></urlset>").encode()
    )
    assert "root:" not in repr(listed)
