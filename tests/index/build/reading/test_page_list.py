"""Feeds and sitemaps stand for their pages, and lose none by mistake."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import Failure
from index.build.reading.read_pages import Web
from index.build.session import Options
from index.library.rebuild_state import ListRules, Root
from tests.support.feeds.feed_documents import atom, rss, sitemap
from tests.support.feeds.news_site import GONE, JUNE, QUICK, News, Subscriber, counts, reasons
from tests.support.hostile.servers import page, rules
from tests.support.small_index import SmallIndex


@pytest.fixture
def site() -> Iterator[News]:
    with News() as opened:
        yield opened


@pytest.fixture
def reader(corpus: SmallIndex, tmp_path: Path) -> Subscriber:
    return Subscriber(corpus, tmp_path / "pages.txt")


def test_a_feed_stands_for_its_pages_and_later_only_new_and_changed_ones_are_fetched(
    site: News, reader: Subscriber
) -> None:
    feed = site.at("/feed")
    reader.put(f"{feed}  # 新闻")
    site.serve("/feed", atom(site.entries(1, 2, 3)))
    report = reader.rebuild()
    assert counts(report) == (3, 0, 0, 0)
    assert report.notes == [f"{feed}: 3 listed, 3 new, 0 unchanged"]
    assert sorted(reader.texts) == [site.at(f"/{number}") for number in (1, 2, 3)]
    assert site.asked() == ["/feed", "/1", "/2", "/3"]

    site.put("/2", "第二条新闻的更正")
    changed = [*site.entries(1), *site.entries(2, updated=JUNE), *site.entries(3, 4)]
    site.serve("/feed", atom(changed))
    report = reader.rebuild()
    assert counts(report) == (1, 1, 0, 2)
    assert report.notes == [f"{feed}: 4 listed, 1 new, 1 changed, 2 unchanged"]
    assert site.asked() == ["/feed", "/2", "/4"]
    assert "更正" in reader.texts[site.at("/2")]

    version = report.index_version
    report = reader.rebuild()
    assert (report.index_version, counts(report)) == (version, (0, 0, 0, 4))
    assert site.asked() == ["/feed"]


def test_what_fell_out_of_a_feed_stays_and_is_not_asked_for(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/feed"))
    site.serve("/feed", atom(site.entries(1, 2)))
    reader.rebuild()
    site.serve("/feed", atom(site.entries(3)))
    site.asked()
    assert counts(reader.rebuild()) == (1, 0, 0, 2)
    assert site.asked() == ["/feed", "/3"]
    site.serve("/feed", atom([]))
    assert counts(reader.rebuild()) == (0, 0, 0, 3)
    assert counts(reader.rebuild(full=True)) == (0, 0, 0, 3)
    reader.put(site.at("/5"))
    assert counts(reader.rebuild()) == (1, 0, 3, 0)


def test_what_a_sitemap_no_longer_lists_is_removed_only_if_its_site_says_it_is_gone(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/sitemap.xml"))
    site.serve("/sitemap.xml", sitemap(site.entries(1, 2, 3, 4)))
    reader.rebuild()
    site.serve("/sitemap.xml", sitemap(site.entries(1)))
    site.answers |= {"/2": GONE, "/3": page(b"", status="500 Oh")}
    site.asked()
    report = reader.rebuild()
    assert counts(report) == (0, 0, 1, 3)
    assert reasons(report) == {
        site.at("/3"): "was answered with “500 Internal Server Error”; check the address."
    }
    assert report.notes == [
        f"{site.at('/sitemap.xml')}: 1 listed, 0 new, 1 unchanged, "
        "3 no longer listed, 1 removed as gone"
    ]
    assert sorted(site.asked()) == ["/2", "/3", "/4", "/sitemap.xml"]
    site.put("/4", "第四条新闻的更正")
    assert counts(reader.rebuild()) == (0, 1, 0, 2)
    site.asked()
    report = reader.rebuild(replace(QUICK, max_pages=1))
    assert "2 no longer listed, 1 of them asked for, 0 removed as gone" in report.notes[0]
    # That which failed was last fetched as long ago as the other, or longer.
    assert site.asked() == ["/sitemap.xml", "/3"]


def test_a_page_that_is_gone_but_still_listed_is_a_failure_and_stays(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/sitemap.xml"))
    site.serve("/sitemap.xml", sitemap(site.entries(1, 2, updated="")))
    reader.rebuild()
    site.answers["/1"] = GONE
    report = reader.rebuild()
    assert counts(report) == (0, 0, 0, 2)
    assert list(reasons(report)) == [site.at("/1")]


def test_a_feed_that_fails_or_turns_into_a_page_loses_nothing(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"), site.at("/5"))
    site.serve("/feed", atom(site.entries(1, 2)))
    reader.rebuild()
    for answer, reason in (
        (page(b"", status="500 Oh"), "was answered with “500 Internal Server Error”"),
        (page(b"<rss><channel", kind="text/xml"), "is a feed that can't be read"),
        (page(b"<p>We are being renewed, come again.</p>"), "was a feed or sitemap, and now is"),
    ):
        site.answers["/feed"] = answer
        report = reader.rebuild()
        assert counts(report) == (0, 0, 0, 3)
        assert reasons(report)[site.at("/feed")].startswith(reason)
        assert report.notes == []


def test_a_page_that_turns_into_a_feed_gives_way_to_its_pages(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/1"))
    reader.rebuild()
    site.serve("/1", atom(site.entries(2, 3)))
    assert counts(reader.rebuild()) == (2, 0, 1, 0)


def test_a_page_that_several_name_is_fetched_once(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/a"), site.at("/2"), site.at("/b"))
    site.serve("/a", atom(site.entries(1, 2)))
    site.serve("/b", atom(site.entries(1, 3)))
    report = reader.rebuild()
    assert counts(report) == (3, 0, 0, 0)
    assert report.notes == [
        f"{site.at('/a')}: 2 listed, 2 new, 0 unchanged",
        f"{site.at('/b')}: 2 listed, 2 new, 0 unchanged",
    ]
    assert sorted(site.asked()) == ["/1", "/2", "/3", "/a", "/b"]
    site.serve("/a", atom([]))
    assert counts(reader.rebuild()) == (0, 0, 0, 3)
    reader.put(site.at("/2"), site.at("/b"))
    site.asked()
    assert counts(reader.rebuild()) == (0, 0, 0, 3)
    assert sorted(site.asked()) == ["/2", "/b"]


def test_a_page_of_an_article_whose_reading_fails_keeps_its_earlier_version(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"))
    site.serve("/feed", rss(site.entries(1, 2)))
    reader.rebuild()
    site.answers["/1"] = page(b"", kind="text/plain")
    report = reader.rebuild()
    assert report.failed == [Failure(site.at("/1"), "is empty.")]
    assert (counts(report), len(reader.texts)) == ((0, 0, 0, 2), 2)


def test_what_a_feed_says_of_a_page_fills_what_the_page_does_not_state(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"))
    site.answers["/bare"] = page("说了许多事情，也给出了一些数字。".encode(), kind="text/csv")
    fields = {"title": "来源的题目", "author": "王小明", "published": "2024-04-30"}
    site.serve("/feed", atom([site.entry("/bare", **fields), site.entry("/1", **fields)]))
    reader.rebuild()
    bare = reader.corpus.catalogue().article(site.at("/bare"))
    full = reader.corpus.catalogue().article(site.at("/1"))
    assert bare is not None
    assert full is not None
    assert (bare.title, bare.author, bare.published) == tuple(fields.values())
    assert (full.title, full.author, full.published) == ("第1条新闻", "王小明", "2024-04-30")


def test_robots_txt_is_heeded_for_feeds_and_their_pages_unless_it_is_ignored(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"), site.at("/4"), site.at("/5"))
    site.serve("/feed", atom(site.entries(1, 2)))
    site.answers["/robots.txt"] = rules("User-agent: Yiju", "Disallow: /1", "Disallow: /4")
    report = reader.rebuild()
    assert sorted(reader.texts) == [site.at("/2"), site.at("/5")]
    assert list(reasons(report)) == [site.at("/1"), site.at("/4")]
    assert report.notes == [f"{site.at('/feed')}: 2 listed, 1 new, 0 unchanged, 1 failed"]
    assert sum("GET /robots.txt" in request for request in site.requests) == 1
    assert counts(reader.rebuild(replace(QUICK, ignore_robots=True))) == (2, 0, 0, 2)
    assert sum("GET /robots.txt" in request for request in site.requests) == 1


def test_the_rules_of_a_list_count_for_later_rebuilds_too(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/feed"))
    site.serve("/feed", rss(site.entries(1, 2, 3)))
    site.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /")
    reader.rebuild(ListRules(max_pages=2, delay=0, ignore_robots=True))
    site.asked()
    again = reader.again()
    assert (counts(again), again.failed) == ((0, 0, 0, 2), [])
    assert "GET /robots.txt" not in "".join(site.requests)
    assert site.asked() == ["/feed", "/1", "/2"]


def test_a_preview_notes_nothing(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/feed"))
    site.serve("/feed", atom(site.entries(1, 2)), 'ETag: "1"')
    web = Options(web=Web((Root(reader.listed, QUICK),), private_allowed=True))
    for _ in range(2):
        report = reader.builder.preview([], web)
        assert (report.added, report.notes) == (
            2,
            [f"{site.at('/feed')}: 2 listed, 2 new, 0 unchanged"],
        )
    assert reader.rebuild().added == 2
    assert reader.builder.preview([], web).unchanged == 2


def test_a_page_that_another_list_keeps_is_left_there(
    site: News, reader: Subscriber, tmp_path: Path
) -> None:
    reader.put(site.at("/a"))
    site.serve("/a", atom(site.entries(1, 2)))
    reader.rebuild()
    other = Subscriber(reader.corpus, tmp_path / "other.txt")
    other.put(site.at("/b"))
    site.serve("/b", atom(site.entries(2, 3)))
    report = other.rebuild()
    assert (counts(report), report.failed) == ((1, 0, 0, 2), [])
    note = f"{site.at('/b')}: 2 listed, 1 new, 0 unchanged, 1 in the library from elsewhere"
    assert report.notes == [note]
    site.asked()
    everything = reader.again()
    assert (counts(everything), everything.failed) == ((0, 0, 0, 3), [])
    assert sorted(site.asked()) == ["/a", "/b"]
    site.serve("/a", atom(site.entries(1)))
    reader.put("# nothing any more")
    reader.again()
    assert sorted(reader.texts) == [site.at("/2"), site.at("/3")]
