"""The shapes of responses follow the results that they are made from, and tables come whole."""

import json
import re
from dataclasses import fields
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import BaseModel

from bench.processes import ROOT
from index.table import Cell
from qa.answer import Answer, Citation, FoundPassage, PartyAnswer, Possible, Timings
from tests.support.documents import docx
from tests.support.served_index import ServedIndex
from web.article_shapes import CellOut
from web.responses import (
    AnswerOut,
    CitationOut,
    EntryOut,
    PassageOut,
    PossibleOut,
    TimingsOut,
)


def test_the_shape_of_a_cell_has_its_fields_in_their_order() -> None:
    assert list(CellOut.model_fields) == list(Cell._fields)


@pytest.mark.parametrize(
    ("shape", "result"),
    [
        (AnswerOut, Answer),
        (CitationOut, Citation),
        (EntryOut, PartyAnswer),
        (PassageOut, FoundPassage),
        (PossibleOut, Possible),
        (TimingsOut, Timings),
    ],
)
def test_a_shape_has_the_fields_of_its_result_in_their_order(
    shape: type[BaseModel], result: type
) -> None:
    assert list(shape.model_fields) == [field.name for field in fields(result)]


PAGE = (
    "<html><body><article><h1>各站全年用油公布</h1><p>各站用油由后勤处按月汇总，年底一并公布，"
    "供各队安排来年的补给。</p><table><tr><th rowspan='2'>站</th><th colspan='2'>用油</th></tr>"
    "<tr><th>上半年</th><th>下半年</th></tr><tr><td>中山站</td><td>310吨</td><td>290吨</td></tr>"
    "<tr><td>长城站</td><td>120吨</td><td></td></tr></table><p>以上数字均经各站站长核对。</p>"
    "</article></body></html>"
)


def words(article: dict[str, Any], cell: dict[str, Any]) -> str:
    return str(cell.get("text", article["text"][cell["start"] : cell["end"]]))


def added(served: ServedIndex, name: str, data: bytes) -> dict[str, Any]:
    """Upload a file and return its article."""
    assert served.add_files((name, data)).status_code == 201
    article: dict[str, Any] = served.read(name).json()
    return article


def test_an_article_has_its_tables_with_spans_and_ranges(served: ServedIndex) -> None:
    article = added(served, "用油.html", PAGE.encode())
    [table] = article["tables"]
    assert list(table) == ["start", "end", "rows", "columns", "cells"]
    assert (table["rows"], table["columns"]) == (4, 3)
    lines = article["text"][table["start"] : table["end"]].split("\n")
    assert lines == [
        "站: 中山站, 用油 上半年: 310吨, 用油 下半年: 290吨",
        "站: 长城站, 用油 上半年: 120吨",
    ]
    squares = ("row", "column", "rows", "columns", "header")
    assert [(*(cell[key] for key in squares), words(article, cell)) for cell in table["cells"]] == [
        (0, 0, 2, 1, True, "站"),
        (0, 1, 1, 2, True, "用油"),
        (1, 1, 1, 1, True, "上半年"),
        (1, 2, 1, 1, True, "下半年"),
        (2, 0, 1, 1, False, "中山站"),
        (2, 1, 1, 1, False, "310吨"),
        (2, 2, 1, 1, False, "290吨"),
        (3, 0, 1, 1, False, "长城站"),
        (3, 1, 1, 1, False, "120吨"),
        (3, 2, 1, 1, False, ""),
    ]
    assert list(table["cells"][0]) == [
        "row", "column", "rows", "columns", "start", "end", "header",
    ]  # fmt: skip


def test_the_example_in_the_documentation_is_what_the_server_answers(served: ServedIndex) -> None:
    section = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").split("### Tables\n")[1]
    file, answer = (block.split("\n```")[0] for block in re.split(r"```\w+\n", section)[1:3])
    article = added(served, "渡口.md", file.encode())
    assert {key: article[key] for key in ("text", "tables")} == json.loads(answer)


def test_a_citation_overlaps_the_cells_that_it_quotes(served: ServedIndex) -> None:
    article = added(served, "补给.html", PAGE.replace("用油", "补给").encode())
    citation = served.ask("长城站上半年补给多少?")["citations"][0]
    assert citation["article_id"] == "补给.html"
    marked = [
        words(article, cell)
        for cell in article["tables"][0]["cells"]
        if not cell["header"]
        and cell["start"] < citation["end"]
        and citation["start"] < cell["end"]
    ]
    assert marked == ["长城站", "120吨"]


def test_a_name_without_values_has_its_words_with_it(served: ServedIndex) -> None:
    article = added(served, "站.csv", "站,建成,备注\n泰山站,2014年,\n秦岭站,2024年,\n".encode())
    [table] = article["tables"]
    [untold] = [cell for cell in table["cells"] if "text" in cell]
    assert (untold["column"], untold["header"], untold["text"]) == (2, True, "备注")
    assert untold["start"] == untold["end"]


def test_an_article_without_tables_has_an_empty_list(served: ServedIndex) -> None:
    assert served.read("zhongshan.txt").json()["tables"] == []


def test_an_earlier_index_version_has_the_tables_of_its_time(served: ServedIndex) -> None:
    def report(*rows: tuple[str, str]) -> bytes:
        def fill(document: Any) -> None:  # noqa: ANN401
            document.add_paragraph("各站的海拔由测绘队在建站时测定，此后每十年复测一次。")
            table = document.add_table(len(rows), 2)
            for row, cells in enumerate(rows):
                for column, text in enumerate(cells):
                    table.cell(row, column).text = text

        return docx(fill)

    first = added(
        served, "海拔.docx", report(("站", "海拔"), ("昆仑站", "4087米"), ("泰山站", "2621米"))
    )
    second = added(served, "海拔.docx", report(("站", "海拔"), ("昆仑站", "4087米")))
    earlier = served.client.get(
        f"/api/articles/{quote('海拔.docx')}", params={"index_version": first["index_version"]}
    ).json()
    assert earlier == first
    assert [article["tables"][0]["rows"] for article in (first, second)] == [3, 2]


def test_the_openapi_document_describes_tables_and_cells(served: ServedIndex) -> None:
    schemas = served.client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["ArticleOut"]["properties"]["tables"]["items"] == {
        "$ref": "#/components/schemas/TableOut"
    }
    assert "each square once" in schemas["TableOut"]["description"]
    assert "names other cells" in schemas["CellOut"]["description"]
    assert "text" not in schemas["CellOut"]["required"]
