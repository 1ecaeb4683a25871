"""Raised and lowered characters of pages stay apart, readings and marks of notes go."""

import pytest
from lxml import html

from index.ingest.pages.html_blocks import blocks_of, parse_page


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("库容2.4×10<sup>7</sup>立方米", "库容2.4×10^7立方米"),
        ("流量10<sup>−<b>3</b></sup>", "流量10^-3"),
        ("面积9 km<sup>2</sup>", "面积9 km²"),
        ("CO<sub>2</sub>和SO<sub>4</sub><sup>2-</sup>", "CO₂和SO₄²⁻"),
        ("渡口61<sup>4</sup>处", "渡口61^4处"),
        ("渡口<b>61</b><sup>4</sup>处", "渡口61^4处"),
        ("渡口61<sup>[4]</sup>处，<sup>注1</sup>", "渡口61处，"),
        ('渡口61<sup><a href="#n4">4</a></sup>处', "渡口61处"),
        ('渡口61<a href="#n4"><sup>4</sup></a>处', "渡口61处"),
        ('渡口61<sup class="reference">4</sup>处', "渡口61处"),
        ("the 2<sup>nd</sup> ferry", "the 2nd ferry"),
        (
            "<sup>整句话都写在上标里面，足足有二十个字。</sup>",
            "整句话都写在上标里面，足足有二十个字。",
        ),
        ("<ruby>埭<rp>(</rp><rt>dài</rt><rp>)</rp>头<rt>tóu</rt></ruby>镇", "埭头镇"),
        ("<ruby>埭头<rtc>dài tóu</rtc></ruby>镇", "埭头镇"),
        (
            "坝高<math><mrow><msup><mi>h</mi><mn>2</mn></msup><mo>=</mo>"
            "<mfrac><mi>V</mi><mn>3</mn></mfrac></mrow><annotation>h2</annotation></math>，已校核",
            "坝高h^2=V/3，已校核",
        ),
        ("水<sup></sup>位<sub> </sub>", "水位"),
    ],
)
def test_worked_cases(fragment: str, text: str) -> None:
    root = parse_page(f"<p>{fragment}</p>")
    assert root is not None
    assert [block.text for block in blocks_of(root)] == [text]


def test_cells_are_treated_alike() -> None:
    head = "<tr><th>库</th><th>库容</th></tr>"
    row = "<tr><td>东库<sup>①</sup></td><td>3×10<sup>6</sup></td></tr>"
    root = parse_page(f"<table>{head}{row}</table>")
    assert root is not None
    assert [block.text for block in blocks_of(root)] == ["库: 东库, 库容: 3×10^6"]


def test_many_raised_figures_are_read_in_one_go() -> None:
    root = parse_page("<p>" + "水位10<sup>3</sup>米，" * 20_000 + "</p>")
    assert isinstance(root, html.HtmlElement)
    assert root.text_content().count("10^3米") == 20_000
