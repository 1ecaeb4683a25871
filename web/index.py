"""Blueprint of `/api/index`, `/api/index/rebuild`, `/healthz` and `/readyz`, with its shapes."""

from dataclasses import asdict

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from index.errors import StoreError
from index.store.lock import WriterStatus
from web.articles import require_writable
from web.languages.phrasebook import spoken
from web.observing.readiness import Reason, reason_of, warnings_of
from web.problems import problem_of, problem_response, problem_responses
from web.request_body import require_empty
from web.responses import ReasonOut, json_response
from web.services import Services


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class RebuildOut(_Out):
    """A rebuild under way."""

    state: str
    done: int
    total: int


class FailedOut(RebuildOut):
    """A rebuild that failed, the state being `failed`, and why; told until the next one."""

    reason: str


class StartedOut(_Out):
    """A rebuild that was started."""

    rebuild: RebuildOut


class IndexOut(_Out):
    """What the index holds, and the rebuild under way, or the last one where it failed.

    `keeps_questions` says whether questions that find no sure answer are kept for the owner.
    """

    index_version: str
    articles: int
    passages: int
    vectors: int
    model: str
    engine: str
    bytes: int
    rebuilt_at: str
    rebuild: RebuildOut | FailedOut | None
    keeps_questions: bool
    takes_feedback: bool


class HealthOut(_Out):
    """`alive`, or `ready` with the version that is served and what needs the owner."""

    status: str
    index_version: str | None = None
    warnings: list[ReasonOut] | None = Field(default=None, exclude_if=lambda value: value is None)


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the routes that report the server's state and start a rebuild."""
    api = APIBlueprint(
        "state", __name__, abp_tags=[Tag(name="state")], abp_responses=problem_responses(421)
    )

    # The name of a route's function is part of its operationId in the OpenAPI document, and a
    # docstring would become its description.

    @api.get(
        "/api/index", summary="What is indexed", responses={200: IndexOut, **problem_responses(503)}
    )
    def index() -> Response:
        status = asdict(services.live.status())
        rebuild = _rebuild_out(services.rebuilder.under_way())
        return json_response(
            IndexOut(
                **status,
                rebuild=rebuild,
                keeps_questions=services.memory.keeps_questions,
                takes_feedback=not services.limits.read_only,
            )
        )

    @api.post(
        "/api/index/rebuild",
        summary="Start a rebuild of the recorded folders",
        responses={202: StartedOut, **problem_responses(403, 409, 413, 422, 503)},
    )
    def rebuild() -> Response:
        require_writable(services)
        require_empty(request, services.limits.body)
        status = services.rebuilder.start()
        return json_response(StartedOut(rebuild=RebuildOut.model_validate(status)), 202)

    @api.get("/healthz", summary="Alive", responses={200: HealthOut})
    def healthz() -> Response:
        return json_response(HealthOut(status="alive"))

    @api.get(
        "/readyz",
        summary="An index is loaded",
        responses={200: HealthOut, **problem_responses(503)},
    )
    def readyz() -> Response:
        try:
            version = services.live.searcher().manifest.version
        except StoreError as error:
            reasons = [_reason_out(reason_of(error)), *_warnings(services)]
            return problem_response(problem_of(error).model_copy(update={"reasons": reasons}))
        warnings = _warnings(services)
        return json_response(HealthOut(status="ready", index_version=version, warnings=warnings))

    return api


def _warnings(services: Services) -> list[ReasonOut]:
    """Return what needs the owner, as far as it can be told."""
    try:
        status = services.rebuilder.under_way()
        return list(map(_reason_out, warnings_of(services.rebuilder.folder, status)))
    except StoreError as error:
        return [_reason_out(reason_of(error))]


def _reason_out(reason: Reason) -> ReasonOut:
    return ReasonOut(code=reason.code, detail=spoken(reason.detail))


def _rebuild_out(status: WriterStatus | None) -> RebuildOut | None:
    if status is None:
        return None
    if status.reason is None:
        return RebuildOut.model_validate(status)
    return FailedOut.model_validate({**asdict(status), "reason": spoken(status.reason)})
