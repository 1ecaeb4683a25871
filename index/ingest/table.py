"""A table's cells as lines that can be read, and cited, each on its own."""

from collections.abc import Sequence

BETWEEN = ", "
"""What stands between two cells: no mark that ends a sentence, so that a row is cited whole."""


def table_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row as a line: `年份: 2016, 金额: 100万`, without a header `2016 | 100万`.

    A header over no rows is a row itself; empty cells are left out.
    """
    if not rows:
        return [_plain(header)] if any(header) else []
    if not header or not all(header):
        lines = [_plain(header), *(_plain(row) for row in rows)]
        return [line for line in lines if line]
    return [line for row in rows if (line := _named(header, row))]


def _plain(row: Sequence[str]) -> str:
    return " | ".join(cell for cell in row if cell)


def _named(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    pairs = zip(names, row, strict=False)
    return BETWEEN.join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
