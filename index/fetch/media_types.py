"""Media types that can be articles, and the file suffix that selects each one's reader."""

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
# Without the last, some servers refuse to answer at all; a type not listed is refused here.
ACCEPT = ", ".join([*_SUFFIXES, "*/*;q=0.1"])

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]+)""", re.I)


def read_content_type(header: str) -> tuple[str, str | None]:
    """Split a Content-Type header into media type and charset.

    >>> read_content_type('Text/HTML; charset="GBK"')
    ('text/html', 'gbk')

    Raises:
        ArticleError: the type is none that can be an article.
    """
    media_type = header.partition(";")[0].strip().lower()
    if media_type not in _SUFFIXES:
        label = f"“{media_type[:80]}”" if media_type else "of a kind the server doesn't tell"
        reason = f"is {label}; only web pages, texts, tables, slides, books and PDF are articles."
        raise ArticleError(reason)
    charset = _CHARSET.search(header)
    return media_type, charset[1].lower() if charset else None


def suffix_of(media_type: str, url: str) -> str:
    """Return the file suffix by which a page's reader is chosen.

    Servers send Markdown as plain text, so a `.md` in the URL decides there.

    >>> suffix_of("text/plain", "https://a.test/readme.md")
    '.md'

    Raises:
        ArticleError: the type is none that can be an article.
    """
    suffix = _SUFFIXES[read_content_type(media_type)[0]]
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    return ".md" if suffix == ".txt" and named in (".md", ".markdown") else suffix
