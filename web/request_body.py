"""Takes the body of a request in, or refuses it: too large, badly cut up, of the wrong kind.

A body that is refused is read to its end first: a client still sending would miss the answer.
"""

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import IO, Any, NoReturn

from flask import Request, Response, abort

from web.problems import problem

_DRAINED_AT_MOST = 256_000_000  # bytes; who sends more may find the connection closed


def refuse(request: Request, answer: Response) -> NoReturn:
    """Ends the request with a problem, its body read and thrown away."""
    environ = request.environ
    # Only where the server marks the end of the stream may more be read than was announced.
    announced = _DRAINED_AT_MOST if environ.get("wsgi.input_terminated") else request.content_length
    _drain(environ["wsgi.input"], announced or 0)
    abort(answer)


def bound(request: Request, limit: int, setting: str) -> None:
    """Refuses a body beyond so many bytes, however it is sent; `setting` names who sets that."""
    request.max_content_length = limit
    length = request.content_length
    if length is None:
        length = _take_in_chunks(request, limit)
    if length > limit:
        detail = f"The body is larger than the {limit:,} bytes that {setting} allows."
        refuse(request, problem(413, detail))


def json_object(request: Request) -> Mapping[str, Any]:
    """The JSON object that the body is; anything else is refused."""
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
    """Refuses a body that is too large or no JSON object, before a handler sees it."""
    if request.method == "OPTIONS":
        return
    bound(request, limit, "YIJU_MAX_BODY")
    json_object(request)


def require_nothing(request: Request, limit: int) -> None:
    """Refuses a body that asks for something, where there is nothing to ask for."""
    bound(request, limit, "YIJU_MAX_BODY")
    if request.get_data().strip() not in (b"", b"{}"):
        abort(problem(422, "This call takes no body; leave it out."))


def _take_in_chunks(request: Request, limit: int) -> int:
    """Gives a body that was sent in chunks a length, so that the same limit holds for it."""
    environ = request.environ
    try:
        body = environ["wsgi.input"].read(limit + 1)
    except Exception:  # noqa: BLE001 - the server's own errors for a chunk without a proper size
        abort(problem(400, "The chunks of the body can't be read."))
    if len(body) > limit:
        _drain(environ["wsgi.input"], _DRAINED_AT_MOST)
    environ.pop("wsgi.input_terminated", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ.update({"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))})
    return len(body)


def _drain(stream: IO[bytes], at_most: int) -> None:
    with suppress(Exception):  # of a body that nobody wants, nobody cares how it goes on
        while at_most > 0 and (piece := stream.read(min(at_most, 65_536))):
            at_most -= len(piece)
