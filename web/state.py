"""`/api/index`, `/healthz` and `/readyz`."""

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from web.problems import described
from web.schemas import HealthOut, IndexOut
from web.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """The calls that tell how the server is."""
    api = APIBlueprint("state", __name__, abp_tags=[Tag(name="state")])

    @api.get("/api/index", summary="What is indexed", responses={200: IndexOut, **described(503)})
    def index() -> Response:
        status = services.live.status()
        return _json(IndexOut.model_validate(status))

    @api.get("/healthz", summary="Alive", responses={200: HealthOut})
    def healthz() -> Response:
        return _json(HealthOut(status="alive"))

    @api.get("/readyz", summary="An index is loaded", responses={200: HealthOut, **described(503)})
    def readyz() -> Response:
        version = services.live.searcher().manifest.version
        return _json(HealthOut(status="ready", index_version=version))

    return api


def _json(model: HealthOut | IndexOut) -> Response:
    return Response(model.model_dump_json(), mimetype="application/json")
