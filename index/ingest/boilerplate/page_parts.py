"""The parts of a page around its blocks, and which are menus, sidebars, footers and the like."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from lxml import html

from index.ingest.pages.html_blocks import HtmlBlock

_EDGES = ("nav", "aside", "footer", "button")
_EDGE_ROLES = ("navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alert")
_EDGE_NAMES = frozenset(
    "ad ads breadcrumb breadcrumbs comment comments consent cookie copyright crumb crumbs dialog "
    "foot footer hot links login menu modal nav navbar pager pagination popup rank ranking "
    "recommend recommends recommended recommendation related relate reply share side sidebar "
    "subscribe toolbar topnav".split()
)
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HEADINGS = ("h2", "h3", "h4")
_BOXES = ("div", "section", "article", "li")
# A post, an answer in a thread, as forums call them.
_POST = re.compile(
    r"[.#](?:post|answer|floor|thread)(?:[-_](?:item|box|wrap|row))?[-_]?|#p(?:id)?[-_]?",
    re.IGNORECASE,
)
_NO_EDGES = ("body", "html", "main", "article")


class PageParts:
    """The blocks of a page with the elements around them."""

    def __init__(self, blocks: Sequence[HtmlBlock]) -> None:
        """Take the blocks in the order of the page."""
        self.blocks = blocks
        self._around = [_around(block) for block in blocks]
        self._edges: dict[html.HtmlElement, bool] = {}

    def at_edge(self, number: int) -> bool:
        """Return whether a block is in a menu, a sidebar, a footer or the like, by the markup."""
        return any(map(self._is_edge, self._around[number]))

    def in_main(self, number: int) -> bool:
        """Return whether the page marks a block as being of its article."""
        return any(
            element.tag in ("main", "article") or element.get("role") == "main"
            for element in self._around[number]
        )

    def alike(self, numbers: Iterable[int]) -> Iterator[tuple[Sequence[int], bool]]:
        """Yield the blocks of boxes beside several with some blocks that are of their kind.

        Of a kind are sections, boxes that share a class or begin with a heading, and such whose ids
        differ in their figures. It is told whether they are posts; one is enough of these.
        """
        own = dict.fromkeys(chain.from_iterable(self._around[i] for i in numbers))
        known = Counter((box.getparent(), kind) for box in own for kind in _kinds(box))
        several = {place for place, count in known.items() if count > 1 or _is_post(place[1])}
        for parent in dict.fromkeys(parent for parent, _ in several if parent is not None):
            for box in parent:
                kinds = [kind for kind in _kinds(box) if (parent, kind) in several]
                if kinds and box not in own and box in self._numbers and not self._is_edge(box):
                    yield self._numbers[box], any(map(_is_post, kinds))

    def following(self, numbers: Iterable[int]) -> Iterator[Sequence[int]]:
        """Yield the blocks of boxes with a heading that follow upon one with some blocks."""
        own = dict.fromkeys(chain.from_iterable(self._around[i] for i in numbers))
        for last in own:
            for box in last.itersiblings():
                if box in own or not _is_headed(box) or self._is_edge(box):
                    break
                yield self._numbers.get(box, ())

    def containers(self, numbers: Iterable[int]) -> set[html.HtmlElement]:
        """Return the elements that hold the words of blocks."""
        return {around[0] for i in numbers if (around := self._around[i])}

    def numbers_at(self, element: html.HtmlElement) -> Sequence[int]:
        """Return the blocks in an element, or those around it."""
        while element is not None:
            if element in self._numbers:
                return self._numbers[element]
            element = element.getparent()
        return ()

    @cached_property
    def _numbers(self) -> dict[html.HtmlElement, list[int]]:
        numbers: dict[html.HtmlElement, list[int]] = defaultdict(list)
        for number, around in enumerate(self._around):
            for element in around:
                numbers[element].append(number)
        return dict(numbers)

    def _is_edge(self, element: html.HtmlElement) -> bool:
        known = self._edges.get(element)
        if known is None:
            known = self._edges[element] = _is_edge(element)
        return known


def _is_headed(element: html.HtmlElement) -> bool:
    return element.tag in _BOXES and len(element) > 0 and element[0].tag in _HEADINGS


def _is_post(kind: str) -> bool:
    return _POST.fullmatch(kind) is not None


def _kinds(element: html.HtmlElement) -> Iterator[str]:
    """Yield what an element and others of its kind are called."""
    if element.tag in ("section", "article"):
        yield str(element.tag)
    if _is_headed(element):
        yield f">{element[0].tag}"
    if element.tag in _BOXES:
        yield from (f".{name}" for name in element.get("class", "").split())
        stem = re.sub(r"\d+", "", element.get("id", ""))
        if stem and stem != element.get("id"):
            yield f"#{stem}"


def _around(block: HtmlBlock) -> list[html.HtmlElement]:
    """Return the elements around a block, the innermost first."""
    if block.container is None:
        return []
    return [block.container, *block.container.iterancestors()]


def _is_edge(element: html.HtmlElement) -> bool:
    """Return whether an element is named as a part beside the article, and has no headline."""
    if element.tag in _NO_EDGES:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    named = (
        element.tag in _EDGES
        or element.get("role") in _EDGE_ROLES
        or not _EDGE_NAMES.isdisjoint(name.lower() for name in _NAME.findall(names))
    )
    return named and element.find(".//h1") is None
