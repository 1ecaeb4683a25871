"""`/api/index`, its rebuild, `/healthz` and `/readyz`."""

from dataclasses import asdict

from flask import Response, abort, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from index.errors import UsageError
from index.store.lock import WriterStatus
from web.articles import require_writable
from web.problems import described, problem
from web.request_body import require_nothing
from web.responses import FailedOut, HealthOut, IndexOut, RebuildOut, StartedOut
from web.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """The calls that tell how the server is, and bring its index up to date."""
    api = APIBlueprint("state", __name__, abp_tags=[Tag(name="state")])

    @api.get("/api/index", summary="What is indexed", responses={200: IndexOut, **described(503)})
    def index() -> Response:
        status = asdict(services.live.status())
        return _json(IndexOut(**status, rebuild=_told(services.rebuilder.under_way())))

    @api.post(
        "/api/index/rebuild",
        summary="Start a rebuild of the recorded folders",
        responses={202: StartedOut, **described(403, 409, 413, 422, 503)},
    )
    def rebuild() -> Response:
        require_writable(services)
        require_nothing(request, services.limits.body)
        try:
            work = services.rebuilder.start()
        except UsageError as error:
            abort(problem(409, str(error)))
        return _json(StartedOut(rebuild=RebuildOut.model_validate(work)), 202)

    @api.get("/healthz", summary="Alive", responses={200: HealthOut})
    def healthz() -> Response:
        return _json(HealthOut(status="alive"))

    @api.get("/readyz", summary="An index is loaded", responses={200: HealthOut, **described(503)})
    def readyz() -> Response:
        version = services.live.searcher().manifest.version
        return _json(HealthOut(status="ready", index_version=version))

    return api


def _told(work: WriterStatus | None) -> RebuildOut | None:
    if work is None:
        return None
    shape = RebuildOut if work.reason is None else FailedOut
    return shape.model_validate(work)


def _json(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
