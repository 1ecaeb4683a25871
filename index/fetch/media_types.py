"""What a server says it sends: which media types are articles, and which reader each goes to."""

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
}
# Without the last, some servers refuse to answer at all; a type not listed is refused here.
ACCEPT = ", ".join([*_SUFFIXES, "*/*;q=0.1"])

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]+)""", re.I)


def read_content_type(header: str) -> tuple[str, str | None]:
    """Media type and charset: `Text/HTML; charset="GBK"` → `("text/html", "gbk")`.

    Raises `ArticleError` for a type that is no article.
    """
    media_type = header.partition(";")[0].strip().lower()
    if media_type not in _SUFFIXES:
        told = f"“{media_type[:80]}”" if media_type else "of a kind the server doesn't tell"
        reason = f"is {told}; only web pages, plain text, Markdown, PDF and Word are articles."
        raise ArticleError(reason)
    charset = _CHARSET.search(header)
    return media_type, charset[1].lower() if charset else None


def suffix_of(media_type: str, address: str) -> str:
    """The suffix by which a reader is chosen: `text/html` → `.html`.

    Servers send Markdown as plain text; there `….md` in the address tells. Raises `ArticleError`
    for a type that is no article.
    """
    suffix = _SUFFIXES[read_content_type(media_type)[0]]
    named = PurePosixPath(urlsplit(address).path).suffix.lower()
    return ".md" if suffix == ".txt" and named in (".md", ".markdown") else suffix
