"""The values that the library stores: an article's content, and its entry.

Contents are made ready in `index.build.reading.prepare`; here is how they are laid out in a row.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from index.article import Article, Recognised, Removed, Section, Span
from index.errors import StoreError
from index.table import Table

PassageRow = tuple[int, int, str | None, bytes]
"""Start, end, heading, and the hash of the text."""


class ContentRecord(NamedTuple):
    """An article ready to be stored: plain values, which travel fast between processes.

    `content` is the hash of those down to `layout`, which is JSON. `bands` are those of the text's
    MinHash signature. `edges` are hashes of the lines at its edges, compared among the articles of
    one `site`; text that is stored as given has none.
    """

    content: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    text: str
    layout: str
    passages: Sequence[PassageRow]
    bands: Sequence[bytes]
    site: str = ""
    edges: Sequence[bytes] = ()


class StoredPassage(NamedTuple):
    """A passage to be indexed; `context` is the article's title and the passage's heading.

    A tuple travels between processes in a fifth of the time that a dataclass takes.
    """

    id: int
    text: str
    text_hash: bytes
    context: str


SUGGESTIONS = "suggestions/1"
"""Id of the rules by which questions are made and tried (`qa.suggestions`); it changes with them.

Questions that were made by other rules are not shown, and made again."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that an article surely answers: what it is about, the answer, and its type."""

    question: str
    subject: str
    answer: str
    answer_type: str


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An article of a generation: id, hash of its content, file.

    `file_hash` is empty if part of the file failed, so that it is read again next time. `part` is
    the hash of its line in a file of JSON lines.
    """

    article: str
    content: str
    path: str
    file_hash: str
    reader: str
    part: str = ""


def layout_of(article: Article) -> str:
    """Return an article's sections, removed lines, pages and spans as JSON.

    Tables, and what was recognised, are there only if there are some: others keep their hashes.
    """
    spans = (article.title_at, article.source_at, article.published_at)
    layout: dict[str, Any] = {
        "sections": [
            {"title": section.title, "start": section.start, "end": section.end}
            for section in article.sections
        ],
        "removed": [{"at": removed.at, "text": removed.text} for removed in article.removed],
        "pages": article.pages,
        "places": [(span.start, span.end) if span else None for span in spans],
    }
    if article.tables:
        layout["tables"] = [astuple(table) for table in article.tables]
    if article.recognised:
        layout["recognised"] = [astuple(part) for part in article.recognised]
    return json.dumps(layout, ensure_ascii=False)


def article_of(row: tuple[Any, ...]) -> Article:
    """Return the article of a row: id, title, text, source, author, published, url, layout.

    Raises:
        StoreError: the layout is damaged.
    """
    with _damage_translated():
        return _article_of(*row)


def questions_of(suggestions: Iterable[Suggestion]) -> str:
    """Return suggestions as JSON."""
    return json.dumps([astuple(suggestion) for suggestion in suggestions], ensure_ascii=False)


def suggestions_of(questions: str) -> list[Suggestion]:
    """Return the suggestions that were stored as JSON.

    Raises:
        StoreError: they are damaged.
    """
    with _damage_translated():
        return [Suggestion(*values) for values in json.loads(questions)]


@contextmanager
def _damage_translated() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, LookupError) as error:
        raise StoreError(
            "The library's record of an article is damaged. Restore the library from a copy, or "
            "move it away and make a new index with: yiju rebuild FOLDER"
        ) from error


def _article_of(  # noqa: PLR0913, PLR0917 - the columns of a row
    article_id: str,
    title: str,
    text: str,
    source: str | None,
    author: str | None,
    published: str | None,
    url: str | None,
    layout: str,
) -> Article:
    fields = json.loads(layout)
    title_at, source_at, published_at = (Span(*span) if span else None for span in fields["places"])
    return Article(
        id=article_id,
        title=title,
        text=text,
        source=source,
        author=author,
        published=published,
        url=url,
        sections=tuple(Section(**section) for section in fields["sections"]),
        removed=tuple(Removed(**removed) for removed in fields["removed"]),
        pages=tuple(fields["pages"]),
        recognised=tuple(Recognised(*part) for part in fields.get("recognised", ())),
        title_at=title_at,
        source_at=source_at,
        published_at=published_at,
        tables=tuple(Table(*table) for table in fields.get("tables", ())),
    )
