"""Errors in OpenAI's shape, which everything under `/v1` answers instead of problems."""

from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import BaseModel, ValidationError

from web.languages.phrasebook import spoken
from web.problems import MEDIA_TYPE
from web.responses import Problem, json_response

_ROOT = "/v1/"
_CODES = {401: "invalid_api_key", 429: "rate_limit_exceeded"}
_CODES_OF_VALUES = {
    "missing": "missing_required_parameter",
    "string_too_long": "string_above_max_length",
}


class ErrorOut(BaseModel):
    """What was wrong, and which parameter it was, if any; `code` is for programs, or null."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIErrorOut(BaseModel):
    """An error as OpenAI's API has it."""

    error: ErrorOut


def speaks_openai(path: str) -> bool:
    """Return whether what is at a path speaks as OpenAI's API does.

    >>> speaks_openai("//v1/models"), speaks_openai("/api/ask")
    (True, False)
    """
    return f"/{path.lstrip('/')}/".startswith(_ROOT)


def openai_error(
    status: int, message: str, param: str | None = None, code: str | None = None
) -> Response:
    """Create an error response; `message` is shown in the language of the request."""
    return json_response(_error(status, spoken(message), param, code), status)


def openai_validation_error(error: ValidationError) -> Response:
    """Create a 400 response with the first validation error and its parameter."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    param = _parameter(first["loc"])
    code = _CODES_OF_VALUES.get(first["type"], "invalid_value")
    return openai_error(400, f"{param or 'the body'}: {first['msg']}.", param, code)


def error_of(problem: Problem) -> OpenAIErrorOut:
    """Convert a problem."""
    return _error(_status(problem.status), problem.detail, None, None)


def convert_problem(response: Response) -> Response:
    """Rewrite a problem as an error, if that is what the path of the request speaks."""
    if response.mimetype == MEDIA_TYPE and speaks_openai(request.path):
        problem = Problem.model_validate_json(response.get_data())
        response.status_code = _status(problem.status)
        response.set_data(error_of(problem).model_dump_json())
        response.mimetype = "application/json"
    return response


def error_responses(*statuses: int) -> dict[str | int, Any]:
    """Describe an operation's possible errors for the OpenAPI document."""
    schema = OpenAIErrorOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["error"] = schema.pop("$defs")["ErrorOut"]
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"schema": schema}},
        }
        for status in statuses
    }


def _error(status: int, message: str, param: str | None, code: str | None) -> OpenAIErrorOut:
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return OpenAIErrorOut(
        error=ErrorOut(message=message, type=kind, param=param, code=code or _CODES.get(status))
    )


def _status(status: int) -> int:
    """Return the status that OpenAI's clients expect: they know 400 for any bad request."""
    return 400 if status == 422 else status


def _parameter(location: tuple[int | str, ...]) -> str | None:
    """Return a location as OpenAI writes it: `messages[0].content`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".") or None
