"""What a web page's structure tells of its lines: the box that holds most sentences, and links.

A box is an element with more than one line in it. Sentences count by their width, those in boxes
whose names speak of comments or of the page's edge by less.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from index.ingest.boilerplate.line_features import Features, Told, Words, told
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.structure.html_blocks import HtmlBlock
from index.ingest.structure.line_shapes import width

_UNLIKELY = re.compile(
    r"comment|reply|cmt|footer|sidebar|related|recommend|share|copyright|breadcrumb|navbar",
    re.IGNORECASE,
)
_UNLIKELY_COUNTS = 0.3
# Sentences that are links announce other articles.
_LINKED = 0.3
# The article's box holds at least this share of the page's sentences.
_MOST = 0.7
# Pages may be nested without end; a line's own boxes are near it.
_DEEPEST = 40
_BOXES = 3
# Shorter lines stand in menus as well as in an article.
_TELLING = 12

Elements = list[html.HtmlElement]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's blocks with what they say; the elements around each, from within."""

    blocks: Sequence[HtmlBlock]
    lines: Sequence[Told]
    around: Sequence[Elements]


def page_of(blocks: Sequence[HtmlBlock], knowing: Words = clues_of) -> Page:
    """The blocks with their clues and the elements around them."""
    around = [_around(block) for block in blocks]
    lines = [_told(block, above, knowing) for block, above in zip(blocks, around, strict=True)]
    return Page(blocks, lines, around)


def places(page: Page, main: str) -> list[Features]:
    """The features of every block; `main` is the text, without white space, that trafilatura keeps.

    A paragraph in the box with all the page's sentences: `core` 1, `share 0` 1; a link in a menu:
    `core` 0, `linked` 1.
    """
    boxes = _Boxes(page)
    return [
        {
            "linked": block.linked,
            "menu": float(block.linked > 0.5),
            "linked item": float(block.kind == "item" and block.linked > _LINKED),
            "item": float(block.kind == "item"),
            "heading": float(block.kind == "heading"),
            "row": float(block.kind == "row"),
            **boxes.features(around),
            **_accepted(block, main),
        }
        for block, around in zip(page.blocks, page.around, strict=True)
    ]


def _around(block: HtmlBlock) -> Elements:
    if block.within is None:
        return []
    up = (element for element in block.within.iterancestors() if element.tag not in _WHOLE)
    own = [] if block.within.tag in _WHOLE else [block.within]
    return [*own, *islice(up, _DEEPEST)]


_WHOLE = ("body", "html")


def _told(block: HtmlBlock, around: Elements, knowing: Words) -> Told:
    line = " ".join(block.words)
    if block.linked >= _LINKED:
        return told(line, 0.0, knowing)
    names = " ".join(f"{box.get('class', '')} {box.get('id', '')}" for box in around)
    return told(line, _UNLIKELY_COUNTS if _UNLIKELY.search(names) else 1.0, knowing)


def _accepted(block: HtmlBlock, main: str) -> Features:
    """Whether trafilatura keeps these words, too."""
    kept = all("".join(words.split()) in main for words in block.words)
    long = sum(map(len, block.words)) >= _TELLING
    return {"accepted": float(kept), "accepted long": float(kept and long)}


class _Boxes:
    """The sums over the lines in each element, and the one that holds the article."""

    def __init__(self, page: Page) -> None:
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
        """Of a line: how much of the page's sentences its boxes hold, and of links and clues."""
        features = {"core": float(self._core is None or self._core in around)}
        boxes = list(islice(self._boxes(around), _BOXES))
        for number in range(_BOXES):
            box = boxes[number] if number < len(boxes) else None
            share = 1.0 if box is None else self._mass[box] / self._total
            features[f"share {number}"] = share
        for number, box in enumerate(boxes[:2]):
            features[f"links {number}"] = self._linked[box] / max(self._width[box], 1)
            features[f"clues {number}"] = self._clues[box] / self._lines[box]
        return features

    def _count(self, block: HtmlBlock, line: Told, around: Elements) -> None:
        size = width(block.text)
        for element in around:
            self._lines[element] += 1
            self._mass[element] += line.mass  # type: ignore[assignment]
            self._width[element] += size  # type: ignore[assignment]
            self._linked[element] += size * block.linked  # type: ignore[assignment]
            self._clues[element] += bool(line.clues)

    def _smallest(self) -> html.HtmlElement | None:
        rich = (element for element, mass in self._mass.items() if mass >= _MOST * self._total)
        return min(rich, key=lambda element: self._lines[element], default=None)

    def _boxes(self, around: Elements) -> Iterator[html.HtmlElement]:
        size = 1
        for element in around:
            if self._lines[element] > size:
                size = self._lines[element]
                yield element
