"""Tables of web pages: merged cells, cells of several lines, labels beside values."""

from typing import NamedTuple

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from lxml import html

from index.ingest.pages.html_blocks import blocks_of
from index.ingest.pages.html_tables import data_grid, definition_grid


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
        (
            "<tr><td>球馆</td><td>时间</td></tr><tr><td>城东</td>"
            "<td><ol><li>清晨6点</li><li>晚上7点</li></ol></td></tr>"
            "<tr><td>城西</td><td><p>清晨5点</p><p>晚上8点</p></td></tr>",
            ["球馆 | 时间", "城东 | 清晨6点 晚上7点", "城西 | 清晨5点 晚上8点"],
        ),
        (
            "<thead><tr><th>矿井</th><th>产量</th><th>巷道</th></tr>"
            "<tr><th></th><th>万吨</th><th>米</th></tr></thead>"
            "<tr><td>一号</td><td>31</td><td>420</td></tr><tr><td>二号</td><td>28</td><td>390</td></tr>",
            [
                "矿井: 一号, 产量 万吨: 31, 巷道 米: 420",
                "矿井: 二号, 产量 万吨: 28, 巷道 米: 390",
            ],
        ),
        (
            '<tr><td></td><td colspan="2">去年</td><td colspan="2">今年</td></tr>'
            "<tr><td></td><td>计划</td><td>完成</td><td>计划</td><td>完成</td></tr>"
            "<tr><td>一号</td><td>30</td><td>31</td><td>33</td><td>35</td></tr>"
            "<tr><td>二号</td><td>26</td><td>28</td><td>27</td><td>29</td></tr>",
            [
                "一号, 去年 计划: 30, 去年 完成: 31, 今年 计划: 33, 今年 完成: 35",
                "二号, 去年 计划: 26, 去年 完成: 28, 今年 计划: 27, 今年 完成: 29",
            ],
        ),
        (
            '<tr><td>井名</td><td colspan="3">北山一号井</td></tr>'
            "<tr><td>队长</td><td>康平</td><td>职务</td><td>工程师</td></tr>"
            "<tr><td>住址</td><td>北山</td><td>工龄</td><td>12年</td></tr>",
            ["井名: 北山一号井", "队长: 康平, 职务: 工程师", "住址: 北山, 工龄: 12年"],
        ),
        (
            "<tr><th>工种</th><th>日薪</th></tr>"
            '<tr><td colspan="2">井下</td></tr><tr><td>电工</td><td>420元</td></tr>'
            '<tr><td colspan="2">地面</td></tr><tr><td>电工</td><td>310元</td></tr>'
            '<tr><td colspan="2">注：夜班另加五十元，节假日按有关规定办理，由队里统一造册发放，'
            "班组不得自行调整，有异议的找劳资科复核。</td></tr>",
            [
                "井下, 工种: 电工, 日薪: 420元",
                "地面, 工种: 电工, 日薪: 310元",
                "注：夜班另加五十元，节假日按有关规定办理，由队里统一造册发放，班组不得自行调整，"
                "有异议的找劳资科复核。",
            ],
        ),
        (
            '<tr><th colspan="2">外形</th></tr><tr><th>长</th><td>3米</td></tr>'
            '<tr><th>高</th><td>2米</td></tr><tr><th colspan="2">动力</th></tr>'
            "<tr><th>功率</th><td>75千瓦</td></tr>",
            ["外形", "长: 3米", "高: 2米", "动力, 功率: 75千瓦"],
        ),
        (
            "<tr><th>队</th><th>上午</th><th>下午</th></tr>"
            '<tr><td>一队</td><td colspan="2">检修风机</td></tr>'
            "<tr><td>二队</td><td>掘进</td><td>支护</td></tr>",
            ["队: 一队, 上午: 检修风机, 下午: 检修风机", "队: 二队, 上午: 掘进, 下午: 支护"],
        ),
        (
            '<tr><th>队</th><th colspan="2">电话</th></tr>'
            "<tr><td>一队</td><td>5550101</td><td>5550102</td></tr>"
            "<tr><td>二队</td><td>5550103</td><td></td></tr>",
            ["队: 一队, 电话: 5550101, 电话: 5550102", "队: 二队, 电话: 5550103"],
        ),
        (
            '<tr><th>队</th><th>任务</th></tr><tr><td rowspan="0">掘进队</td><td>东巷</td></tr>'
            "<tr><td>西巷</td></tr><tr><td>北巷</td></tr>",
            ["队: 掘进队, 任务: 东巷", "队: 掘进队, 任务: 西巷", "队: 掘进队, 任务: 北巷"],
        ),
        (
            "<tr><th>队</th><th>米数</th></tr><tr><td>一队</td><td>12米</td></tr>"
            "<tr><th>队</th><th>米数</th></tr><tr><td>二队</td><td>15米</td></tr>",
            ["队: 一队, 米数: 12米", "队: 二队, 米数: 15米"],
        ),
    ],
)
def test_a_row_is_complete_by_itself(markup: str, rows: list[str]) -> None:
    assert lines(f"<table>{markup}</table>") == rows


def test_a_table_that_arranges_paragraphs_is_no_data() -> None:
    cell = f"<td><p>{'甲' * 90}</p><p>乙</p></td>"
    assert data_grid(html.fragment_fromstring(f"<table><tr>{cell * 2}</tr>" * 2)) is None


def test_a_table_with_named_columns_may_have_long_cells() -> None:
    remark = "冬季检修期间，东巷停止使用，人员改走西巷，" * 12
    head = "<tr><th>巷道</th><th>备注</th></tr>"
    row = f"<tr><td>东巷</td><td><p>{remark}</p><p>检修后另行通知</p></td></tr>"
    assert lines(f"<table>{head}{row}</table>") == [f"巷道: 东巷, 备注: {remark} 检修后另行通知"]


def test_definitions_are_told_with_their_terms() -> None:
    markup = "<dl><dt>净重</dt><dd>3千克</dd><dt>电压</dt><dd>220伏</dd><dd>50赫兹</dd></dl>"
    assert lines(markup) == ["净重: 3千克", "电压: 220伏 50赫兹"]
    boxed = (
        "<dl><div><dt>净重</dt><dt>Net</dt><dd><p>3千克</p></dd></div>"
        "<div><dt>电压：</dt><dd>220伏</dd><dd>50赫兹</dd></div></dl>"
    )
    assert lines(boxed) == ["净重 / Net: 3千克", "电压：220伏 50赫兹"]


def test_the_foot_of_a_table_is_below_its_rows_wherever_it_stands() -> None:
    head = "<thead><tr><th>队</th><th>米数</th></tr></thead>"
    foot = "<tfoot><tr><th>合计</th><td>27米</td></tr></tfoot>"
    body = "<tbody><tr><th>一队</th><td>12米</td></tr><tr><th>二队</th><td>15米</td></tr></tbody>"
    rows = ["队: 一队, 米数: 12米", "队: 二队, 米数: 15米", "队: 合计, 米数: 27米"]
    assert lines(f"<table>{head}{foot}{body}</table>") == rows
    assert lines(f"<table>{head}{body}{foot}</table>") == rows


def test_a_picture_alone_in_its_cell_is_what_it_stands_for() -> None:
    head = "<tr><th>队</th><th>到</th></tr>"
    row = "<tr><td>一队</td><td><img src=y alt='✓'></td></tr>"
    assert lines(f"<table>{head}{row}</table>") == ["队: 一队, 到: ✓"]


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
    grid = data_grid(html.fragment_fromstring(f"<table>{body}</table>"))
    if grid is None:
        reject()
    assert len({len(row) for row in grid.rows}) <= 1
    said = {cell for row in grid.rows for cell in row} | set(grid.captions)
    words = [
        f"{text}{at}x{place}" for at, row in enumerate(rows) for place, (*_, text) in enumerate(row)
    ]
    # The names of columns of several header rows are put together.
    assert all(word in " ".join(said) for word in words)


GROUPS = st.lists(st.integers(1, 3), min_size=1, max_size=4)


class Value(NamedTuple):
    """A value of a table, the label of its row, and the names of one column that it stands in."""

    words: str
    row: str
    names: frozenset[str]


@st.composite
def grouped_tables(draw: st.DrawFn) -> tuple[str, list[Value]]:
    """Draw a table with groups of columns and of rows, in which values span columns of a group."""
    widths, heights = draw(GROUPS), draw(GROUPS)
    tag, unit = draw(st.sampled_from(["th", "td"])), draw(st.sampled_from(["", "米"]))
    deep = 2 if max(widths) > 1 else 1
    first = "".join(f'<{tag} rowspan="{deep}">{name}</{tag}>' for name in ("岸", "闸"))
    second, columns = "", list[frozenset[str]]()
    for group, wide in zip("甲乙丙丁", widths, strict=False):
        high = deep if wide == 1 else 1
        first += f'<{tag} colspan="{wide}" rowspan="{high}">组{group}</{tag}>'
        inner = [f"列{group}{at}" for at in "子丑寅"[:wide]] if wide > 1 else []
        second += "".join(f"<{tag}>{name}</{tag}>" for name in inner)
        columns += [frozenset({f"组{group}", name}) for name in inner or [f"组{group}"]]
    rows, values = [first, *filter(None, [second])], list[Value]()
    for group, high in zip("东西南北", heights, strict=False):
        for at in range(high):
            row = f'<td rowspan="{high}">{group}岸</td>' if not at else ""
            row += f"<td>{group}{at}闸</td>"
            column = 0
            while column < len(columns):
                beside = [other for other in columns[column:] if other & columns[column]]
                wide = draw(st.integers(1, len(beside)))
                words = f"{len(rows)}{column}5{unit}"
                row += f'<td colspan="{wide}">{words}</td>'
                values += [Value(words, f"{group}{at}闸", names) for names in beside[:wide]]
                column += wide
            rows.append(row)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>", values


@given(grouped_tables())
def test_any_value_stands_with_the_names_of_its_row_and_column(
    drawing: tuple[str, list[Value]],
) -> None:
    markup, values = drawing
    rows = lines(markup)
    for value in values:
        [row] = [row for row in rows if value.row in row]
        assert f"岸: {value.row[0]}岸" in row
        cells = [cell.split(": ") for cell in row.split(", ") if cell.endswith(f": {value.words}")]
        assert any(value.names <= set(names.split()) for names, _ in cells)
