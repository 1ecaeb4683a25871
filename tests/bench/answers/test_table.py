"""Rows are reached as printed, and sets that were not measured have none."""

from bench.answers.records import SetResult
from bench.answers.table import ROWS, Row, number, table_lines, table_values

MORE = Row("set", "figure", "name", "key", 0.2, 0.75)
LESS = Row("set", "figure", "name", "key", 15.3, 40.0, lower=True, digits=1)


def test_a_figure_is_reached_as_it_is_printed() -> None:
    assert MORE.is_reached(0.7496)
    assert not MORE.is_reached(0.7494)
    assert LESS.is_reached(40.04)
    assert not LESS.is_reached(40.06)
    assert Row("set", "figure", "name", "key", None, None).is_reached(0.0)


def test_only_what_was_measured_is_told() -> None:
    results = {"seed-dev": SetResult("seed-dev", {"passed": 29.0})}
    assert list(table_lines(results))[2:] == ["| seed-dev | passed of 30 | 26 | **29** | 29 |"]
    assert [row["reached"] for row in table_values(results)] == [True]


def test_each_row_is_told_once() -> None:
    labels = [(row.label, row.figure) for row in ROWS]
    assert len(set(labels)) == len(labels)
    assert number(0.93333) == "0.933"
