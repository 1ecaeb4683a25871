"""Read and validate request bodies: size, chunks, media type.

A refused body is drained first, as a client that is still sending would miss the response.
"""

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import IO, Any, NoReturn

from flask import Request, Response, abort

from web.problems import problem

_MAX_DRAINED = 256_000_000  # bytes; a client that sends more may find the connection closed


def refuse(request: Request, response: Response) -> NoReturn:
    """Abort the request with a response, after draining its body."""
    environ = request.environ
    # Reading past the announced length is safe only if the server marks the stream's end.
    announced = _MAX_DRAINED if environ.get("wsgi.input_terminated") else request.content_length
    _drain(environ["wsgi.input"], announced or 0)
    abort(response)


def limit_body(request: Request, limit: int, setting: str) -> None:
    """Refuse a body of more than `limit` bytes, chunked or not; `setting` is named in the error."""
    request.max_content_length = limit
    length = request.content_length
    if length is None:
        length = _buffer_chunks(request, limit)
    if length > limit:
        detail = f"The body is larger than the {limit:,} bytes that {setting} allows."
        refuse(request, problem(413, detail))


def json_object(request: Request) -> Mapping[str, Any]:
    """Return the body's JSON object; refuse anything else."""
    if not request.is_json:
        detail = "Send the body as JSON, with Content-Type: application/json."
        refuse(request, problem(415, detail))
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


def _buffer_chunks(request: Request, limit: int) -> int:
    """Buffer a chunked body and return its length, so that the same limit applies."""
    environ = request.environ
    try:
        body = environ["wsgi.input"].read(limit + 1)
    except Exception:  # noqa: BLE001 - the server's own errors for a chunk without a valid size
        abort(problem(400, "The chunks of the body can't be read."))
    if len(body) > limit:
        _drain(environ["wsgi.input"], _MAX_DRAINED)
    environ.pop("wsgi.input_terminated", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ.update({"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))})
    return len(body)


def _drain(stream: IO[bytes], limit: int) -> None:
    with suppress(Exception):  # best effort: the response is already decided
        while limit > 0 and (chunk := stream.read(min(limit, 65_536))):
            limit -= len(chunk)
