"""What streams of Server-Sent Events have in common."""

from collections.abc import Iterator

from flask import Response

from index.article import Span
from index.text.sentences import clauses

_DELTA = 24  # characters of a piece, cut at a clause if there is one
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(events: Iterator[str]) -> Response:
    """Create the response that sends events, each of them whole and as soon as it comes.

    While none comes, `serving` sends comments.
    """
    return Response(events, 200, _HEADERS, "text/event-stream")


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces, as a reader watches it come."""
    return (span.of(text) for span in clauses(text, Span(0, len(text)), _DELTA))
