"""Feeds in RSS and Atom, read with feedparser, which copes with what is wrong in most of them."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from lxml import html

from index.errors import ArticleError
from index.feeds.feed import Feed, FeedDraft, FeedEntry, title_of
from index.feeds.moments import moment_of
from index.ingest.structure.dates import to_iso
from index.ingest.structure.properties import author_in

ROOTS = frozenset({"rss", "feed", "rdf"})
"""The first element of a document, in small letters."""

_MOST_BYTES = 10_000_000  # takes feedparser up to a minute


def read_syndication(data: bytes, url: str, charset: str | None) -> Feed:
    """Read a feed in RSS or Atom at a URL.

    Raises:
        ArticleError: it can't be read, or is too large.
    """
    # Imported where it is needed: most rebuilds read no feed.
    import feedparser

    if len(data) > _MOST_BYTES:
        raise ArticleError(f"is a feed of more than {_MOST_BYTES // 1_000_000} MB.")
    kind = f"application/xml; charset={charset}" if charset else "application/xml"
    # As a stream: a text that is an address or a path would be opened.
    parsed = feedparser.parse(
        BytesIO(data),
        response_headers={"content-type": kind, "content-location": url},
        resolve_relative_uris=False,  # in texts, which aren't used
        sanitize_html=False,
    )
    if not parsed.entries and (parsed.bozo or not parsed.version):
        cause = parsed.get("bozo_exception", "it is of no known kind")
        raise ArticleError(f"is a feed that can't be read ({cause}).")
    says_updated = str(parsed.version).startswith("atom")
    draft = FeedDraft(url)
    for entry in parsed.entries:
        draft.add(_entry_of(entry, says_updated=says_updated))
    return draft.feed()


def _entry_of(entry: Mapping[str, Any], *, says_updated: bool) -> FeedEntry:
    """Return an entry; only Atom says when a page was updated.

    RSS knows the day of publication alone, and the dates of its extensions mean the same.
    """
    updated = entry["updated"] if "updated" in entry else ""  # noqa: SIM401 - `get` takes published
    return FeedEntry(
        address=entry.get("link", ""),
        updated=moment_of(updated) if says_updated else "",
        title=_title(entry),
        author=_author(entry),
        published=to_iso(entry.get("published") or updated) or "",
    )


def _title(entry: Mapping[str, Any]) -> str:
    title = entry.get("title", "")
    if entry.get("title_detail", {}).get("type") != "text/plain" and "<" in title:
        title = html.fragment_fromstring(title, create_parent=True).text_content()
    return title_of(title)


def _author(entry: Mapping[str, Any]) -> str:
    name = entry.get("author_detail", {}).get("name") or entry.get("author", "")
    return "" if "@" in name else author_in(name) or ""
