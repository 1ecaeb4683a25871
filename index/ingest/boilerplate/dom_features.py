"""Per-block features of a web page's DOM: links, and the element with most of its sentences.

A box is an element with more than one line. Sentences are weighted by their width, and less in
boxes whose class or id suggests comments or the page's edge.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from index.ingest.boilerplate.line_features import CluedLine, Features
from index.ingest.pages.html_blocks import HtmlBlock
from index.ingest.structure.line_shapes import width

_UNLIKELY = re.compile(
    r"comment|reply|cmt|footer|sidebar|related|recommend|share|copyright|breadcrumb|navbar",
    re.IGNORECASE,
)
_UNLIKELY_WEIGHT = 0.3
# Linked sentences announce other articles.
_MAX_LINKED = 0.3
# The article's box has at least this share of the page's sentences.
_MIN_CORE_SHARE = 0.7
# Pages may be nested arbitrarily deep; the relevant boxes are near the line.
_MAX_DEPTH = 40
_BOXES = 3
# Shorter lines occur in menus as well as in an article.
_MIN_LONG_LENGTH = 12
_WHOLE_PAGE = ("body", "html")

Elements = list[html.HtmlElement]


@dataclass(frozen=True, slots=True)
class DomPage:
    """A page's blocks, each with its clued line and the elements around it, innermost first."""

    blocks: Sequence[HtmlBlock]
    lines: Sequence[CluedLine]
    around: Sequence[Elements]

    @classmethod
    def of(cls, blocks: Sequence[HtmlBlock], clues: Sequence[frozenset[str]]) -> "DomPage":
        """Create the page from its blocks and the site clues of each block's `line`."""
        around = [_around(block) for block in blocks]
        lines = [
            CluedLine.of(block.line, kinds, _sentence_weight(block, elements))
            for block, kinds, elements in zip(blocks, clues, around, strict=True)
        ]
        return cls(blocks, lines, around)


def dom_features(page: DomPage, main: str) -> list[Features]:
    """Return the features of each block; `main` is trafilatura's text without white space.

    For example, a paragraph in the box with all of the page's sentences has `core` 1 and `share 0`
    1; a link in a menu has `core` 0 and `linked` 1.
    """
    boxes = _Boxes(page)
    return [
        {
            "linked": block.linked,
            "menu": float(block.linked > 0.5),
            "linked item": float(block.kind == "item" and block.linked > _MAX_LINKED),
            "item": float(block.kind == "item"),
            "heading": float(block.kind == "heading"),
            "row": float(block.kind == "row"),
            **boxes.features(around),
            **_accepted(block, main),
        }
        for block, around in zip(page.blocks, page.around, strict=True)
    ]


def _around(block: HtmlBlock) -> Elements:
    if block.container is None:
        return []
    ancestors = block.container.iterancestors()
    up = (element for element in ancestors if element.tag not in _WHOLE_PAGE)
    own = [] if block.container.tag in _WHOLE_PAGE else [block.container]
    return [*own, *islice(up, _MAX_DEPTH)]


def _sentence_weight(block: HtmlBlock, around: Elements) -> float:
    if block.linked >= _MAX_LINKED:
        return 0.0
    names = " ".join(f"{box.get('class', '')} {box.get('id', '')}" for box in around)
    return _UNLIKELY_WEIGHT if _UNLIKELY.search(names) else 1.0


def _accepted(block: HtmlBlock, main: str) -> Features:
    """Return features for whether trafilatura keeps the block's words too."""
    kept = all("".join(words.split()) in main for words in block.words)
    long = sum(map(len, block.words)) >= _MIN_LONG_LENGTH
    return {"accepted": float(kept), "accepted long": float(kept and long)}


class _Boxes:
    """Sums over the lines in each element, and the smallest element with most of the sentences."""

    def __init__(self, page: DomPage) -> None:
        self._lines: Counter[html.HtmlElement] = Counter()
        self._mass: Counter[html.HtmlElement] = Counter()
        self._width: Counter[html.HtmlElement] = Counter()
        self._linked: Counter[html.HtmlElement] = Counter()
        self._clues: Counter[html.HtmlElement] = Counter()
        self._total = sum(line.mass for line in page.lines) or 1.0
        for block, line, around in zip(page.blocks, page.lines, page.around, strict=True):
            self._count(block, line, around)
        self._core = self._smallest()

    def features(self, around: Elements) -> Features:
        """Return the shares of sentences, links and clues in the boxes around a block."""
        features = {"core": float(self._core is None or self._core in around)}
        boxes = list(islice(self._growing(around), _BOXES))
        for number in range(_BOXES):
            box = boxes[number] if number < len(boxes) else None
            share = 1.0 if box is None else self._mass[box] / self._total
            features[f"share {number}"] = share
        for number, box in enumerate(boxes[:2]):
            features[f"links {number}"] = self._linked[box] / max(self._width[box], 1)
            features[f"clues {number}"] = self._clues[box] / self._lines[box]
        return features

    def _count(self, block: HtmlBlock, line: CluedLine, around: Elements) -> None:
        size = width(block.text)
        for element in around:
            self._lines[element] += 1
            self._mass[element] += line.mass  # type: ignore[assignment]
            self._width[element] += size  # type: ignore[assignment]
            self._linked[element] += size * block.linked  # type: ignore[assignment]
            self._clues[element] += bool(line.clues)

    def _smallest(self) -> html.HtmlElement | None:
        least = _MIN_CORE_SHARE * self._total
        rich = (element for element, mass in self._mass.items() if mass >= least)
        return min(rich, key=lambda element: self._lines[element], default=None)

    def _growing(self, around: Elements) -> Iterator[html.HtmlElement]:
        """Yield the elements around a block that have more lines than those within them."""
        size = 1
        for element in around:
            if self._lines[element] > size:
                size = self._lines[element]
                yield element
