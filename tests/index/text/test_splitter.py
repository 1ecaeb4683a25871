"""Passages are whole sentences, cover the text once, and never cross a heading."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from index.article import Section
from index.text.scripts import width
from index.text.sentences import sentences
from index.text.splitter import MAX_SENTENCE_WIDTH, TARGET_WIDTH, split
from tests.support.small_index import TEXTS
from tests.support.steps import steps

LONG = st.lists(TEXTS, max_size=12).map("\n".join)
SHORT_TAIL = 80


def tiled(text: str, starts: list[int]) -> list[Section]:
    """Return sections that adjoin and reach to the end, as the readers make them."""
    ends = [*starts[1:], len(text)][: len(starts)]
    return [Section(f"第{n}节", a, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True))]


def visible(text: str) -> str:
    return "".join(text.split())


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Section]]:
    text = draw(LONG)
    starts = draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True))
    return text, tiled(text, sorted(starts))


@given(articles())
def test_passages_cover_every_visible_character_once_and_in_order(
    article: tuple[str, list[Section]],
) -> None:
    text, sections = article
    passages = split(text, sections)
    assert "".join(visible(text[p.start : p.end]) for p in passages) == visible(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(passages))


@given(articles())
def test_no_passage_crosses_a_heading(article: tuple[str, list[Section]]) -> None:
    text, sections = article
    first = sections[0].start if sections else len(text)
    for passage in split(text, sections):
        inside = [s for s in sections if s.start <= passage.start and passage.end <= s.end]
        assert [s.title for s in inside] == [passage.heading] if inside else passage.end <= first
        assert inside or passage.heading is None


@given(LONG)
def test_passages_begin_and_end_where_sentences_do(text: str) -> None:
    spans = sentences(text)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    for passage in split(text):
        assert passage.start in starts
        assert passage.end in ends


@given(
    st.lists(
        st.sampled_from(
            [
                "短句。",
                "长" * 70 + "。",
                "Half as wide. ",
                "顿" * 590 + "。",
                "逗，" * 400,
                "x" * 2000 + " ",
                "好\n",
            ]
        ),
        max_size=14,
    )
)
def test_no_passage_is_wider_than_a_monster_and_a_short_tail(parts: list[str]) -> None:
    text = "".join(parts)
    for passage in split(text):
        inside = [s for s in sentences(text) if passage.start <= s.start and s.end <= passage.end]
        if inside:
            assert sum(width(s.of(text)) for s in inside) < MAX_SENTENCE_WIDTH + SHORT_TAIL
        else:
            assert width(text[passage.start : passage.end]) <= TARGET_WIDTH * 1.1 + SHORT_TAIL


def test_sentences_are_packed_to_the_target_and_a_short_tail_joins_the_last() -> None:
    sentence = "一" * 99 + "。"
    assert [p.end - p.start for p in split(sentence * 6)] == [300, 300]
    assert [p.end - p.start for p in split(sentence * 6 + "短。")] == [300, 302]
    assert [p.end - p.start for p in split(sentence * 7)] == [300, 300, 100]


def test_a_monster_is_cut_at_its_commas() -> None:
    text = ("逗" * 39 + "，") * 20
    passages = split(text)
    assert [text[p.end - 1] for p in passages] == ["，"] * len(passages)
    assert max(p.end - p.start for p in passages) <= 330


def test_english_counts_half() -> None:
    text = ("A" * 98 + ". ") * 6
    assert [p.end - p.start for p in split(text)] == [len(text) - 1]


def test_text_before_the_first_heading_has_none() -> None:
    text = "导语。\n背景\n正文。"
    passages = split(text, [Section("背景", 4, len(text))])
    assert [(text[p.start : p.end], p.heading) for p in passages] == [
        ("导语。", None),
        ("背景\n正文。", "背景"),
    ]


def test_no_passage_is_white_space_alone() -> None:
    text = "头" + " " * 1500 + "尾"
    assert all(visible(text[p.start : p.end]) for p in split(text))


def test_text_outside_of_sections_is_kept() -> None:
    text = "甲。\n乙。\n丙。"
    passages = split(text, [Section("甲", 0, 2), Section("丙", 6, 8)])
    assert "".join(text[p.start : p.end] for p in passages) == "甲。乙。丙。"


def test_many_sections_take_work_in_proportion() -> None:
    def work(count: int) -> int:
        text = "节\n正文。\n" * count
        sections = tiled(text, list(range(0, len(text), 6)))
        return steps(lambda: split(text, sections))

    assert work(1600) < 8 * work(400)
