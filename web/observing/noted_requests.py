"""Note with a request's exchange what only the application knows: its route, and why it refuses."""

import re

from flask import Response, request

from web.observing.http_exchange import current_exchange

_ID = re.compile(r"<(?:\w+:)?(\w+)>")
_REFUSALS = {413: "too_large", 429: "limit"}


def note_route() -> None:
    """Note what is asked for, and who asks as the proxies tell."""
    exchange = current_exchange()
    if exchange is not None:
        exchange.client = request.remote_addr or ""
        exchange.route = route_of(request.url_rule.rule) if request.url_rule else ""


def note_refusal(response: Response) -> Response:
    """Note that a request is refused whatever it asks."""
    exchange = current_exchange()
    if exchange is not None:
        exchange.refusal = _REFUSALS.get(response.status_code, "")
    return response


def route_of(rule: str) -> str:
    """Return a rule as the OpenAPI document writes it.

    >>> route_of("/api/articles/<id:article_id>.md")
    '/api/articles/{article_id}.md'
    """
    return _ID.sub(r"{\1}", rule)
