"""What stands behind `[…]:` is the address of a link, or words of the text."""

import pytest

from index.ingest.formats.markdown_blocks import lines_of_markdown


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
