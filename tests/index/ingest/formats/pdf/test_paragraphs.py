"""Lines that a page has broken become paragraphs, and rows that pages part become one table."""

from functools import partial
from typing import Any

import pytest

from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.paragraphs import paragraphs_of
from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, table, write
from tests.support.tables.tilings import drawn

SIZE = 12.0
FULL = "城市投入一亿元建设平台并在三年内分步完成全部"


def page(*texts: str) -> list[TextLine]:
    """Lines of 12 points below each other, each as wide as its text."""
    return [
        TextLine((text,), Box(72, 18 * row, 72 + SIZE * len(text), 18 * row + SIZE), SIZE)
        for row, text in enumerate(texts)
    ]


def texts_of(*pages: list[TextLine]) -> list[str]:
    paragraphs, _ = paragraphs_of(pages)
    return [paragraph.text for paragraph in paragraphs]


def test_a_full_line_is_continued_and_a_short_one_is_not() -> None:
    assert texts_of(page(FULL, FULL, "工程。", FULL)) == [f"{FULL}{FULL}工程。", FULL]


def test_a_paragraph_continues_on_the_next_page() -> None:
    paragraphs, size = paragraphs_of([page(FULL, FULL), page("工程。", FULL, FULL, FULL)])
    assert [paragraph.text for paragraph in paragraphs] == [f"{FULL}{FULL}工程。", 3 * FULL]
    assert paragraphs[0].starts == [(0, 0), (1, 2 * len(FULL))]
    assert size == SIZE


@pytest.mark.parametrize(
    "mark",
    [
        "- ",
        "•",
        "● ",
        "■",
        "※",
        "1.",
        "12、",
        "3）",
        "4) ",
        "（1）",
        "(12)",
        "（一）",
        "(十二)",
        "①",
        "⑳",
    ],
)
def test_a_line_with_a_mark_of_a_list_begins_a_paragraph_after_a_sentence(mark: str) -> None:
    ended = f"{FULL[:-1]}。"
    assert texts_of(page(FULL, ended, f"{mark}建平台")) == [FULL + ended, f"{mark}建平台"]


@pytest.mark.parametrize("start", ["3.5亿元", "1234、", "（2016）", "平台-"])
def test_a_line_that_only_resembles_one_with_a_mark_continues_the_paragraph(start: str) -> None:
    ended = f"{FULL[:-1]}。"
    assert texts_of(page(FULL, ended, f"{start}建平台")) == [f"{FULL}{ended}{start}建平台"]


def test_a_table_over_two_pages_is_one_with_its_merged_cells() -> None:
    def draw(canvas: Any, rows: list[list[str]]) -> None:  # noqa: ANN401
        write(canvas, "区", LEFT + 6, TOP - 16)
        write(canvas, "产量", LEFT + 106, TOP - 16)
        write(canvas, "计划", LEFT + 106, TOP - 40)
        write(canvas, "实际", LEFT + 206, TOP - 40)
        for x, start in ((0, 0), (100, 0), (200, 24), (300, 0)):
            canvas.line(LEFT + x, TOP - start, LEFT + x, TOP - 48)
        for y, start in ((0, 0), (24, 100), (48, 0)):
            canvas.line(LEFT + start, TOP - y, LEFT + 300, TOP - y)
        table(canvas, rows, LEFT, TOP - 48)

    first = partial(draw, rows=[["东", "3", "4"], ["西", "5", "6"]])
    second = partial(draw, rows=[["北", "7", "8"]])
    article = read_pdf("a.pdf", pdf(first, second))
    assert article.text == (
        "区: 东, 产量 计划: 3, 产量 实际: 4\n区: 西, 产量 计划: 5, 产量 实际: 6\n"
        "区: 北, 产量 计划: 7, 产量 实际: 8"
    )
    assert drawn(article) == [
        [
            ["[区]2x1", "[产量]1x2"], ["[计划]", "[实际]"],
            ["东", "3", "4"], ["西", "5", "6"], ["北", "7", "8"],
        ]
    ]  # fmt: skip
