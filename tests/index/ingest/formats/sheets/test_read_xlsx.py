"""A workbook's rows come back as its cells show them, and no word of it is lost unsaid."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from index.errors import ArticleError
from index.ingest.formats.sheets.read_xlsx import read_xlsx
from tests.support.documents import archive, replaced
from tests.support.tables.tilings import drawn


def workbook(fill: Callable[[Any], None], **properties: str) -> bytes:
    book = Workbook()
    for name, value in ({"creator": ""} | properties).items():
        setattr(book.properties, name, value)
    fill(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_merged_headers_units_dates_and_formats_are_as_the_sheet_shows_them() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        sheet = book.active
        day = datetime.date(1987, 4, 9)
        for row in (
            ("沿海灯塔",), ("单位：万元",),
            ("灯塔", "开支", None, "建成"), (None, "油料", "修缮", None),
            ("东塔", 3.5, 0.25, day), ("西塔", 1200, 0.5, day),
        ):  # fmt: skip
            sheet.append(row)
        for area in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
            sheet.merge_cells(area)
        sheet["B5"].number_format, sheet["B6"].number_format = "0.00", "#,##0"
        sheet["C5"].number_format = sheet["C6"].number_format = "0%"

    article = read_xlsx("灯塔.xlsx", workbook(fill, title="灯塔开支表", creator="林小满"))
    assert (article.title, article.author) == ("灯塔开支表", "林小满")
    assert article.text == (
        "灯塔开支表\n\n沿海灯塔\n单位：万元\n"
        "灯塔: 东塔, 开支 油料: 3.50, 开支 修缮: 25%, 建成: 1987-04-09, 单位: 万元\n"
        "灯塔: 西塔, 开支 油料: 1,200, 开支 修缮: 50%, 建成: 1987-04-09, 单位: 万元"
    )
    assert article.unread == ()
    day = "1987-04-09"
    assert drawn(article) == [
        [
            ["[灯塔]2x1", "[开支]1x2", "[建成]2x1"], ["[油料]", "[修缮]"],
            ["东塔", "3.50", "25%", day], ["西塔", "1,200", "50%", day],
        ]
    ]  # fmt: skip


def test_each_sheet_is_a_section_and_blank_rows_set_tables_apart() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        first, second = book.active, book.create_sheet("值守")
        first.title = "塔"
        for row in (("塔", "高", "人"), ("东塔", 21, "甲"), ()):
            first.append(row)
        first["A9"], first["B9"], first["C9"] = "船", "座", "主"
        first["A10"], first["B10"], first["C10"] = "一号", 30, "乙"
        for shift in (("班次", "人"), ("早班", "丙"), ("晚班", "丁")):
            second.append(shift)
        second.auto_filter.ref = "A1:B3"

    article = read_xlsx("a/守则.xlsx", workbook(fill))
    assert article.text.split("\n\n") == [
        "守则", "塔", "塔: 东塔, 高: 21, 人: 甲", "船: 一号, 座: 30, 主: 乙", "值守",
        "班次: 早班, 人: 丙\n班次: 晚班, 人: 丁",
    ]  # fmt: skip
    assert [section.title for section in article.sections] == ["塔", "值守"]


def test_blank_columns_and_rows_at_the_edge_shift_nothing() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        for row, cells in enumerate((("塔", "高", None, "人"), ("东塔", 21, None, "甲")), 4):
            for column, value in enumerate(cells, 3):
                book.active.cell(row, column, value)
        book.active.merge_cells("C3:F3")
        book.active["C3"] = "沿海灯塔"

    assert read_xlsx("a.xlsx", workbook(fill)).text == "沿海灯塔\n塔: 东塔, 高: 21, 人: 甲"


def test_names_with_their_values_have_no_header() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        for row in (("塔名", "东塔"), ("高度", "21米"), ("看守", "两人")):
            book.active.append(row)

    text = read_xlsx("塔卡.xlsx", workbook(fill)).text
    assert text == "塔卡\n\n塔名: 东塔\n高度: 21米\n看守: 两人"


def test_what_is_not_in_the_rows_is_removed_or_counted() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        sheet = book.active
        for row in (("塔", "高", "龄"), ("东塔", 21, True), ("西塔", "=1+2", 1)):
            sheet.append(row)
        sheet["A2"].comment = Comment("批注词", "甲")
        sheet.oddHeader.center.text, sheet.oddFooter.left.text = "页眉词", "第 &P 页"
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
        sheet.add_chart(chart, "E5")
        hidden = book.create_sheet("藏")
        hidden["A1"], hidden.sheet_state = "隐藏词", "hidden"

    article = read_xlsx("a.xlsx", workbook(fill))
    assert article.text == ("塔: 东塔, 高: 21, 龄: TRUE\n塔: 西塔, 龄: 1\n塔: 东塔, 批注: 批注词")
    assert [part.text for part in article.removed] == ["页眉词\n第 页"]
    assert [str(unread) for unread in article.unread] == [
        "1 chart", "1 formula without a value", "1 hidden sheet",
    ]  # fmt: skip


def test_hidden_rows_and_columns_are_counted_but_not_what_is_folded_or_filtered() -> None:
    def fill(book: Any, *, filtered: bool = False) -> None:  # noqa: ANN401
        sheet = book.active
        for row in (
            ("塔", "高", "价", "人"),
            ("东塔", 21, 3, "甲"),
            ("西塔", 20, 4, "乙"),
            ("南塔", 9, 5, "丙"),
        ):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[4].hidden, sheet.row_dimensions[4].outlineLevel = True, 1
        sheet.column_dimensions["C"].hidden = not filtered
        if filtered:
            sheet.auto_filter.ref = "A1:D4"
            sheet.auto_filter.add_filter_column(3, ["甲"])

    article = read_xlsx("a.xlsx", workbook(fill))
    assert article.text == "塔: 东塔, 高: 21, 人: 甲\n塔: 南塔, 高: 9, 人: 丙"
    assert [str(unread) for unread in article.unread] == ["1 hidden column", "1 hidden row"]
    article = read_xlsx("a.xlsx", workbook(lambda book: fill(book, filtered=True)))
    assert article.text.count("塔: ") == 3
    assert article.unread == ()


def test_the_strict_form_and_a_relation_to_nothing_are_read() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        for row in (("塔", "高", "人"), ("东塔", 21, "甲")):
            book.active.append(row)

    data = workbook(fill)
    expected = read_xlsx("a.xlsx", data)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        data = replaced(data, name, lambda xml: xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ))  # fmt: skip
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    lost = f'<Relationship Id="x" Type="{kind}" Target="../drawings/NULL"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}">{lost}</Relationships>'
    data = replaced(data, "xl/worksheets/_rels/sheet1.xml.rels", lambda _: relations.encode())
    assert read_xlsx("a.xlsx", data) == expected


def test_readings_above_characters_are_no_words() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        for row in (("塔", "高", "人"), ("东塔", 21, "甲")):
            book.active.append(row)

    data = replaced(workbook(fill), "xl/sharedStrings.xml", lambda xml: xml.replace(
        "<t>东塔</t>".encode(), "<r><t>东</t></r><r><t>塔</t></r><rPh><t>ひがし</t></rPh>".encode()
    ))  # fmt: skip
    assert read_xlsx("a.xlsx", data).text == "塔: 东塔, 高: 21, 人: 甲"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK", "is damaged or no .xlsx document"),
        (archive({"xl/workbook.xml": "<a/>"}), "is damaged or no .xlsx document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "needs a password, or is an old .xls file"),
        (workbook(lambda _: None), "is empty: no cell of the workbook holds a value."),
    ],
)
def test_what_can_not_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_xlsx("a.xlsx", data)
    assert str(refused.value).startswith(reason)
