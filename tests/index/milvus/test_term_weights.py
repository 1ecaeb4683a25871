"""Weights of terms are BM25's, each term of each field with a dimension of its own."""

import tempfile

from hypothesis import given
from hypothesis import strategies as st

from index.milvus.term_weights import NO_TERM, TermWeigher, WeighedPassage, rounded_length
from index.search.lexical_index import PassageTerms


def weighed(*passages: PassageTerms) -> tuple[TermWeigher, list[WeighedPassage]]:
    with tempfile.TemporaryFile() as file:
        weigher = TermWeigher(str.split, file)
        for number, terms in enumerate(passages, 1):
            weigher.add(number, terms)
        return weigher, list(weigher.weighed())


@given(st.integers(0, 100_000))
def test_a_length_is_rounded_down_by_an_eighth_at_most(length: int) -> None:
    rounded = rounded_length(length)
    assert rounded <= length <= rounded * 9 / 8
    assert rounded_length(rounded) == rounded


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_rounding_keeps_the_order_of_lengths(first: int, second: int) -> None:
    if first <= second:
        assert rounded_length(first) <= rounded_length(second)


def test_a_term_has_a_dimension_in_each_field_and_is_counted_once_a_passage() -> None:
    weigher, (first, second) = weighed(
        PassageTerms("城市 城市", "城市", "城市"), PassageTerms("城市 投资", "")
    )
    entry = weigher.entry("城市")
    assert [entry[field].passages for field in ("words", "bigrams", "context")] == [2, 1, 1]
    assert len({term.dimension for term in entry.values()}) == 3
    assert set(first.weights) == {term.dimension for term in entry.values()}
    assert first.weights[entry["words"].dimension] > second.weights[entry["words"].dimension]
    assert weigher.entry("昆仑") == {}
    assert [term for term, _ in weigher.entries()] == ["城市", "投资"]


def test_a_passage_without_terms_has_a_weight_that_no_question_asks_for() -> None:
    weigher, [passage] = weighed(PassageTerms("", ""))
    assert passage.weights == {NO_TERM: 1.0}
    assert list(weigher.entries()) == []
