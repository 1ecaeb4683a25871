"""Bigrams of many texts at once are those of each."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import bigrams_of_folded
from index.text.joined_bigrams import joined_bigrams
from index.text.scripts import HAN, HAN_RANGES

EDGES = "\u33ff\u3400\u9fff\ua000\U0001ffff\U00020000\U000323af\U000323b0"
CHARACTERS = st.characters(exclude_categories=["Cs"])


@given(st.lists(st.text(CHARACTERS) | st.text(f"{EDGES}中国a \n\0", max_size=12), max_size=6))
def test_they_are_those_of_each_text(texts: list[str]) -> None:
    assert joined_bigrams(texts) == [" ".join(bigrams_of_folded(text)) for text in texts]


@given(CHARACTERS | st.sampled_from(EDGES))
def test_the_ranges_are_those_of_the_pattern(char: str) -> None:
    within = any(first <= ord(char) <= last for first, last in HAN_RANGES)
    assert within == (re.fullmatch(f"[{HAN}]", char) is not None)
