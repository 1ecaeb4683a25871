"""Blueprint of `/metrics`: what all processes have counted, as Prometheus reads it."""

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from flask import Request, Response, abort, request
from flask_openapi3 import APIBlueprint, Tag

from web.hosts import is_loopback
from web.observing.meter import MEDIA_TYPE, Meter
from web.observing.state_metrics import state_lines
from web.problems import problem, problem_responses
from web.reach.forwarding import IS_FORWARDED
from web.services import Services


@dataclass(frozen=True, slots=True)
class Metrics:
    """What is counted, and who is told: programs on this machine, everybody or nobody."""

    meter: Meter
    audience: Literal["local", "true", "false"]


def blueprint(services: Services, metrics: Metrics) -> APIBlueprint:
    """Create the blueprint of the route that tells the numbers."""
    meter, audience = metrics.meter, metrics.audience
    api = APIBlueprint(
        "observing", __name__, abp_tags=[Tag(name="state")], abp_responses=problem_responses(421)
    )

    # The name of a route's function is part of its operationId in the OpenAPI document, and a
    # docstring would become its description.

    @api.get(
        "/metrics",
        summary="Numbers for Prometheus",
        responses={200: {"content": {"text/plain": {}}}, **problem_responses(403, 404)},
    )
    def numbers() -> Response:
        if audience == "false":
            abort(problem(404, "This server tells no metrics (YIJU_METRICS)."))
        if audience == "local" and not _is_local(request):
            detail = (
                "Metrics are told on this machine alone, and not through a proxy. "
                "YIJU_METRICS=true tells them to everybody who reaches the server."
            )
            abort(problem(403, detail))
        parts = (services.version, services.live, services.rebuilder, meter.processes())
        lines = chain(meter.lines(), state_lines(*parts))
        return Response("\n".join([*lines, ""]), content_type=MEDIA_TYPE)

    return api


def _is_local(request: Request) -> bool:
    """Return whether a program on this machine asks by itself."""
    return not request.environ.get(IS_FORWARDED) and is_loopback(request.remote_addr or "")
