"""Errors as `application/problem+json` (RFC 9457): what was wrong, what to do, no traceback."""

import logging
import sys
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Flask, Request, Response, abort
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from index.errors import StoreError, YijuError
from web.schemas import Problem

_log = logging.getLogger(__name__)
_MEDIA_TYPE = "application/problem+json"
_DRAINED_AT_MOST = 32_000_000  # bytes; who sends more may find the connection closed
_RETRY_AFTER = {503: "10"}  # seconds


def problem(status: int, detail: str) -> Response:
    """The response for an error."""
    response = Response(_described(status, detail).model_dump_json(), status, mimetype=_MEDIA_TYPE)
    if status in _RETRY_AFTER:
        response.headers["Retry-After"] = _RETRY_AFTER[status]
    return response


def described(*statuses: int) -> dict[str | int, Any]:
    """The problems an operation may answer with, for the OpenAPI document."""
    schema = Problem.model_json_schema()
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {_MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem_of(error: Exception) -> Problem:
    """What a user is told of an error; what nobody foresaw goes to the log instead."""
    if isinstance(error, YijuError):
        return _described(503 if isinstance(error, StoreError) else 500, str(error))
    _log.error("An unforeseen error", exc_info=error)
    return _described(500, "Something went wrong in the server; its log tells what.")


def as_problem(error: Exception) -> AnyResponse:
    """The response for any error that a handler let through."""
    if isinstance(error, HTTPException):
        return _of_http(error)
    told = problem_of(error)
    return problem(told.status, told.detail)


def invalid(error: ValidationError) -> Response:
    """422 with the first thing that did not fit, and where."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the body"
    return problem(422, f"{where}: {first['msg']}.")


def require_json(request: Request) -> None:
    """Refuses a body that is too large or no JSON object, before a handler sees it."""
    if request.method == "OPTIONS":
        return
    limit = request.max_content_length or sys.maxsize
    if request.content_length is None:
        _take_in_chunks(request, limit)
    if (request.content_length or 0) > limit:
        _drain(request)
        abort(413)
    if not request.is_json:
        abort(problem(415, "Send the body as JSON, with Content-Type: application/json."))
    try:
        body = request.get_json()
    except RecursionError:
        abort(problem(400, "The body is nested too deep."))
    if not isinstance(body, dict):
        abort(problem(422, "The body must be a JSON object."))


def _take_in_chunks(request: Request, limit: int) -> None:
    """Gives a body that was sent in chunks a length, so that the same limit holds for it."""
    try:
        body = request.environ["wsgi.input"].read(limit + 1)
    except ValueError:  # gunicorn's parser met a chunk without a proper size
        abort(problem(400, "The chunks of the body can't be read."))
    request.environ.pop("wsgi.input_terminated", None)
    request.environ.pop("HTTP_TRANSFER_ENCODING", None)
    request.environ.update({"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))})


def _drain(request: Request) -> None:
    """Takes a body in that nobody wants: a client still sending would miss the answer to it."""
    waiting = min(request.content_length or 0, _DRAINED_AT_MOST)
    while waiting > 0 and (piece := request.environ["wsgi.input"].read(min(waiting, 65_536))):
        waiting -= len(piece)


def install(app: Flask) -> None:
    """Makes every error of the app a problem."""
    app.register_error_handler(Exception, as_problem)


def _described(status: int, detail: str) -> Problem:
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)


def _of_http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None:  # a problem that was handed to abort()
        return error.response
    if status < 400:  # a redirect
        return error.get_response()
    reply = problem(status, _DETAILS.get(status) or error.description or "")
    if status == 405:
        reply.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return reply


_DETAILS = {
    400: "The body is not valid JSON in UTF-8.",
    404: "There is nothing at this address.",
    413: "The body is too large for this server; YIJU_MAX_BODY sets the limit.",
}
