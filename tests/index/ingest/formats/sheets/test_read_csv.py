"""A table of separated values is rows with the names of its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bounds import MAX_CELLS
from index.errors import ArticleError
from index.ingest.formats.sheets.read_csv import read_csv
from tests.support.tables.tilings import check_tables, drawn


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_rows_have_the_names_of_their_columns(encoding: str, delimiter: str) -> None:
    lines = (("灯塔", "高度", "说明"), ("东塔", "21米", "看守, 两人"), ("西塔", "", "无人值守"))
    table = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    article = read_csv("沿海/灯塔表.csv", table.encode(encoding))
    assert article.title == "灯塔表"
    assert article.text == (
        "灯塔表\n\n灯塔: 东塔, 高度: 21米, 说明: 看守, 两人\n灯塔: 西塔, 说明: 无人值守"
    )


def test_a_title_a_unit_and_a_note_are_no_rows() -> None:
    table = "灯塔开支,,\n单位：万元,,\n灯塔,油料,修缮\n东塔,3.5,12\n注：修缮由港务局出资。,,\n"
    article = read_csv("a.csv", table.encode())
    assert article.text == (
        "灯塔开支\n单位：万元\n灯塔: 东塔, 油料: 3.5, 修缮: 12, 单位: 万元\n注：修缮由港务局出资。"
    )
    assert drawn(article) == [[["[灯塔]", "[油料]", "[修缮]"], ["东塔", "3.5", "12"]]]


def test_of_a_very_long_table_the_first_rows_are_known_as_one() -> None:
    rows = [f"{number}号塔,{number}米" for number in range(MAX_CELLS)]
    article = read_csv("塔.csv", "\n".join(["灯塔,高度", *rows]).encode())
    [table] = article.tables
    assert (table.rows * table.columns, len(table.cells)) == (MAX_CELLS, MAX_CELLS)
    last = f"灯塔: {MAX_CELLS // 2 - 2}号塔, 高度: {MAX_CELLS // 2 - 2}米"
    assert article.text[: table.end].endswith(last)
    assert article.text.endswith(f"高度: {MAX_CELLS - 1}米")
    check_tables(article)


def test_a_table_without_names_has_none() -> None:
    assert (
        read_csv("a.csv", "东塔,21,3\n西塔,20,4\n".encode()).text == "东塔 | 21 | 3\n西塔 | 20 | 4"
    )


def test_years_name_columns() -> None:
    text = read_csv("a.csv", "开支,2021,2022\n油料,3,4\n修缮,5,6\n".encode()).text
    assert text == "开支: 油料, 2021: 3, 2022: 4\n开支: 修缮, 2021: 5, 2022: 6"


def test_the_delimiter_that_excel_names_is_taken_and_cells_hold_lines() -> None:
    assert read_csv("塔.csv", 'sep=;\n塔;人\n东塔;"甲,乙\n丙"\n'.encode()).text == (
        "塔: 东塔, 人: 甲,乙 丙"
    )


def test_an_empty_table_and_a_broken_one_are_told() -> None:
    with pytest.raises(ArticleError, match=r"^is empty\.$"):
        read_csv("a.csv", b",,\n,,\n")
    with pytest.raises(ArticleError, match="can't be read as a table"):
        read_csv("a.csv", b'a,"' + b"x" * 1_100_000)


CELLS = st.text("甲乙丙丁戊己", min_size=1, max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_every_cell_is_in_its_row_in_order(rows: list[tuple[str, str, str]]) -> None:
    table = "\n".join(",".join(row) for row in [("船", "塔", "岸"), *rows])
    text = read_csv("a.csv", table.encode()).text
    assert text.split("\n") == [f"船: {a}, 塔: {b}, 岸: {c}" for a, b, c in rows]
