"""Cut the boilerplate lines that recur at the edges of one source's articles.

A single page does not show them, many pages of one source do. A line is cut only if its words are
those of boilerplate, too: six notices may end with the same telephone number. The first article
keeps it, and so it can still be asked for. Once marked as boilerplate lines stay so for later
articles. What is cut is kept in `Article.removed`.
"""

from dataclasses import replace

from index.build.reading.plan import Plan
from index.build.reading.prepare import line_hash, prepare
from index.ingest.boilerplate.edge_lines import edge_lines, is_worded_as_boilerplate, without
from index.library.content import LibraryEntry
from index.library.library_file import LibraryFile

FEWEST = 5
"""Articles of one source that must have a line."""

_SHARE = 0.3  # of the source's articles that must have it


def cut_recurring_lines(library: LibraryFile, plan: Plan) -> None:
    """Give the articles of a plan that have recurring lines the content without these.

    An article is stored before it is cut, and cut from there: only the stored lines of all articles
    of a source together show which of them recur. Sources that get nothing new are left alone.
    """
    new = {e.content for e in plan.put.values() if not plan.old.of_content(e.content)}
    if not new:
        return
    with library.transaction():
        by_content = _with_marked(library, plan)
        # Those that had a line before keep it, whatever is added.
        order = sorted(
            (content in new, min(entry.article for entry in entries), content)
            for content, entries in by_content.items()
        )
        kept: set[tuple[str, bytes]] = set()
        for _, _, content in order:
            cut = _without_marked(library, content, kept)
            for entry in by_content[content]:
                plan.claim(replace(entry, content=cut))


def _with_marked(library: LibraryFile, plan: Plan) -> dict[str, list[LibraryEntry]]:
    """Mark recurring lines; return the articles that will have some, by content."""
    put: dict[str, list[LibraryEntry]] = {}
    for entry in plan.put.values():
        put.setdefault(entry.content, []).append(entry)
    earlier = plan.old.version, [*plan.put, *plan.removed]
    marked = library.edge_lines.mark_recurring(put, *earlier, FEWEST, _SHARE)
    return {content: [*put.get(content, ()), *plan.staying(content)] for content in marked}


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
