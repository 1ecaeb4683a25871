"""What the library has is not fetched again, unless it may have changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.build.edits import Editor
from index.store.retention import roll_back
from tests.support.feeds.feed_documents import atom, rss, sitemap
from tests.support.feeds.news_site import JUNE, UNCHANGED, News, Subscriber, counts
from tests.support.small_index import SmallIndex


@pytest.fixture
def site() -> Iterator[News]:
    with News() as opened:
        yield opened


@pytest.fixture
def reader(corpus: SmallIndex, tmp_path: Path) -> Subscriber:
    return Subscriber(corpus, tmp_path / "pages.txt")


def test_full_fetches_all_anew(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/feed"), site.at("/5"))
    site.put("/5", "第五条", 'ETag: "5"')
    site.serve("/feed", atom(site.entries(1, 2)), 'ETag: "feed"')
    reader.rebuild()
    site.asked()
    assert counts(reader.rebuild(full=True)) == (0, 0, 0, 3)
    assert not any("If-None-Match" in request for request in site.requests)
    assert sorted(site.asked()) == ["/1", "/2", "/5", "/feed"]


def test_pages_are_asked_for_only_if_they_changed_plain_ones_too(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/1"), site.at("/feed"))
    for number in (1, 2, 3):
        site.put(f"/{number}", f"第{number}条新闻", f'ETag: "{number}"')
    site.serve("/feed", rss(site.entries(2, 3)), 'ETag: "feed"')
    reader.rebuild()
    site.asked()
    for path in ("/1", "/2", "/feed"):
        site.answers[path] = UNCHANGED
    site.put("/3", "第三条新闻的更正", 'ETag: "3a"')
    report = reader.rebuild()
    assert counts(report) == (0, 1, 0, 2)
    assert report.notes == [f"{site.at('/feed')}: 2 listed, 0 new, 1 changed, 1 unchanged"]
    sent = {request.split(" ")[1]: request for request in site.requests}
    for path, etag in (("/1", "1"), ("/2", "2"), ("/3", "3"), ("/feed", "feed")):
        assert f'If-None-Match: "{etag}"\r\n' in sent[path]
    assert counts(reader.rebuild()) == (0, 0, 0, 3)
    assert 'If-None-Match: "3a"\r\n' in site.requests[-1]


def test_after_a_rollback_a_page_is_fetched_whole_again(site: News, reader: Subscriber) -> None:
    reader.put(site.at("/1"), site.at("/2"))
    site.put("/1", "第一版新闻", 'ETag: "1"')
    reader.rebuild()
    site.put("/1", "第二版新闻", 'ETag: "2"')
    reader.rebuild()
    roll_back(reader.corpus.store, None)
    site.asked()
    assert counts(reader.rebuild()) == (0, 1, 0, 1)
    assert not any("If-None-Match" in request for request in site.requests)
    assert "第二版" in reader.texts[site.at("/1")]


def test_a_day_vouches_for_a_page_only_once_it_is_over(site: News, reader: Subscriber) -> None:
    day = datetime.now(UTC).date()
    reader.put(site.at("/sitemap.xml"))
    yesterday = str(day - timedelta(days=1))
    site.serve("/sitemap.xml", sitemap([site.entry("/1", str(day)), site.entry("/2", yesterday)]))
    reader.rebuild()
    site.asked()
    reader.rebuild()
    # Unless the day ended between the two, the first may have changed since.
    assert datetime.now(UTC).date() != day or site.asked() == ["/sitemap.xml", "/1"]


def test_an_article_that_was_deleted_stays_away_and_is_not_fetched_for_that(
    site: News, reader: Subscriber
) -> None:
    reader.put(site.at("/feed"), site.at("/4"))
    site.put("/4", "第四条新闻", 'ETag: "4"')
    site.serve("/feed", atom(site.entries(1, 2)))
    reader.rebuild()
    for number in (1, 4):
        assert Editor(reader.builder).remove(site.at(f"/{number}"))
    site.asked()
    site.answers["/4"] = UNCHANGED
    for _ in range(2):
        assert counts(reader.rebuild()) == (0, 0, 0, 1)
        assert site.asked() == ["/feed", "/4"]
    site.put("/1", "第一条新闻的更正")
    site.serve("/feed", atom([*site.entries(1, updated=JUNE), *site.entries(2)]))
    assert counts(reader.rebuild())[0] == 1
