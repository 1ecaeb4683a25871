"""Media types of articles and of feeds, and the file suffix that selects a reader."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.errors import ArticleError

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "text/csv": ".csv",
}
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "application/feed+json",
    "application/json",
)
_GZIP = ("application/gzip", "application/x-gzip")
# What servers call a sitemap.xml.gz for which they know no type.
_UNKNOWN = ("application/octet-stream", "binary/octet-stream")
# Without the last, some servers refuse to answer at all; a type not listed is refused here.
ACCEPT = ", ".join([*_SUFFIXES, *(f"{media_type};q=0.9" for media_type in _FEEDS), "*/*;q=0.1"])

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]+)""", re.I)


def split_content_type(header: str) -> tuple[str, str | None]:
    """Split a Content-Type header into media type and charset.

    >>> split_content_type('Text/HTML; charset="GBK"')
    ('text/html', 'gbk')
    """
    charset = _CHARSET.search(header)
    return header.partition(";")[0].strip().lower(), charset[1].lower() if charset else None


def check_article_type(media_type: str) -> None:
    """Refuse a page of a type that can't be an article.

    Raises:
        ArticleError: it is one.
    """
    if media_type not in _SUFFIXES:
        label = f"“{media_type[:80]}”" if media_type else "of a kind the server doesn't tell"
        reason = f"is {label}; only web pages, texts, tables, slides, books and PDF are articles."
        raise ArticleError(reason)


def may_be_feed(media_type: str, url: str) -> bool:
    """Return whether what is at a URL can be a feed or sitemap, and is no article.

    >>> may_be_feed("text/xml", "https://a.test/"), may_be_feed("text/html", "https://a.test/")
    (True, False)
    """
    if media_type in _UNKNOWN:
        return urlsplit(url).path.lower().endswith(".gz")
    return media_type in _FEEDS or media_type in _GZIP


def suffix_of(media_type: str, url: str) -> str:
    """Return the file suffix by which a page's reader is chosen.

    Servers send Markdown as plain text, so a `.md` in the URL decides there.

    >>> suffix_of("text/plain", "https://a.test/readme.md")
    '.md'

    Raises:
        ArticleError: the type is none that can be an article.
    """
    check_article_type(media_type)
    suffix = _SUFFIXES[media_type]
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    return ".md" if suffix == ".txt" and named in (".md", ".markdown") else suffix
