"""A table gives back the cells that it was made of, wherever it is moved."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.table import Cell, Table
from tests.support.tables.tilings import Tile, check_tables, tilings


@given(tiles=tilings(), data=st.data(), by=st.integers(-10, 1000))
def test_a_table_has_the_cells_that_it_was_made_of_wherever_it_stands(
    tiles: list[Tile], data: st.DataObject, by: int
) -> None:
    cells = []
    for tile in tiles:
        start, end = sorted(data.draw(st.tuples(st.integers(10, 99), st.integers(10, 99))))
        untold = data.draw(st.sampled_from([None, None, "", tile.words]))
        end = end if untold is None else start
        cells.append(Cell(*tile[:4], start, end, data.draw(st.booleans()), untold))
    table = Table.of(10, 99, cells)
    assert table.cells == tuple(cells)
    check_tables(Article("a", "", "." * 99, tables=(table,)))
    moved = table.moved(by)
    assert (moved.start, moved.end, moved.rows) == (10 + by, 99 + by, table.rows)
    assert moved.cells == tuple(
        cell._replace(start=cell.start + by, end=cell.end + by) for cell in cells
    )
