"""What a feed or sitemap stands for: bounded, on its own site, and told where it is cut."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.feeds.feed import FeedEntry
from tests.support.feeds.feed_documents import atom, bomb, packed, rss, sitemap, sitemap_index
from tests.support.feeds.news_site import (
    GONE,
    MAY,
    QUICK,
    UNCHANGED,
    News,
    Subscriber,
    counts,
    reasons,
)
from tests.support.hostile.servers import page, redirect
from tests.support.small_index import SmallIndex


@pytest.fixture
def site() -> Iterator[News]:
    with News() as opened:
        yield opened


@pytest.fixture
def reader(corpus: SmallIndex, tmp_path: Path) -> Subscriber:
    return Subscriber(corpus, tmp_path / "pages.txt")


def test_an_index_of_sitemaps_stands_for_the_pages_of_all(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/index.xml"))
    site.serve("/index.xml", sitemap_index([site.entry("/a.xml"), site.entry("/b.xml.gz")]))
    site.serve("/a.xml", sitemap(site.entries(1, 2)), 'ETag: "a"')
    site.serve("/b.xml.gz", packed(sitemap(site.entries(3))), kind="application/x-gzip")
    report = reader.rebuild()
    assert report.notes == [f"{site.at('/index.xml')}: 3 listed, 3 new, 0 unchanged"]
    site.asked()
    site.answers["/a.xml"] = UNCHANGED
    assert counts(reader.rebuild()) == (0, 0, 0, 3)
    assert site.asked() == ["/index.xml", "/a.xml", "/b.xml.gz"]


def test_while_a_sitemap_of_an_index_fails_nothing_counts_as_no_longer_listed(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/index.xml"))
    site.serve("/index.xml", sitemap_index([site.entry("/a.xml"), site.entry("/b.xml")]))
    site.serve("/a.xml", sitemap(site.entries(1)))
    site.serve("/b.xml", sitemap(site.entries(2)))
    reader.rebuild()
    site.answers |= {"/b.xml": page(b"", status="500 Oh"), "/2": GONE}
    report = reader.rebuild()
    assert counts(report) == (0, 0, 0, 2)
    assert list(reasons(report)) == [site.at("/b.xml")]
    site.put("/b.xml", "没有地图")
    report = reader.rebuild()
    assert reasons(report) == {site.at("/b.xml"): "is no sitemap."}
    assert counts(report) == (0, 0, 0, 2)


def test_indexes_that_list_each_other_end_and_deep_ones_are_told(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/0.xml"))
    for depth in range(9):
        nested = [site.entry(f"/{depth + 1}.xml"), site.entry("/0.xml"), site.entry("/a.xml")]
        site.serve(f"/{depth}.xml", sitemap_index(nested))
    site.serve("/a.xml", sitemap(site.entries(1)))
    report = reader.rebuild()
    assert report.notes == [
        f"{site.at('/0.xml')}: 1 listed, 1 new, 0 unchanged; its indexes are more than 3 deep, "
        "and the rest was not read"
    ]
    assert sorted(site.asked()) == ["/0.xml", "/1", "/1.xml", "/2.xml", "/a.xml"]


def test_of_very_many_sitemaps_the_newest_are_read(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/index.xml"))
    several = [site.entry(f"/{number}.xml") for number in range(60)]
    several.append(site.entry("/new.xml", MAY))
    site.serve("/index.xml", sitemap_index(several))
    for entry in several:
        site.serve(entry.address.removeprefix(site.at("")), sitemap([]))
    site.serve("/new.xml", sitemap(site.entries(1)))
    report = reader.rebuild()
    assert counts(report) == (1, 0, 0, 0)
    assert report.notes[0].endswith("it has more than 50 sitemaps, of which the newest were read")
    assert len(site.asked()) == 1 + 50 + 1


def test_the_newest_pages_are_taken_where_there_are_more(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/sitemap.xml"))
    dated = [site.entry(f"/{number}", f"2024-05-0{number}") for number in (1, 4, 2, 5, 3)]
    site.serve("/sitemap.xml", sitemap(dated))
    few = replace(QUICK, max_pages=2)
    report = reader.rebuild(few)
    assert sorted(reader.texts) == [site.at("/4"), site.at("/5")]
    note = f"{site.at('/sitemap.xml')}: 5 listed, the newest 2 taken, "
    assert report.notes == [note + "2 new, 0 unchanged"]
    site.put("/6", "第六条新闻")
    site.serve("/sitemap.xml", sitemap([*dated, site.entry("/6", "2024-05-06")]))
    assert counts(reader.rebuild(few)) == (1, 0, 0, 2)
    assert counts(reader.rebuild(replace(QUICK, max_pages=9))) == (3, 0, 0, 3)


def test_pages_of_other_sites_are_left_by_a_sitemap_and_taken_from_a_feed(
    site: News, reader: Subscriber
) -> None:
    other = f"http://localhost:{site.port}/2"
    listed = [site.entry("/1"), FeedEntry(other)]
    reader.put(site.at("/sitemap.xml"))
    site.serve("/sitemap.xml", sitemap(listed))
    report = reader.rebuild()
    assert report.notes == [
        f"{site.at('/sitemap.xml')}: 1 listed, 1 new, 0 unchanged; 1 are on other sites, which a "
        "sitemap can't speak for"
    ]
    reader.put(site.at("/feed"))
    site.serve("/feed", rss(listed))
    reader.rebuild()
    assert sorted(reader.texts) == [site.at("/1"), other]


def test_links_that_lead_into_the_machine_are_told_and_never_opened(
    site: News, reader: Subscriber
) -> None:
    links = ("javascript:alert(1)", "file:///etc/passwd", site.at("/1"))
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    reader.put(site.at("/feed"))
    site.serve("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    report = reader.rebuild()
    assert list(reader.texts) == [site.at("/1")]
    assert report.notes == [
        f"{site.at('/feed')}: 1 listed, 1 new, 0 unchanged; 2 of its links can't be fetched: "
        "“javascript:alert(1)” is no web address; it must begin with http:// or https://."
    ]


def test_an_endless_feed_ends_and_a_bomb_costs_little(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/endless"), site.at("/bomb"), site.at("/packed.gz"), site.at("/1"))

    def flood(conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>")
        while not site.closing.is_set():
            conn.sendall(b"<item><link>/1</link></item>" * 10_000)

    site.answers["/endless"] = flood
    site.serve("/bomb", bomb("urlset", "<url><loc>/&lol9;</loc></url>"))
    site.serve("/packed.gz", packed(bytes(60_000_000)), kind="application/gzip")
    report = reader.rebuild()
    got = reasons(report)
    assert got[site.at("/endless")].startswith("is larger than 50 MB")
    assert got[site.at("/bomb")].startswith("is a sitemap that can't be read")
    assert got[site.at("/packed.gz")].startswith("unpacks to more than 50 MB")
    assert list(reader.texts) == [site.at("/1")]


def test_a_feed_behind_a_redirect_is_the_feed_that_was_listed(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"))
    site.answers["/feed"] = redirect("/new/feed")
    site.serve("/new/feed", atom([site.entry("/1"), FeedEntry("2")]))
    site.put("/new/2", "第二条新闻")
    report = reader.rebuild()
    assert report.notes == [f"{site.at('/feed')}: 2 listed, 2 new, 0 unchanged"]
    assert sorted(reader.texts) == [site.at("/1"), site.at("/new/2")]


def test_a_feed_within_a_feed_is_not_followed(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/feed"))
    site.serve("/feed", rss([*site.entries(1), site.entry("/inner")]))
    site.serve("/inner", rss(site.entries(2)))
    report = reader.rebuild()
    assert list(reader.texts) == [site.at("/1")]
    assert reasons(report)[site.at("/inner")].startswith("is “text/xml”; only web pages")
