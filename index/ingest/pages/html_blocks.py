"""Extract the visible text of a web page, block by block, in reading order.

Which blocks are the article is left to `boilerplate/classify.py`.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree, html

from index.ingest.pages.html_boxes import box_grid
from index.ingest.pages.html_inline import set_apart
from index.ingest.pages.html_lists import ListNumbers
from index.ingest.pages.html_tables import cell_words, data_grid, definition_grid
from index.ingest.structure.grid import Grid
from index.ingest.structure.tables import GridRow, grid_lines

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
_LISTS = ("ul", "ol", "menu", "dir")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# lxml accepts no other control characters, and they have no meaning on a page.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML = re.compile(r"\A\s*<\?xml[^>]*>")
_OF_HEAD = frozenset("title meta link style script base noscript template".split())
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# What readers unfold by a click is a part of the page.
_UNFOLDED = re.compile(
    r"tab|pane|panel|accord|collaps|fold|toggle|expand|more|detail|answer|slide|step", re.IGNORECASE
)
# Links to no other page.
_CONTACTS = ("tel:", "mailto:", "sms:")
# A list of which this share is links is a menu.
_MENU_LINKED = 0.5


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A line of the page, its kind, and the share of its characters in links, 0 to 1.

    `words` are the page's own, without the list mark and column names that `text` may add;
    `container` is the innermost block-level element around them, `grid_row` what a row tells of
    a grid. A `hidden` line is one that the page keeps from its readers.
    """

    text: str
    words: tuple[str, ...]
    kind: BlockKind = "text"
    linked: float = 0.0
    container: html.HtmlElement | None = field(default=None, compare=False, repr=False)
    grid_row: GridRow | None = field(default=None, compare=False, repr=False)
    hidden: bool = False

    @property
    def line(self) -> str:
        """The page's own words as one line."""
        return " ".join(self.words)

    @property
    def is_caption(self) -> bool:
        """Whether it is a line of a table above the names of its columns."""
        drawn = self.container is not None and self.container.tag == "table"
        return self.kind == "row" and drawn and self.grid_row is None


def parse_page(text: str) -> html.HtmlElement | None:
    """Parse a page to an element tree, with raised characters set apart and without readings.

    What a page without tags for its head and body shows is in the body. Return None for an empty or
    unparsable page.
    """
    text = _CONTROLS.sub("", _XML.sub("", text))
    if not text.strip():
        return None
    try:
        root = html.document_fromstring(text)
    except (etree.LxmlError, ValueError):
        return None
    _move_to_body(root)
    set_apart(root)
    return root


def _move_to_body(root: html.HtmlElement) -> None:
    """Move to the body what the parser takes for the head, as it does with an `<article>`."""
    head = root.find("head")
    known = [] if head is None else [child.tag not in _OF_HEAD for child in head]
    if head is None or True not in known:
        return
    body = root.find("body")
    if body is None:
        body = html.Element("body")
        root.append(body)
    for place, child in enumerate(head[known.index(True) :]):
        body.insert(place, child)


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
        elif grid := _grid(element):
            walk.table(element, grid)
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
    hidden: int = 0
    lists: list[ListNumbers] = field(default_factory=list)
    mark: str = ""
    container: html.HtmlElement | None = None
    skipped: html.HtmlElement | None = None

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
        self._count(element, 1)
        if tag in _LISTS:
            self.lists.append(ListNumbers.of(element))
        elif tag == "li":
            self.mark = self._mark_of(element)
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
        if tag not in _INVISIBLE and element is not self.skipped:
            self._count(element, -1)
            if tag in _LISTS and self.lists:
                self.lists.pop()
        if tag == "li":
            self.mark = ""
        self.add_words(element.tail)

    def table(self, element: html.HtmlElement, grid: Grid) -> None:
        """Add a table of data or a list of definitions, row by row."""
        self.flush()
        linked = _link_share(element)
        self.skipped = element
        drawn = element.tag != "dl"
        self.blocks += [
            HtmlBlock(
                line.text,
                line.words,
                "row",
                linked,
                element,
                line.row if drawn else None,
                hidden=self.hidden > 0 or _is_hidden(element),
            )
            for line in grid_lines(grid)
        ]

    def flush(self) -> None:
        """End the line."""
        text = " ".join("".join(self.words).split())
        if text:
            share = self.linked / max(len("".join(text.split())), 1)
            self.blocks.append(
                HtmlBlock(
                    self.mark + text,
                    (text,),
                    self._kind(),
                    share,
                    self.container,
                    hidden=self.hidden > 0,
                )
            )
            # What goes on in an item stands under its words.
            self.mark = " " * len(self.mark) if self.lists else ""
        self.words, self.linked = [], 0

    def _kind(self) -> BlockKind:
        if self.headings:
            return "heading"
        return "item" if self.lists else "text"

    def _count(self, element: html.HtmlElement, step: int) -> None:
        tag = element.tag
        if tag == "a" and not _leads_to_contact(element):
            self.links += step
        self.hidden += step * _is_hidden(element)
        self.headings += step if tag in _HEADINGS else 0
        self.preformatted += step if tag == "pre" else 0

    def _mark_of(self, item: html.HtmlElement) -> str:
        if not self.lists:
            return "- "
        return "  " * (len(self.lists) - 1) + self.lists[-1].mark_of(item)


def _is_hidden(element: html.HtmlElement) -> bool:
    """Return whether an element is kept from readers, rather than folded until they click."""
    style, hidden = element.get("style"), element.get("hidden")
    if hidden is None and not (style and _HIDING.search(style)):
        return False
    if hidden == "until-found" or element.get("role") == "tabpanel":
        return False
    return not _UNFOLDED.search(f"{element.get('class', '')} {element.get('id', '')}")


def _grid(element: html.HtmlElement) -> Grid | None:
    """Return the grid of a table of data, a list of definitions or rows of boxes, else None."""
    if element.tag == "table":
        return data_grid(element)
    if element.tag == "dl" and _link_share(element) < _MENU_LINKED:
        return definition_grid(element)
    grid = box_grid(element)
    return grid if grid and _link_share(element) < _MENU_LINKED else None


def _link_share(table: html.HtmlElement) -> float:
    links = (link for link in table.iter("a") if not _leads_to_contact(link))
    linked = sum(map(len, map(cell_words, links)))
    return linked / max(len(cell_words(table)), 1) if linked else 0.0


def _leads_to_contact(link: html.HtmlElement) -> bool:
    return (link.get("href") or "").lower().startswith(_CONTACTS)
