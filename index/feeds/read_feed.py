"""Recognise a feed or sitemap by its media type and its first element, and read it.

To be called in a process with limits: a document from anywhere may take any time and memory.
"""

from lxml import etree

from index.errors import ArticleError
from index.feeds import json_feed, sitemap, syndication
from index.feeds.feed import Feed
from index.fetch.fetch import FetchedPage
from index.fetch.gzip_stream import GzipDecoder
from index.fetch.media_types import may_be_feed

_MOST_BYTES = 50_000_000  # unpacked, as the rules of sitemaps have it
_HEAD = 65_536  # bytes in which the first element must begin
_GZIP = b"\x1f\x8b"


def read_feed(page: FetchedPage) -> Feed | None:
    """Return the feed that was fetched; None if it is a page, to be read as an article.

    Raises:
        ArticleError: it is neither, or can't be read.
    """
    is_page = not may_be_feed(page.media_type, page.url)
    if is_page and not page.media_type.startswith("text/"):
        return None
    # Feeds of careless programs begin with blank lines, which XML does not allow.
    data = _unpacked(page.data).lstrip()
    if page.media_type in json_feed.MEDIA_TYPES:
        return json_feed.read_json_feed(data, page.url)
    root = _root_of(data)
    if root in sitemap.ROOTS:
        return sitemap.read_sitemap(data, page.url, root)
    if root in syndication.ROOTS:
        return syndication.read_syndication(data, page.url, page.charset)
    if is_page:
        return None
    raise ArticleError(
        f"is “{page.media_type}”, but neither a feed (RSS, Atom, JSON Feed) nor a sitemap."
    )


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    decoder = GzipDecoder()
    unpacked = decoder.feed(data, _MOST_BYTES)
    if len(unpacked) > _MOST_BYTES:
        raise ArticleError(f"unpacks to more than {_MOST_BYTES // 1_000_000} MB; split it.")
    decoder.finish()
    return unpacked


def _root_of(data: bytes) -> str:
    """Return the name of a document's first element in small letters, empty if it is no XML."""
    parser = etree.XMLPullParser(
        events=("start",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    parser.feed(data[:_HEAD])
    _, element = next(parser.read_events(), (None, None))
    return etree.QName(element).localname.lower() if isinstance(element, etree._Element) else ""
