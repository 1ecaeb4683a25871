"""`/api/ask`, `/api/ask/stream` and `/api/search`."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from index.article import Span
from index.text.folding import FoldedText
from index.text.sentences import clauses
from qa.answerer import Answerer, Retrieved
from web.problems import described, problem_of
from web.request_body import require_json
from web.requests import AskBody, SearchBody
from web.responses import AnswerOut, HitOut, PassageOut, SearchOut
from web.services import Services

_ASKING = Tag(name="asking")
_DELTA = 24  # characters of the answer in one event, cut at a clause where there is one


def blueprint(services: Services) -> APIBlueprint:
    """The calls that take a question."""
    api = APIBlueprint("asking", __name__, url_prefix="/api", abp_tags=[_ASKING])
    api.before_request(lambda: require_json(request, services.limits.body))
    problems = described(400, 403, 413, 415, 422, 503)

    @api.post("/ask", summary="Ask a question", responses={200: AnswerOut, **problems})
    def ask(body: AskBody) -> Response:
        answer = services.answerer.ask(body.request(), services.live.searcher())
        return _json(AnswerOut.model_validate(answer))

    @api.post(
        "/ask/stream",
        summary="Ask a question, the answer streamed as Server-Sent Events",
        responses={200: {"content": {"text/event-stream": {}}}, **problems},
    )
    def stream(body: AskBody) -> Response:
        # Retrieval comes before the first byte, so that its errors still have a status.
        found = services.answerer.retrieve(body.request(), services.live.searcher())
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return Response(_events(services.answerer, found), 200, headers, "text/event-stream")

    @api.post("/search", summary="Search for passages", responses={200: SearchOut, **problems})
    def search(body: SearchBody) -> Response:
        searcher = services.live.searcher()
        query = searcher.query(FoldedText.of(body.query))
        chosen = body.filter.chosen() if body.filter else None
        hits = [
            HitOut(
                article_id=hit.passage.article_id,
                title=hit.passage.title,
                start=hit.passage.start,
                end=hit.passage.end,
                text=hit.passage.text,
                score=round(hit.score, 4),
                dense_rank=hit.dense_rank,
                lexical_rank=hit.lexical_rank,
            )
            for hit in searcher.search(query, body.k, chosen)
        ]
        return _json(SearchOut(hits=hits, index_version=searcher.manifest.version))

    return api


def _events(answerer: Answerer, found: Retrieved) -> Iterator[str]:
    passages = [PassageOut.model_validate(one).model_dump() for one in found.passages]
    yield _event("passages", {"passages": passages})
    try:
        answer = answerer.answer(found)
    except Exception as error:  # noqa: BLE001 - the status is sent: an event has to tell it
        yield _event("error", problem_of(error).model_dump())
        return
    for piece in clauses(answer.answer, Span(0, len(answer.answer)), _DELTA):
        yield _event("delta", {"text": piece.of(answer.answer)})
    yield _event("answer", AnswerOut.model_validate(answer).model_dump())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _json(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), 200, mimetype="application/json")
