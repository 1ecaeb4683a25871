"""Tables as hypothesis draws them, and what an article must know of them."""

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from index.article import Article
from index.table import Cell, Table

_WORDS = ["甲", "收入", "计划", "12", "1.6亿元", "2016年", "Mr. A", "a, b", "x | y", "c: d", "好。"]
LONG = "这一列说的是全年各季度的产量，单位都是万吨，数字由各矿自行填报，" * 2


class Tile(NamedTuple):
    """A cell of a table with its words."""

    row: int
    column: int
    rows: int
    columns: int
    words: str


@st.composite
def tilings(draw: st.DrawFn, *, blank: bool = False) -> list[Tile]:
    """Draw a table row by row: in every row a cell begins, and no two have the same words."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 4))
    taken: set[tuple[int, int]] = set()
    tiles: list[Tile] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            beside = (at for at in range(column, columns) if (row, at) in taken)
            wide = min(draw(st.sampled_from([1, 1, 1, 2, 4])), next(beside, columns) - column)
            # The last column has a cell in each row, so that none is covered from above alone.
            high = 1 if column + wide == columns else draw(st.sampled_from([1, 1, 1, 2, 3]))
            high = min(high, rows - row)
            taken |= {(row + down, column + at) for down in range(high) for at in range(wide)}
            word = draw(st.sampled_from([*_WORDS, LONG, *[""] * (4 * blank)]))
            words = f"{word}{len(tiles)}" if word else ""
            tiles.append(Tile(row, column, high, wide, words))
    return tiles


def without_captions(tiles: Sequence[Tile]) -> set[Tile]:
    """Return the cells of a table below the rows that are one cell, and so are captions of it."""
    rows = max(tile.row + tile.rows for tile in tiles)
    columns = max(tile.column + tile.columns for tile in tiles)
    first = 0
    while first + 2 < rows and any(
        tile.row == first and tile.columns == columns and tile.rows == 1 for tile in tiles
    ):
        first += 1
    return {tile._replace(row=tile.row - first) for tile in tiles if tile.row >= first}


def tiles_of(article: Article, table: Table) -> set[Tile]:
    """Return the cells of an article's table with their words."""
    return {Tile(*cell[:4], cell.words(article.text)) for cell in table.cells}


def drawn(article: Article) -> list[list[list[str]]]:
    """Return the rows of each table: the words of cells, in brackets those of header cells.

    A cell that spans several squares ends with their number: `[塔]2x1` spans two rows.
    """
    return [
        [
            [_shown(article, cell) for cell in table.cells if cell.row == row]
            for row in range(table.rows)
        ]
        for table in article.tables
    ]


def _shown(article: Article, cell: Cell) -> str:
    text = cell.words(article.text)
    spans = f"{cell.rows}x{cell.columns}" if cell.rows * cell.columns > 1 else ""
    return (f"[{text}]" if cell.header else text) + spans


def rows_of(tiles: Sequence[Tile]) -> list[list[Tile]]:
    """Return the cells that begin in each row."""
    rows = max(tile.row for tile in tiles) + 1
    return [[tile for tile in tiles if tile.row == number] for number in range(rows)]


def as_html(tiles: Sequence[Tile], tag: str = "td") -> str:
    """Return a table of a web page, the cells of its first row with a tag."""
    rows = []
    for number, row in enumerate(rows_of(tiles)):
        name = "td" if number else tag
        cells = (
            f'<{name} rowspan="{tile.rows}" colspan="{tile.columns}">{tile.words}</{name}>'
            for tile in row
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def check_tables(article: Article) -> None:
    """Assert what holds of the tables of any article."""
    end = 0
    for table in article.tables:
        assert end <= table.start < table.end <= len(article.text)
        end = table.end
        squares = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        whole = [(row, at) for row in range(table.rows) for at in range(table.columns)]
        assert sorted(squares) == whole
        assert list(table.cells) == sorted(table.cells, key=lambda cell: cell[:2])
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
        assert all(cell.start == cell.end for cell in table.cells if cell.text is not None)
