"""Reply with what the form of the articles tells: a numbered part, a cell of a table."""

from collections.abc import Sequence

from index.search.searcher import Searcher
from qa.evidence.sentence_ranker import Evidence
from qa.replies.part_reply import reply_of_part
from qa.replies.reply import Reply
from qa.replies.table_reply import reply_of_cell
from qa.retrieval import READ, Retrieval
from qa.structure.part_lookup import FoundPart
from qa.structure.table_cell import find_cell


def reply_of_structure(
    retrieval: Retrieval, searcher: Searcher, part: FoundPart | None
) -> Reply | None:
    """Reply with the part that is asked for as a whole, or a cell; None if it is neither."""
    if part is not None:
        return reply_of_part(part) if part.whole and part.spans else None
    query, hits = retrieval.query, retrieval.hits[:READ]
    cell = find_cell(retrieval.question, query.terms, hits, searcher)
    return reply_of_cell(cell) if cell else None


def within_part(evidence: Sequence[Evidence], part: FoundPart | None) -> list[Evidence]:
    """Return the evidence that stands in a part, or all of it without one."""
    if part is None or not part.spans:
        return list(evidence)
    return [item for item in evidence if part.has(item.passage, item.span)]
