"""Make lines of a page that is all article, with no menus around it: a chapter, a mail."""

from collections.abc import Iterator

from index.ingest.formats.draft import DraftLine
from index.ingest.formats.html import page_text
from index.ingest.pages.html_blocks import blocks_of, parse_page


def page_lines(page: bytes) -> Iterator[DraftLine]:
    """Yield the lines of a page, with a blank one between all but the rows of a list or table."""
    root = parse_page(page_text(page))
    last = ""
    for block in () if root is None else blocks_of(root):
        if block.kind != last or block.kind not in ("item", "row"):
            yield DraftLine("")
        last = block.kind
        heading, row = block.kind == "heading", block.kind == "row" and not block.is_caption
        yield DraftLine(block.text, heading, cut=block.hidden, row=row, grid_row=block.grid_row)
