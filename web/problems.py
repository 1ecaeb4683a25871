"""Errors as `application/problem+json` (RFC 9457): what was wrong, what to do, no traceback."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from index.errors import BusyError, QualityError, StoreError, YijuError
from web.responses import Problem

_log = logging.getLogger(__name__)
_MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = {503: "10"}  # seconds
_STATUSES: dict[type[YijuError], int] = {StoreError: 503, BusyError: 409, QualityError: 409}


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
        statuses = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
        return _described(next(statuses, 500), str(error))
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
