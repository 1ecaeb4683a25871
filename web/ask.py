"""Blueprint of `/api/ask`, `/api/ask/stream` and `/api/search`.

Answering is left to `qa.answerer`; this module converts requests and results.
"""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from index.article import Span
from index.search.searcher import Searcher
from index.text.sentences import clauses
from qa.retrieval import Retrieved, search_passages
from web.problems import problem_of, problem_responses
from web.request_body import require_json
from web.requests import AskBody, SearchBody
from web.responses import AnswerOut, PassageOut, SearchOut, json_response
from web.services import Services

_DELTA = 24  # characters of a piece, cut at a clause if there is one
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the routes that take a question or a query."""
    api = APIBlueprint(
        "asking",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="asking")],
        abp_responses=problem_responses(421),
    )
    api.before_request(lambda: require_json(request, services.limits.body))
    problems = problem_responses(400, 403, 413, 415, 422, 503)

    # The name of a route's function is part of its operationId in the OpenAPI document, and a
    # docstring would become its description.

    @api.post("/ask", summary="Ask a question", responses={200: AnswerOut, **problems})
    def ask(body: AskBody) -> Response:
        asked = body.to_request()
        answer = services.live.use(lambda searcher: services.answerer.ask(asked, searcher))
        services.memory.note(asked, answer)
        return json_response(AnswerOut.model_validate(answer))

    @api.post(
        "/ask/stream",
        summary="Ask a question, the answer streamed as Server-Sent Events",
        responses={200: {"content": {"text/event-stream": {}}}, **problems},
    )
    def stream(body: AskBody) -> Response:
        # Retrieve before the first byte is sent, so that its errors still set the status.
        asked = body.to_request()
        retrieved = services.live.use(lambda searcher: services.answerer.retrieve(asked, searcher))
        return event_stream(_answer_events(services, retrieved))

    @api.post("/search", summary="Search for passages", responses={200: SearchOut, **problems})
    def search(body: SearchBody) -> Response:
        return json_response(services.live.use(lambda searcher: searched(searcher, body)))

    return api


def event_stream(events: Iterator[str]) -> Response:
    """Create the response that sends events, each of them whole and as soon as it comes.

    While none comes, `serving` sends comments.
    """
    return Response(events, 200, _STREAM_HEADERS, "text/event-stream")


def pieces(text: str) -> Iterator[str]:
    """Yield a text in the pieces that a reader watches come."""
    return (span.of(text) for span in clauses(text, Span(0, len(text)), _DELTA))


def searched(searcher: Searcher, body: SearchBody) -> SearchOut:
    """Return the passages that a query finds."""
    articles = body.filter.to_filter() if body.filter else None
    return SearchOut.model_validate(search_passages(body.query, body.k, articles, searcher))


def _answer_events(services: Services, retrieved: Retrieved) -> Iterator[str]:
    """Yield the passages, then the answer in deltas and whole, or an error, as SSE events."""
    passages = [PassageOut.model_validate(hit).model_dump() for hit in retrieved.passages]
    yield _event("passages", {"passages": passages})
    try:
        answer = services.answerer.answer(retrieved)
    except Exception as error:  # noqa: BLE001 - the status is sent already, an event has to do
        yield _event("error", problem_of(error).model_dump())
        return
    services.memory.note(retrieved.request, answer)
    for piece in pieces(answer.answer):
        yield _event("delta", {"text": piece})
    yield _event("answer", AnswerOut.model_validate(answer).model_dump())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
