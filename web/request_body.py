"""Validate request bodies: size, media type. They were read before, by `serving`."""

from collections.abc import Mapping
from typing import Any

from flask import Request, abort

from web.problems import problem


def limit_body(request: Request, limit: int, setting: str) -> None:
    """Refuse a body of more than `limit` bytes; `setting` is named in the error."""
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        detail = f"The body is larger than the {limit:,} bytes that {setting} allows."
        abort(problem(413, detail))


def json_object(request: Request) -> Mapping[str, Any]:
    """Return the body's JSON object; refuse anything else."""
    if not request.is_json:
        detail = "Send the body as JSON, with Content-Type: application/json."
        abort(problem(415, detail))
    try:
        body = request.get_json()
    except RecursionError:
        abort(problem(400, "The body is nested too deep."))
    if not isinstance(body, dict):
        abort(problem(422, "The body must be a JSON object."))
    return body


def require_json(request: Request, limit: int) -> None:
    """Refuse a body that is too large or no JSON object, before a handler runs."""
    if request.method == "OPTIONS":
        return
    limit_body(request, limit, "YIJU_MAX_BODY")
    json_object(request)


def require_empty(request: Request, limit: int) -> None:
    """Refuse a body with content in a call that takes none."""
    limit_body(request, limit, "YIJU_MAX_BODY")
    if request.get_data().strip() not in (b"", b"{}"):
        abort(problem(422, "This call takes no body; leave it out."))
