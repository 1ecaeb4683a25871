"""The numbers are what was counted, in the format that Prometheus reads."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from web.observing.http_exchange import AskedQuestion, Exchange
from web.observing.meter import Meter
from web.observing.shared_counts import SharedCounts

SECONDS = st.floats(0, 40)
QUESTION = "港珠澳大桥有多长？"


def samples(meter: Meter) -> Mapping[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return the numbers as Prometheus' own client reads them."""
    text = "\n".join([*meter.lines(), ""])
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def asked(seconds: float) -> Exchange:
    return Exchange(
        "7f", "POST", "/api/ask", "192.0.2.7", route="/api/ask", status=200, seconds=seconds,
        asked=AskedQuestion(QUESTION, "possible", seconds / 2, seconds / 4),
    )  # fmt: skip


@given(st.lists(SECONDS, max_size=8))
def test_each_bucket_has_what_took_at_most_so_long(times: list[float]) -> None:
    meter = Meter(SharedCounts(parts=1))
    for seconds in times:
        meter.count(asked(seconds))
    found = samples(meter)
    route = ("route", "/api/ask")
    for edge in ("0.005", "0.1", "1.0", "30.0", "+Inf") if times else ():
        bucket = found["yiju_request_seconds_bucket", frozenset({route, ("le", edge)})]
        assert bucket == sum(seconds <= float(edge) for seconds in times)
    if times:
        total = found["yiju_request_seconds_sum", frozenset({route})]
        assert abs(total - sum(times)) < 1e-6
        stage = frozenset({("stage", "find")})
        assert found["yiju_answer_stage_seconds_count", stage] == len(times)
    outcomes = {
        name: found["yiju_answers_total", frozenset({("outcome", name)})]
        for name in ("answered", "possible", "not_found")
    }
    assert outcomes == {"answered": 0, "possible": len(times), "not_found": 0}


def test_no_question_and_no_client_is_told_and_odd_methods_are_one() -> None:
    meter = Meter(SharedCounts(parts=1))
    meter.count(asked(0.1))
    for method in ("BREW", "X" * 500, ""):
        meter.count(Exchange("7f", method, "/\n", "192.0.2.7", status=404))
    meter.count(Exchange("7f", "POST", "/api/ask", "192.0.2.7", status=503, refusal="overload"))
    text = "\n".join(meter.lines())
    assert QUESTION not in text
    assert "192.0.2.7" not in text
    assert 'yiju_requests_total{route="none",method="other",status="404"} 3' in text
    assert 'yiju_refusals_total{reason="overload"} 1' in text
