"""One file's bytes to its articles, by the reader that its name calls for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from index.article import Article
from index.errors import ArticleError
from index.ingest.formats.docx.read_docx import read_docx
from index.ingest.formats.html import read_html
from index.ingest.formats.jsonl import read_jsonl
from index.ingest.formats.markdown import read_markdown
from index.ingest.formats.pdf.read_pdf import read_pdf
from index.ingest.formats.plain import read_plain
from index.ingest.sources.archive import members
from index.ingest.sources.files import Failure, SourceFile
from index.ingest.structure.byline import read_byline
from index.ingest.structure.line_shapes import is_blank

# Stored with what was read. A higher one makes every file be read anew: raise it with any change
# to what a reader makes of the same bytes.
INGEST_VERSION = "5"

_READERS: dict[str, Callable[[str, bytes], Article]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}


def read_file(file: SourceFile, data: bytes) -> tuple[list[Article], list[Failure]]:
    """The articles in a file's bytes, and what of it couldn't be taken in. Never raises for these.

    A failure's path is the file's id, of a JSON line `ID:LINE`. What is in an archive has the ids
    `ID/PATH`, with the path in it.
    """
    suffix = PurePath(file.id).suffix.lower()
    if suffix == ".jsonl":
        return _whole(file, lambda: read_jsonl(file.id, data))
    if suffix == ".zip":
        return _unpacked(file, data)
    reader = _READERS.get(suffix)
    if reader is None:
        return [], [Failure(file.id, f"“{suffix}” files are not supported; save it as .txt.")]
    return _whole(file, lambda: ([_with_author(_not_empty(reader(file.id, data)))], []))


def _whole(
    file: SourceFile, read: Callable[[], tuple[list[Article], list[Failure]]]
) -> tuple[list[Article], list[Failure]]:
    try:
        return read()
    except ArticleError as error:
        return [], [Failure(file.id, str(error))]


def _unpacked(file: SourceFile, data: bytes) -> tuple[list[Article], list[Failure]]:
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    try:
        for member in members(data):
            if isinstance(member, Failure):
                failures.append(replace(member, path=f"{file.id}/{member.path}"))
                continue
            inner = replace(file, id=f"{file.id}/{member.name}")
            found, failed = read_file(inner, member.data)
            failures += failed
            # Only articles in JSON choose their ids.
            twice = [one.id for one in found if one.id in articles]
            reason = "has the id “{}” of another article in the archive; give it another one."
            failures += [Failure(inner.id, reason.format(one)) for one in twice]
            articles |= {one.id: one for one in found if one.id not in articles}
    except ArticleError as error:
        failures.append(Failure(file.id, str(error)))
    if not articles and not failures:
        failures.append(Failure(file.id, "holds no articles."))
    return list(articles.values()), failures


def _with_author(article: Article) -> Article:
    """The article with the author that its byline names: properties name whose computer it was."""
    return replace(article, author=read_byline(article.text).author or article.author)


def _not_empty(article: Article) -> Article:
    if is_blank(article.text):
        raise ArticleError("is empty.")
    return article
