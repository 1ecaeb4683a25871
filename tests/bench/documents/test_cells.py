"""A cell under its labels: renderings that say so are right, and those that don't are wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.documents.cells import Cell
from bench.documents.read_text import ReadText

STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Table:
    """A table whose groups of columns stand in merged cells above the columns."""

    stations: Sequence[str]
    groups: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[str]]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Group and column of each column of values."""
        return [(group, column) for group in self.groups for column in self.columns]

    def cells(self) -> Iterator[Cell]:
        """The facts of all values."""
        for station, row in zip(self.stations, self.values, strict=True):
            for (group, column), value in zip(self.headers, row, strict=True):
                rivals = {
                    label: [name for name in names if name != label]
                    for label, names in [
                        (station, self.stations), (group, self.groups), (column, self.columns),
                    ]
                }  # fmt: skip
                yield Cell([station, group, column], value, rivals)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of two to five stations and groups, and up to three columns in each group."""
    counts = [draw(st.integers(least, most)) for least, most in ((2, 5), (2, 4), (1, 3))]
    stations, groups, columns = (
        [f"{stem}{suffix}" for stem in draw(st.permutations(STEMS))[:count]]
        for count, suffix in zip(counts, ("站", "组", "项"), strict=True)
    )
    width = len(groups) * len(columns)
    numbers = draw(st.lists(st.integers(10, 9999), min_size=100, max_size=100, unique=True))
    written = [f"{number / 10:.1f}" for number in numbers]
    values = [written[at * width : (at + 1) * width] for at in range(len(stations))]
    return Table(stations, groups, columns, values)


def rows(table: Table, *, blank: bool) -> list[list[str]]:
    """The rows with the headers, those of groups repeated or in the first of their columns."""
    first = ["站", *(group for group, _ in table.headers)]
    if blank:
        width = len(table.columns)
        first = [text if at % width == 1 % width else "" for at, text in enumerate(first)]
    second = ["", *(column for _, column in table.headers)]
    below = [[name, *cells] for name, cells in zip(table.stations, table.values, strict=True)]
    return [first, second, *below]


def markdown(table: Table, *, blank: bool = False) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in rows(table, blank=blank)]
    return "\n".join([lines[0], "|---" * len(rows(table, blank=blank)[0]) + "|", *lines[1:]])


def merged(table: Table) -> str:
    """A Markdown table in which a merged header is followed by blanks."""
    return markdown(table, blank=True)


def html(table: Table) -> str:
    """An HTML table with merged headers."""
    groups = "".join(f'<th colspan="{len(table.columns)}">{name}</th>' for name in table.groups)
    columns = "".join(f"<th>{column}</th>" for _, column in table.headers)
    below = [
        f"<tr><td>{name}</td>{''.join(f'<td><b>{cell}</b></td>' for cell in cells)}</tr>"
        for name, cells in zip(table.stations, table.values, strict=True)
    ]
    head = f'<tr><th rowspan="2">站</th>{groups}</tr><tr>{columns}</tr>'
    return f"<table><thead>{head}</thead>{''.join(below)}</table>"


def tabs(table: Table) -> str:
    """Lines separated by tabs."""
    return "\n".join("\t".join(cells) for cells in rows(table, blank=False))


def named(table: Table) -> str:
    """A line for each row with its headers."""
    return "\n".join(
        f"{station}: " + ", ".join(
            f"{group}/{column}: {value}"
            for (group, column), value in zip(table.headers, row, strict=True)
        )
        for station, row in zip(table.stations, table.values, strict=True)
    )  # fmt: skip


def each(table: Table) -> str:
    """A line for each cell."""
    return "\n".join(f"{' > '.join(cell.labels)} = {cell.value}" for cell in table.cells())


def moved_columns(table: Table) -> str:
    """The values one column further to the left."""
    return markdown(replace(table, values=[[*row[1:], row[0]] for row in table.values]))


def moved_rows(table: Table) -> str:
    """The names of the rows one row further up."""
    return markdown(replace(table, stations=[*table.stations[1:], table.stations[0]]))


def run_on(table: Table) -> str:
    """All cells in one line."""
    return " ".join(cell for cells in rows(table, blank=True) for cell in cells if cell)


def bare(table: Table) -> str:
    """The cells of each row in a line, with single spaces: columns can't be told apart."""
    return "\n".join(" ".join(filter(None, cells)) for cells in rows(table, blank=True))


RIGHT: Sequence[Callable[[Table], str]] = (markdown, merged, html, tabs, named, each)
WRONG: Sequence[Callable[[Table], str]] = (moved_columns, moved_rows, run_on, bare)


@pytest.mark.parametrize("render", RIGHT)
@settings(max_examples=30, deadline=None)
@given(table=tables())
def test_every_cell_is_found_where_a_rendering_keeps_its_labels(
    render: Callable[[Table], str], table: Table
) -> None:
    text = ReadText(render(table))
    assert [str(cell) for cell in table.cells() if not cell.holds(text)] == []


@pytest.mark.parametrize("render", WRONG)
@settings(max_examples=30, deadline=None)
@given(table=tables())
def test_no_cell_is_found_where_a_rendering_loses_its_labels(
    render: Callable[[Table], str], table: Table
) -> None:
    text = ReadText(render(table))
    assert [str(cell) for cell in table.cells() if cell.holds(text)] == []


PRICE = Cell(
    ["入库装卸", "单价"], "26.00", {"入库装卸": ["出库装卸"], "单价": ["数量", "金额"]}
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("入库装卸的单价为26.00元", True),
        ("入库装卸 单价 126.00", False),
        ("入库装卸 单价 26.00.5", False),
        ("入库装卸 单价: 28.00, 数量: 26.00", False),
        ("出库装卸 单价: 26.00", False),
        ("入库装卸, 数量 单价 26.00", False),  # bare headers that run on
        ("入库装卸: 26.00 (单价)", True),
        ("入库装卸 单价" + "甲" * 580 + "26.00", True),
        ("入库装卸 单价" + "甲" * 600 + "26.00", False),
    ],
)
def test_a_line_says_what_a_value_belongs_to_unless_a_rival_stands_between(
    line: str, holds: bool
) -> None:
    assert PRICE.holds(ReadText(line)) is holds
