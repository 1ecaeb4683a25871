"""Tell whether the first row of a sheet or of a slide's table names its columns.

Tables in documents are judged by `tables.has_header`, which is stricter.
"""

import re
from collections.abc import Sequence

from index.ingest.structure.line_shapes import width
from index.ingest.structure.tables import has_header, has_pairs

_MAX_NAME_WIDTH = 30
_YEAR = re.compile(r"(?:19|20)\d\d")


def names_columns(rows: Sequence[Sequence[str]], *, headed: bool) -> bool:
    """Return whether the first row names the columns, as that of a sheet nearly always does."""
    head, body = rows[0], rows[1:]
    names = [cell for cell in head if cell]
    named = len(names) == len(set(names)) and len(names) >= max(1, len(head) - 1)
    if not named or not all(width(cell) <= _MAX_NAME_WIDTH for cell in names):
        return False
    plain = not any(_is_figure(cell) for cell in names)
    if (headed and plain) or has_header(rows):
        return True
    return plain and len(head) > 2 and len(body) > 0 and not has_pairs(rows)


def _is_figure(cell: str) -> bool:
    """Return whether a cell is a value; years are names of columns, too."""
    if _YEAR.fullmatch(cell):
        return False
    return cell.replace(",", "").replace(".", "").replace("%", "").lstrip("-¥$").isdecimal()
