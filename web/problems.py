"""Convert errors to `application/problem+json` (RFC 9457), without tracebacks."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from index.errors import (
    ArticleError,
    BlankStoreError,
    GoneError,
    OccupiedError,
    StoreError,
    YijuError,
)
from web.languages.phrasebook import spoken
from web.observing.http_exchange import current_id
from web.responses import Problem

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
ABOUT_BLANK = "about:blank"  # says no more than the status, as RFC 9457 has it
NO_INDEX = "urn:yiju:no-index"
"""The type of the problem that nothing was ever built, so that an index can begin empty."""
_RETRY_AFTER = {503: "10"}  # seconds
# The first that fits. What remains is a conflict with the store's state: another writer, a file of
# the user's words that is malformed, no folder to rebuild from, an index that finds less.
_STATUSES: dict[type[YijuError], int] = {
    GoneError: 410,
    StoreError: 503,
    OccupiedError: 503,
    ArticleError: 422,
    YijuError: 409,
}
_HTTP_DETAILS = {
    400: "The body is not valid JSON in UTF-8.",
    404: "There is nothing at this address.",
    413: "The body is too large for this server; YIJU_MAX_BODY sets the limit.",
}


def problem(status: int, detail: str, kind: str = ABOUT_BLANK) -> Response:
    """Create a problem response; `detail` is shown to the user, in the language of the request."""
    return problem_response(_problem(status, detail, kind))


def problem_response(problem: Problem) -> Response:
    """Create the response that tells a problem."""
    response = Response(problem.model_dump_json(), problem.status, mimetype=MEDIA_TYPE)
    if problem.status in _RETRY_AFTER:
        response.headers["Retry-After"] = _RETRY_AFTER[problem.status]
    return response


def problem_responses(*statuses: int) -> dict[str | int, Any]:
    """Describe an operation's possible problems for the OpenAPI document."""
    # What it consists of is described with the shape of `/readyz`.
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    del schema["$defs"]
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem_of(error: Exception) -> Problem:
    """Convert an error to a problem; log an unexpected error and hide its text."""
    if isinstance(error, YijuError):
        statuses = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
        kind = NO_INDEX if isinstance(error, BlankStoreError) else ABOUT_BLANK
        return _problem(next(statuses), error.public, kind)
    _log.error("An unforeseen error", exc_info=error)
    return _problem(500, "Something went wrong in the server; its log tells what.")


def error_response(error: Exception) -> AnyResponse:
    """Create the response for any error that a handler raised."""
    if isinstance(error, HTTPException):
        return _http_error_response(error)
    return problem_response(problem_of(error))


def validation_problem(error: ValidationError) -> Response:
    """Create a 422 response with the first validation error and its location."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the body"
    return problem(422, f"{where}: {first['msg']}.")


def register_handlers(app: Flask) -> None:
    """Register the handler that turns every error of the app into a problem."""
    app.register_error_handler(Exception, error_response)


def _problem(status: int, detail: str, kind: str = ABOUT_BLANK) -> Problem:
    title = HTTPStatus(status).phrase
    return Problem(
        type=kind, title=title, status=status, detail=spoken(detail), request_id=current_id()
    )


def _http_error_response(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None:  # a problem passed to abort()
        return error.response
    if status < 400:  # a redirect
        return error.get_response()
    response = problem(status, _HTTP_DETAILS.get(status) or error.description or "")
    if status == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return response
