"""Snippets are exact ranges of a text that show the words sought."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.listing.snippets import Snippet, snippets
from index.listing.wanted_word import wanted_words
from index.text.folding import fold
from tests.support.small_index import TEXTS

OFFSET = 1000
PIECES = ["大橋", "大桥", "通车", "，", "。", "\n", " ", "１，０００", "甲国" * 30, "abc ", "…"]
TEXT = st.lists(st.sampled_from([*PIECES, "Ｂridge "]), max_size=40).map("".join)
QUERIES = ["大桥", "大桥 通车", "1000", "bridge 大桥", "国甲", "“通车 大桥”"]


def stem(word: str) -> str:
    return word


def bare(text: str) -> str:
    """Fold a text and leave out all but letters."""
    return re.sub(r"\W", "", fold(text))


def cut(text: str, query: str, title: str = "") -> list[Snippet]:
    return snippets([(OFFSET, text)], wanted_words(query), stem, title)


@given(
    TEXT | TEXTS,
    st.sampled_from(["大桥", "大桥 通车", "1000", "bridge 大桥", "国甲", "“通车 大桥”"]),
)
def test_snippets_are_exact_and_their_marks_fold_to_the_words(text: str, query: str) -> None:
    words = {bare(word.text) for word in wanted_words(query)}
    found = cut(text, query)
    assert len(found) <= 2
    for snippet in found:
        assert snippet.text == text[snippet.start - OFFSET : snippet.end - OFFSET]
        assert snippet.text == snippet.text.strip()
        assert "\n" not in snippet.text
        assert len(snippet.text) <= 80
        assert snippet.marks
        ends = [snippet.start]
        for start, end in snippet.marks:
            assert ends[-1] <= start < end <= snippet.end
            assert bare(text[start - OFFSET : end - OFFSET]) in words
            ends.append(end)
    if len(found) == 2:
        assert found[0].end <= found[1].start or found[1].end <= found[0].start


def marked(snippet: Snippet) -> str:
    """Return the text of a snippet with its marks in brackets."""
    text, begin = snippet.text, snippet.start
    for start, end in reversed(snippet.marks):
        within = text[start - begin : end - begin]
        text = f"{text[: start - begin]}[{within}]{text[end - begin :]}"
    return text


LONG = "甲国投资修路，" * 20

BRIDGE = (
    "港珠澳大橋\n港珠澳大橋是連接香港、珠海和澳門的橋隧工程，於2018年10月24日通車。"
    "大橋全長55公里，設計壽命120年。\n工程由三地共建，總投資1,269億元。"
)


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        (BRIDGE, "1269亿", ["工程由三地共建，總投資[1,269億]元。"]),
        (BRIDGE, "大桥 通车",
         ["港珠澳[大橋]是連接香港、珠海和澳門的橋隧工程，於2018年10月24日[通車]。"
          "[大橋]全長55公里，設計壽命120年。"]),
        (f"{LONG}大桥通车。{LONG}", "大桥",
         ["甲国投资修路，" * 5 + "[大桥]通车。" + "甲国投资修路，" * 5]),
        ("大桥" + "甲" * 100, "大桥", ["[大桥]" + "甲" * 78]),
        ("甲" * 100 + "大桥", "大桥", ["甲" * 78 + "[大桥]"]),
        (f"The bridge opened. {'It was long and wide. ' * 9}", "bridge",
         ["The [bridge] opened. It was long and wide. It was long and wide."]),
        ("没有", "大桥", []),
    ],
)  # fmt: skip
def test_a_snippet_shows_a_word_between_the_ends_of_clauses(
    text: str, query: str, shown: list[str]
) -> None:
    assert [marked(snippet) for snippet in cut(text, query, "港珠澳大橋")] == shown


def test_two_snippets_show_two_words() -> None:
    found = cut(f"大桥很长。大桥大桥。{LONG}。铁路很长。", "大桥 铁路")
    assert [marked(snippet)[:6] for snippet in found] == ["[大桥]很长", "甲国投资修路"]
    assert marked(found[1]).endswith("[铁路]很长。")


def test_no_two_marks_overlap() -> None:
    [snippet] = cut("大桥梁。", "大桥 桥梁")
    assert marked(snippet) == "[大桥]梁。"
