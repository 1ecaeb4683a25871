"""Put the parts of a table together that pages part, and a row whose lines go on on the next page.

Whether a table goes on is left to `paragraphs`.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.tables.open.pdf_table import Edges, PdfTable
from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import MAX_LABEL_WIDTH, Grid, Square, Squares, squares_of
from index.ingest.structure.line_joining import joined
from index.ingest.structure.line_shapes import ends_sentence, width

_NEAR = 1.0  # em
# From this width on a cell has several lines, of which some may be on the next page.
_MIN_BROKEN = 16


def as_row(line: TextLine, edges: Sequence[Edges]) -> PdfTable | None:
    """Return a line as a row of a table whose columns have these edges; None if it is none.

    Words in the first column alone are none.
    """
    homes = [_home(place, edges, _NEAR * line.size) for place in line.places]
    columns = [home for home in homes if home is not None]
    if len(set(columns)) < len(homes) or columns == [0] or not columns:
        return None
    cells = [""] * len(edges)
    for column, cell in zip(columns, line.cells, strict=True):
        cells[column] = cell
    return PdfTable(
        Grid((tuple(cells),), named=False),
        line.box,
        tuple(edges),
        line.size,
        line.column,
        line.confidence,
    )


def _home(place: Edges, edges: Sequence[Edges], slack: float) -> int | None:
    """Return the only column that a place is in."""
    homes = [
        number
        for number, (left, right) in enumerate(edges)
        if min(place[1], right) > max(place[0], left)
    ]
    inside = len(homes) == 1 and (
        edges[homes[0]][0] - slack <= place[0] and place[1] <= edges[homes[0]][1] + slack
    )
    return homes[0] if inside else None


def in_columns_of(table: PdfTable, edges: Sequence[Edges]) -> PdfTable | None:
    """Return a table with the columns of the part before it; None if it has others.

    A column may be blank on the next page.
    """
    if len(table.edges) == len(edges):
        return table
    homes = [_home(place, edges, _NEAR * max(table.size, 10.0)) for place in table.edges]
    columns = [home for home in homes if home is not None]
    if len(columns) < len(homes) or columns != sorted(set(columns)):
        return None
    return replace(table, grid=_widened(table.grid, columns, len(edges)), edges=tuple(edges))


def _widened(grid: Grid, columns: Sequence[int], count: int) -> Grid:
    """Return a grid with blank columns between its own, which are at `columns` then."""
    squares = squares_of(grid)

    def line_of(line: Sequence[Square]) -> list[Square]:
        row = max(square[0] for square in line)
        wider = [(row, column) for column in range(count)]
        for column, (above, first) in zip(columns, line, strict=True):
            wider[column] = above, columns[first]
        return wider

    def cells_of(row: Sequence[str]) -> tuple[str, ...]:
        cells = dict(zip(columns, row, strict=True))
        return tuple(cells.get(column, "") for column in range(count))

    return replace(
        grid,
        rows=tuple(map(cells_of, grid.rows)),
        spans=(),
        squares=Squares(
            tuple(tuple(map(line_of, lines)) for lines in squares.rows),
            {(row, columns[at]): text for (row, at), text in squares.texts.items()},
            frozenset((row, columns[at]) for row, at in squares.heads),
        ),
    )


def followed_by(before: Grid, below: Grid) -> Grid:
    """Return a table with its rows on the next page, which may repeat its header."""
    below = _without_header(before, below)
    if not below.rows:
        return before
    if _goes_on(before.rows[-1], below.rows[0]):
        before, below = _with_row_joined(before, below)
    if not below.rows:
        return before
    labels = _labels_from_above(before, below)
    whole = _appended(before, below)
    return _with_labels_going_on(whole, len(before.rows), labels) if labels else whole


def _without_header(before: Grid, below: Grid) -> Grid:
    """Return the part of a table on a page without the header; what stands above it is a row."""
    below = _with_header_parted(before, below)
    squares = squares_of(below)
    start = int(_words(squares, 0) == _words(squares_of(before), 0))
    grid = replace(
        below,
        rows=below.rows[start:],
        captions=(),
        bands=frozenset(band - start for band in below.bands),
        spans=below.spans[start:],
        squares=replace(squares, rows=squares.rows[start:]),
    )
    bands = [caption for caption in below.captions if caption not in before.captions]
    for caption in () if start else reversed(bands):
        grid = _with_band(grid, caption, len(before.rows[0]))
    return grid


def _with_header_parted(before: Grid, below: Grid) -> Grid:
    """Return a part of a table whose header is a row, where no rule parts it from the next one."""
    header, first = before.rows[0], below.rows[0]
    if header == first or not all(
        name and cell.startswith(name) for name, cell in zip(header, first, strict=True)
    ):
        return below
    squares = squares_of(below)
    (homes, *_), count = squares.rows[0], 1 + max(row for row, _ in squares.texts)
    rest = tuple(cell.removeprefix(name).strip() for name, cell in zip(header, first, strict=True))
    below_header = [(count, column) for column in range(len(rest))]
    texts = {**squares.texts, **dict(zip(homes, header, strict=True))}
    return replace(
        below,
        rows=(header, rest, *below.rows[1:]),
        bands=frozenset(band + 1 for band in below.bands),
        spans=below.spans and (below.spans[0], *below.spans),
        squares=replace(
            squares,
            rows=((homes,), (below_header,), *squares.rows[1:]),
            texts={**texts, **dict(zip(below_header, rest, strict=True))},
        ),
    )


def _words(squares: Squares, number: int) -> list[str]:
    """Return the characters of a row in order, wherever its cells were thought to end."""
    cells = dict.fromkeys(square for line in squares.rows[number] for square in line)
    return sorted("".join("".join(squares.texts.get(cell, "").split()) for cell in cells))


def _with_band(grid: Grid, text: str, columns: int) -> Grid:
    row = Grid(
        ((text, *[""] * (columns - 1)),),
        bands=frozenset({0}),
        spans=((columns,) * columns,),
        squares=Squares((([(0, 0)] * columns,),), {(0, 0): text}),
    )
    return _appended(row, grid)


def _appended(before: Grid, below: Grid) -> Grid:
    count = len(before.rows)
    spans: tuple[tuple[int, ...], ...] = ()
    if before.spans or below.spans:
        spans = _spans(before) + _spans(below)
    return replace(
        before,
        rows=before.rows + below.rows,
        bands=before.bands | {count + band for band in below.bands},
        spans=spans,
        squares=squares_of(before).followed_by(squares_of(below)),
    )


def _spans(grid: Grid) -> tuple[tuple[int, ...], ...]:
    return grid.spans or tuple((1,) * len(row) for row in grid.rows)


def _goes_on(row: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether cells of a table's last row on a page go on in the first one on the next."""
    pairs = [(upper, lower) for upper, lower in zip(row, below, strict=True) if lower]
    if below[0] or not pairs or not all(upper for upper, _ in pairs):
        return False
    if any(is_value(upper) and is_value(lower) for upper, lower in pairs):
        return False
    filled = sum(map(bool, row))
    broken = any(width(upper) >= _MIN_BROKEN and not ends_sentence(upper) for upper, _ in pairs)
    return broken or len(pairs) < filled - 1 or filled == 2


def _with_row_joined(before: Grid, below: Grid) -> tuple[Grid, Grid]:
    squares, lower = squares_of(before), squares_of(below)
    texts = dict(squares.texts)
    homes, ends = squares.rows[-1][-1], lower.rows[0][0]
    last = list(before.rows[-1])
    for column, text in enumerate(below.rows[0]):
        if text:
            last[column] = joined(last[column], text)
            texts[homes[column]] = joined(
                texts.get(homes[column], ""), lower.texts.get(ends[column], text)
            )
    upper = replace(
        before, rows=(*before.rows[:-1], tuple(last)), squares=replace(squares, texts=texts)
    )
    rest = replace(
        below,
        rows=below.rows[1:],
        bands=frozenset(band - 1 for band in below.bands),
        spans=below.spans[1:],
        squares=replace(lower, rows=lower.rows[1:]),
    )
    return upper, rest


def _labels_from_above(before: Grid, below: Grid) -> int:
    """Return how many labels at the left of a table's last row are also those of the next page."""
    last, first = before.rows[-1], below.rows[0]
    blank = next((column for column, cell in enumerate(first) if cell), len(first))
    is_complete = all(map(bool, first[blank:])) and all(map(bool, last))
    short = all(width(label) <= MAX_LABEL_WIDTH for label in last[:blank])
    return blank if 0 < blank < len(first) - 1 and is_complete and short else 0


def _with_labels_going_on(grid: Grid, start: int, labels: int) -> Grid:
    """Return a table whose row at `start`, and those below, have the labels of the row above."""
    squares = squares_of(grid)
    rows, lines = list(grid.rows), list(squares.rows)
    end = next((at for at in range(start, len(rows)) if any(rows[at][:labels])), len(rows))
    for at in range(start, end):
        if not all(rows[at][labels:]):
            break
        rows[at] = (*rows[start - 1][:labels], *rows[at][labels:])
        lines[at] = tuple([*lines[start - 1][-1][:labels], *line[labels:]] for line in lines[at])
    return replace(grid, rows=tuple(rows), squares=replace(squares, rows=tuple(lines)))
