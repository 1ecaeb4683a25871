"""The base of the three small indexes that tests use: a folder of articles.

`SmallIndex` is built and searched in this process, `CommandLineIndex` by commands, `ServedIndex`
over HTTP.
"""

from pathlib import Path


class ArticleFolder:
    """A folder `articles` below a root."""

    def __init__(self, root: Path) -> None:
        self.articles = root / "articles"
        self.articles.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, text: str) -> None:
        """Write a file, replacing an earlier one."""
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder, by relative path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
