"""Read a presentation (.pptx): the words of its slides in their order, each slide a section.

The XML is read here and not with python-pptx, which refuses the Strict form. The notes of a slide
come after its words; its number and footer are in `removed`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, table_lines
from index.ingest.formats.drawing_text import DRAWING, drawn, paragraphs_in
from index.ingest.sources.office_package import RELATION_ID, OfficePackage
from index.ingest.structure.column_names import names_columns
from index.ingest.structure.grid import Square, grid_of
from index.ingest.structure.properties import author_in, title_in

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLES = frozenset({"title", "ctrTitle"})
_EDGES = frozenset({"ftr", "hdr", "dt", "sldNum", "sldImg"})


def read_pptx(file_id: str, data: bytes) -> Article:
    """Read the article in a presentation.

    Raises:
        ArticleError: it needs a password, is damaged, unpacks to too much or has no words.
    """
    package = OfficePackage(data, "pptx")
    unread: Counter[str] = Counter()
    slides = [list(_slide(package, part, unread)) for part in _parts(package, unread)]
    if not any(line.text and not line.cut for lines in slides for line in lines):
        raise ArticleError("is empty: no slide holds words.")
    lines = tuple(line for slide in slides for line in slide)
    properties = package.properties
    first = next((line.text for line in lines if line.heading), "")
    # No date: many a presentation was begun as a copy of another.
    title = first or title_in(properties.title) or ""
    article = article_of_draft(Draft(id=file_id, lines=lines, title=title))
    author = article.author or author_in(properties.author)
    return replace(article, author=author, unread=unread_of(unread))


def _parts(package: OfficePackage, unread: Counter[str]) -> Iterator[str]:
    """Yield the names of the slides' parts in their order, and count those that are not there."""
    root = package.tree(package.main)
    if root is None or root.tag != f"{_P}presentation":
        raise package.damaged()
    relations = package.relations(package.main)
    for slide in root.iterfind(f"{_P}sldIdLst/{_P}sldId"):
        relation = relations.get(slide.get(RELATION_ID, ""))
        if relation is not None and package.has(relation.target):
            yield relation.target
        else:
            unread["slide"] += 1


def _slide(package: OfficePackage, part: str, unread: Counter[str]) -> Iterator[DraftLine]:
    root = package.tree(part)
    if root is None:
        return
    if root.get("show") in ("0", "false"):
        unread["hidden slide"] += 1
        return
    yield from _shapes(root)
    for name in package.related(part, "diagramData"):
        yield from _paragraphs_of(package.tree(name))
    for name in package.related(part, "notesSlide"):
        notes = package.tree(name)
        yield from () if notes is None else _shapes(notes, headings=False)
    for name in package.related(part, "comments"):
        comments = package.tree(name)
        unread["comment"] += 0 if comments is None else len(comments)
    unread += drawn(root)


def _shapes(parent: etree._Element, *, headings: bool = True) -> Iterator[DraftLine]:
    """Yield the lines of the shapes in an element, the title of a slide first."""
    shapes = list(_each_shape(parent))
    if headings:
        shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
    for shape in shapes:
        kind = _placeholder(shape)
        yield DraftLine("")
        table = shape.find(f".//{DRAWING}tbl")
        if table is not None:
            yield from _table(table)
            continue
        lines = list(paragraphs_in(shape))
        if headings and kind in _TITLES and lines:
            yield DraftLine(" ".join(lines), heading=True)
            yield DraftLine("")
        else:
            is_edge = kind in _EDGES or _is_number(shape)
            yield from (DraftLine(line, cut=is_edge) for line in lines)


def _each_shape(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{_P}sp", f"{_P}graphicFrame", f"{_P}cxnSp"):
            yield child
        elif isinstance(child.tag, str) and child.tag != f"{_MARKUP}Fallback":
            yield from _each_shape(child)


def _placeholder(shape: etree._Element) -> str:
    """Return what a shape's place is for: `title`, `body`, `ftr`; empty for any other shape."""
    place = shape.find(f"*/{_P}nvPr/{_P}ph")
    return "" if place is None else place.get("type", "body")


def _is_number(shape: etree._Element) -> bool:
    """Return whether a shape is the number of its slide, as LibreOffice writes it: no placeholder.

    Of an old file it is `<number>`.
    """
    fields = [text.getparent() for text in shape.iter(f"{DRAWING}t")]
    return bool(fields) and all(
        field is not None and field.tag == f"{DRAWING}fld" and field.get("type") == "slidenum"
        for field in fields
    )


def _paragraphs_of(root: etree._Element | None) -> Iterator[DraftLine]:
    if root is not None:
        yield DraftLine("")
        yield from map(DraftLine, paragraphs_in(root))


def _table(table: etree._Element) -> Iterator[DraftLine]:
    rows = [list(row.iterfind(f"{DRAWING}tc")) for row in table.iterfind(f"{DRAWING}tr")]
    columns = max(map(len, rows), default=0)
    texts: dict[Square, str] = {}
    homes: list[list[Square]] = []
    for number, row in enumerate(rows):
        line: list[Square] = []
        for column, cell in enumerate(row):
            home = (number, column)
            if column and cell.get("hMerge") in ("1", "true"):
                home = line[-1]
            elif number and cell.get("vMerge") in ("1", "true"):
                home = homes[-1][column]
            line.append(home)
            if home == (number, column):
                texts[home] = " ".join(paragraphs_in(cell))
        homes.append(line + [(number, column) for column in range(len(line), columns)])
    grid = grid_of(texts, homes)
    if grid.rows:
        named = grid.named or names_columns(grid.rows, headed=False)
        yield from table_lines(replace(grid, named=named if len(grid.rows) > 1 else None))
