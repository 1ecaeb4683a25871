"""The pages of a feed: normal addresses, each once, and none that can't be fetched."""

import pytest

from index.errors import ArticleError, StoreError
from index.feeds.feed import Feed, FeedDraft, FeedEntry
from index.feeds.read_feed import read_feed
from index.fetch.fetch import FetchedPage

URL = "https://a.test/feeds/all.xml"


def test_addresses_are_made_whole_and_counted_once() -> None:
    draft = FeedDraft(URL)
    links = [" /新 页 ", "../1#part", "https://A.TEST/1", "//b.test", "?q"]
    for link in links:
        draft.add(FeedEntry(link, title=link))
    assert [entry.address for entry in draft.feed().entries] == [
        "https://a.test/%E6%96%B0%20%E9%A1%B5",
        "https://a.test/1",
        "https://b.test/",
        "https://a.test/feeds/all.xml?q",
    ]


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.test/", "//a@b.test/", "http://[", ""],
)
def test_links_that_no_page_has_are_counted_with_the_first_reason(link: str) -> None:
    draft = FeedDraft(URL)
    draft.add(FeedEntry("/1"))
    draft.add(FeedEntry(link))
    draft.add(FeedEntry("mailto:a@a.test"))
    feed = draft.feed()
    assert ([entry.address for entry in feed.entries], feed.unusable) == (["https://a.test/1"], 2)
    assert feed.reason.startswith(f"“{link}” ")


def test_links_of_rss_that_lead_into_the_machine_are_no_pages() -> None:
    links = ("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "/1")
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    data = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    feed = read_feed(FetchedPage(data, URL, "text/xml"))
    assert feed is not None
    assert ([entry.address for entry in feed.entries], feed.unusable) == (["https://a.test/1"], 3)


def test_what_lists_too_much_is_refused() -> None:
    draft = FeedDraft(URL, most=1000)
    for at in range(500):
        draft.add(FeedEntry(f"/{at}"))
        draft.add(FeedEntry(""))
    with pytest.raises(ArticleError, match="lists more than 1,000 pages; list some of them"):
        draft.add(FeedEntry("/1"))


def test_what_is_kept_of_a_feed_is_what_it_was_unless_it_is_long() -> None:
    entries = tuple(FeedEntry(f"https://a.test/{at}", "2024-05-01", "题") for at in range(3))
    feed = Feed(True, entries[:1], entries[1:], 2, "“” is no address.")
    assert Feed.from_json(feed.to_json()) == feed
    assert Feed(True, entries * 2000).to_json() == ""


@pytest.mark.parametrize("text", ["", "[]", "{", '{"entries": [], "sitemaps": [{"a": 1}]}'])
def test_a_damaged_note_is_told_with_the_cure(text: str) -> None:
    with pytest.raises(StoreError, match="Fetch it anew with: yiju rebuild --full"):
        Feed.from_json(text)
