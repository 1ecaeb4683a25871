"""Write an article as Markdown: front matter, headings, a paragraph for each line, tables."""

import re
from collections.abc import Iterator, Sequence

from index.article import Article, Section, Span
from index.table import Table
from web.markdown.escaped_text import escaped_inline, escaped_line, yaml_string

MARKDOWN = "text/markdown; charset=utf-8"
"""The media type of what is written here."""

_LINE = re.compile(r"[^\r\n]+")
_DEEPEST = 6


def article_markdown(article: Article, index_version: str) -> str:
    """Return an article of an index version as Markdown, its text as data."""
    known = {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "index_version": index_version,
    }
    fields = [f"{name}: {yaml_string(value)}" for name, value in known.items() if value]
    front = "\n".join(("---", *fields, "---"))
    return "\n\n".join((front, *_blocks(article))) + "\n"


def _blocks(article: Article) -> Iterator[str]:
    """Yield the blocks of the text, in order, under the title."""
    levels = _Levels(article)
    if article.title.strip() and levels.title is None:
        yield f"# {escaped_inline(article.title)}"
    at = 0
    for table in article.tables:
        # Whole lines; the mark of a list before the first one is not text of an item.
        yield from _lines(article.text, Span(at, _line_start(article.text, table.start)), levels)
        yield table_markdown(table, article.text)
        at = table.end
    yield from _lines(article.text, Span(at, len(article.text)), levels)


def _lines(text: str, span: Span, levels: "_Levels") -> Iterator[str]:
    for match in _LINE.finditer(text, span.start, span.end):
        if match[0].strip():
            level = levels.of(Span(*match.span()))
            heading = f"{'#' * level} {escaped_inline(match[0])}"
            yield heading if level else escaped_line(match[0])


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


class _Levels:
    """Which lines are headings, and how deep; `title` is where the title stands by itself."""

    def __init__(self, article: Article) -> None:
        self.title = article.title_at if _is_line(article.text, article.title_at) else None
        self._levels: dict[int, int] = {}
        titled = -1 if self.title is None else _line_start(article.text, self.title.start)
        around: list[Section] = []
        for section in sorted(article.sections, key=lambda section: (section.start, -section.end)):
            line = _line_start(article.text, section.start)
            if line != titled:  # that of the title has the others in it
                around = [outer for outer in around if section.start < outer.end]
                self._levels.setdefault(line, min(2 + len(around), _DEEPEST))
                around.append(section)

    def of(self, line: Span) -> int:
        """Return the level of a line's heading, 0 if it is none."""
        if self.title is not None and line.contains(self.title):
            return 1
        return self._levels.get(line.start, 0)


def _is_line(text: str, span: Span | None) -> bool:
    """Return whether a range is all that stands in its line."""
    if span is None:
        return False
    start = _line_start(text, span.start)
    match = _LINE.match(text, start)
    return match is not None and match[0].strip() == span.of(text).strip() != ""


def table_markdown(table: Table, text: str) -> str:
    """Return a table of a text as Markdown, which has one row of names and no spans.

    The words of a cell stand in all squares that it covers; several rows of names become one.
    """
    rows = [[""] * table.columns for _ in range(table.rows)]
    names = [True] * table.rows
    for cell in table.cells:
        words = escaped_inline(cell.words(text))
        for row in range(cell.row, cell.row + cell.rows):
            names[row] &= cell.header
            rows[row][cell.column : cell.column + cell.columns] = [words] * cell.columns
    count = next((row for row, is_name in enumerate(names) if not is_name), table.rows)
    head = [
        " ".join(filter(None, dict.fromkeys(column))) for column in zip(*rows[:count], strict=True)
    ]
    lines = [head or [""] * table.columns, ["---"] * table.columns, *rows[count:]]
    return "\n".join(map(_row, lines))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
