"""Web page reader: the article, with the declared title, source, author, date and URL.

Selecting the lines of the article is left to `boilerplate.selection`. Every other line of the page
ends up in `removed`.
"""

import logging
import re
from collections.abc import Sequence
from configparser import ConfigParser
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, cast

from lxml import html

from index.article import Article
from index.errors import ArticleError
from index.ingest.boilerplate.selection import select
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.pages.html_blocks import HtmlBlock, blocks_of, parse_page
from index.ingest.sources.encoding import decode
from index.ingest.structure.dates import to_iso
from index.ingest.structure.properties import author_in

_log = logging.getLogger(__name__)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I
)
_SET_APART = re.compile(r"<(?:sup|sub|rt|rp)\b", re.IGNORECASE)
# Between the name of a site and the title of its page.
_SITE_BEFORE, _SITE_AFTER = re.compile(r"[-_|｜–—·:：»>]\s*$"), re.compile(r"\s*[-_|｜–—·«<]")
_SHORTEST_TITLE = 5
_MOST_ABOVE_TITLE = 80  # blocks
# Beyond these trafilatura, and the search for each block in what it keeps, take minutes: their time
# grows with the square of both. The largest pages of encyclopedias are below.
_MOST_ELEMENTS, _MOST_BLOCKS = 60_000, 15_000


class _Extraction(Protocol):
    """The attributes of trafilatura's result that are used here; each may be None."""

    text: str | None
    title: str | None
    author: str | None
    date: str | None
    sitename: str | None
    url: str | None


def read_html(file_id: str, data: bytes) -> Article:
    """Read the article in a web page; menus, footers and the like are in `removed`.

    Raises:
        ArticleError: it isn't text, or the page shows none.
    """
    page = page_text(data)
    root = parse_page(page)
    blocks = blocks_of(root) if root is not None else []
    if root is None or not blocks:
        raise ArticleError("is empty: the page shows no text.")
    if _SET_APART.search(page) or "<body" not in page.lower():
        page = html.tostring(root, encoding="unicode")  # trafilatura is to see the same words
    extraction = _extract(page) if _is_moderate(root, blocks) else None
    tab_title = root.findtext(".//title")
    title = _title(extraction, tab_title, blocks)
    main = without_space(extraction.text if extraction else None)
    visible = _visible(blocks)
    selection = select([blocks[i] for i in visible], title, main)
    kept = frozenset(visible[place] for place in selection.kept)
    draft = Draft(id=file_id, lines=_lines(blocks, kept), title=title, classified=selection.judged)
    return _with_metadata(draft, extraction)


def _visible(blocks: Sequence[HtmlBlock]) -> list[int]:
    """Return the numbers of the blocks that readers see; all, where a script is to show most."""
    visible = [i for i, block in enumerate(blocks) if not block.hidden]
    words = sum(len(blocks[i].line) for i in visible)
    return (
        visible if 2 * words > sum(len(block.line) for block in blocks) else [*range(len(blocks))]
    )


def _is_moderate(root: html.HtmlElement, blocks: Sequence[HtmlBlock]) -> bool:
    """Return whether a page is small enough for trafilatura; others are read whole."""
    if len(blocks) <= _MOST_BLOCKS and sum(1 for _ in root.iter()) <= _MOST_ELEMENTS:
        return True
    _log.warning("A page is too large for trafilatura, so it is read without it.")
    return False


def _with_metadata(draft: Draft, extraction: _Extraction | None) -> Article:
    """Return the article of a draft, with the metadata that the page declares."""
    if extraction is None:
        return article_of_draft(draft)
    article = article_of_draft(
        replace(
            draft,
            source=_one_line(extraction.sitename),
            published=to_iso(extraction.date) if extraction.date else None,
            url=_one_line(extraction.url),
        )
    )
    author = author_in(extraction.author)
    # Sites name themselves as the author of what they publish.
    own = None if author == article.source else author
    return replace(article, author=article.author or own)


def page_text(data: bytes) -> str:
    """Decode a page's bytes, by the charset it declares if that is plausible."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)


def main_words(page: str) -> str:
    """Return the words that trafilatura takes for the article, without white space."""
    extraction = _extract(page)
    return without_space(extraction.text if extraction else None)


def without_space(text: str | None) -> str:
    """Return the text without white space.

    >>> without_space("智慧 城市")
    '智慧城市'
    """
    return "".join((text or "").split())


def _extract(page: str) -> _Extraction | None:
    # Imported where it is needed: it takes 0.3 s and 30 MB, and most files aren't pages.
    import trafilatura

    # It reports every odd page to standard error; what matters of that is reported as a failure.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        extraction = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={
                # Only declared dates: the extensive search takes any year for a date.
                "extensive_search": False,
                "original_date": True,
                "max_date": "2100-01-01",
            },
            config=_config(),
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        # Broken pages expose bugs of its own; such a page is read without it. Where every page
        # does, the installed release doesn't fit.
        _log.warning("trafilatura failed, so a page is read without it: %r", error)
        return None
    return cast("_Extraction | None", extraction)


@lru_cache(maxsize=1)
def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    # Its 250 characters are measured on English; a Chinese article may need fewer.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def _title(
    extraction: _Extraction | None, tab_title: str | None, blocks: Sequence[HtmlBlock]
) -> str:
    """Return the metadata's title, else the first headline, else the browser tab's title.

    Of a title with the name of its site, `停航通告_某某港`, what stands on the page is returned.
    """
    headline = next((block.text for block in blocks if block.kind == "heading"), None)
    declared = _one_line(extraction.title) if extraction else None
    title = declared or headline or _one_line(tab_title) or ""
    lines = [block.line for block in blocks[:_MOST_ABOVE_TITLE]]
    parts = [line for line in lines if _is_part(line, title)]
    return title if title in lines else max(parts, key=len, default=title)


def _is_part(line: str, title: str) -> bool:
    """Return whether a line is a title without the names that sites put before or behind it."""
    if len(line) < max(_SHORTEST_TITLE, len(title) / 3) or line == title:
        return False
    before, _, after = title.partition(line)
    return line in title and bool(
        (not before or _SITE_BEFORE.search(before)) and (not after or _SITE_AFTER.match(after))
    )


def _lines(blocks: Sequence[HtmlBlock], kept: frozenset[int]) -> tuple[DraftLine, ...]:
    """Return blocks as lines, with a blank one between all but the rows of a list or table."""
    lines: list[DraftLine] = []
    last: HtmlBlock | None = None
    for number, block in enumerate(blocks):
        together = last is not None and block.kind == last.kind and block.kind in ("item", "row")
        if not together:
            lines.append(DraftLine(""))
        heading, row = block.kind == "heading", block.kind == "row" and not block.is_caption
        cut = number not in kept
        lines.append(DraftLine(block.text, heading, cut=cut, row=row, grid_row=block.grid_row))
        last = block
    return tuple(lines)


def _one_line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
