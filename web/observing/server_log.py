"""The log of a server: what goes wrong and, if asked for, a line of each request.

It goes to stderr, as sentences for people or as a JSON object a line. The text of questions is in
it only if that is asked for; searched words, which stand in queries of addresses, never are.
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from web.observing.http_exchange import Exchange, current_id

_requests = logging.getLogger("yiju.requests")


def start_log(style: str) -> None:
    """Send the log of this process, and of those it forks, to stderr in a style."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _requests.setLevel(logging.WARNING if style == "plain" else logging.INFO)


def log_request(exchange: Exchange, *, with_question: bool) -> None:
    """Log a line about a request that has ended, unless only what goes wrong is logged."""
    if _requests.isEnabledFor(logging.INFO):
        fields = _fields(exchange, with_question=with_question)
        _requests.info("%s", _sentence(exchange), extra={"fields": fields})


class PlainLines(logging.Formatter):
    """A message as it is, with the id of the request that it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and a traceback below it if there is one."""
        text = super().format(record)
        ident = current_id()
        head, line, rest = text.partition("\n")
        return (
            f"{head} (request {ident}){line}{rest}" if ident and not _is_request(record) else text
        )


class JsonLines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        time = datetime.fromtimestamp(record.created, UTC)
        values: dict[str, Any] = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "process": record.process,
        }
        if _is_request(record):
            values |= {"event": "request", **record.__dict__["fields"]}
        else:
            values |= {"event": "message", "logger": record.name, "message": record.getMessage()}
            if ident := current_id():
                values["request_id"] = ident
        if record.exc_info:
            values["exception"] = self.formatException(record.exc_info)
        return json.dumps(values, ensure_ascii=False)


def request_logger(*, with_questions: bool) -> Callable[[Exchange], None]:
    """Return what logs the requests that have ended."""
    return lambda exchange: log_request(exchange, with_question=with_questions)


def _is_request(record: logging.LogRecord) -> bool:
    return record.name == _requests.name


def _fields(exchange: Exchange, *, with_question: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "request_id": exchange.id,
        "client": exchange.client,
        "method": exchange.method,
        "path": exchange.path,
        "route": exchange.route or None,
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000, 1),
        "waited_ms": round(exchange.waited * 1000, 1),
        "bytes": exchange.sent,
    }
    if exchange.refusal:
        fields["refusal"] = exchange.refusal
    if asked := exchange.asked:
        fields |= {
            "outcome": asked.outcome,
            "find_ms": round(asked.find * 1000, 1),
            "read_ms": round(asked.read * 1000, 1),
        }
        if with_question:
            fields["question"] = asked.question
    return fields


def _sentence(exchange: Exchange) -> str:
    r"""Return what a person reads of a request; what a client sent is escaped.

    >>> _sentence(Exchange("7f", "GET", "/a\nb", "127.0.0.1", status=404))
    '127.0.0.1 GET /a%0Ab 404 0.0 ms 7f'
    """
    path = "".join(char if char.isprintable() else f"%{ord(char):02X}" for char in exchange.path)
    parts = [exchange.client, exchange.method or "-", path or "-", str(exchange.status)]
    parts.append(f"{exchange.seconds * 1000:.1f} ms")
    parts += [exchange.asked.outcome] if exchange.asked else []
    return " ".join([*parts, exchange.id])
