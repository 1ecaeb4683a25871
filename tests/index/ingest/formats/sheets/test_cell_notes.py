"""A note of a cell is told once, with its cell and what names it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from index.ingest.formats.sheets.read_xlsx import read_xlsx
from index.ingest.formats.sheets.sheet_lines import sheet_lines
from index.ingest.structure.grid import Square
from tests.support.documents import replaced

ROWS = [
    ["东渠水情", "", "", ""],
    ["岸", "堰", "进水", "备注"],
    ["东岸", "甲堰", "3", "新"],
    ["", "乙堰", "4", ""],
    ["", "", "", ""],
    ["合计", "", "7", ""],
]
MERGED = [(2, 0, 3, 0), (0, 0, 0, 3)]


def told(notes: dict[Square, str]) -> list[str]:
    lines = (line.text for line in sheet_lines(ROWS, MERGED, notes, headed=True))
    return [line for line in lines if "批注" in line or "note" in line]


@pytest.mark.parametrize(
    ("square", "line"),
    [
        ((2, 2), "东岸, 甲堰, 进水: 3, 批注: 估计"),
        ((3, 2), "东岸, 乙堰, 进水: 4, 批注: 估计"),
        ((3, 3), "东岸, 乙堰, 备注, 批注: 估计"),
        ((2, 0), "岸: 东岸, 批注: 估计"),
        ((1, 2), "进水, 批注: 估计"),
        ((0, 0), "东渠水情, 批注: 估计"),
        ((4, 1), "批注: 估计"),
        ((9, 9), "批注: 估计"),
    ],
)
def test_a_note_is_told_with_its_cell(square: Square, line: str) -> None:
    assert told({square: "估计"}) == [line]


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 5))))
def test_no_note_is_lost_or_told_twice(squares: set[Square]) -> None:
    notes = {square: f"注{number}号" for number, square in enumerate(sorted(squares))}
    assert sorted(line.rpartition(": ")[2] for line in told(notes)) == sorted(notes.values())


def test_threads_and_notes_of_what_is_hidden_are_counted() -> None:
    book = Workbook()
    for row in (("tower", "height", "age"), ("east", 21, 9), ("west", 20, 7)):
        book.active.append(row)
    for place, text in (("B2", "Gull:\nto the top"), ("C2", "seen"), ("B3", "hidden")):
        book.active[place].comment = Comment(text, "tc={7}" if place == "C2" else "Gull")
    book.active.row_dimensions[3].hidden = True
    data = io.BytesIO()
    book.save(data)
    article = read_xlsx("a.xlsx", data.getvalue())
    assert article.text.split("\n")[-1] == "east, height: 21, note: to the top"
    assert [str(unread) for unread in article.unread] == ["2 comments", "1 hidden row"]


def test_an_author_that_is_not_there_does_no_harm() -> None:
    book = Workbook()
    for row in (("塔", "高", "龄"), ("东塔", 21, 9)):
        book.active.append(row)
    book.active["B2"].comment = Comment("含塔尖", "林小满")
    data = io.BytesIO()
    book.save(data)
    broken = replaced(
        data.getvalue(),
        "xl/comments/comment1.xml",
        lambda xml: xml.replace(b'authorId="0"', b'authorId="9"'),
    )
    assert read_xlsx("a.xlsx", broken).text.endswith("东塔, 高: 21, 批注: 含塔尖")
