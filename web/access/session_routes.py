"""Blueprint of `/api/session`, by which a page signs in with a key, and out."""

from datetime import datetime
from typing import Annotated, Literal

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from web.access.caller import Caller
from web.access.gate import COOKIE, LASTS, Gate
from web.problems import problem_responses
from web.request_body import require_json
from web.requests import Text
from web.responses import json_response

_LONGEST = 200  # characters of what may be a key


class SignInBody(BaseModel):
    """A key."""

    model_config = ConfigDict(strict=True, extra="forbid")

    key: Annotated[Text, Field(min_length=1, max_length=_LONGEST)]


class SessionOut(BaseModel):
    """What the caller may do, and the name of its key and when that expires, if it has one."""

    right: Literal["none", "read", "ask", "write"]
    name: str | None
    expires_at: datetime | None


def blueprint(gate: Gate, largest: int) -> APIBlueprint:
    """Create the blueprint of the routes that sign in and out, with a body of at most `largest`."""
    api = APIBlueprint(
        "session",
        __name__,
        url_prefix="/api/session",
        abp_tags=[Tag(name="session")],
        abp_responses=problem_responses(421),
    )

    # The name of a route's function is part of its operationId in the OpenAPI document, and a
    # docstring would become its description.

    @api.get(
        "", summary="What the caller may do", responses={200: SessionOut, **problem_responses(503)}
    )
    def session() -> Response:
        return json_response(_session(gate.caller(request)))

    @api.post(
        "",
        summary="Sign a page in with a key",
        responses={200: SessionOut, **problem_responses(400, 401, 403, 413, 415, 422, 429, 503)},
    )
    def sign_in(body: SignInBody) -> Response:
        caller, token = gate.sign_in(request, body.key)
        response = json_response(_session(caller))
        _set_cookie(response, token, LASTS)
        return response

    @api.delete(
        "", summary="Sign the page out", responses={204: None, **problem_responses(403, 503)}
    )
    def sign_out() -> Response:
        gate.sign_out(request)
        response = Response(status=204)
        del response.headers["Content-Type"]
        _set_cookie(response, "", 0)
        return response

    @api.before_request
    def check_body() -> None:
        if request.method == "POST":
            require_json(request, largest)

    return api


def _session(caller: Caller) -> SessionOut:
    name, expires_at = (caller.key.name, caller.key.expires_at) if caller.key else (None, None)
    return SessionOut.model_validate(
        {"right": caller.right.label, "name": name, "expires_at": expires_at}
    )


def _set_cookie(response: Response, token: str, seconds: int) -> None:
    """Have the browser keep a token that no script reads and no page of another site sends."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=seconds,
        path=request.root_path + "/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
