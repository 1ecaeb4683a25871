"""Cut the boilerplate lines that recur at the edges of one source's articles.

A single page does not show them, many pages of one source do. Once marked as boilerplate they stay
so for later articles. What is cut is kept in `Article.removed`.
"""

from collections.abc import Mapping
from dataclasses import replace

from index.build.prepare import line_hash, prepare
from index.ingest.boilerplate.edge_lines import edge_lines, without
from index.store.content import LibraryEntry
from index.store.library import Library

FEWEST = 5
"""Articles of one source that must have a line."""

_SHARE = 0.3  # of the source's articles that must have it


def cut_recurring_lines(
    library: Library, entries: Mapping[str, LibraryEntry], old: Mapping[str, LibraryEntry]
) -> dict[str, LibraryEntry]:
    """Return the entries, those with recurring lines under the content without these.

    An article is stored before it is cut, and cut from there: only the stored lines of all
    articles together show which of them recur.
    """
    known = {entry.content for entry in old.values()}
    contents = [entry.content for entry in entries.values()]
    if all(content in known for content in contents):
        return dict(entries)
    with library.transaction():
        marked = library.edge_lines.mark_recurring(contents, FEWEST, _SHARE)
        cut = {content: _without_marked(library, content) for content in marked}
    return {
        article: replace(entry, content=cut.get(entry.content, entry.content))
        for article, entry in entries.items()
    }


def _without_marked(library: Library, content: str) -> str:
    """Store an article without its marked lines, if text is left; return its content."""
    article, hashes = library.article(content), library.edge_lines.marked(content)
    cut = without(article, [line for line in edge_lines(article) if line_hash(line) in hashes])
    if not cut.text.strip():
        return content
    record = prepare(cut)
    library.add(record)
    return record.content
