"""Running heads, feet and page numbers: what stands at the same place on most pages of a document.

Which lines these are is all that is told here. Of a table that goes on over the pages nothing is
cut: its figures differ from page to page by more than the page's number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.ingest.formats.pdf.layout import Item
from index.ingest.formats.pdf.lines import Line

# So many lines of a page's top and foot may be running ones.
_DEEP = 3
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(
    r"^\W*(?:第|共|page|p\.?)?\s*#\s*(?:页|頁)?(?:\W*(?:/|of|共)?\s*\d*\s*(?:页|頁)?)?\W*$",
    re.IGNORECASE,
)
# Points: the same line may stand a little higher beside another fraction or accent.
_PLACE = 8.0
# Odd and even pages have their own, and a chapter's first page often none.
_SHARE = 0.4
_FEWEST = 3
_LONGEST = 200

Key = tuple[str, int, int]


def running_lines(pages: Sequence[Sequence[Item]]) -> dict[tuple[int, int], str]:
    """The running lines' words, each by the numbers of its page and of its item there."""
    edges = {
        (page, place): line for page, items in enumerate(pages) for place, line in _edges(items)
    }
    keys = {at: set(_keys(line, at[0])) for at, line in edges.items()}
    # A page counts once, however often the same stands on it.
    counts = Counter(key for key, _ in {(key, at[0]) for at in keys for key in keys[at]})
    filled = sum(map(bool, pages))
    return {
        at: edges[at].text
        for at, found in keys.items()
        if any(_recurs(key, counts, filled) for key in found)
    }


def _recurs(key: Key, counts: Counter[Key], pages: int) -> bool:
    # A page's number is known by its look, so two pages are enough.
    fewest = 2 if _PAGE.match(key[0]) and "#" in key[0] else _FEWEST
    return counts[key] >= max(fewest, _SHARE * pages)


def _edges(items: Sequence[Item]) -> Iterator[tuple[int, Line]]:
    """The topmost and lowest lines, with their numbers; a table above or below ends the search."""
    order = sorted(range(len(items)), key=lambda i: items[i].box.middle)
    found: dict[int, Line] = {}
    for side in (order, order[::-1]):
        for i in side[:_DEEP]:
            item = items[i]
            if not isinstance(item, Line):
                break
            found[i] = item
    yield from found.items()


def _keys(line: Line, page: int) -> Iterator[Key]:
    """What a line may recur as: its words and place, or these with its page's number left open.

    `第 3 页` on the page of number 2 → `第 # 页`, one beyond that number.
    """
    text = " ".join(line.text.split())
    near = int(line.box.middle // _PLACE)
    for number in _NUMBER.finditer(text):
        if len(number[0]) <= 6 and len(text) <= _LONGEST:
            masked = f"{text[: number.start()]}#{text[number.end() :]}"
            # A page's number is one wherever it stands: on a cover often lower.
            places = (0,) if _PAGE.match(masked) else (near, near + 1)
            yield from ((masked, place, int(number[0]) - page) for place in places)
    yield from ((text, place, 0) for place in (near, near + 1))
