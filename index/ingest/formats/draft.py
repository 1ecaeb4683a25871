"""From lines with markup known (headings, metadata) to an article: what .md and .html share.

The page's furniture is cut, the title becomes the first line, and source and date get a line of
their own below it unless a byline tells them already: so that all three can be cited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.article import Article, Section, Span
from index.ingest.boilerplate.edge_rules import CleanedText, assemble, boilerplate_lines
from index.ingest.structure.byline import Byline, read_byline
from index.ingest.structure.headings import sections_at, sections_of, title_of
from index.ingest.structure.line_shapes import is_blank

# A title may stand below a line or two (a category, a date), not further down.
_TITLE_AMONG = 5


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of text; whether markup calls it a heading, and whether it surely goes or stays."""

    text: str
    heading: bool = False
    cut: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader has found.

    `sure`: its source and date go before what a byline says. `judged`: the lines that aren't cut
    are the article, and no rule takes more away.
    """

    id: str
    lines: tuple[DraftLine, ...]
    title: str = ""
    source: str | None = None
    published: str | None = None
    url: str | None = None
    sure: bool = False
    judged: bool = False


def finish(draft: Draft) -> Article:
    r"""The article of a draft.

    Title `智慧城市`, source `百方网`, the one line `近年来，……` → text
    `智慧城市\n\n百方网\n\n近年来，……`.
    """
    draft = _with_title(draft)
    byline = read_byline(_clean(draft).text)
    first, second = (draft, byline) if draft.sure else (byline, draft)
    source = first.source or second.source
    published = first.published or second.published
    told = (byline.source, byline.published)
    added = [value for value in (source, published) if value and value not in told]
    if added:
        draft = _with_line(draft, "  ".join(added))
    return _article(replace(draft, source=source, published=published))


def same_words(one: str, other: str) -> bool:
    """Whether two lines differ in white space at most."""
    return "".join(one.split()) == "".join(other.split())


def _shown(lines: Sequence[DraftLine]) -> list[int]:
    return [i for i, line in enumerate(lines) if not (line.cut or is_blank(line.text))]


def _with_title(draft: Draft) -> Draft:
    """The draft with its title as the first line, moved there if it stands a little below."""
    if not draft.title:
        return draft
    shown = _shown(draft.lines)
    among = (i for i in islice(shown, _TITLE_AMONG))
    own = next((i for i in among if same_words(draft.lines[i].text, draft.title)), None)
    lines = list(draft.lines)
    if own is not None:
        del lines[own]
    at = own if own is not None and own == shown[0] else (shown[0] if shown else len(lines))
    lines[at:at] = [DraftLine(draft.title, fixed=True), DraftLine("")]
    return replace(draft, lines=tuple(lines))


def _with_line(draft: Draft, text: str) -> Draft:
    """The draft with a byline of our own below the title."""
    title = _title_line(draft)
    at = 0 if title is None else title + 1
    own = (DraftLine(""), DraftLine(text, fixed=True), DraftLine(""))
    return replace(draft, lines=(*draft.lines[:at], *own, *draft.lines[at:]))


def _title_line(draft: Draft) -> int | None:
    fixed = (i for i, line in enumerate(draft.lines) if line.fixed)
    return next(fixed, None) if draft.title else None


def _clean(draft: Draft) -> CleanedText:
    lines = draft.lines
    kept = [i for i, line in enumerate(lines) if not line.cut]
    found = frozenset() if draft.judged else boilerplate_lines([lines[i].text for i in kept])
    cut = {i for i, line in enumerate(lines) if line.cut}
    cut |= {kept[place] for place in found if not lines[kept[place]].fixed}
    return assemble([line.text for line in lines], frozenset(cut))


def _article(draft: Draft) -> Article:
    cleaned = _clean(draft)
    text = cleaned.text
    title_at = _title_at(draft, cleaned)
    byline = read_byline(text)
    below = title_at.end if title_at else 0
    return Article(
        id=draft.id,
        title=title_at.of(text) if title_at else "",
        text=text,
        source=draft.source,
        published=draft.published,
        url=draft.url,
        sections=_sections(draft, cleaned, title_at),
        removed=cleaned.removed,
        title_at=title_at,
        source_at=_source_at(draft, byline, text, below),
        published_at=_published_at(draft, byline, text, below),
    )


def _title_at(draft: Draft, cleaned: CleanedText) -> Span | None:
    line = _title_line(draft)
    start = None if line is None else cleaned.starts[line]
    if start is None:
        return title_of(cleaned.text)
    return Span(start, start + len(draft.title))


def _sections(draft: Draft, cleaned: CleanedText, title_at: Span | None) -> tuple[Section, ...]:
    """By markup where there is any below the title, else by the shape of the lines."""
    starts = [
        (line.text.strip(), start)
        for line, start in zip(draft.lines, cleaned.starts, strict=True)
        if line.heading and start is not None and not (title_at and start <= title_at.start)
    ]
    if starts:
        return sections_at(starts, len(cleaned.text))
    return sections_of(cleaned.text, title_at)


def _source_at(draft: Draft, byline: Byline, text: str, below: int) -> Span | None:
    if draft.source is None or byline.source == draft.source:
        return byline.source_at
    # Our own line stands right below the title, so the first such words are its.
    return _first(draft.source, text, below)


def _published_at(draft: Draft, byline: Byline, text: str, below: int) -> Span | None:
    if draft.published is None or byline.published == draft.published:
        return byline.published_at
    return _first(draft.published, text, below)


def _first(value: str, text: str, below: int) -> Span | None:
    start = text.find(value, below)
    return None if start < 0 else Span(start, start + len(value))
