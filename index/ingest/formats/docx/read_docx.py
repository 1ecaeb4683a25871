"""Read a Word document: make an article of the blocks of its parts.

Heads and feet of pages are in `removed`; comments, deleted and hidden text, pictures and what is
embedded are counted. Notes come below the paragraph that calls them.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.docx.body import DocxBlock
from index.ingest.formats.docx.word_document import WordDocument
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, same_words, table_lines
from index.ingest.structure.headings import title_of
from index.ingest.structure.line_shapes import is_prose, width
from index.ingest.structure.properties import author_in, day_in, title_in

_MAX_HEADING_WIDTH = 60
_TITLE_WITHIN = 5
# The creation date of python-docx's template, and so of every document that a program makes of it.
_TEMPLATE_CREATED = datetime.datetime(2013, 12, 23, 23, 15, tzinfo=datetime.UTC)


def read_docx(file_id: str, data: bytes) -> Article:
    """Read the article in a Word document.

    Raises:
        ArticleError: it needs a password, is damaged, unpacks to too much or has no text.
    """
    document = WordDocument(data)
    try:
        blocks = list(document.blocks())
    except RecursionError as error:  # the only effect of a damaged document on our own code
        raise document.package.damaged() from error
    if not any(block.text or block.grid for block in blocks):
        raise ArticleError("is empty: the document holds no text.")
    properties = document.package.properties
    created = None if properties.created == _TEMPLATE_CREATED else properties.created
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=(
                *(DraftLine(text, cut=True) for text in document.edge_lines("header")),
                *_lines(blocks),
                *(DraftLine(text, cut=True) for text in document.edge_lines("footer")),
            ),
            title=_title(blocks, title_in(properties.title)),
            published=day_in(created),
        )
    )
    return replace(
        article,
        author=article.author or author_in(properties.author),
        unread=unread_of(document.unread),
    )


def _lines(blocks: Iterable[DocxBlock]) -> Iterator[DraftLine]:
    """Yield blocks as lines, with a blank one between all but the rows of a list or table."""
    joined = ""
    for block in blocks:
        kind = "row" * block.row or "item" * (block.listed and block.level is None)
        if not kind or kind != joined:
            yield DraftLine("")
        joined = kind
        if block.grid:
            yield from table_lines(block.grid, captions_as_rows=True)
        for text in block.text.split("\n"):
            line = " ".join(text.split())
            if line:
                heading = _is_heading(block, line)
                row, grid_row = block.row, block.grid_row
                yield DraftLine(
                    line, heading=heading, cut=block.contents, row=row, grid_row=grid_row
                )


def _is_heading(block: DocxBlock, line: str) -> bool:
    short = width(line) <= _MAX_HEADING_WIDTH and not is_prose(line)
    return (block.level is not None or block.titled) and short


def _title(blocks: Sequence[DocxBlock], declared: str | None) -> str:
    """Return the paragraph in the title's style, the declared title if in the text, or a heading.

    Without these the shape of the lines goes before the properties: many are left over from the
    document that was written before. Empty leaves it to the shape.
    """
    paragraphs = [block for block in blocks if block.text and not block.contents]
    top = paragraphs[:_TITLE_WITHIN]
    titled = next((block.text for block in top if block.titled), None)
    if titled:
        return " ".join(titled.split())
    if declared and any(same_words(block.text, declared) for block in top):
        return declared
    heading = next(
        (block.text for block in top if block.level == 0 and not is_prose(block.text)), ""
    )
    if heading:
        return " ".join(heading.split())
    by_shape = title_of("\n\n".join(" ".join(block.text.split()) for block in paragraphs))
    return "" if by_shape else declared or ""
