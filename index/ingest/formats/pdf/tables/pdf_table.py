"""A table as it is found on a page, before its rows are lines."""

from dataclasses import dataclass

from index.ingest.formats.pdf.page_content import Box
from index.ingest.structure.grid import Grid


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table with its box on the page."""

    grid: Grid
    box: Box
    size: float = 0.0
    column: str = ""
    confidence: float | None = None
