"""Sitemaps and indexes of sitemaps (sitemaps.org), with the titles of Google's news extension.

Read with lxml, entities and the network off: ultimate-sitemap-parser, which reads the same, is
under the GPL.
"""

from io import BytesIO

from lxml import etree

from index.errors import ArticleError
from index.feeds.feed import Feed, FeedDraft, FeedEntry, title_of
from index.feeds.moments import moment_of
from index.ingest.structure.dates import to_iso

ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
"""The first element of a document, and that of what it lists."""


def read_sitemap(data: bytes, url: str, root: str) -> Feed:
    """Read a sitemap or an index of sitemaps at a URL, whose first element is `root`.

    Raises:
        ArticleError: it is no valid XML, or lists too much.
    """
    draft = FeedDraft(url)
    # Whole or not at all: what a damaged sitemap leaves out would count as no longer listed.
    elements = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=f"{{*}}{ROOTS[root]}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in elements:
            draft.add(_entry_of(element))
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise ArticleError(
            f"is a sitemap that can't be read: it is no valid XML ({error.msg})."
        ) from error
    return draft.index() if root == "sitemapindex" else draft.feed(is_sitemap=True)


def _entry_of(element: etree._Element) -> FeedEntry:
    return FeedEntry(
        address=_text(element, "loc"),
        updated=moment_of(_text(element, "lastmod")),
        title=title_of(_text(element, "news/{*}title")),
        published=to_iso(_text(element, "news/{*}publication_date")) or "",
    )


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _forget(element: etree._Element) -> None:
    """Free what was read, so that a large sitemap takes little memory."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]
