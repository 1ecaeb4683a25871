"""How a step grows is told per tenfold of the passages, whatever the sizes."""

from bench.scaling.__main__ import Row, growth
from bench.scaling.finding_steps import STEPS


def row(passages: int, milliseconds: float) -> Row:
    steps = {step: {"p50": milliseconds, "p95": milliseconds} for step in STEPS}
    return Row(passages, 1, 1, 1, 1, 1, 1, {"steps": steps})


def test_a_step_that_grows_with_the_passages_grows_tenfold() -> None:
    lines = list(growth([row(100, 1), row(10_000, 100), row(20_000, 100)]))
    assert lines[0] == "| p50, ms | 100 | 10,000 | 20,000 | per tenfold |"
    assert lines[2] == "| prepare | 1.00 | 100.00 | 100.00 | × 10.0, × 1.0 |"
    assert len(lines) == 2 + len(STEPS)
