"""Tables are known as tables: every cell with its place, its spans and the range of its words."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.ingest.formats.docx.read_docx import read_docx
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, table_lines
from index.ingest.formats.drawn_tables import RowLine, tables_of
from index.ingest.formats.html import read_html
from index.ingest.formats.page_lines import page_lines
from index.ingest.structure.grid import Grid
from index.table import Cell
from tests.support.documents import docx
from tests.support.tables.tilings import (
    Tile,
    as_html,
    check_tables,
    drawn,
    tiles_of,
    tilings,
    without_captions,
)

PROSE = "各矿按季填报产量，数字由总公司汇总，年底一并公布。"


def of_page(*bodies: str, title: str = "") -> Article:
    """Return the article of a page of which nothing is boilerplate."""
    lines = page_lines("".join(bodies).encode())
    return article_of_draft(Draft("a.html", tuple(lines), title, classified=True))


@given(tiles=tilings(), other=tilings(), tag=st.sampled_from(["td", "th"]))
def test_a_table_of_a_page_is_drawn_as_its_markup_says(
    tiles: list[Tile], other: list[Tile], tag: str
) -> None:
    assume(len(tiles) > 3 and len(other) > 3)
    article = of_page(as_html(tiles, tag), f"<p>{PROSE}</p>", as_html(other))
    check_tables(article)
    known = [tiles_of(article, table) for table in article.tables]
    assert known == [without_captions(tiles), without_captions(other)]


@settings(max_examples=25)  # python-docx takes a third of a second for each
@given(tiles=tilings())
def test_a_table_of_a_word_document_is_drawn_with_its_merged_cells(tiles: list[Tile]) -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        document.add_paragraph(PROSE)
        rows = max(tile.row + tile.rows for tile in tiles)
        columns = max(tile.column + tile.columns for tile in tiles)
        table = document.add_table(rows, columns)
        for row, column, high, wide, text in tiles:
            last = table.cell(row + high - 1, column + wide - 1)
            table.cell(row, column).merge(last).text = text

    article = read_docx("a.docx", docx(fill))
    check_tables(article)
    assert [tiles_of(article, table) for table in article.tables] == [without_captions(tiles)]


@given(tiles=tilings(blank=True), title=st.integers(0, 9), cut=st.sets(st.integers(0, 9)))
def test_cells_keep_their_words_whatever_is_cut_moved_and_inserted(
    tiles: list[Tile], title: int, cut: set[int]
) -> None:
    marked = [tile._replace(words=tile.words.replace("亿", "亿\u200b\u00ad")) for tile in tiles]
    lines = list(page_lines((f"<p>单位：万元</p>{as_html(marked)}<p>{PROSE}</p>").encode()))
    drafted = tuple(
        DraftLine(line.text, cut=at in cut, row=line.row, grid_row=line.grid_row)
        for at, line in enumerate(lines)
    )
    named = lines[min(title, len(lines) - 1)].text
    article = article_of_draft(Draft("a", drafted, named, source="百方网", classified=True))
    check_tables(article)
    known = {tile.words for tile in tiles} | {""}
    for table in article.tables:
        for cell in table.cells:
            assert cell.words(article.text) in known
            assert cell.header or cell.text is None or cell.text in known
        filled = [tile.words for tile in tiles_of(article, table) if tile.words]
        assert len(filled) == len(set(filled))


def test_a_header_of_two_rows_is_drawn_though_its_names_are_told_together() -> None:
    article = of_page(
        '<table><caption>表一</caption><tr><th rowspan="2">区</th><th colspan="2">产量</th></tr>'
        "<tr><th>计划</th><th>实际</th></tr><tr><td>东</td><td>3</td><td>4</td></tr>"
        '<tr><td colspan="3">北部</td></tr><tr><td>西</td><td>5</td><td>6</td></tr></table>'
    )
    assert article.text == (
        "表一\n区: 东, 产量 计划: 3, 产量 实际: 4\n北部, 区: 西, 产量 计划: 5, 产量 实际: 6"
    )
    [table] = article.tables
    assert (table.start, table.end, table.rows, table.columns) == (3, len(article.text), 5, 3)
    assert table.cells == (
        Cell(0, 0, 2, 1, 3, 4, header=True),
        Cell(0, 1, 1, 2, 9, 11, header=True),
        Cell(1, 1, 1, 1, 12, 14, header=True),
        Cell(1, 2, 1, 1, 22, 24, header=True),
        Cell(2, 0, 1, 1, 6, 7),
        Cell(2, 1, 1, 1, 16, 17),
        Cell(2, 2, 1, 1, 26, 27),
        Cell(3, 0, 1, 3, 28, 30, header=True),
        Cell(4, 0, 1, 1, 35, 36),
        Cell(4, 1, 1, 1, 45, 46),
        Cell(4, 2, 1, 1, 55, 56),
    )


def test_a_name_that_no_row_tells_has_its_words_with_it() -> None:
    article = of_page(
        "<table><tr><th>矿</th><th>备\u00ad注</th></tr><tr><td>东矿</td><td></td></tr>"
        "<tr><td>西矿</td><td></td></tr></table>"
    )
    assert article.text == "矿: 东矿\n矿: 西矿"
    [table] = article.tables
    assert table.cells[1] == Cell(0, 1, 1, 1, 1, 1, header=True, text="备注")
    assert drawn(article) == [[["[矿]", "[备注]"], ["东矿", ""], ["西矿", ""]]]


def test_names_beside_their_values_are_header_cells() -> None:
    article = of_page(
        "<table><tr><th>净重</th><td>3千克</td><th>产地</th><td>苏北</td></tr>"
        "<tr><th>颜色</th><td>灰</td><th>备注</th><td></td></tr></table>"
    )
    assert drawn(article) == [
        [["[净重]", "3千克", "[产地]", "苏北"], ["[颜色]", "灰", "[备注]", ""]]
    ]


def test_a_header_that_a_long_table_repeats_is_drawn_once() -> None:
    head = "<tr><th>队</th><th>米数</th></tr>"
    one, two = "<tr><td>一队</td><td>12</td></tr>", "<tr><td>二队</td><td>15</td></tr>"
    article = of_page(f"<table>{head}{one}{head}{two}</table>")
    assert drawn(article) == [[["[队]", "[米数]"], ["一队", "12"], ["二队", "15"]]]


def test_the_unit_that_is_carried_into_rows_is_in_no_cell() -> None:
    article = of_page(
        "<p>单位：万元</p><table><tr><th>项目</th><th>金额</th></tr>"
        "<tr><td>煤</td><td>41</td></tr><tr><td>铁</td><td>52</td></tr></table>"
    )
    [table] = article.tables
    assert article.text[table.start : table.end] == (
        "项目: 煤, 金额: 41, 单位: 万元\n项目: 铁, 金额: 52, 单位: 万元"
    )
    assert drawn(article) == [[["[项目]", "[金额]"], ["煤", "41"], ["铁", "52"]]]


def test_a_row_that_is_boilerplate_of_the_page_is_not_drawn() -> None:
    grid = Grid(
        (("矿", "产量"), ("东矿", "31万吨"), ("打印", "关闭"), ("西矿", "28万吨")), named=True
    )
    lines = [
        DraftLine(line.text, cut="打印" in line.text, row=True, grid_row=line.grid_row)
        for line in table_lines(grid)
    ]
    article = article_of_draft(Draft("a", tuple(lines), classified=True))
    assert drawn(article) == [[["[矿]", "[产量]"], ["东矿", "31万吨"], ["西矿", "28万吨"]]]


def test_a_list_of_definitions_is_no_table() -> None:
    assert of_page("<dl><dt>净重</dt><dd>3千克</dd><dt>电压</dt><dd>220伏</dd></dl>").tables == ()


def test_beyond_the_bound_rows_are_lines_only() -> None:
    rows = tuple((f"{number}号矿", str(number)) for number in range(9))
    lines = table_lines(Grid((("矿", "产量"), *rows), named=True))
    ranges = [(40 * number, 40 * number + len(line.text)) for number, line in enumerate(lines)]
    rows_told = [
        RowLine(line.grid_row, start, end)
        for line, (start, end) in zip(lines, ranges, strict=True)
        if line.grid_row
    ]
    [table] = tables_of(rows_told, 13)
    assert (table.rows, len(table.cells), table.end) == (6, 12, ranges[4][1])
    assert tables_of(rows_told, 3) == ()
    other = [
        RowLine(line.grid_row, 1000, 1000 + len(line.text))
        for line in table_lines(Grid((("船", "座位"),)))
        if line.grid_row
    ]
    assert [len(table.cells) for table in tables_of([*rows_told, *other], 14)] == [14]
    assert [len(table.cells) for table in tables_of([*rows_told, *other], 15)] == [14]
    assert [len(table.cells) for table in tables_of([*rows_told, *other], 24)] == [20, 2]


def test_a_page_of_the_web_has_its_tables_and_not_those_of_its_menus() -> None:
    menu = "<table><tr><td><a href='/'>首页</a></td><td><a href='/n'>新闻</a></td></tr>"
    page = (
        f"<html><body>{menu}<tr><td><a href='/b'>图书</a></td><td><a href='/s'>服务</a></td></tr>"
        f"</table><h1>各矿全年产量公布</h1><p>{PROSE * 3}</p><table><tr><th>矿</th><th>产量</th>"
        "</tr><tr><td>东矿</td><td>31万吨</td></tr><tr><td>西矿</td><td>28万吨</td></tr></table>"
        f"<p>{PROSE * 2}</p></body></html>"
    )
    article = read_html("a.html", page.encode())
    check_tables(article)
    assert drawn(article) == [[["[矿]", "[产量]"], ["东矿", "31万吨"], ["西矿", "28万吨"]]]
