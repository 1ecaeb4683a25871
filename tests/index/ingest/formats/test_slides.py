"""A presentation's words come back slide by slide, and none is lost unsaid."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from index.errors import ArticleError
from index.ingest.formats.drawing_text import DRAWING
from index.ingest.formats.slides import read_pptx
from tests.support.documents import archive, replaced
from tests.support.tables.tilings import drawn

PLACE = Inches(1), Inches(4), Inches(5), Inches(1)


def slides(fill: Callable[[Any], None]) -> bytes:
    presentation = Presentation()
    presentation.core_properties.title = presentation.core_properties.author = ""
    fill(presentation)
    data = io.BytesIO()
    presentation.save(data)
    return data.getvalue()


def add(presentation: Any, title: str, body: str = "") -> Any:  # noqa: ANN401
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = title, body
    return slide


def test_titles_are_sections_and_tables_rows_and_notes_come_after() -> None:
    def fill(presentation: Any) -> None:  # noqa: ANN401
        add(presentation, "灯塔年报", "港务局")
        slide = add(presentation, "开支", "全年开支九万元\n比上年少一成")
        slide.notes_slide.notes_text_frame.text = "讲到油料时请停一下。"
        table = slide.shapes.add_table(3, 3, *PLACE).table
        for row, cells in enumerate(
            (("塔", "开支", ""), ("", "油料", "修缮"), ("东塔", "3万", "2万"))
        ):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))
        slide.shapes.add_textbox(*PLACE).text_frame.text = "另有附件"

    article = read_pptx("a.pptx", slides(fill))
    assert article.title == "灯塔年报"
    assert article.text.split("\n\n") == [
        "灯塔年报", "港务局", "开支", "全年开支九万元\n比上年少一成",
        "塔: 东塔, 开支 油料: 3万, 开支 修缮: 2万", "另有附件", "讲到油料时请停一下。",
    ]  # fmt: skip
    assert [section.title for section in article.sections] == ["开支"]
    assert drawn(article) == [
        [["[塔]2x1", "[开支]1x2"], ["[油料]", "[修缮]"], ["东塔", "3万", "2万"]]
    ]
    assert (article.unread, article.published) == ((), None)


def test_the_number_of_a_slide_is_no_text_even_outside_of_its_place() -> None:
    def fill(presentation: Any) -> None:  # noqa: ANN401
        slide = add(presentation, "南极站", "长城站建于1985年。")
        paragraph = slide.shapes.add_textbox(*PLACE).text_frame.paragraphs[0]._p
        field = '<a:fld xmlns:a="{}" type="slidenum"><a:t>&lt;number&gt;</a:t></a:fld>'
        paragraph.append(etree.fromstring(field.format(DRAWING[1:-1])))

    article = read_pptx("a.pptx", slides(fill))
    assert article.text == "南极站\n\n长城站建于1985年。"
    assert [piece.text.strip() for piece in article.removed] == ["<number>"]


def test_what_is_not_read_is_counted() -> None:
    def fill(presentation: Any) -> None:  # noqa: ANN401
        add(presentation, "灯塔年报", "港务局")
        data = CategoryChartData()
        data.categories = ["甲"]
        data.add_series("乙", (1,))
        slide = add(presentation, "图")
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, *PLACE, data)
        add(presentation, "隐藏词")._element.set("show", "0")
        box = slide.shapes.add_textbox(*PLACE).text_frame.paragraphs[0]
        for text, shift in (("库容10", ""), ("8", "30000"), ("升", "")):
            run = box.add_run()
            run.text = text
            if shift:
                run.font._element.set("baseline", shift)

    article = read_pptx("a.pptx", slides(fill))
    assert "隐藏词" not in article.text
    assert "库容10^8升" in article.text
    assert [str(unread) for unread in article.unread] == ["1 chart", "1 hidden slide"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK", "is damaged or no .pptx document"),
        (archive({"a": ""}), "is damaged or no .pptx document"),
        (slides(lambda _: None), "is empty: no slide holds words."),
    ],
)
def test_what_can_not_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_pptx("a.pptx", data)
    assert str(refused.value).startswith(reason)


def test_the_strict_form_is_read() -> None:
    def strict(xml: bytes) -> bytes:
        return re.sub(
            rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?!extended|custom)",
            rb"http://purl.oclc.org/ooxml/\1/",
            xml,
        )

    common = slides(lambda presentation: add(presentation, "灯塔年报", "港务局"))
    data = common
    for name in (
        "_rels/.rels", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels",
        "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels",
    ):  # fmt: skip
        data = replaced(data, name, strict)
    assert data != common
    assert read_pptx("a.pptx", data) == read_pptx("a.pptx", common)
