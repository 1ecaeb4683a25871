"""Reply with a numbered part of an article: cited whole, or sentence by sentence if it is long."""

from collections.abc import Iterator
from dataclasses import replace

from index.article import Span
from index.text.sentences import clauses, sentences
from qa.answer import Citation
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.citations import cite
from qa.replies.reply import Reply
from qa.structure.part_lookup import FoundPart

_PIECES = 12


def reply_of_part(found: FoundPart) -> Reply:
    """Reply with all of a part, as far as it can be shown."""
    pieces = [piece for span in found.spans for piece in _quotable(found.text, span)][:_PIECES]
    cited = [_cited(found, piece) for piece in pieces]
    return Reply("\n".join(citation.quote for citation in cited), cited, None, found.confidence)


def _cited(found: FoundPart, piece: Span) -> Citation:
    passage = found.passage
    inside = passage.start <= piece.start < passage.end
    # A part may be far from the passage, whose heading is not the part's.
    passage = passage if inside else replace(passage, heading=None)
    return cite(passage, piece, piece.of(found.text))


def _quotable(text: str, span: Span) -> Iterator[Span]:
    """Yield a range in pieces that can be quoted: as many sentences as fit into each."""
    if span.end - span.start <= QUOTE_AT_MOST:
        yield span
        return
    open_piece: Span | None = None
    for inner in sentences(span.of(text)):
        moved = Span(span.start + inner.start, span.start + inner.end)
        for sentence in clauses(text, moved, QUOTE_AT_MOST):
            if open_piece and sentence.end - open_piece.start <= QUOTE_AT_MOST:
                open_piece = Span(open_piece.start, sentence.end)
                continue
            if open_piece:
                yield open_piece
            open_piece = sentence
    if open_piece:
        yield open_piece
