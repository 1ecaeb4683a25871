"""Words that stand somewhere on a page, put together to pieces of lines, and pieces to lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from index.ingest.formats.pdf.line_joining import is_wide_between, joined
from index.ingest.formats.pdf.process import Box, Run

# In em. Columns stand one apart at least, words hardly ever.
_APART = 0.85
_WORDS_APART = 0.4
# Justified Chinese is stretched; a gap as wide as a character is meant (目　录).
_STRETCHED = 0.9


class Placed(Protocol):
    """Whatever has a place and a size of type."""

    @property
    def box(self) -> Box:
        """Where it stands."""
        ...

    @property
    def size(self) -> float:
        """Its type's size in points."""
        ...


Some = TypeVar("Some", bound=Placed)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words beside each other without a wide gap."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its pieces, its place, each piece's left and right, and the paper's.

    `column` tells columns apart: `""` is the whole width, `"0"` the left one of two.
    """

    cells: tuple[str, ...]
    box: Box
    size: float
    column: str = ""
    edges: tuple[tuple[float, float], ...] = ()
    paper: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        """Its words, with two spaces at a wide gap."""
        return "  ".join(self.cells)


def pieces_of(runs: Sequence[Run]) -> list[Piece]:
    """The pieces of lines, top down."""
    return [_piece(part) for row in rows_of(runs) for part in _parts(row)]


def rows_of(things: Iterable[Some]) -> list[list[Some]]:
    """What stands at one height, left to right; rows top down. A raised ² belongs to its row."""
    rows: list[list[Some]] = []
    lead: Some | None = None
    for thing in sorted(things, key=lambda thing: thing.box.middle):
        if lead is None or not (_beside(lead, thing) or _beside(thing, lead)):
            rows.append([])
            lead = thing
        elif thing.size > lead.size:
            lead = thing
        rows[-1].append(thing)
    return [sorted(row, key=lambda thing: thing.box.left) for row in rows]


def main_size(sizes: Iterable[tuple[float, int]]) -> float:
    """The size that most characters have, of sizes and numbers of characters; 0 without any."""
    counts: Counter[float] = Counter()
    for size, chars in sizes:
        counts[size] += chars
    return counts.most_common(1)[0][0] if counts else 0.0


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around some; there must be one at least."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def paragraph_text(runs: Sequence[Run]) -> str:
    """The words of a small area as one line, such as a table's cell."""
    text = ""
    for piece in pieces_of(runs):
        text = joined(text, piece.text)
    return text


def _beside(one: Placed, other: Placed) -> bool:
    # The middle third of the taller: tight lines' boxes overlap at their edges.
    slack = (one.box.bottom - one.box.top) * 0.15
    return one.box.top + slack <= other.box.middle <= one.box.bottom - slack


def _parts(row: Sequence[Run]) -> Iterator[list[Run]]:
    part: list[Run] = []
    right = 0.0
    for run in row:
        if part and run.box.left - right > _APART * min(run.size, part[-1].size):
            yield part
            part = []
        right = max(right, run.box.right) if part else run.box.right
        part.append(run)
    if part:
        yield part


def _piece(runs: Sequence[Run]) -> Piece:
    text, right = "", 0.0
    stretched = _is_stretched(runs)
    for run in runs:
        gap = (run.box.left - right) / max(run.size, 1)
        spaced = bool(text) and (run.spaced or gap > _WORDS_APART)
        if spaced and stretched and is_wide_between(text, run.text):
            spaced = gap > _STRETCHED
        text += " " * spaced + run.text
        right = run.box.right
    size = main_size((run.size, len(run.text)) for run in runs)
    return Piece(text, around([run.box for run in runs]), size)


def _is_stretched(runs: Sequence[Run]) -> bool:
    """Whether Chinese is spread over a line, character by character: 北 京 市."""
    wide = [run for run in runs if is_wide_between(run.text, run.text)]
    return len(wide) > 2 and sum(len(run.text) for run in wide) <= 2 * len(wide)
