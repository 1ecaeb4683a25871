"""Blueprint of `/api/ask`, `/api/ask/stream` and `/api/search`.

Answering is left to `qa.answerer`; this module converts requests and results.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from index.article import Span
from index.search.searcher import Searcher
from index.text.sentences import clauses
from qa.answer import Answer
from qa.retrieval import Request, Retrieved, search_passages
from qa.writing.language_model import stays
from qa.writing.writing_evidence import WritingTask
from web.problems import problem_of, problem_responses
from web.request_body import require_json
from web.requests import AskBody, SearchBody
from web.responses import AnswerOut, PassageOut, SearchOut, WrittenOut, json_response
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
        asked = _standing_alone(services, body.to_request())
        with turn_of(services):
            answer, task = services.live.use(lambda searcher: _answered(services, asked, searcher))
        services.memory.note(asked, answer)
        if services.desk and task:
            answer = replace(answer, written=services.desk.write(task, _leaving()))
        return json_response(AnswerOut.model_validate(answer))

    @api.post(
        "/ask/stream",
        summary="Ask a question, the answer streamed as Server-Sent Events",
        responses={200: {"content": {"text/event-stream": {}}}, **problems},
    )
    def stream(body: AskBody) -> Response:
        # Retrieve before the first byte is sent, so that its errors still set the status.
        asked = _standing_alone(services, body.to_request())
        answerer = services.answerer
        with turn_of(services):
            retrieved = services.live.use(lambda searcher: answerer.retrieve(asked, searcher))
        return event_stream(_answer_events(services, retrieved, _leaving()))

    @api.post("/search", summary="Search for passages", responses={200: SearchOut, **problems})
    def search(body: SearchBody) -> Response:
        with turn_of(services):
            return json_response(services.live.use(lambda searcher: searched(searcher, body)))

    return api


def turn_of(services: Services) -> AbstractContextManager[None]:
    """Wait for a turn, where those who wait for a model have threads beside."""
    return services.desk.turn() if services.desk else nullcontext()


def _leaving() -> Callable[[], bool]:
    """Return what tells whether the client has left; the server may not know."""
    has_left: Callable[[], bool] = request.environ.get("waitress.client_disconnected", stays)
    return has_left


def _standing_alone(services: Services, asked: Request) -> Request:
    """Return a question as a model rewrites it, if one is to."""
    desk = services.desk
    if desk is None or not asked.history:
        return asked
    with desk.turn():
        is_wanted = services.live.use(lambda searcher: desk.rewrites(asked, searcher))
    return desk.rewritten(asked, _leaving()) if is_wanted else asked


def _answered(
    services: Services, asked: Request, searcher: Searcher
) -> tuple[Answer, WritingTask | None]:
    return _read(services, services.answerer.retrieve(asked, searcher))


def _read(services: Services, retrieved: Retrieved) -> tuple[Answer, WritingTask | None]:
    """Return an answer, and what is to be written beside it."""
    answer = services.answerer.answer(retrieved)
    return answer, services.desk.task(retrieved, answer) if services.desk else None


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


def _answer_events(
    services: Services, retrieved: Retrieved, has_left: Callable[[], bool]
) -> Iterator[str]:
    """Yield the passages, then the answer in deltas and whole, or an error, as SSE events.

    If a model writes, that it does and what it wrote follow.
    """
    passages = [PassageOut.model_validate(hit).model_dump() for hit in retrieved.passages]
    yield _event("passages", {"passages": passages})
    try:
        with turn_of(services):
            answer, task = _read(services, retrieved)
    except Exception as error:  # noqa: BLE001 - the status is sent already, an event has to do
        yield _event("error", problem_of(error).model_dump())
        return
    services.memory.note(retrieved.request, answer)
    for piece in pieces(answer.answer):
        yield _event("delta", {"text": piece})
    yield _event("answer", AnswerOut.model_validate(answer).model_dump())
    if services.desk and task:
        yield _event("writing", {"model": services.desk.model})
        written = services.desk.write(task, has_left)
        yield _event("written", WrittenOut.model_validate(written).model_dump())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
