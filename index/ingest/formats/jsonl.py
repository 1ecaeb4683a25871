"""JSON reader: an article per line of a `.jsonl` file, or a single record from a program.

`{"id"?, "title"?, "text", "source"?, "author"?, "published"?, "url"?}`. Text given as JSON is
stored as it is, to the last space; title, source, author and date that aren't given are looked for
in it. A field that an export left blank (`""`, `null`, `"N/A"`) is not given.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO, TypeVar

from index.article import Article, Failure, Span
from index.bounds import check_article, check_field, check_text
from index.errors import ArticleError
from index.ingest.sources.encoding import decode
from index.ingest.structure.byline import Byline, read_byline
from index.ingest.structure.dates import to_iso
from index.ingest.structure.headings import sections_of, title_of
from index.ingest.structure.line_shapes import is_blank

JsonLine = bytes | str
_Item = TypeVar("_Item")

_BOM = b"\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPTIONAL = ("id", "title", "source", "author", "published", "url")
# What exports write into an empty field; a date of zeros is MySQL's.
_NOTHING = re.compile(
    r"[\W_]*(?:null|nil|none|nan|n/?a|undefined|unknown|无|暂无|不详|未知|未填写?|(?:0{4}|0001)-0[01]-0[01]"
    r"(?:[T ][\d:.Z+]*)?)?[\W_]*",
    re.IGNORECASE,
)


def read_jsonl(file_id: str, data: bytes) -> tuple[list[Article], list[Failure]]:
    """Return the articles of a file, and a failure under `FILE:LINE` for each line without one.

    Of two lines with the same id the first is taken. An empty line is no failure.
    """
    outcomes = read_lines(file_id, enumerate(lines_in(BytesIO(data)), 1))
    return first_of_each(file_id, outcomes, lambda article: article.id)


def read_lines(
    file_id: str, lines: Iterable[tuple[int, JsonLine]]
) -> Iterator[tuple[int, Article | Failure]]:
    """Yield the article or the failure of each numbered line; empty lines are skipped."""
    for number, line in lines:
        try:
            article = _article_of_line(line, file_id)
        except ArticleError as error:
            yield number, Failure(f"{file_id}:{number}", str(error))
        else:
            if article:
                yield number, article


def first_of_each(
    file_id: str, outcomes: Iterable[tuple[int, _Item | Failure]], id_of: Callable[[_Item], str]
) -> tuple[list[_Item], list[Failure]]:
    """Return the first item of each id, and all failures: those given, and repeated ids."""
    first_lines: dict[str, int] = {}
    items, failures = [], []
    for number, outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif (first := first_lines.setdefault(id_of(outcome), number)) == number:
            items.append(outcome)
        else:
            reason = f"has the id “{id_of(outcome)}” of line {first}; give it another one."
            failures.append(Failure(f"{file_id}:{number}", reason))
    return items, failures


def article_of_record(record: Mapping[str, Any], name: str = "") -> Article:
    """Return the article that a JSON object describes; `name` prefixes the id of one without.

    That id ends in `#` and the first 8 hex digits of the text's SHA-256.

    >>> article = article_of_record({"text": "近年来，……", "published": "2016年9月30日"}, "a.jsonl")
    >>> article.id, article.published
    ('a.jsonl#ef6632fd', '2016-09-30')

    Raises:
        ArticleError: a value can't be stored, or is too long.
    """
    text = _string(record, "text")
    if text is None:
        raise ArticleError('has no "text"; every article needs one.')
    if is_blank(text):
        raise ArticleError('has an empty "text".')
    check_text(text)
    declared = {key: _optional_field(record, key) for key in _OPTIONAL}
    for key, value in declared.items():
        check_field(key, value)
    title, title_at = _title(text, declared["title"])
    byline = read_byline(text)
    source, source_at = _source(byline, declared["source"])
    published, published_at = _published(byline, declared["published"])
    article = Article(
        id=_id(declared["id"], name, text),
        title=title,
        text=text,
        source=source,
        author=byline.author if declared["author"] is None else declared["author"],
        published=published,
        url=declared["url"],
        sections=sections_of(text, title_at),
        title_at=title_at,
        source_at=source_at,
        published_at=published_at,
    )
    check_article(article)
    return article


def lines_in(file: BinaryIO) -> Iterator[JsonLine]:
    r"""Yield a file's lines: UTF-8 as bytes, so that a damaged line spoils no other.

    Of UTF-8 there is one line at a time in memory.

    >>> list(lines_in(BytesIO(b"{}\n")))
    [b'{}', b'']
    """
    file.seek(0)
    is_utf8 = _is_utf8(file)
    file.seek(0)
    if not is_utf8:
        yield from decode(file.read()).split("\n")
        return
    file.seek(len(_BOM) if file.read(len(_BOM)) == _BOM else 0)
    line = b"\n"
    for line in file:
        yield line.removesuffix(b"\n")
    if line.endswith(b"\n"):
        yield b""


def _is_utf8(lines: Iterable[bytes]) -> bool:
    wide = valid = size = zeros = 0
    for line in lines:
        if not size and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            return False
        size += len(line)
        zeros += line.count(0)
        if not line.isascii():
            wide += 1
            valid += _is_valid(line)
    # UTF-16 without a mark is half NULs where it is ASCII, and JSON's braces are.
    return 2 * valid >= wide and 4 * zeros <= size


def _is_valid(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _article_of_line(line: JsonLine, file_id: str) -> Article | None:
    if not line.strip():
        return None
    try:
        record = json.loads(line if isinstance(line, str) else line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ArticleError("is not valid UTF-8; save the file as UTF-8.") from error
    except ValueError as error:
        reason = getattr(error, "msg", "a number is too long")
        raise ArticleError(f"is not valid JSON: {reason}.") from error
    except RecursionError as error:
        raise ArticleError("is not an article: its JSON is nested too deeply.") from error
    if not isinstance(record, dict):
        raise ArticleError('is not a JSON object with a "text".')
    return article_of_record(record, file_id)


def _string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(f'has a "{key}" that is not a string.')
    if "\0" in value:
        raise ArticleError(f'has a NUL character in "{key}"; remove it.')
    if _SURROGATE.search(value):
        raise ArticleError(f'has half a character (a lone surrogate) in "{key}"; remove it.')
    return value


def _optional_field(record: Mapping[str, Any], key: str) -> str | None:
    """Return an optional field, None for a blank one; only a title may be `-` or `无`."""
    value = _string(record, key)
    if value is None or is_blank(value):
        return None
    return value if key in ("id", "title") or not _NOTHING.fullmatch(value) else None


def _id(declared: str | None, name: str, text: str) -> str:
    if declared is None:
        return f"{name}#{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return declared


def _title(text: str, declared: str | None) -> tuple[str, Span | None]:
    title_at = title_of(text)
    if declared is None:
        return (title_at.of(text) if title_at else ""), title_at
    begins = bool(declared) and text.startswith(declared)
    return declared, Span(0, len(declared)) if begins else None


def _source(byline: Byline, declared: str | None) -> tuple[str | None, Span | None]:
    if declared is None or declared == byline.source:
        return byline.source, byline.source_at
    return declared, None


def _published(byline: Byline, declared: str | None) -> tuple[str | None, Span | None]:
    if declared is None:
        return byline.published, byline.published_at
    date = to_iso(declared)
    if date is None:
        reason = f'has a "published" that is no date: “{declared[:40]}”; write it as 2016-09-30.'
        raise ArticleError(reason)
    return date, byline.published_at if date == byline.published else None
