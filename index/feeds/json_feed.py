"""JSON Feed (jsonfeed.org). feedparser 6 does not read it."""

import json
from typing import Any

from index.errors import ArticleError
from index.feeds.feed import Feed, FeedDraft, FeedEntry, title_of
from index.feeds.moments import moment_of
from index.ingest.structure.dates import to_iso
from index.ingest.structure.properties import author_in

MEDIA_TYPES = frozenset({"application/feed+json", "application/json"})

_VERSION = "https://jsonfeed.org/version/"


def read_json_feed(data: bytes, url: str) -> Feed:
    """Read a JSON Feed at a URL.

    Raises:
        ArticleError: it is no JSON Feed, or lists too much.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ArticleError("is no valid JSON, and so no feed.") from error
    fields = _fields(document)
    if not _text(fields.get("version")).startswith(_VERSION):
        raise ArticleError(f"is JSON, but no feed: its “version” doesn't begin with {_VERSION}.")
    items = fields.get("items")
    draft = FeedDraft(url)
    for item in items if isinstance(items, list) else []:
        draft.add(_entry_of(_fields(item)))
    return draft.feed()


def _entry_of(item: dict[str, Any]) -> FeedEntry:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return FeedEntry(
        address=_text(item.get("url")) or _text(item.get("external_url")),
        updated=moment_of(_text(item.get("date_modified"))),
        title=title_of(_text(item.get("title"))),
        author=author_in(_text(_fields(first).get("name"))) or "",
        published=to_iso(_text(item.get("date_published"))) or "",
    )


def _fields(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
