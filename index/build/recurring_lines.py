"""Cut the boilerplate lines that recur at the edges of one source's articles.

A single page does not show them, many pages of one source do. A line is cut only if its words are
those of boilerplate, too: six notices may end with the same telephone number. The first article
keeps it, and so it can still be asked for. Once marked as boilerplate lines stay so for later
articles. What is cut is kept in `Article.removed`.
"""

from collections.abc import Mapping
from dataclasses import replace

from index.build.reading.prepare import line_hash, prepare
from index.ingest.boilerplate.edge_lines import edge_lines, is_worded_as_boilerplate, without
from index.store.content import LibraryEntry
from index.store.library import LibraryFile

FEWEST = 5
"""Articles of one source that must have a line."""

_SHARE = 0.3  # of the source's articles that must have it


def cut_recurring_lines(
    library: LibraryFile, entries: Mapping[str, LibraryEntry], old: Mapping[str, LibraryEntry]
) -> dict[str, LibraryEntry]:
    """Return the entries, those with recurring lines under the content without these.

    An article is stored before it is cut, and cut from there: only the stored lines of all
    articles together show which of them recur.
    """
    known = {entry.content for entry in old.values()}
    contents = [entry.content for entry in entries.values()]
    if all(content in known for content in contents):
        return dict(entries)
    # Those that had a line before keep it, whatever is added.
    order = sorted(entries.values(), key=lambda entry: (entry.content not in known, entry.article))
    with library.transaction():
        marked = set(library.edge_lines.mark_recurring(contents, FEWEST, _SHARE))
        kept: set[tuple[str, bytes]] = set()
        cut = {
            content: _without_marked(library, content, kept)
            for content in dict.fromkeys(entry.content for entry in order)
            if content in marked
        }
    return {
        article: replace(entry, content=cut[entry.content]) if entry.content in cut else entry
        for article, entry in entries.items()
    }


def _without_marked(library: LibraryFile, content: str, kept: set[tuple[str, bytes]]) -> str:
    """Store an article without its marked lines, if text is left; return its content.

    Lines that no article before it kept are added to `kept`, and stay.
    """
    article, marked = library.article(content), library.edge_lines.marked(content)
    cut, spared = [], []
    for line in dict.fromkeys(edge_lines(article)):
        same = {(source, known) for source, known in marked if known == line_hash(line)}
        if same and not is_worded_as_boilerplate(line):
            spared.append(line_hash(line))
        elif same <= kept:
            cut += [line] if same else []
        else:
            kept |= same
    library.edge_lines.spare(content, spared)
    left = without(article, cut)
    if not cut or not left.text.strip():
        return content
    record = prepare(left)
    library.add(record)
    return record.content
