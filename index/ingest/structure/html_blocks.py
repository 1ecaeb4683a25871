"""Extract the visible text of a web page, block by block, in reading order.

Which blocks are the article is left to `boilerplate/classify.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree, html

from index.ingest.structure.tables import table_rows

BlockKind = Literal["text", "heading", "item", "row"]

_INVISIBLE = frozenset(
    "script style noscript template head svg math iframe object select datalist textarea canvas "
    "audio video map".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark "
    "meter nobr output q rp rt ruby s samp small span strike strong sub sup time tt u var "
    "wbr".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LAYOUT = frozenset("table div p ul ol form h1 h2 h3 h4 h5 h6 section article".split())
# lxml accepts no other control characters, and they have no meaning on a page.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML = re.compile(r"\A\s*<\?xml[^>]*>")
# With a longer cell a table is page layout, not data.
_MAX_CELL_LENGTH = 200


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A line of the page, its kind, and the share of its characters in links, 0 to 1.

    `words` are the page's own, without the list mark and column names that `text` may add;
    `container` is the innermost block-level element around them.
    """

    text: str
    words: tuple[str, ...]
    kind: BlockKind = "text"
    linked: float = 0.0
    container: html.HtmlElement | None = field(default=None, compare=False, repr=False)

    @property
    def line(self) -> str:
        """The page's own words as one line."""
        return " ".join(self.words)


def parse_page(text: str) -> html.HtmlElement | None:
    """Parse a page to an element tree; None for an empty or unparsable page."""
    text = _CONTROLS.sub("", _XML.sub("", text))
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text)
    except (etree.LxmlError, ValueError):
        return None


def blocks_of(root: html.HtmlElement) -> list[HtmlBlock]:
    """Return the visible lines of a page, in order.

    >>> blocks = blocks_of(html.document_fromstring("<h2>背景</h2><p>近年来……</p>"))
    >>> [(block.kind, block.text) for block in blocks]
    [('heading', '背景'), ('text', '近年来……')]
    """
    walk = _Walk()
    # Not recursive, for pages may be nested deeper than Python's stack.
    steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event in ("comment", "pi"):
            walk.add_words(element.tail)
        elif event == "end":
            walk.leave(element)
        elif element.tag in _INVISIBLE:
            steps.skip_subtree()
        elif element.tag == "table" and _is_data(element):
            walk.table(element)
            steps.skip_subtree()
        else:
            walk.enter(element)
    walk.flush()
    return walk.blocks


@dataclass
class _Walk:
    """State of the walk over a page: the current line and the elements open around it."""

    blocks: list[HtmlBlock] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    headings: int = 0
    preformatted: int = 0
    lists: list[int | None] = field(default_factory=list)
    mark: str = ""
    container: html.HtmlElement | None = None

    def add_words(self, text: str | None) -> None:
        """Add words to the line."""
        if not text:
            return
        if self.preformatted:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.flush()
                self.words.append(line)
        else:
            self.words.append(text)
        self.linked += len("".join(text.split())) if self.links else 0

    def enter(self, element: html.HtmlElement) -> None:
        """Process an element's start and the words before its first child."""
        tag = element.tag
        if tag not in _INLINE:
            self.flush()
            self.container = element
        self._count(tag, 1)
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self.mark = self._next_mark()
        elif tag in ("td", "th"):
            self.words.append(" ")
        self.add_words(element.text)

    def leave(self, element: html.HtmlElement) -> None:
        """Process an element's end and the words after it."""
        tag = element.tag
        if tag not in _INLINE | _INVISIBLE:
            self.flush()
            self.container = element.getparent()
        # Invisible elements and data tables were never entered.
        if tag not in _INVISIBLE and not (tag == "table" and _is_data(element)):
            self._count(tag, -1)
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
        if tag == "li":
            self.mark = ""
        self.add_words(element.tail)

    def table(self, element: html.HtmlElement) -> None:
        """Add a table of data, row by row."""
        self.flush()
        linked = _link_share(element)
        rows = _rows(element)
        self.blocks += [HtmlBlock(text, words, "row", linked, element) for text, words in rows]

    def flush(self) -> None:
        """End the line."""
        text = " ".join("".join(self.words).split())
        if text:
            share = self.linked / max(len("".join(text.split())), 1)
            self.blocks.append(
                HtmlBlock(self.mark + text, (text,), self._kind(), share, self.container)
            )
            self.mark = ""
        self.words, self.linked = [], 0

    def _kind(self) -> BlockKind:
        if self.headings:
            return "heading"
        return "item" if self.lists else "text"

    def _count(self, tag: str, step: int) -> None:
        self.links += step if tag == "a" else 0
        self.headings += step if tag in _HEADINGS else 0
        self.preformatted += step if tag == "pre" else 0

    def _next_mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "


def _is_data(table: html.HtmlElement) -> bool:
    """Return whether a table contains data rather than page layout."""
    rows = table.findall(".//tr")
    cells = list(table.iter("td", "th"))
    if len(rows) < 2 or len(cells) < 4 or any(_is_layout(cell) for cell in cells):
        return False
    return all(len(_words(cell)) <= _MAX_CELL_LENGTH for cell in cells)


def _is_layout(cell: html.HtmlElement) -> bool:
    inner = [element for element in cell.iter() if element.tag in _LAYOUT]
    # Editors wrap a cell's words in a paragraph.
    return len(inner) > 1 or any(element.tag == "table" for element in inner)


def _rows(table: html.HtmlElement) -> Iterator[tuple[str, tuple[str, ...]]]:
    caption = table.find("caption")
    if caption is not None and _words(caption):
        yield _words(caption), (_words(caption),)
    cells = [[_words(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
    rows = [row for row in cells if any(row)]
    named = table.find(".//th") is not None
    lines = table_rows(rows[0], rows[1:]) if named and rows else table_rows([], rows)
    below_header = rows[-len(lines) :] if lines else []
    for line, row in zip(lines, below_header, strict=True):
        yield line, tuple(filter(None, row))


def _words(element: html.HtmlElement) -> str:
    return " ".join("".join(element.itertext(with_tail=False)).split())


def _link_share(table: html.HtmlElement) -> float:
    linked = sum(len(_words(link)) for link in table.iter("a"))
    return linked / max(len(_words(table)), 1)
