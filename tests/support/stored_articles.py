"""Articles in a library, without the indexes of a generation."""

from contextlib import closing
from pathlib import Path

from index.article import Article
from index.build.prepare import prepare
from index.store.catalogue import Catalogue
from index.store.content import LibraryEntry
from index.store.library import Library
from index.store.version import Version


def stored(path: Path, *articles: Article, generation: int = 1) -> Catalogue:
    """Store articles in a library as a generation of their own, and open that."""
    version, records = Version.of(generation), [prepare(article) for article in articles]
    with closing(Library(path, create=True)) as library:
        for record in records:
            library.add(record)
        library.record(
            version,
            [
                LibraryEntry(article.id, record.content, f"/in/{article.id}", "", "1")
                for article, record in zip(articles, records, strict=True)
            ],
        )
    return Catalogue(path, version)
