"""A list that is printed in two halves side by side is one, two tables of like names are two."""

from typing import Any

import pytest
from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, styled_table
from tests.support.tables.tilings import check_tables

DAYS = [("1", "12.5", "3.1"), ("2", "13.0", "4.4"), ("3", "11.8", "2.0")]
MORE = [("4", "10.9", "1.7"), ("5", "12.2", "2.9"), ("", "", "")]


def lines_of(head: list[str], *commands: tuple[Any, ...]) -> list[str]:
    rows = [head, *([*left, *right] for left, right in zip(DAYS, MORE, strict=True))]
    article = read_pdf("a.pdf", pdf(lambda canvas: styled_table(canvas, rows, *commands)))
    check_tables(article)
    return [line for line in article.text.split("\n") if line]


@pytest.mark.parametrize(
    "commands",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)],
    ],
    ids=["all rules", "one rule"],
)
def test_two_halves_of_a_list_are_read_one_after_the_other(commands: list[Any]) -> None:
    assert lines_of(["日", "气温", "风速"] * 2, *commands) == [
        f"日: {day}, 气温: {warm}, 风速: {wind}" for day, warm, wind in [*DAYS, *MORE[:2]]
    ]


def test_tables_of_like_names_are_read_one_after_the_other() -> None:
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    assert lines_of(["东站", "气温", "风速", "西站", "气温", "风速"], grid) == [
        *(f"东站: {day}, 气温: {warm}, 风速: {wind}" for day, warm, wind in DAYS),
        *(f"西站: {day}, 气温: {warm}, 风速: {wind}" for day, warm, wind in MORE[:2]),
    ]
