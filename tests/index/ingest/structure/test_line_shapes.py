"""The shape of a line alone says whether it is prose, a heading or an item."""

import pytest

from index.ingest.structure.line_shapes import (
    ends_sentence,
    is_blank,
    is_heading_like,
    is_prose,
    numbering,
    width,
)


@pytest.mark.parametrize(
    "line",
    ["各位代表。", "他说：“好。”", "It works.", "（见附录。）", "真的吗？）", "如下；"],
)
def test_a_sentence_ends_with_its_mark_and_closing_brackets(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["第一章", "智慧城市：", "2016.9", "e.g"])
def test_other_lines_end_no_sentence(line: str) -> None:
    assert not ends_sentence(line)


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("会议在北京召开，持续三天。", True),
        ("智慧城市:如何加强国际合作?", False),
        ("好。", False),
        ("天黑了。他还能不能回到那座小城？", True),
        ("一段很长的文字，" * 9, True),
    ],
)
def test_prose_is_a_whole_sentence_or_a_long_line(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("模式:协同+共享", True),
        ("智慧城市:如何加强国际合作?", True),
        ("图1 各国投入", False),
        ("资料图：海岛", False),
        ("Photo by Ann Lee", False),
        ("张三摄", False),
        ("▲渡轮", False),
        ("- 一项", False),
        ("“引文。”", False),
        ("各位代表：", False),
        ("会议在北京召开。", False),
        ("——", False),
    ],
)
def test_a_heading_is_short_and_no_sentence_item_or_caption(line: str, heading: bool) -> None:
    assert is_heading_like(line) is heading


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("第一章 总则", 0),
        ("第12节：范围", 0),
        ("一、背景", 1),
        ("（一）目标", 2),
        ("第三条", 3),
        ("第一次会议", None),
        ("1. 背景", None),
    ],
)
def test_numbered_headings_have_four_forms(line: str, form: int | None) -> None:
    assert numbering(line) == form


def test_width_counts_latin_characters_half() -> None:
    assert (width("中文 ab"), width("é，"), width("")) == (3.5, 1.5, 0)


def test_zero_width_marks_and_white_space_are_blank() -> None:
    assert all(map(is_blank, ["", " \t\u3000", "\ufeff", "\u200b\u00a0", "\u2003"]))
    assert not is_blank(".")
