"""Headers of several rows become one, and are no rows of the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.grid import Grid, grid_of


def grid(*rows: str) -> Grid:
    """A grid of rows whose cells are apart by bars; `<` goes on from the left, `^` from above."""
    texts, homes = {}, list[list[tuple[int, int]]]()
    for number, row in enumerate(rows):
        homes.append([])
        for column, cell in enumerate(row.split("|")):
            home = (number, column)
            if cell == "<":
                home = homes[number][column - 1]
            elif cell == "^":
                home = homes[number - 1][column]
            else:
                texts[home] = cell
            homes[number].append(home)
    return grid_of(texts, homes)


@pytest.mark.parametrize(
    "units",
    ["|m³/s|m", "|（立方米）|（米）", "|万元|%", "|kg/ha|℃", "单位|公里|小时"],
)
def test_a_row_of_units_belongs_to_the_names(units: str) -> None:
    whole = grid("堰|流量|水位", units, "东堰|3.5|12", "西堰|4.5|13")
    assert whole.named
    pairs = zip(("堰", "流量", "水位"), units.split("|"), strict=True)
    names = tuple(" ".join(filter(None, pair)) for pair in pairs)
    assert whole.rows == (names, ("东堰", "3.5", "12"), ("西堰", "4.5", "13"))


@pytest.mark.parametrize("row", ["中堰|3|4", "中堰|停|4", "中堰|已修|未修", "|m|"])
def test_another_row_is_none_of_units(row: str) -> None:
    assert len(grid("堰|流量|水位", row, "东堰|3.5|12", "西堰|4.5|13").rows) == 4


def test_a_header_of_two_rows_that_is_repeated_is_told_once() -> None:
    head = ("堰|春|<|秋|<", "^|进|出|进|出")
    whole = grid(*head, "东堰|1|2|3|4", *head, "西堰|5|6|7|8")
    assert whole.rows == (
        ("堰", "春 进", "春 出", "秋 进", "秋 出"),
        ("东堰", "1", "2", "3", "4"),
        ("西堰", "5", "6", "7", "8"),
    )


cells = st.sampled_from(["甲", "m", "3", ""])


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6))
def test_no_figure_is_taken_for_a_name(rows: list[list[str]]) -> None:
    numbered = [
        "|".join(f"{cell}{number}" if cell == "3" else cell for cell in row)
        for number, row in enumerate(rows)
    ]
    whole = grid("堰|流量|水位", *numbered)
    below = [cell for row in whole.rows[1:] for cell in row]
    figures = [cell for row in numbered for cell in row.split("|") if cell.startswith("3")]
    assert [cell for cell in below if cell.startswith("3")] == figures


def test_names_of_groups_that_cover_all_columns_stand_before_the_names_of_these() -> None:
    whole = grid("东库|<|西库|<", "料|数量|料|数量", "石|3方|木|5根", "沙|4方|竹|6根")
    assert whole.rows[0] == ("东库 料", "东库 数量", "西库 料", "西库 数量")
    assert whole.named
    assert len(whole.rows) == 3


@pytest.mark.parametrize(
    "rows",
    [
        ("东库|<|西库|<", "石|3方|木|5根", "沙|4方|竹|6根"),
        ("东库|<|西库|<", "料|<|数量|<", "石|<|3方|<"),
        ("东库|<|西库|<", "石|新|木|旧", "沙|旧|竹|新"),
    ],
    ids=["values below", "no columns of their own", "no values"],
)
def test_groups_without_names_of_columns_below_are_none(rows: tuple[str, ...]) -> None:
    assert grid(*rows).named is None
