"""Count requests and answers, and tell the counts as Prometheus reads them.

No question, no article and no address of a client is in them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from web.observing.http_exchange import Exchange
from web.observing.shared_counts import SharedCounts

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
_EDGES = (*map(str, _BOUNDS), "+Inf")
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Family:
    """Numbers of one meaning."""

    name: str
    kind: str
    help: str


_REQUESTS = Family("yiju_requests_total", "counter", "Requests by route, method and status.")
_SECONDS = Family(
    "yiju_request_seconds", "histogram", "Seconds from a request read to its answer written."
)
_ANSWERS = Family("yiju_answers_total", "counter", "Questions by what came of them.")
_STAGES = Family(
    "yiju_answer_stage_seconds", "histogram", "Seconds of waiting in line, finding and reading."
)
_REFUSALS = Family("yiju_refusals_total", "counter", "Requests that were refused, by why.")
_FAMILIES = (_REQUESTS, _SECONDS, _ANSWERS, _STAGES, _REFUSALS)
# So that a rate is known from the first one on.
_AT_FIRST = (
    *(f'{_ANSWERS.name}{{outcome="{name}"}}' for name in ("answered", "possible", "not_found")),
    *(f'{_REFUSALS.name}{{reason="{name}"}}' for name in ("overload", "limit", "too_large")),
)


class Meter:
    """Counts what a process serves; each tells the sums of all."""

    def __init__(self, counts: SharedCounts) -> None:
        self._counts = counts
        for series in _AT_FIRST:
            counts.add(series, 0.0)

    def begin(self, part: int) -> None:
        """Count for a process that was just forked."""
        self._counts.begin(part)

    def count(self, exchange: Exchange) -> None:
        """Count a request that has ended."""
        route = exchange.route or "none"
        method = exchange.method if exchange.method in _METHODS else "other"
        labels = f'route="{route}",method="{method}",status="{exchange.status}"'
        self._counts.add(f"{_REQUESTS.name}{{{labels}}}")
        if exchange.refusal:
            self._counts.add(f'{_REFUSALS.name}{{reason="{exchange.refusal}"}}')
        if exchange.route:
            self._observe(_SECONDS, f'route="{route}"', exchange.seconds)
        if asked := exchange.asked:
            self._counts.add(f'{_ANSWERS.name}{{outcome="{asked.outcome}"}}')
            stages = (("wait", exchange.waited), ("find", asked.find), ("read", asked.read))
            for stage, seconds in stages:
                self._observe(_STAGES, f'stage="{stage}"', seconds)

    def processes(self) -> list[int]:
        """Return the processes of the server; some may have ended."""
        return self._counts.processes()

    def lines(self) -> Iterator[str]:
        """Yield the lines of all numbers."""
        totals = self._counts.totals()
        for family in _FAMILIES:
            yield from head_of(family)
            series = {name: total for name, total in totals.items() if _is_of(family, name)}
            if family.kind == "histogram":
                yield from _histogram(family, series)
            else:
                yield from (f"{name} {total:.15g}" for name, total in sorted(series.items()))

    def _observe(self, family: Family, labels: str, seconds: float) -> None:
        edge = _EDGES[bisect_left(_BOUNDS, seconds)]
        self._counts.add(f'{family.name}{{{labels},le="{edge}"}}')
        self._counts.add(f"{family.name}{{{labels}}}", seconds)


def head_of(family: Family) -> Iterator[str]:
    """Yield what stands before the numbers of a family."""
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"


def _is_of(family: Family, series: str) -> bool:
    return series.partition("{")[0] == family.name


def _histogram(family: Family, series: Mapping[str, float]) -> Iterator[str]:
    """Yield buckets that count all below them too, as the format wants, with sum and count."""
    counts: dict[str, dict[str, float]] = defaultdict(dict)
    sums: dict[str, float] = {}
    for name, total in series.items():
        labels, _, edge = name.partition("{")[2].removesuffix("}").partition(',le="')
        if edge:
            counts[labels][edge.rstrip('"')] = total
        else:
            sums[labels] = total
    for labels in sorted(counts):
        below = 0.0
        for edge in _EDGES:
            below += counts[labels].get(edge, 0.0)
            yield f'{family.name}_bucket{{{labels},le="{edge}"}} {below:.15g}'
        yield f"{family.name}_sum{{{labels}}} {sums.get(labels, 0.0):.15g}"
        yield f"{family.name}_count{{{labels}}} {below:.15g}"
