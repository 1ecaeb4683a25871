"""One file's bytes to its articles, by the reader that its name calls for."""

from collections.abc import Callable
from pathlib import PurePath

from index.article import Article
from index.errors import ArticleError
from index.ingest.files import Failure, SourceFile
from index.ingest.html import read_html
from index.ingest.jsonl import read_jsonl
from index.ingest.markdown import read_markdown
from index.ingest.plain import read_plain
from index.ingest.shapes import is_blank

# Stored with what was read. A higher one makes every file be read anew: raise it with any change
# to what a reader makes of the same bytes.
INGEST_VERSION = "1"

_READERS: dict[str, Callable[[str, bytes], Article]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}


def read_file(file: SourceFile, data: bytes) -> tuple[list[Article], list[Failure]]:
    """The articles in a file's bytes, and what of it couldn't be taken in. Never raises for these.

    A failure's path is the file's id, of a JSON line `ID:LINE`.
    """
    suffix = PurePath(file.id).suffix.lower()
    if suffix == ".jsonl":
        return _whole(file, lambda: read_jsonl(file.id, data))
    reader = _READERS.get(suffix)
    if reader is None:
        return [], [Failure(file.id, f"“{suffix}” files are not supported; save it as .txt.")]
    return _whole(file, lambda: ([_not_empty(reader(file.id, data))], []))


def _whole(
    file: SourceFile, read: Callable[[], tuple[list[Article], list[Failure]]]
) -> tuple[list[Article], list[Failure]]:
    try:
        return read()
    except ArticleError as error:
        return [], [Failure(file.id, str(error))]


def _not_empty(article: Article) -> Article:
    if is_blank(article.text):
        raise ArticleError("is empty.")
    return article
