"""Tells whether a page is set in columns, and reads them one after the other.

A gutter is a height of the page that few lines cross, with full lines at both sides; what crosses
it (a title, a wide table) divides the page into what stands above and below.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic

from index.ingest.formats.pdf.lines import Some, around, rows_of

# So many lines at each side, at least: fewer may be a list of names in two rows.
_FEWEST = 6
# Of what stands beside a gutter, what may cross it: a page's title, an abstract, a wide figure.
_CROSSING = 0.4
# How much of its column a line fills, on average: words in a table's cells don't.
_FILLED = 0.6
_ALIGNED = 0.4
_SLACK = 3.0
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Column(Generic[Some]):
    """Some things that are read top down, and which column they are: `""` is the whole width."""

    name: str
    things: tuple[Some, ...]


def columns_of(things: Sequence[Some], name: str = "") -> Iterator[Column[Some]]:
    """The things of a page column by column, in reading order."""
    if not things:
        return
    gutter = _gutter(things) if len(name) < _DEEPEST else None
    if gutter is None:
        yield Column(name, tuple(things))
        return
    ordered = sorted(things, key=lambda thing: thing.box.middle)
    for across, band in groupby(ordered, lambda thing: _side(thing, gutter) == "across"):
        members = list(band)
        if across:
            yield Column(name, tuple(members))
        for number, side in enumerate(() if across else ("left", "right")):
            part = [thing for thing in members if _side(thing, gutter) == side]
            yield from columns_of(part, f"{name}{number}")


def _gutter(things: Sequence[Some]) -> float | None:
    """Where the page's right column begins, None without one."""
    edges = around([thing.box for thing in things])
    wide = edges.right - edges.left
    starts = Counter(
        round(thing.box.left)
        for thing in things
        if 0.2 * wide < thing.box.left - edges.left < 0.8 * wide
    )
    likely = (float(start) for start, count in starts.most_common(4) if count >= 2)
    return next((start for start in likely if _is_gutter(things, start)), None)


def _is_gutter(things: Sequence[Some], start: float) -> bool:
    sides = {side: [t for t in things if _side(t, start) == side] for side in ("left", "right")}
    left, right = sides["left"], sides["right"]
    if min(len(left), len(right)) < _FEWEST:
        return False
    crossing = len(things) - len(left) - len(right)
    aligned = sum(abs(thing.box.left - start) <= _SLACK for thing in right)
    return (
        crossing <= _CROSSING * (len(left) + len(right))
        and aligned >= _ALIGNED * len(right)
        and _fill(left) >= _FILLED
        and _fill(right) >= _FILLED
    )


def _fill(things: Sequence[Some]) -> float:
    edges = around([thing.box for thing in things])
    wide = max(edges.right - edges.left, 1)
    filled = sum(thing.box.right - thing.box.left for thing in things)
    return filled / wide / len(rows_of(things))


def _side(thing: Some, gutter: float) -> str:
    if thing.box.right <= gutter + _SLACK - 1:
        return "left"
    return "right" if thing.box.left >= gutter - _SLACK else "across"
