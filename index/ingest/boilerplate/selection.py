"""Select the article among the blocks of a page, with its headline, its byline and its facts.

Chinese pages are judged by `classify`. Of other pages the blocks are taken whose words trafilatura
keeps, with the headings, lists and tables between them. `page_facts` has what both leave out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.ingest.boilerplate.classify import kept_blocks
from index.ingest.boilerplate.line_features import FIRM_CLUES, OPENED_PARTS
from index.ingest.boilerplate.page_facts import with_facts
from index.ingest.boilerplate.page_parts import PageParts
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.pages.html_blocks import HtmlBlock
from index.ingest.structure.byline import is_byline_after_title
from index.ingest.structure.dates import find_dates

# Characters. Shorter blocks occur in menus as well as in articles and prove nothing.
_MIN_PROOF = 12
# A list or table of which this share is links is a menu, wherever it is.
_MENU_LINKED = 0.5
_OF_FOOT = frozenset({"copyright", "permit", "pager"})
# Blocks between a headline and the first paragraph, at most: byline, lead, buttons.
_HEADLINE_GAP = 12
# Blocks between a headline and the first paragraph of a page of facts.
_MOST_ABOVE = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """The numbers of an article's blocks; `judged` says that its sentences told which they are."""

    kept: frozenset[int]
    judged: bool


def select(blocks: Sequence[HtmlBlock], title: str, main: str) -> Selection:
    """Select the article's blocks; `main` is trafilatura's text without white space."""
    parts = PageParts(blocks)
    classified = kept_blocks(blocks, main)
    accepted = _accepted(blocks, parts, main) if classified is None else classified
    if not any(_is_proof(blocks[i]) for i in accepted):
        return Selection(_all(blocks, parts), classified is not None)
    first = min(i for i in accepted if _is_proof(blocks[i]))
    accepted |= _head(blocks, title, range(_start(blocks, title, first, _HEADLINE_GAP), first))
    headline = _start(blocks, title, first, _MOST_ABOVE)
    facts = with_facts(parts, accepted, headline, judged=classified is not None)
    return Selection(facts, classified is not None)


def _all(blocks: Sequence[HtmlBlock], parts: PageParts) -> frozenset[int]:
    """Return all blocks of a page of few words but those of menus and the like, if others are."""
    end = next((i for i, block in enumerate(blocks) if i and _ends_page(block)), len(blocks))
    own = (i for i in range(end) if not parts.at_edge(i) and blocks[i].linked < _MENU_LINKED)
    return frozenset(own) or frozenset(range(len(blocks)))


def _ends_page(block: HtmlBlock) -> bool:
    """Return whether a block opens another part of a page, or its foot."""
    return _opens_another_part(block) or _is_of_foot(block)


def _head(blocks: Sequence[HtmlBlock], title: str, above: range) -> frozenset[int]:
    """Return the headline and the byline above the first paragraph."""
    return frozenset(i for i in above if _is_title(blocks[i], title) or _is_byline(blocks[i].text))


def _is_title(block: HtmlBlock, title: str) -> bool:
    return _squeezed(block.text) == _squeezed(title)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_byline(line: str) -> bool:
    """Return whether a line is a byline, rather than a row of buttons without a date."""
    if not is_byline_after_title(line):
        return False
    return next(find_dates(line), None) is not None or clues_of(line).isdisjoint(FIRM_CLUES)


def _accepted(blocks: Sequence[HtmlBlock], parts: PageParts, main: str) -> frozenset[int]:
    """Return the blocks whose words trafilatura keeps, and the lists and tables between them."""
    within = {i for i, block in enumerate(blocks[: _foot(blocks)]) if _is_within(block, main)}
    top = min((i for i in within if blocks[i].linked < _MENU_LINKED), default=0)
    own = {i for i in within if i >= top and not parts.at_edge(i)}
    within = own if any(_is_proof(blocks[i]) for i in own) else within
    proving = [i for i in within if _is_proof(blocks[i])]
    if not proving:
        return frozenset()
    inside = range(min(proving), _end(blocks, parts, within, max(proving)))
    return frozenset(
        i for i in inside if i in within or (_is_structure(blocks[i]) and not parts.at_edge(i))
    )


def _foot(blocks: Sequence[HtmlBlock]) -> int:
    """Return where the page's foot begins, below all that proves an article."""
    proving = (i for i, block in enumerate(blocks) if _is_proof(block) and not clues_of(block.line))
    below = range(max(proving, default=-1) + 1, len(blocks))
    return next((i for i in below if _is_of_foot(blocks[i])), len(blocks))


def _is_of_foot(block: HtmlBlock) -> bool:
    return not clues_of(block.line).isdisjoint(_OF_FOOT)


def _is_proof(block: HtmlBlock) -> bool:
    return sum(map(len, block.words)) >= _MIN_PROOF


def _is_within(block: HtmlBlock, main: str) -> bool:
    return all(_squeezed(words) in main for words in block.words)


def _start(blocks: Sequence[HtmlBlock], title: str, first: int, most: int) -> int:
    """Return where the article begins: at a headline near its first paragraph, else at that."""
    near = range(max(0, first - most), first)
    headlines = [i for i in near if _is_title(blocks[i], title)]
    return max(headlines, default=first)


def _end(blocks: Sequence[HtmlBlock], parts: PageParts, within: set[int], last: int) -> int:
    """Return where the article ends: after the list or table that its last paragraph leads to."""
    end = last + 1
    while (
        end < len(blocks)
        and not (parts.at_edge(end) or _opens_another_part(blocks[end]))
        and (end in within or _is_structure(blocks[end]))
    ):
        end += 1
    # A headline with nothing of the article below it opens the next part of the page.
    while end > last + 1 and blocks[end - 1].kind == "heading":
        end -= 1
    return end


def _opens_another_part(block: HtmlBlock) -> bool:
    return block.kind == "heading" and not clues_of(block.line).isdisjoint(OPENED_PARTS)


def _is_structure(block: HtmlBlock) -> bool:
    return block.kind != "text" and block.linked < _MENU_LINKED
