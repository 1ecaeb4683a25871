"""Add to the article of a page the facts beside its sentences: tables, definitions, lists, notes.

What chooses an article by its sentences, be it learned or trafilatura, drops rows and short lines
at its edges. They stay if they stand in the article's part of the page, before another part opens.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import html

from index.ingest.boilerplate.line_features import FIRM_CLUES, OPENED_PARTS
from index.ingest.boilerplate.page_parts import PageParts
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.pages.html_blocks import HtmlBlock
from index.ingest.pages.html_inline import CALLS_NOTE
from index.ingest.structure.line_shapes import is_prose

_MAX_LINKED = 0.3
_MOST_ABOVE = 12  # blocks above a headline that may have a table of what is said about a document
_MOST_AROUND = 60  # blocks between an article and facts of it
# Clues that a row of facts may have: 联系电话, 来源, 标签.
_OF_FACTS = frozenset({"contact", "editor", "tags", "count", "permit"})
# What boxes tell of the page, as a rule: how often it was read.
_OF_BOXES = frozenset({"count"})
# What calls a note: [1], ①, 注2, *, †.
_CALL = re.compile(
    r"[\[(（【〔]?\s*(?:[注註]|notes?)?\s*(?:\d{1,3}|[a-z]|[ivx]{1,4}|[①-⑳]|[*†‡§]{1,3})\s*[\])）】〕]?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:[注註](?:释|釋)?\s*\d{0,2}\s*[:：]|[\[【〔]\s*\d{1,2}\s*[\]】〕]|[①-⑳])\s*\S"
)
_MARK = re.compile(r"([*※†‡§¶]{1,3}|[\[【〔]\d{1,2}[\]】〕]|[①-⑳])\s*\w")
_MOST_NOTE_BLOCKS = 6
_OPENING = FIRM_CLUES | OPENED_PARTS.keys()


def with_facts(
    parts: PageParts, kept: frozenset[int], headline: int, *, judged: bool
) -> frozenset[int]:
    """Return the numbers of an article's blocks with those of the facts that belong to it.

    Of a page that was not `judged` by its sentences, short lines belong to the article, too.
    """
    facts = kept | frozenset(_Page(parts, kept, headline, judged=judged).facts())
    facts |= frozenset(_beside(parts, facts))
    facts |= frozenset(_following(parts, facts))
    facts |= frozenset(_of_same_list(parts, facts))
    facts |= frozenset(_headings_above(parts, facts))
    return facts | frozenset(_notes(parts, facts)) | frozenset(_marked_notes(parts.blocks, facts))


class _Page:
    """The blocks of a page, and where its article is."""

    def __init__(
        self, parts: PageParts, kept: frozenset[int], headline: int, *, judged: bool
    ) -> None:
        self._parts, self._blocks = parts, parts.blocks
        self._kept, self._judged = kept, judged
        self._first, self._last = min(kept), max(kept)
        self._headline = min(headline, self._first)

    def facts(self) -> Iterator[int]:
        """Yield the blocks that are facts of the article."""
        yield from self._within()
        yield from self._above()
        yield from self._below()

    def _within(self) -> Iterator[int]:
        for i in range(self._headline, self._last):
            if i not in self._kept and self._belongs(i, within=True):
                yield i

    def _above(self) -> Iterator[int]:
        for i in range(self._headline - 1, max(-1, self._headline - _MOST_ABOVE), -1):
            if self._ends_at(i):
                break
            if _is_of_pairs(self._blocks[i]) and self._belongs(i, within=False):
                yield i

    def _below(self) -> Iterator[int]:
        for i in range(self._last + 1, min(len(self._blocks), self._last + _MOST_AROUND)):
            if self._ends_at(i):
                break
            if self._belongs(i, within=not self._judged or self._parts.in_main(i)):
                yield i

    def _ends_at(self, i: int) -> bool:
        """Return whether a block is of another part of the page."""
        block = self._blocks[i]
        clues = clues_of(block.line)
        opened = not clues.isdisjoint(OPENED_PARTS) or not clues.isdisjoint(FIRM_CLUES)
        return block.kind != "row" and (opened or self._parts.at_edge(i))

    def _belongs(self, i: int, *, within: bool) -> bool:
        block = self._blocks[i]
        if block.linked > _MAX_LINKED or self._parts.at_edge(i):
            return False
        clues = clues_of(block.line)
        if block.kind == "row":
            return clues <= (_OF_FACTS if _is_marked(block) else _OF_FACTS - _OF_BOXES)
        if block.kind == "item":
            return within and not clues
        noted = i > self._last and _NOTE.match(block.line) is not None and not clues
        return block.kind == "text" and (noted or (within and self._is_line(i, clues)))

    def _is_line(self, i: int, clues: frozenset[str]) -> bool:
        """Return whether a short line belongs to the article: one of a page that marks it."""
        marked = self._parts.in_main(i) and i > self._first
        # A telephone number between lines of the article is none of the page's foot.
        between = {i - 1, i + 1} <= self._kept and clues == {"contact"}
        return between or (clues <= {"contact"} and (marked or not self._judged))


def _is_marked(block: HtmlBlock) -> bool:
    """Return whether a row is one of a table or of definitions by the markup, not by its boxes."""
    return block.container is None or block.container.tag in ("table", "dl")


def _is_of_pairs(block: HtmlBlock) -> bool:
    """Return whether a block is a row of names with values, as in a table about a document."""
    return block.grid_row is not None and block.grid_row.source.form == "paired"


def _beside(parts: PageParts, kept: frozenset[int]) -> Iterator[int]:
    """Yield the blocks of boxes below that are of one kind with boxes of the article.

    They are further sections, or the answers in a thread. A section begins with its heading; what
    opens another part of the page is none.
    """
    first = min(kept)
    proving = [i for i in kept if is_prose(parts.blocks[i].line) or parts.blocks[i].kind == "row"]
    for numbers, posted in parts.alike(proving):
        blocks = [parts.blocks[i] for i in numbers]
        opened = any(map(_opens_part, blocks[:2]))
        headed = posted or blocks[0].kind == "heading"
        worded = any(block.kind in ("row", "item") or is_prose(block.line) for block in blocks)
        linked = sum(block.linked > _MAX_LINKED for block in blocks)
        if min(numbers) > first and headed and worded and not opened and linked <= 1:
            own = zip(numbers, blocks, strict=True)
            yield from (
                i
                for i, block in own
                if not (parts.at_edge(i) or block.linked > _MAX_LINKED or _opens_part(block))
            )


def _following(parts: PageParts, kept: frozenset[int]) -> Iterator[int]:
    """Yield the blocks of boxes right below that are a heading with a list or a table, no links."""
    for numbers in parts.following(kept):
        blocks = [parts.blocks[i] for i in numbers]
        formed = all(block.kind in ("heading", "item", "row") for block in blocks)
        plain = not any(block.linked or clues_of(block.line) for block in blocks)
        if len(blocks) > 2 and formed and plain:
            yield from numbers


def _opens_part(block: HtmlBlock) -> bool:
    return not clues_of(block.line).isdisjoint(_OPENING)


def _marked_notes(blocks: Sequence[HtmlBlock], kept: frozenset[int]) -> Iterator[int]:
    """Yield the notes whose mark, `†`, stands behind words of the article as well."""
    for i in range(min(kept) + 1, min(len(blocks), max(kept) + _MOST_AROUND)):
        mark = None if i in kept else _MARK.match(blocks[i].line)
        # An ※ by itself is a word of advertising.
        if mark and blocks[i].kind != "row" and not clues_of(blocks[i].line[mark.end(1) :]):
            called = re.compile(rf"(?<=\S){re.escape(mark[1])}")
            if any(number < i and called.search(blocks[number].line) for number in kept):
                yield i


def _of_same_list(parts: PageParts, kept: frozenset[int]) -> Iterator[int]:
    """Yield the other rows of a table, and items of a numbered list, of which most are kept."""
    for key, run in groupby(range(len(parts.blocks)), key=lambda i: _list_of(parts.blocks[i])):
        numbers = list(run)
        if key is not None and 2 * sum(i in kept for i in numbers) > len(numbers):
            yield from (i for i in numbers if parts.blocks[i].linked <= _MAX_LINKED)


def _list_of(block: HtmlBlock) -> object:
    """Return what tells a block's table or numbered list from others, None for other blocks."""
    if block.kind == "row" and block.grid_row is not None:
        return id(block.grid_row.source)
    parent = None if block.container is None else block.container.getparent()
    numbered = block.kind == "item" and parent is not None and parent.tag == "ol"
    return parent if numbered else None


def _headings_above(parts: PageParts, kept: frozenset[int]) -> Iterator[int]:
    """Yield the headings right above what is kept, with those above them."""
    for i in sorted(kept):
        above = i - 1
        while above >= 0 and above not in kept and parts.blocks[above].kind == "heading":
            if clues_of(parts.blocks[above].line) or parts.at_edge(above):
                break
            yield above
            above -= 1


def _notes(parts: PageParts, kept: frozenset[int]) -> Iterator[int]:
    """Yield the blocks of the notes that kept blocks call by a link to their place."""
    containers = parts.containers(kept)
    places = {place for container in containers for place in _places_called(container)}
    if not places:
        return
    for element in next(iter(containers)).getroottree().iter():
        if places.isdisjoint((element.get("id"), element.get("name"))):
            continue
        numbers = parts.numbers_at(element)
        kinds = {parts.blocks[i].kind for i in numbers}
        if len(numbers) <= _MOST_NOTE_BLOCKS and "heading" not in kinds:
            yield from numbers


def _places_called(container: html.HtmlElement) -> Iterator[str]:
    for element in container.iter("a", "sup"):
        if place := element.get(CALLS_NOTE):
            yield place
        href = element.get("href") or ""
        if href.startswith("#") and _CALL.fullmatch(str(element.text_content()).strip()):
            yield href[1:]
