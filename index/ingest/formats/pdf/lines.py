"""Group positioned runs into fragments of lines, and elements into rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from index.ingest.formats.pdf.page_content import (
    NO_BOX,
    Box,
    TextRun,
    bounding_box,
    mean_confidence,
)
from index.ingest.structure.line_joining import is_wide_between, joined

# In em: columns are an em apart at least, words hardly ever.
_FRAGMENT_GAP = 0.85
_WORD_GAP = 0.4
# Justified Chinese is stretched; a gap as wide as a character is meant (目　录).
_STRETCHED_GAP = 0.9


class Positioned(Protocol):
    """Anything on a page with a box and a type size."""

    @property
    def box(self) -> Box:
        """Its box on the page."""
        ...

    @property
    def size(self) -> float:
        """Its type size in points."""
        ...


Element = TypeVar("Element", bound=Positioned)


@dataclass(frozen=True, slots=True)
class TextFragment:
    """A part of a line: words beside each other without a wide gap, and the runs they are."""

    text: str
    box: Box
    size: float
    runs: tuple[TextRun, ...] = ()

    @property
    def confidence(self) -> float | None:
        """How surely its words were recognised, None if they were not."""
        return mean_confidence((run.confidence, len(run.text)) for run in self.runs)

    @property
    def is_turned(self) -> bool:
        """Whether it is read upwards, downwards or upside down."""
        return bool(self.runs) and self.runs[0].turn > 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a column, in cells.

    `column` is the column's name: `""` for the whole width, `"0"` for the left one of two.
    `places` are the left and the right edge of each cell. `paper` is the sheet, `reach` the right
    edge up to which a line in a box may go, `word` the width of the first run, which is a word or
    begins with one.
    """

    cells: tuple[str, ...]
    box: Box
    size: float
    column: str = ""
    paper: Box = NO_BOX
    reach: float | None = None
    word: tuple[str, float] = ("", 0.0)
    confidence: float | None = None
    places: tuple[tuple[float, float], ...] = ()

    @property
    def text(self) -> str:
        """Its words, with two spaces between cells."""
        return "  ".join(self.cells)


def fragments_of(runs: Sequence[TextRun]) -> list[TextFragment]:
    """Return the fragments of lines that runs form, top down."""
    return [fragment_of(part) for row in rows_of(runs) for part in _parts(row)]


def fragment_of(runs: Sequence[TextRun]) -> TextFragment:
    """Return the fragment that runs beside each other form."""
    text, right = "", 0.0
    stretched = _is_stretched(runs)
    for run in runs:
        gap = (run.box.left - right) / max(run.size, 1)
        spaced = bool(text) and (run.spaced or gap > _WORD_GAP)
        if spaced and stretched and is_wide_between(text, run.text):
            spaced = gap > _STRETCHED_GAP
        text += " " * spaced + run.text
        right = run.box.right
    size = runs[0].size
    if any(run.size != size for run in runs):
        size = main_size((run.size, len(run.text)) for run in runs)
    return TextFragment(text, bounding_box([run.box for run in runs]), size, tuple(runs))


def rows_of(elements: Iterable[Element]) -> list[list[Element]]:
    """Group elements of one height, left to right, rows top down."""
    rows: list[list[Element]] = []
    lead: Element | None = None
    for element in sorted(elements, key=lambda element: element.box.middle):
        if lead is None or not (_is_beside(lead, element) or _is_beside(element, lead)):
            rows.append([])
            lead = element
        elif element.size > lead.size:
            lead = element
        rows[-1].append(element)
    return [sorted(row, key=lambda element: element.box.left) for row in rows]


def main_size(sizes: Iterable[tuple[float, int]]) -> float:
    """Return the type size of most characters, from (size, characters) pairs.

    >>> main_size([(12.0, 5), (9.0, 3), (9.0, 4)]), main_size([])
    (9.0, 0.0)
    """
    counts: Counter[float] = Counter()
    for size, chars in sizes:
        counts[size] += chars
    return counts.most_common(1)[0][0] if counts else 0.0


def paragraph_text(runs: Sequence[TextRun]) -> str:
    """Return the words of a small area, such as a table's cell, as one line.

    Those of each direction stand together.
    """
    turns = sorted({run.turn for run in runs})
    return " ".join(
        _upright_text([run.upright for run in runs if run.turn == turn]) for turn in turns
    )


def _upright_text(runs: Sequence[TextRun]) -> str:
    text = ""
    for row in rows_of(runs):
        text = joined(text, " ".join(fragment_of(part).text for part in _parts(row)))
    return text


def _is_beside(outer: Positioned, inner: Positioned) -> bool:
    # Without the outer box's edges: the boxes of tight lines overlap there.
    slack = (outer.box.bottom - outer.box.top) * 0.15
    return outer.box.top + slack <= inner.box.middle <= outer.box.bottom - slack


def _parts(row: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """Yield the runs of a row in groups without a wide gap."""
    part: list[TextRun] = []
    right = 0.0
    for run in row:
        if part and run.box.left - right > _FRAGMENT_GAP * min(run.size, part[-1].size):
            yield part
            part = []
        right = max(right, run.box.right) if part else run.box.right
        part.append(run)
    if part:
        yield part


def _is_stretched(runs: Sequence[TextRun]) -> bool:
    """Return whether Chinese is spread over a line, character by character: 北 京 市."""
    wide = [run for run in runs if is_wide_between(run.text, run.text)]
    return len(wide) > 2 and sum(len(run.text) for run in wide) <= 2 * len(wide)
