"""What stands behind `[…]:` is an address or words, and tables are drawn wherever they stand."""

import pytest

from index.ingest.formats.markdown.markdown_blocks import lines_of_markdown
from index.ingest.formats.markdown.read_markdown import read_markdown
from tests.support.tables.tilings import check_tables, drawn


def words(page: str) -> list[str]:
    return [line.text for line in lines_of_markdown(page) if line.text]


@pytest.mark.parametrize(
    "target",
    [
        "https://a.example/x",
        "<a b>",
        "mailto:a@a.example",
        "tel:5550123",
        "/x",
        "./x",
        "../x",
        "#x",
        "www.a.example",
        "a.example.com/x",
        "x/",
        "x.html",
        "图.png",
        "plan.docx#2",
    ],
)
def test_an_address_is_no_text(target: str) -> None:
    assert words(f"[平面]: {target}\n") == []


@pytest.mark.parametrize("note", ["另行通知。", "v1.2", "是", "12:30", "...", "略"])
def test_a_note_is_text(note: str) -> None:
    assert words(f"[检修]: {note}\n") == [f"检修：{note}"]
    assert words(f"正文[^1]。\n\n[^1]: {note}\n") == ["正文。", note]


def test_tables_are_drawn_in_lists_and_in_html_too() -> None:
    table = "|闸|孔数|备注|\n|-|-|-|\n|西闸|5孔||\n|东闸|**7**孔||\n"
    item = "- 各闸如下：\n\n  |闸|\n  |-|\n  |北闸|\n  |南闸|\n"
    page = (
        "<table><tr><th>闸</th><td colspan='2'>西闸</td></tr><tr><th>孔</th><td>5</td><td>孔</td>"
    )
    article = read_markdown("a.md", f"# 水闸\n\n{table}\n{item}\n{page}</tr></table>\n".encode())
    assert article.text == (
        "水闸\n\n闸: 西闸, 孔数: 5孔\n闸: 东闸, 孔数: 7孔\n\n"
        "- 各闸如下：\n  闸: 北闸\n  闸: 南闸\n\n闸 | 西闸\n孔 | 5 | 孔"
    )
    check_tables(article)
    assert drawn(article) == [
        [["[闸]", "[孔数]", "[备注]"], ["西闸", "5孔", ""], ["东闸", "7孔", ""]],
        [["[闸]"], ["北闸"], ["南闸"]],
        [["[闸]", "西闸1x2"], ["[孔]", "5", "孔"]],
    ]


def test_what_html_hides_is_removed() -> None:
    page = "# 西闸\n\n<p hidden>内部编号 77</p>\n\n闸门每月检查两次，结果存档。\n"
    article = read_markdown("a.md", page.encode())
    assert article.text == "西闸\n\n闸门每月检查两次，结果存档。"
    assert [part.text for part in article.removed] == ["内部编号 77"]
