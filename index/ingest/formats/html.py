"""Web page reader: the article, with the declared title, source, author, date and URL.

Selecting the lines of a Chinese page is left to `boilerplate.classify`. Of other pages the lines
that trafilatura extracts are taken, with the headings, list items and table rows between them.
Every other visible line ends up in `removed`.
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
from index.ingest.boilerplate.classify import kept_blocks
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, same_words
from index.ingest.sources.encoding import decode
from index.ingest.structure.byline import is_byline_after_title
from index.ingest.structure.dates import to_iso
from index.ingest.structure.html_blocks import HtmlBlock, blocks_of, parse_page
from index.ingest.structure.properties import author_in

_log = logging.getLogger(__name__)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I
)
_SET_APART = re.compile(r"<(?:sup|sub|rt|rp)\b", re.IGNORECASE)
# Characters. Shorter blocks occur in menus as well as in articles and prove nothing.
_MIN_PROOF = 12
# A list or table of which this share is links is a menu, wherever it is.
_MENU_LINKED = 0.5
# Beyond these trafilatura, and the search for each block in what it keeps, take minutes: their time
# grows with the square of both. The largest pages of encyclopedias are below.
_MOST_ELEMENTS, _MOST_BLOCKS = 60_000, 15_000
# Blocks between a headline and the first paragraph, at most: byline, lead, buttons.
_HEADLINE_GAP = 12


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
    if _SET_APART.search(page):
        page = html.tostring(root, encoding="unicode")  # trafilatura is to see the same words
    extraction = _extract(page) if _is_moderate(root, blocks) else None
    tab_title = root.findtext(".//title")
    title = _title(extraction, tab_title, blocks)
    main = without_space(extraction.text if extraction else None)
    classified = kept_blocks(blocks, main)
    accepted = _accepted(blocks, main) if classified is None else classified
    draft = Draft(
        id=file_id,
        lines=_lines(blocks, _with_head(blocks, title, accepted)),
        title=title,
        classified=classified is not None,
    )
    return _with_metadata(draft, extraction)


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
    """Return the metadata's title, else the first headline, else the browser tab's title."""
    headline = next((block.text for block in blocks if block.kind == "heading"), None)
    declared = extraction.title if extraction else None
    return _one_line(declared) or headline or _one_line(tab_title) or ""


def _with_head(blocks: Sequence[HtmlBlock], title: str, accepted: frozenset[int]) -> frozenset[int]:
    """Return the numbers of the article's blocks, its headline and byline included.

    All blocks, if none of those accepted is long enough to prove anything.
    """
    proving = [i for i in accepted if _is_proof(blocks[i])]
    if not proving:
        return frozenset(range(len(blocks)))
    above = range(_start(blocks, title, min(proving)), min(proving))
    bylines = {i for i in above if is_byline_after_title(blocks[i].text)}
    headline = {i for i in above if same_words(blocks[i].text, title)}
    return accepted | bylines | headline


def _accepted(blocks: Sequence[HtmlBlock], main: str) -> frozenset[int]:
    """Return the blocks whose words trafilatura keeps, and the lists and tables between them."""
    within = {i for i, block in enumerate(blocks) if _is_within(block, main)}
    proving = [i for i in within if _is_proof(blocks[i])]
    if not proving:
        return frozenset()
    inside = range(min(proving), _end(blocks, within, max(proving)))
    return frozenset(i for i in inside if i in within or _is_structure(blocks[i]))


def _is_proof(block: HtmlBlock) -> bool:
    return sum(map(len, block.words)) >= _MIN_PROOF


def _is_within(block: HtmlBlock, main: str) -> bool:
    return all(without_space(words) in main for words in block.words)


def _start(blocks: Sequence[HtmlBlock], title: str, first: int) -> int:
    """Return where the article begins: at a headline near its first paragraph, else at that."""
    near = range(max(0, first - _HEADLINE_GAP), first)
    headlines = [i for i in near if same_words(blocks[i].text, title)]
    return max(headlines, default=first)


def _end(blocks: Sequence[HtmlBlock], within: set[int], last: int) -> int:
    """Return where the article ends: after the list or table that its last paragraph leads to."""
    end = last + 1
    while end < len(blocks) and (end in within or _is_structure(blocks[end])):
        end += 1
    # A headline with nothing of the article below it opens the next part of the page.
    while end > last + 1 and blocks[end - 1].kind == "heading":
        end -= 1
    return end


def _is_structure(block: HtmlBlock) -> bool:
    return block.kind != "text" and block.linked < _MENU_LINKED


def _lines(blocks: Sequence[HtmlBlock], kept: frozenset[int]) -> tuple[DraftLine, ...]:
    """Return blocks as lines, with a blank one between all but the rows of a list or table."""
    lines: list[DraftLine] = []
    last: HtmlBlock | None = None
    for number, block in enumerate(blocks):
        together = last is not None and block.kind == last.kind and block.kind in ("item", "row")
        if not together:
            lines.append(DraftLine(""))
        heading, row = block.kind == "heading", block.kind == "row"
        cut = number not in kept
        lines.append(DraftLine(block.text, heading, cut=cut, row=row, grid_row=block.grid_row))
        last = block
    return tuple(lines)


def _one_line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
