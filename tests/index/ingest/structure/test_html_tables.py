"""Tables of web pages: merged cells, cells of several lines, labels beside values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.ingest.structure.html_blocks import blocks_of
from index.ingest.structure.html_tables import definition_grid, is_data_table, table_grid


def lines(markup: str) -> list[str]:
    return [block.text for block in blocks_of(html.document_fromstring(markup))]


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (
            '<tr><th>线路</th><th>时段</th><th>间隔</th></tr><tr><td rowspan="2">东线</td>'
            "<td>早</td><td>5分</td></tr><tr><td>晚</td><td>9分</td></tr>"
            "<tr><td>西线</td><td>早</td><td>6分</td></tr>",
            [
                "线路: 东线, 时段: 早, 间隔: 5分",
                "线路: 东线, 时段: 晚, 间隔: 9分",
                "线路: 西线, 时段: 早, 间隔: 6分",
            ],
        ),
        (
            '<tr><th rowspan="2">区</th><th colspan="2">产量</th></tr>'
            "<tr><th>计划</th><th>实际</th></tr>"
            "<tr><td>东</td><td>3</td><td>4</td></tr><tr><td>西</td><td>5</td><td>6</td></tr>",
            ["区: 东, 产量 计划: 3, 产量 实际: 4", "区: 西, 产量 计划: 5, 产量 实际: 6"],
        ),
        (
            "<tr><th>净重</th><td>3千克</td></tr><tr><th>产地</th><td>苏北</td></tr>",
            ["净重: 3千克", "产地: 苏北"],
        ),
        (
            "<tr><th>净重</th><td>3千克</td><th>产地</th><td>苏北</td></tr>"
            "<tr><th>颜色</th><td>灰</td><th>功率</th><td>2千瓦</td></tr>",
            ["净重: 3千克, 产地: 苏北", "颜色: 灰, 功率: 2千瓦"],
        ),
        (
            "<tr><td><b>姓名</b></td><td><b>职务</b></td></tr><tr><td>高山</td><td>厂长</td></tr>",
            ["姓名: 高山, 职务: 厂长"],
        ),
        (
            '<tr><td colspan="2">单位：万元</td></tr><tr><th>项目</th><th>金额</th></tr>'
            "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>",
            ["单位：万元", "项目: 甲, 金额: 1", "项目: 乙, 金额: 2"],
        ),
        (
            "<tr><th>球馆</th><th>时间</th></tr><tr><td>城东</td>"
            "<td><p>清晨6点</p><p>晚上7点</p></td></tr><tr><td>城西</td><td>全天</td></tr>",
            ["球馆: 城东, 时间: 清晨6点 晚上7点", "球馆: 城西, 时间: 全天"],
        ),
    ],
)
def test_a_row_is_complete_by_itself(markup: str, rows: list[str]) -> None:
    assert lines(f"<table>{markup}</table>") == rows


def test_a_table_that_arranges_paragraphs_is_no_data() -> None:
    cell = f"<td><p>{'甲' * 90}</p><p>乙</p></td>"
    assert not is_data_table(html.fragment_fromstring(f"<table><tr>{cell * 2}</tr>" * 2))


def test_definitions_are_told_with_their_terms() -> None:
    markup = "<dl><dt>净重</dt><dd>3千克</dd><dt>电压</dt><dd>220伏</dd><dd>50赫兹</dd></dl>"
    assert lines(markup) == ["净重: 3千克", "电压: 220伏 50赫兹"]


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dd>没有词条</dd></dl>",
        "<dl><dt>没有解释</dt></dl>",
        "<dl><dt>甲</dt><dd><table><tr><td>1</td></tr></table></dd></dl>",
    ],
)
def test_another_list_is_left_to_its_paragraphs(markup: str) -> None:
    assert definition_grid(html.fragment_fromstring(markup)) is None


spans = st.integers(1, 3)
cells = st.lists(st.tuples(spans, spans, st.sampled_from(["甲", "12", ""])), min_size=1, max_size=4)


@given(st.lists(cells, min_size=2, max_size=5))
def test_any_spans_make_rows_of_one_length_that_hold_every_word(
    rows: list[list[tuple[int, int, str]]],
) -> None:
    body = "".join(
        "<tr>"
        + "".join(
            f'<td rowspan="{tall}" colspan="{wide}">{text}{at}x{place}</td>'
            for place, (tall, wide, text) in enumerate(row)
        )
        + "</tr>"
        for at, row in enumerate(rows)
    )
    grid = table_grid(html.fragment_fromstring(f"<table>{body}</table>"))
    assert len({len(row) for row in grid.rows}) <= 1
    said = {cell for row in grid.rows for cell in row} | set(grid.captions)
    words = [
        f"{text}{at}x{place}" for at, row in enumerate(rows) for place, (*_, text) in enumerate(row)
    ]
    # The names of columns of several header rows are put together.
    assert all(word in " ".join(said) for word in words)
