"""Boxes that show names beside values, or a table, are read as such; others stay lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.ingest.formats.html import read_html
from index.ingest.pages.html_boxes import box_grid

NAMES, VALUES = ("扬程", "功率", "产地"), ("12米", "3千瓦", "东堰")


@pytest.mark.parametrize(
    ("around", "item"),
    [
        ("ul", "<li><span class='n'>{}</span> <span class='v'>{}</span></li>"),
        ("div", "<div class='item'><div class='k'>{}</div><div class='v'>{}</div></div>"),
        ("div", "<div><label>{}</label><span>{}</span></div>"),
        ("section", "<p class='k'>{}</p><p class='v'>{}</p>"),
        ("div", "<div><b>{}</b><span><em>{}</em></span></div>"),
    ],
)
def test_names_beside_values_are_pairs(around: str, item: str) -> None:
    items = "".join(item.format(*pair) for pair in zip(NAMES, VALUES, strict=True))
    grid = box_grid(html.fromstring(f"<{around}>{items}</{around}>"))
    assert grid is not None
    assert grid.paired
    assert grid.rows == tuple(zip(NAMES, VALUES, strict=True))


@pytest.mark.parametrize(
    "row",
    [
        "<div class='tr {head}'><div>{}</div><div>{}</div><div>{}</div></div>",
        "<ul class='{head}'><li>{}</li><li>{}</li><li>{}</li></ul>".replace("li>", "span>"),
    ],
)
def test_rows_of_boxes_below_a_row_of_names_are_a_table(row: str) -> None:
    rows = (("闸", "水位", "流量"), ("东闸", "3.5", "4.1"), ("西闸", "3.6", "5.2"))
    boxes = "".join(
        row.format(*cells, head="" if number else "head") for number, cells in enumerate(rows)
    )
    grid = box_grid(html.fromstring(f"<div>{boxes}</div>"))
    assert grid is not None
    assert (grid.named, grid.rows) == (True, rows)


def test_a_table_that_is_marked_for_readers_of_screens_is_one() -> None:
    def row(kind: str, *cells: str) -> str:
        inner = "".join(f"<span role='{kind}'>{cell}</span>" for cell in cells)
        return f"<div role='rowgroup'><div role='row'>{inner}</div></div>"

    page = row("columnheader", "闸", "水位") + row("cell", "东闸", "3.5")
    grid = box_grid(html.fromstring(f"<div role='table'>{page}</div>"))
    assert grid is not None
    assert grid.rows == (("闸", "水位"), ("东闸", "3.5"))


@pytest.mark.parametrize(
    "item",
    [
        "<li><span class='n'>{name}</span><span class='v'>2024-05-06</span></li>",
        "<li><span class='n'>{name}</span><span class='v'>渠水浑了，先停一天再放。</span></li>",
        "<li><span>{name}</span><span>{value}</span></li>",
        "<li><span class='n'>同名</span><span class='v'>{value}</span></li>",
        "<li><span class='n'>{name}</span><span class='v'>{value}</span>另议</li>",
        "<li><span class='n'>{name}</span><div class='v'><p>{value}</p></div></li>",
    ],
    ids=["days", "sentences", "one look", "one name", "words beside", "blocks"],
)
def test_other_boxes_are_none(item: str) -> None:
    pairs = zip(NAMES, VALUES, strict=True)
    items = "".join(item.format(name=name, value=value) for name, value in pairs)
    assert box_grid(html.fromstring(f"<ul>{items}</ul>")) is None


@given(st.lists(st.lists(st.sampled_from(["甲堰", "3", "", "4.5米"]), max_size=4), max_size=5))
def test_no_word_of_any_boxes_is_lost(rows: list[list[str]]) -> None:
    numbered = [[cell and f"{cell}第{at}" for at, cell in enumerate(row)] for row in rows]
    boxes = "".join(
        f"<div>{''.join(f'<span class=c{at}>{cell}</span>' for at, cell in enumerate(row))}</div>"
        for row in numbered
    )
    article = read_html("a.html", f"<h1>水情</h1><div>{boxes}</div>".encode())
    names = (cell.words(article.text) for table in article.tables for cell in table.cells)
    said = article.text + "".join(names)
    assert [cell for row in numbered for cell in row if cell not in said] == []


def test_facts_in_boxes_above_the_first_heading_are_of_the_article() -> None:
    facts = "".join(
        f"<div class='item'><div class='k'>{name}</div><div class='v'>{value}</div></div>"
        for name, value in zip(NAMES, VALUES, strict=True)
    )
    prose = (
        "<p>西渠全长九里，清代开凿，灌田三千亩，沿线有闸五座，桥七座，渡口两处，村庄十一个。</p>"
    )
    article = read_html(
        "a.html", f"<div class='grid'>{facts}</div><h2>概述</h2>{prose}{prose}".encode()
    )
    assert "扬程: 12米\n功率: 3千瓦\n产地: 东堰" in article.text
    assert len(article.tables) == 1


def test_a_row_of_boxes_may_have_a_blank_cell() -> None:
    cell = "<div class='c'>{}</div>"
    row = f"<div class='{{}}'>{3 * cell}</div>"
    rows = [("闸", "水位", "备注"), ("东闸", "3.5", ""), ("西闸", "3.6", "检修")]
    body = "".join(row.format("row" if at else "head", *cells) for at, cells in enumerate(rows))
    grid = box_grid(html.fromstring(f"<div>{body}</div>"))
    assert grid is not None
    assert grid.rows == tuple(rows)
