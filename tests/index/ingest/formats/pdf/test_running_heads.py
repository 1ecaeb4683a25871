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


SHEET = Box(0, 0, 595, 842)


def sheet(*lines: tuple[str, float, float]) -> list[TextLine]:
    """A page of lines, each with its top and its size."""
    return [
        TextLine((text,), Box(72, top, 272, top + size), size, paper=SHEET)
        for text, top, size in lines
    ]


def body(word: str) -> list[tuple[str, float, float]]:
    return [
        (f"{word}{number}。", 100.0 + 20 * place, 12.0) for place, number in enumerate("金木水")
    ]


def found_on(*pages: list[tuple[str, float, float]]) -> list[str]:
    return list(running_lines([sheet(*lines) for lines in pages]).values())


def test_in_the_margin_two_pages_are_enough_for_a_head() -> None:
    head = ("年鉴", 30.0, 9.0)
    assert found_on([head, *body("甲")], [head, *body("乙")]) == ["年鉴"] * 2


@pytest.mark.parametrize("head", [("年鉴", 30.0, 20.0), ("年鉴", 200.0, 9.0)])
def test_a_title_or_a_line_of_the_text_may_recur(head: tuple[str, float, float]) -> None:
    assert found_on([head, *body("甲")[:1]], [head, *body("乙")[:1]]) == []


@pytest.mark.parametrize(
    "number",
    ["- 1 -", "第 1 页", "頁 1", "Page 1 of 1", "共 1 页第 1 页", "· 7 ·", "1", "1/3", "p. 4"],
)
def test_a_page_number_is_known_on_a_single_page(number: str) -> None:
    assert found_on([*body("甲"), (number, 815.0, 9.0)]) == [number]


@pytest.mark.parametrize("text", ["12", "3.5", "表1", "1 册", "2024年", "共计 3"])
def test_another_figure_at_the_foot_of_a_single_page_is_kept(text: str) -> None:
    assert found_on([*body("甲"), (text, 815.0, 9.0)]) == []
