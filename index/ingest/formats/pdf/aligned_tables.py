"""Find tables without drawn lines: consecutive lines whose cells are aligned."""

from collections.abc import Sequence

from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.page_content import bounding_box, mean_confidence
from index.ingest.formats.pdf.ruled_tables import PdfTable
from index.ingest.structure.grid import Grid

_MIN_ROWS = 3
_TOLERANCE = 1.0  # em


def align(lines: Sequence[TextLine]) -> list[TextLine | PdfTable]:
    """Replace three or more consecutive lines with aligned cells by a table."""
    items: list[TextLine | PdfTable] = []
    group: list[TextLine] = []
    for line in lines:
        if group and not _is_next_row(group[-1], line):
            items += _table_or_lines(group)
            group = []
        group.append(line)
    return items + _table_or_lines(group)


def _is_next_row(upper: TextLine, lower: TextLine) -> bool:
    gap = lower.box.top - upper.box.bottom
    near = len(upper.cells) == len(lower.cells) > 1 and gap < 1.5 * max(upper.size, 1)
    tolerance = _TOLERANCE * max(upper.size, 1)
    edges = zip(upper.edges, lower.edges, strict=False)
    return near and all(_are_aligned(above, below, tolerance) for above, below in edges)


def _are_aligned(above: tuple[float, float], below: tuple[float, float], tolerance: float) -> bool:
    """Return whether two cells have the left edge, the right edge or the middle in common."""
    return (
        abs(above[0] - below[0]) <= tolerance
        or abs(above[1] - below[1]) <= tolerance
        or abs(sum(above) - sum(below)) <= 2 * tolerance
    )


def _table_or_lines(group: Sequence[TextLine]) -> list[TextLine | PdfTable]:
    if len(group) < _MIN_ROWS:
        return list(group)
    grid = Grid(tuple(line.cells for line in group))
    box = bounding_box([line.box for line in group])
    confidence = mean_confidence((line.confidence, len(line.text)) for line in group)
    return [PdfTable(grid, box, group[0].size, group[0].column, confidence)]
