"""Running heads and page numbers are known by their recurrence; a table's figures are not."""

import pytest

from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.running_heads import running_lines


def line(text: str, top: float) -> TextLine:
    return TextLine((text,), Box(72, top, 272, top + 12), 12)


def document(*heads: str) -> list[list[TextLine]]:
    """Pages with a head each, and below it lines that are on no other page."""
    words = "甲乙丙丁戊己庚辛壬癸"
    return [
        [line(head, 30), *(line(f"{words[number]}{word}。", 100) for word in "金木水火土")]
        for number, head in enumerate(heads)
    ]


def heads_found(*heads: str) -> list[str]:
    return list(running_lines(document(*heads)).values())


@pytest.mark.parametrize(
    "number",
    [
        "#", "- # -", "第#页", "第 # 頁", "共 # 页", "Page #", "page # of 9", "p. #", "#/9",
        "第#页 共9页", "第#页/共9页", "· # ·",
    ],
)  # fmt: skip
def test_two_pages_are_enough_for_a_page_number(number: str) -> None:
    heads = [number.replace("#", str(page)) for page in (1, 2)]
    assert heads_found(*heads) == heads


@pytest.mark.parametrize("text", ["表#", "#年", "第#章", "# 亿元"])
def test_other_lines_with_a_number_must_recur_on_three_pages(text: str) -> None:
    heads = [text.replace("#", str(page)) for page in (1, 2, 3)]
    assert heads_found(*heads[:2]) == []
    assert heads_found(*heads) == heads


def test_a_head_recurs_word_for_word_on_two_pages_in_five() -> None:
    assert heads_found(*["年鉴"] * 3) == ["年鉴"] * 3
    assert heads_found(*["年鉴"] * 3, "子", "丑", "寅", "卯") == ["年鉴"] * 3
    assert heads_found(*["年鉴"] * 3, "子", "丑", "寅", "卯", "辰") == []


def test_figures_that_differ_by_more_than_the_page_are_kept() -> None:
    assert heads_found("合计 10", "合计 25", "合计 31") == []
