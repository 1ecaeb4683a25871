"""Cutting lines at an article's edges moves every offset with the words it points at."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Recognised, Removed, Section, Span
from index.ingest.boilerplate.edge_lines import edge_lines, without
from index.table import Cell, Table
from tests.support import small_index

PROSE = "这是正文里很长的一句话，说明了某个重要的问题，也给出了几个数字，" * 2 + "谁也不会剪掉它。"
LINES = st.lists(
    st.sampled_from(
        ["关注我们", "扫一扫", "第一章 总则", "", "　", PROSE, "责任编辑：某某", "A line"]
    ),
    max_size=30,
)


def article_of(lines: list[str]) -> Article:
    text = "\n".join(lines)
    at = text.find("第一章 总则")
    return Article(
        "a",
        "题",
        text,
        sections=(Section("第一章 总则", at, len(text)),) if at >= 0 else (),
        removed=(Removed(min(3, len(text)), "早先剪掉的"),),
        pages=(0, len(text) // 2),
        recognised=tuple(
            Recognised(match.start(), match.end(), 0.9) for match in re.finditer(r"\S+", text)
        ),
        published_at=Span(at, at + 3) if at >= 0 else None,
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(
    lines=LINES, chosen=st.sets(st.sampled_from(["关注我们", "扫一扫", "责任编辑：某某", "A line"]))
)
def test_the_text_left_and_the_parts_removed_have_the_characters_of_the_article(
    lines: list[str], chosen: set[str]
) -> None:
    article = article_of(lines)
    left = without(article, chosen)
    cut = [part.text for part in left.removed if part.text != "早先剪掉的"]
    assert sorted(squeezed(left.text + "".join(cut))) == sorted(squeezed(article.text))
    assert set(cut) <= chosen
    assert all(0 <= part.at <= len(left.text) for part in left.removed)
    assert [part.at for part in left.removed] == sorted(part.at for part in left.removed)
    assert all(0 <= page <= len(left.text) for page in left.pages)


@given(
    lines=LINES, chosen=st.sets(st.sampled_from(["关注我们", "扫一扫", "责任编辑：某某", "A line"]))
)
def test_offsets_still_point_at_the_same_words(lines: list[str], chosen: set[str]) -> None:
    article = article_of(lines)
    left = without(article, chosen)
    recognised = [left.text[part.start : part.end] for part in left.recognised]
    assert "".join(recognised) == squeezed(left.text)
    assert len(left.sections) == len(article.sections)
    for before, after in zip(article.sections, left.sections, strict=True):
        assert left.text[after.start :].startswith(before.title)
    if article.published_at and left.published_at:
        assert left.published_at.of(left.text) == article.published_at.of(article.text)


@given(
    above=LINES, below=LINES, chosen=st.sets(st.sampled_from(["关注我们", "扫一扫", "矿: 东矿"]))
)
def test_a_table_moves_with_its_words_and_one_that_is_cut_is_left_to_its_lines(
    above: list[str], below: list[str], chosen: set[str]
) -> None:
    before = "".join(f"{line}\n" for line in above)
    text = f"{before}矿: 东矿\n矿: 西矿\n" + "\n".join(below)
    at = len(before)
    cells = [
        Cell(0, 0, 1, 1, at, at + 1, header=True),
        Cell(1, 0, 1, 1, at + 3, at + 5),
        Cell(2, 0, 1, 1, at + 9, at + 11),
    ]
    left = without(Article("a", "题", text, tables=(Table.of(at, at + 11, cells),)), chosen)
    if "矿: 东矿" in left.text:
        [table] = left.tables
        assert left.text[table.start : table.end] == "矿: 东矿\n矿: 西矿"
        assert [cell.words(left.text) for cell in table.cells] == ["矿", "东矿", "西矿"]
    else:
        assert left.tables == ()


@given(text=small_index.TEXTS)
def test_cutting_nothing_changes_nothing(text: str) -> None:
    article = Article("a", "题", text)
    assert without(article, []) is article
    assert without(article, ["不在文章里的一行"]) is article


@given(
    lines=LINES, chosen=st.sets(st.sampled_from(["关注我们", "扫一扫", "责任编辑：某某", "A line"]))
)
def test_a_second_time_nothing_is_left_to_cut(lines: list[str], chosen: set[str]) -> None:
    left = without(article_of(lines), chosen)
    assert without(left, chosen) is left
    assert chosen.isdisjoint(edge_lines(left))


def test_lines_that_move_to_the_edge_are_cut_too_and_noted_at_their_place() -> None:
    lines = [*[PROSE] * 8, "关注我们", *["扫一扫"] * 10]
    left = without(Article("a", "", "\n".join(lines)), ["关注我们", "扫一扫"])
    assert left.text == "\n".join([PROSE] * 8)
    assert [part.text for part in left.removed] == ["关注我们", *["扫一扫"] * 10]


def test_lines_cut_off_the_end_take_the_white_space_before_them() -> None:
    article = Article("a", "", f"{PROSE}\n\n关注我们\n\n扫一扫\n")
    left = without(article, ["关注我们", "扫一扫"])
    assert left.text == PROSE
    assert left.removed == (Removed(len(PROSE), "关注我们"), Removed(len(PROSE), "扫一扫"))


def test_a_heading_and_a_long_sentence_are_no_boilerplate() -> None:
    article = article_of(["第一章 总则", PROSE, "关注我们"])
    assert edge_lines(article) == ["关注我们"]
