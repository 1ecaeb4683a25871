"""Web pages: the article in them, with title, source, author, date and address as the page tells.

`verdict` judges which lines of a Chinese page are the article; of other pages those that hold the
words which trafilatura keeps, with the headings, list items and table rows between them. Every
other visible line is known as removed.
"""

import logging
import re
from collections.abc import Sequence
from configparser import ConfigParser
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, cast

from index.article import Article
from index.errors import ArticleError
from index.ingest.boilerplate.classify import kept_blocks
from index.ingest.formats.draft import Draft, DraftLine, finish, same_words
from index.ingest.sources.encoding import decode
from index.ingest.structure.byline import is_byline_after_title
from index.ingest.structure.dates import to_iso
from index.ingest.structure.html_blocks import HtmlBlock, blocks_of, parse_page
from index.ingest.structure.properties import author_in

_log = logging.getLogger(__name__)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I
)
# Shorter ones stand in menus as well as in articles and prove nothing.
_TELLING = 12
# A list or table that is mostly links is a menu, wherever it stands.
_MENU = 0.5
# How many lines may stand between a headline and the first paragraph: byline, lead, buttons.
_HEADLINE_GAP = 12


class _Found(Protocol):
    """What trafilatura tells, as far as it is used here; any of it may be None."""

    text: str | None
    title: str | None
    author: str | None
    date: str | None
    sitename: str | None
    url: str | None


def read_html(file_id: str, data: bytes) -> Article:
    """The article in a web page.

    `<h1>智慧城市</h1><p>2016年9月30日 来源：百方网</p><p>近年来……</p>` → title `智慧城市`, source
    `百方网`, published `2016-09-30`; menus and footers in `removed`. Raises `ArticleError` for
    what isn't text, or a page that shows none.
    """
    page = page_text(data)
    root = parse_page(page)
    blocks = blocks_of(root) if root is not None else []
    if not blocks:
        raise ArticleError("is empty: the page shows no text.")
    found = _extract(page)
    title = _title(found, root.findtext(".//title") if root is not None else None, blocks)
    main = squeezed(found.text if found else None)
    judged = kept_blocks(blocks, main)
    kept = _kept(blocks, title, _accepted(blocks, main) if judged is None else judged)
    article = finish(
        Draft(
            id=file_id,
            lines=_lines(blocks, kept),
            title=title,
            source=_one_line(found.sitename) if found else None,
            published=to_iso(found.date) if found and found.date else None,
            url=_one_line(found.url) if found else None,
            judged=judged is not None,
        )
    )
    author = author_in(found.author) if found else None
    # Sites name themselves as the author of what they publish.
    return article if author == article.source else replace(article, author=author)


def page_text(data: bytes) -> str:
    """A page's bytes decoded, as it says itself where that can be believed."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)


def main_words(page: str) -> str:
    """The words that trafilatura takes for the article, without white space."""
    found = _extract(page)
    return squeezed(found.text if found else None)


def squeezed(text: str | None) -> str:
    """The text without white space: `智慧 城市` → `智慧城市`."""
    return "".join((text or "").split())


def _extract(page: str) -> _Found | None:
    # Imported where it is needed: it takes 0.3 s and 30 MB, and most files aren't pages.
    import trafilatura

    # It reports every odd page to standard error; what matters of that is told as a failure.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={
                # Only what the page declares: the extensive search takes any year for a date.
                "extensive_search": False,
                "original_date": True,
                "max_date": "2100-01-01",
            },
            config=_config(),
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        # Broken pages bring up its own mistakes; such a page is read without it. Where every page
        # does, it is a release that doesn't fit.
        _log.warning("trafilatura failed, so a page is read without it: %r", error)
        return None
    return cast("_Found | None", found)


@lru_cache(maxsize=1)
def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    # Its 250 characters are measured on English; a Chinese article may say all in fewer.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def _title(found: _Found | None, tagged: str | None, blocks: Sequence[HtmlBlock]) -> str:
    """The metadata's title, else the first headline, else the browser tab's."""
    headline = next((block.text for block in blocks if block.kind == "heading"), None)
    told = found.title if found else None
    return _one_line(told) or headline or _one_line(tagged) or ""


def _kept(blocks: Sequence[HtmlBlock], title: str, kept: frozenset[int]) -> frozenset[int]:
    """The numbers of the blocks that are the article, with its headline and byline."""
    telling = [i for i in kept if _is_telling(blocks[i])]
    if not telling:
        return frozenset(range(len(blocks)))
    above = range(_start(blocks, title, min(telling)), min(telling))
    bylines = {i for i in above if is_byline_after_title(blocks[i].text)}
    headline = {i for i in above if same_words(blocks[i].text, title)}
    return kept | bylines | headline


def _accepted(blocks: Sequence[HtmlBlock], main: str) -> frozenset[int]:
    """The blocks whose words trafilatura keeps, and what has a form between them."""
    accepted = {i for i, block in enumerate(blocks) if _within(block, main)}
    telling = [i for i in accepted if _is_telling(blocks[i])]
    if not telling:
        return frozenset()
    inside = range(min(telling), _end(blocks, accepted, max(telling)))
    return frozenset(i for i in inside if i in accepted or _is_structure(blocks[i]))


def _is_telling(block: HtmlBlock) -> bool:
    return sum(map(len, block.words)) >= _TELLING


def _within(block: HtmlBlock, main: str) -> bool:
    return all(squeezed(words) in main for words in block.words)


def _start(blocks: Sequence[HtmlBlock], title: str, first: int) -> int:
    """Where the article begins: at its headline, where that stands near the first paragraph."""
    near = range(max(0, first - _HEADLINE_GAP), first)
    headlines = [i for i in near if same_words(blocks[i].text, title)]
    return max(headlines, default=first)


def _end(blocks: Sequence[HtmlBlock], accepted: set[int], last: int) -> int:
    """Where the article ends: past the list or table that its last paragraph leads to."""
    end = last + 1
    while end < len(blocks) and (end in accepted or _is_structure(blocks[end])):
        end += 1
    # A headline with nothing of the article below it opens the next part of the page.
    while end > last + 1 and blocks[end - 1].kind == "heading":
        end -= 1
    return end


def _is_structure(block: HtmlBlock) -> bool:
    return block.kind != "text" and block.linked < _MENU


def _lines(blocks: Sequence[HtmlBlock], kept: frozenset[int]) -> tuple[DraftLine, ...]:
    """Blocks as lines, with a blank one between all but items and rows of one list or table."""
    lines: list[DraftLine] = []
    last: HtmlBlock | None = None
    for number, block in enumerate(blocks):
        together = last is not None and block.kind == last.kind and block.kind in ("item", "row")
        if not together:
            lines.append(DraftLine(""))
        lines.append(DraftLine(block.text, block.kind == "heading", cut=number not in kept))
        last = block
    return tuple(lines)


def _one_line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
