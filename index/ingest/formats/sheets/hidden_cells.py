"""Tell which rows and columns of a sheet are hidden, rather than folded or filtered away."""

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The namespace of a workbook's parts."""

_MOST_COLUMNS = 16_384  # of a sheet


def hidden_columns(sheet: etree._Element) -> frozenset[int]:
    """Return the numbers of a sheet's hidden columns, from 0."""
    ranges = [
        range(_int(columns.get("min")) - 1, min(_int(columns.get("max")), _MOST_COLUMNS))
        for columns in sheet.iterfind(f"{S}cols/{S}col")
        if is_hidden(columns)
    ]
    return frozenset[int]().union(*ranges)


def is_hidden(part: etree._Element) -> bool:
    """Return whether a row or column is hidden; those of a group that is folded are not."""
    return part.get("hidden") in ("1", "true") and not _int(part.get("outlineLevel"))


def is_filtered(part: etree._Element | None) -> bool:
    """Return whether a filter of a sheet or table hides rows: it chooses what is on the screen."""
    return part is not None and part.find(f"{S}autoFilter/{S}filterColumn") is not None


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0
