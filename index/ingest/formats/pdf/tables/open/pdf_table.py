"""A table as it is found on a page, before its rows are lines."""

from dataclasses import dataclass

from index.ingest.formats.pdf.page_content import Box
from index.ingest.structure.grid import Grid

Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table with its box on the page; `edges` are the left and the right of its columns."""

    grid: Grid
    box: Box
    edges: tuple[Edges, ...]
    size: float = 0.0
    column: str = ""
    confidence: float | None = None
