"""What a server process does with each request that has ended."""

from collections.abc import Callable

from web.observing.http_exchange import Exchange
from web.observing.meter import Meter
from web.observing.server_log import request_logger

Observer = Callable[[Exchange], None]


def observer_of(meter: Meter, *, with_questions: bool) -> Observer:
    """Return what counts requests and has them logged."""
    log = request_logger(with_questions=with_questions)

    def observe(exchange: Exchange) -> None:
        meter.count(exchange)
        log(exchange)

    return observe
