"""Detect running heads, feet and page numbers: lines that recur at the same place of pages.

Cutting them is left to the caller. A table that continues over the pages loses nothing: its
figures differ from page to page by more than the page's number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.ingest.formats.pdf.layout import PageItem
from index.ingest.formats.pdf.lines import TextLine, main_size

# Lines at a page's top, and at its foot, that may be running ones.
_EDGE_LINES = 3
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(
    r"^\W*(?:第|共|page|p\.?|页|頁)?\s*#\s*(?:页|頁)?"
    r"(?:\W*(?:第|共|of|/|page)?\s*\d*\s*(?:页|頁)?)?\W*$",
    re.IGNORECASE,
)
# What is a page's number on a single page, too: 第 1 页, - 1 -; a bare 1 only on the first one.
_SURE = re.compile(r"^\W+\d+\W+$|[第共页頁]|\bp(?:age|\.)", re.IGNORECASE)
_BARE = re.compile(r"^(\d+)(?:\s*(?:/|of)\s*\d+)?$")
# Points: the same line may be a little higher beside another fraction or accent.
_BAND = 8.0
# Odd and even pages have their own, and a chapter's first page often none.
_MIN_SHARE = 0.4
_MIN_PAGES = 3
_MAX_LENGTH = 200
# Share of the sheet's height at each end that is a margin, in which two pages are enough.
_MARGIN = 0.12
_MAX_HEAD = 60
# A document's title may recur on its second page.
_TITLE_SIZE = 1.07

RecurrenceKey = tuple[str, int, int]
"""A line's words, its band on the page, and the difference of its number from the page's."""


def running_lines(pages: Sequence[Sequence[PageItem]]) -> dict[tuple[int, int], str]:
    """Return the text of each running line, by the numbers of its page and of its item there."""
    edges = {
        (page, place): line
        for page, items in enumerate(pages)
        for place, line in _edge_lines(items)
    }
    keys = {at: set(_keys(line, at[0])) for at, line in edges.items()}
    # A page counts once, however often the same line is on it.
    counts = Counter(key for key, _ in {(key, at[0]) for at in keys for key in keys[at]})
    filled = sum(map(bool, pages))
    size = main_size(
        (item.size, len(item.text))
        for items in pages
        for item in items
        if isinstance(item, TextLine)
    )
    running = {
        at: edges[at].text
        for at, line_keys in keys.items()
        if any(
            _recurs(key, counts, filled, marginal=_is_marginal(edges[at], size))
            for key in line_keys
        )
    }
    return running | {
        (page, place): text
        for page, items in enumerate(pages)
        for place, text in _numbered_ends(items, page)
    }


def _recurs(
    key: RecurrenceKey, counts: Counter[RecurrenceKey], pages: int, *, marginal: bool
) -> bool:
    # A page's number is known by its look, so two pages are enough.
    few = marginal or (_PAGE.match(key[0]) and "#" in key[0])
    return counts[key] >= max(2 if few else _MIN_PAGES, _MIN_SHARE * pages)


def _is_marginal(line: TextLine, size: float) -> bool:
    """Return whether a line is in the margin of its sheet, short, and no title."""
    short = len(line.text) <= _MAX_HEAD and line.size <= _TITLE_SIZE * size
    return short and _distance(line) <= _MARGIN


def _distance(line: TextLine) -> float:
    """Return how far a line is from the top or the foot, as a share of the sheet's height."""
    height = line.paper.bottom - line.paper.top
    if height <= 0:
        return 1.0
    return min(line.box.bottom - line.paper.top, line.paper.bottom - line.box.top) / height


def _numbered_ends(items: Sequence[PageItem], page: int) -> Iterator[tuple[int, str]]:
    """Yield the first and the last line of a page, if it is a page's number in the margin."""
    order = sorted(range(len(items)), key=lambda i: items[i].box.middle)
    for place in {*order[:1], *order[-1:]} if len(items) > 1 else ():
        item = items[place]
        if not isinstance(item, TextLine) or _distance(item) > _MARGIN:
            continue
        text = " ".join(item.text.split())
        if not _PAGE.match(_NUMBER.sub("#", text, count=1)):
            continue
        bare = _BARE.match(text)
        if _SURE.search(text) or (bare and int(bare[1]) == page + 1):
            yield place, item.text


def _edge_lines(items: Sequence[PageItem]) -> Iterator[tuple[int, TextLine]]:
    """Yield the topmost and lowest lines with their numbers; a table ends the search."""
    order = sorted(range(len(items)), key=lambda i: items[i].box.middle)
    lines: dict[int, TextLine] = {}
    for side in (order, order[::-1]):
        for i in side[:_EDGE_LINES]:
            item = items[i]
            if not isinstance(item, TextLine):
                break
            lines[i] = item
    yield from lines.items()


def _keys(line: TextLine, page: int) -> Iterator[RecurrenceKey]:
    """Yield the keys that recurring lines share: words and band, also with the number masked.

    `第 3 页` on the page of number 2 is masked to `第 # 页`, with the difference 1.
    """
    text = " ".join(line.text.split())
    band = int(line.box.middle // _BAND)
    for number in _NUMBER.finditer(text):
        if len(number[0]) <= 6 and len(text) <= _MAX_LENGTH:
            masked = f"{text[: number.start()]}#{text[number.end() :]}"
            # A page's number counts wherever it is: on a cover it is often lower.
            bands = (0,) if _PAGE.match(masked) else (band, band + 1)
            yield from ((masked, place, int(number[0]) - page) for place in bands)
    yield from ((text, place, 0) for place in (band, band + 1))
