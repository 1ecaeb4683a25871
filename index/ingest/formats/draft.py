"""Make an article from lines with known markup: shared by HTML, Markdown, Word and PDF.

Boilerplate is cut, the title becomes the first line, and source and date get a line of their own
below it unless a byline already states them: so that all three can be cited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Article, Section, Span
from index.bounds import MAX_CHARS, MAX_FIELD, MAX_LINES, fitting
from index.errors import ArticleError
from index.ingest.boilerplate.edge_rules import CleanedText, assemble, boilerplate_lines
from index.ingest.formats.drawn_tables import RowLine, tables_of
from index.ingest.formats.stated import is_stated, published_at, source_at, values_of
from index.ingest.recognition.recognised_ranges import recognised_ranges
from index.ingest.structure.byline import Byline, read_byline
from index.ingest.structure.grid import Grid
from index.ingest.structure.headings import sections_at, sections_of, title_of
from index.ingest.structure.line_shapes import is_blank
from index.ingest.structure.table_units import with_units
from index.ingest.structure.tables import GridRow, grid_lines
from index.text.odd_characters import without_idle_marks

# A title may be below a line or two (a category, a date), not further down.
_TITLE_WITHIN = 5


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line with its markup: a `heading`, `cut` in any case, or `protected` from being cut.

    A `row` is one of a table, `grid_row` what it tells of a grid. A `confidence` tells that it was
    recognised in a scan.
    """

    text: str
    heading: bool = False
    cut: bool = False
    protected: bool = False
    row: bool = False
    grid_row: GridRow | None = None
    confidence: float | None = None

    def after(self, lead: str) -> "DraftLine":
        """Return the words of the line behind others, as in an item of a list."""
        row = self.grid_row and replace(self.grid_row, lead=self.grid_row.lead + len(lead))
        return replace(self, text=lead + self.text, grid_row=row)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's lines, with the metadata that it declares.

    `about` are lines that a file says of itself, to stand below its title; `authoritative` metadata
    goes before a byline. In a `classified` draft the lines that aren't cut
    are the article, and no rule cuts more.
    """

    id: str
    lines: tuple[DraftLine, ...]
    title: str = ""
    source: str | None = None
    published: str | None = None
    url: str | None = None
    about: tuple[str, ...] = ()
    authoritative: bool = False
    classified: bool = False


def article_of_draft(draft: Draft) -> Article:
    r"""Return the article of a draft, with title, source and date in its text.

    >>> draft = Draft("a.md", (DraftLine("近年来，投入很大。"),), "智慧城市", source="百方网")
    >>> article_of_draft(draft).text
    '智慧城市\n\n百方网\n\n近年来，投入很大。'

    Raises:
        ArticleError: it has too many lines or characters.
    """
    _check_size(draft)
    draft = _with_title(_with_units(_with_fitting_metadata(_without_idle_marks(draft))))
    cleaned = _cleaned(draft)
    byline = read_byline(cleaned.text)
    if about := [line for line in draft.about if not is_stated(line, byline)]:
        draft = _with_lines(draft, about)
        cleaned = _cleaned(draft)
        byline = read_byline(cleaned.text)
    first, second = (draft, byline) if draft.authoritative else (byline, draft)
    source = first.source or second.source
    published = first.published or second.published
    stated = (byline.source, byline.published, *values_of(about))
    unstated = [value for value in (source, published) if value and value not in stated]
    if unstated:
        draft = _with_lines(draft, ["  ".join(unstated)])
        cleaned = _cleaned(draft)
        byline = read_byline(cleaned.text)
    return _article(replace(draft, source=source, published=published), cleaned, byline)


def table_lines(grid: Grid, *, captions_as_rows: bool = False) -> list[DraftLine]:
    """Return a table's captions and its rows as lines."""
    return [
        DraftLine(line.text, row=captions_as_rows or line.row is not None, grid_row=line.row)
        for line in grid_lines(grid)
    ]


def same_words(first: str, second: str) -> bool:
    """Return whether two lines differ at most in white space.

    >>> same_words("智慧 城市", "智慧城市")
    True
    """
    return "".join(first.split()) == "".join(second.split())


def _check_size(draft: Draft) -> None:
    if sum(not is_blank(line.text) for line in draft.lines) > MAX_LINES:
        raise ArticleError(f"holds more than {MAX_LINES:,} lines; split it.")
    if sum(len(line.text) for line in draft.lines) > MAX_CHARS:
        raise ArticleError(f"holds more than {MAX_CHARS:,} characters; split it.")


def _without_idle_marks(draft: Draft) -> Draft:
    lines = map(_line_without_idle_marks, draft.lines)
    source = draft.source and without_idle_marks(draft.source)
    return replace(draft, lines=tuple(lines), title=without_idle_marks(draft.title), source=source)


def _line_without_idle_marks(line: DraftLine) -> DraftLine:
    text = without_idle_marks(line.text)
    if text == line.text:
        return line
    row = line.grid_row and replace(line.grid_row, dropped=tuple(_dropped(line.text, text)))
    return replace(line, text=text, grid_row=row)


def _dropped(line: str, left: str) -> Iterator[int]:
    """Yield the places of the characters of a line that were dropped from it.

    >>> list(_dropped("-a-b", "ab"))
    [0, 2]
    """
    kept = 0
    for place, char in enumerate(line):
        if left[kept : kept + 1] == char:
            kept += 1
        else:
            yield place


def _with_fitting_metadata(draft: Draft) -> Draft:
    """Drop metadata too long to be what it says it is, and the mark of headings that are."""
    lines = [
        replace(line, heading=False) if len(line.text) > MAX_FIELD else line for line in draft.lines
    ]
    return replace(
        draft,
        lines=tuple(lines),
        title=fitting("title", draft.title) or "",
        source=fitting("source", draft.source),
        published=fitting("published", draft.published),
        url=fitting("url", draft.url),
    )


def _visible(lines: Sequence[DraftLine]) -> list[int]:
    return [i for i, line in enumerate(lines) if not (line.cut or is_blank(line.text))]


def _with_units(draft: Draft) -> Draft:
    """Carry the units stated above tables into their rows."""
    rows = [line.row for line in draft.lines]
    texts = with_units([line.text for line in draft.lines], rows)
    lines = (replace(line, text=text) for line, text in zip(draft.lines, texts, strict=True))
    return replace(draft, lines=tuple(lines)) if any(rows) else draft


def _with_title(draft: Draft) -> Draft:
    """Put the title in the first line, moving its own line up if that is a little below."""
    if not draft.title:
        return draft
    visible = _visible(draft.lines)
    top = visible[:_TITLE_WITHIN]
    present = next((i for i in top if same_words(draft.lines[i].text, draft.title)), None)
    lines = list(draft.lines)
    confidence = None if present is None else lines.pop(present).confidence
    # Its own line is never above the first visible one, so deleting it moves nothing up to here.
    at = visible[0] if visible else len(lines)
    lines[at:at] = [DraftLine(draft.title, protected=True, confidence=confidence), DraftLine("")]
    return replace(draft, lines=tuple(lines))


def _with_lines(draft: Draft, texts: Sequence[str]) -> Draft:
    """Insert lines of our own below the title."""
    if not texts:
        return draft
    title = _title_line(draft)
    at = 0 if title is None else title + 1
    own = (DraftLine(text, protected=True) for text in texts)
    added = (DraftLine(""), *own, DraftLine(""))
    return replace(draft, lines=(*draft.lines[:at], *added, *draft.lines[at:]))


def _title_line(draft: Draft) -> int | None:
    protected = (i for i, line in enumerate(draft.lines) if line.protected)
    return next(protected, None) if draft.title else None


def _cleaned(draft: Draft) -> CleanedText:
    """Cut the draft's lines: those marked, and boilerplate unless it is classified already."""
    lines = draft.lines
    kept = [i for i, line in enumerate(lines) if not line.cut]
    cut = {i for i, line in enumerate(lines) if line.cut}
    if not draft.classified:
        boilerplate = boilerplate_lines([lines[i].text for i in kept])
        cut |= {kept[place] for place in boilerplate if not lines[kept[place]].protected}
    return assemble([line.text for line in lines], frozenset(cut))


def _article(draft: Draft, cleaned: CleanedText, byline: Byline) -> Article:
    text = cleaned.text
    title_at = _title_at(draft, cleaned)
    below = title_at.end if title_at else 0
    return Article(
        id=draft.id,
        title=title_at.of(text) if title_at else "",
        text=text,
        source=draft.source,
        published=draft.published,
        url=draft.url,
        author=byline.author,
        sections=_sections(draft, cleaned, title_at),
        removed=cleaned.removed,
        recognised=recognised_ranges(
            (line.text, line.confidence, start)
            for line, start in zip(draft.lines, cleaned.starts, strict=True)
        ),
        title_at=title_at,
        source_at=source_at(draft.source, byline, text, below),
        published_at=published_at(draft.published, byline, text, below),
        tables=tables_of(_row_lines(draft, cleaned)),
    )


def _row_lines(draft: Draft, cleaned: CleanedText) -> Iterator[RowLine]:
    for line, start in zip(draft.lines, cleaned.starts, strict=True):
        if line.grid_row and start is not None:
            yield RowLine(line.grid_row, start, start + len(line.text.rstrip()))


def _title_at(draft: Draft, cleaned: CleanedText) -> Span | None:
    line = _title_line(draft)
    start = None if line is None else cleaned.starts[line]
    if start is None:
        return title_of(cleaned.text)
    return Span(start, start + len(draft.title))


def _sections(draft: Draft, cleaned: CleanedText, title_at: Span | None) -> tuple[Section, ...]:
    """Return the sections by the headings' markup below the title, else by the lines' shape."""
    starts = [
        (line.text.strip(), start)
        for line, start in zip(draft.lines, cleaned.starts, strict=True)
        if line.heading and start is not None and not (title_at and start <= title_at.start)
    ]
    if starts:
        return sections_at(starts, len(cleaned.text))
    return sections_of(cleaned.text, title_at)
