"""Blueprint of `/v1/chat/completions` and `/v1/models`."""

from collections.abc import Iterator

from flask import Response, abort, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from qa.retrieval import Retrieved
from web.ask import event_stream, turn_of
from web.openai.chat_request import MODEL, ChatBody
from web.openai.chat_shapes import CompletionOut, ModelOut, ModelsOut
from web.openai.completion import Completion, event
from web.openai.openai_errors import error_of, error_responses, openai_error
from web.problems import problem_of
from web.reach.public_address import public_root
from web.request_body import require_json
from web.requests import Text
from web.responses import json_response
from web.services import Services

_CREATED = 1_767_225_600  # 2026-01-01: the shape wants a time, and the model has none
_THE_MODEL = ModelOut(id=MODEL, created=_CREATED)


class ModelPath(BaseModel):
    """The id of a model."""

    model: Text


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the routes in OpenAI's shape."""
    api = APIBlueprint(
        "openai",
        __name__,
        url_prefix="/v1",
        abp_tags=[Tag(name="openai")],
        abp_responses=error_responses(421),
    )
    api.before_request(lambda: _check_body(services))
    _add_completion_route(api, services)
    _add_model_routes(api)
    return api


def _check_body(services: Services) -> None:
    if request.method == "POST":
        require_json(request, services.limits.body)


# The name of a route's function is part of its operationId in the OpenAPI document, and a docstring
# would become its description.


def _add_completion_route(api: APIBlueprint, services: Services) -> None:
    @api.post(
        "/chat/completions",
        summary="Ask a question as of a language model, whole or streamed",
        responses={200: CompletionOut, **error_responses(400, 403, 404, 413, 415, 503)},
    )
    def completions(body: ChatBody) -> Response:
        _check_model(body.model)
        asked = body.to_request()
        answerer = services.answerer
        with turn_of(services):
            retrieved = services.live.use(lambda searcher: answerer.retrieve(asked, searcher))
        completion = Completion(body, public_root(request))
        if body.stream:
            return event_stream(_events(services, retrieved, completion))
        with turn_of(services):
            answer = answerer.answer(retrieved)
        services.memory.note(asked, answer)
        return json_response(completion.whole(answer))


def _add_model_routes(api: APIBlueprint) -> None:
    @api.get("/models", summary="List the models: one", responses={200: ModelsOut})
    def models() -> Response:
        return json_response(ModelsOut(data=[_THE_MODEL]))

    @api.get(
        "/models/<path:model>",
        summary="Get the model",
        responses={200: ModelOut, **error_responses(404)},
    )
    def model(path: ModelPath) -> Response:
        _check_model(path.model)
        return json_response(_THE_MODEL)


def _check_model(name: str) -> None:
    if name != MODEL:
        message = f"There is no model “{name}”; the only one is {MODEL}."
        abort(openai_error(404, message, "model", "model_not_found"))


def _events(services: Services, retrieved: Retrieved, completion: Completion) -> Iterator[str]:
    """Yield the events of a stream; an error ends it."""
    yield completion.opening()
    try:
        with turn_of(services):
            answer = services.answerer.answer(retrieved)
    except Exception as error:  # noqa: BLE001 - the status is sent already, an event has to do
        yield event(error_of(problem_of(error)).model_dump())
        return
    services.memory.note(retrieved.request, answer)
    yield from completion.rest(answer)
