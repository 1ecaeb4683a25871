"""The contract of lexical retrieval: every engine scores as plain BM25 in Python does."""

import math
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.lexical import LexicalWriter, TantivyIndex
from index.search.lexical_index import (
    Alternatives,
    LexicalIndex,
    LexicalQuery,
    PassageTerms,
    inverse_frequency,
)
from index.text.analyzer import bigrams_of_folded
from tests.support.milvus_lite import needs_milvus, words_in_milvus

K1, B = 1.2, 0.75
CONTEXT = 0.4
STEMS = {"invested": "invest", "bicycles": "bicycl"}
WORDS = [*STEMS, "城市", "投资", "自行车", "2016", "1.6亿", "gb/t"]
PAIRS = ["城市", "市投", "投资", "自行", "行车"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The terms of a passage: its words, its bigrams, the words of its title and heading."""

    words: Sequence[str]
    bigrams: Sequence[str] = ()
    context: Sequence[str] = ()


Passages = Mapping[int, Passage]
Engine = Callable[[Path, Passages], LexicalIndex]
"""Makes an index of passages, by their numbers, with a folder to itself."""


def terms(passage: Passage) -> PassageTerms:
    return PassageTerms.of(passage.words, passage.bigrams, passage.context)


def tantivy_at_once(folder: Path, passages: Passages) -> LexicalIndex:
    """Add all passages at once."""
    writer = LexicalWriter(folder / "all")
    writer.add((number, terms(passage)) for number, passage in passages.items())
    writer.finish()
    return TantivyIndex(folder / "all")


def tantivy_in_two_steps(folder: Path, passages: Passages) -> LexicalIndex:
    """Add half of the passages, then base an index of all on it."""
    numbers = list(passages)
    half = len(numbers) // 2
    for at, (name, base) in enumerate([("first", None), ("second", folder / "first")]):
        writer = LexicalWriter(folder / name, base)
        chosen = numbers[half:] if at else numbers[:half]
        writer.add((number, terms(passages[number])) for number in chosen)
        writer.finish()
    return TantivyIndex(folder / "second")


def milvus(_folder: Path, passages: Passages) -> LexicalIndex:
    """Write a collection of Milvus."""
    return words_in_milvus({number: terms(passage) for number, passage in passages.items()})


ENGINES = [tantivy_at_once, tantivy_in_two_steps, pytest.param(milvus, marks=needs_milvus)]
every_engine = pytest.mark.parametrize("engine", ENGINES)


class PlainBM25:
    """BM25 as Robertson and Zaragoza (2009) give it, over three fields, a passage at a time."""

    def __init__(self, passages: Passages) -> None:
        self._fields = {
            field: {
                number: [STEMS.get(term, term) for term in getattr(passage, field)]
                for number, passage in passages.items()
            }
            for field in ("words", "bigrams", "context")
        }

    def idf(self, field: str, term: str) -> float:
        """Return the inverse document frequency of a stem in a field."""
        texts = self._fields[field].values()
        having = sum(term in text for text in texts)
        return math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))

    def scores(self, query: LexicalQuery) -> dict[int, float]:
        """Return the score of every passage with any term of a query."""
        scores = {}
        for number in self._fields["words"]:
            score = sum(self._best(ways, number) for ways in query.words)
            score += sum(self._bm25("bigrams", pair, number) for pair in set(query.bigrams))
            if score > 0:
                scores[number] = score
        return scores

    def _best(self, ways: Alternatives, number: int) -> float:
        return max(
            likeness
            / len(way)
            * sum(self._of_word(STEMS.get(term, term), number, likeness) for term in way)
            for way, likeness in ways.items()
        )

    def _of_word(self, stem: str, number: int, likeness: float) -> float:
        own = self._bm25("words", stem, number)
        return own + CONTEXT * self._bm25("context", stem, number) if likeness == 1 else own

    def _bm25(self, field: str, term: str, number: int) -> float:
        texts = self._fields[field]
        count, length = texts[number].count(term), len(texts[number])
        if not count:
            return 0.0
        mean = sum(map(len, texts.values())) / len(texts)
        norm = K1 * (1 - B + B * length / mean)
        return self.idf(field, term) * count * (K1 + 1) / (count + norm)


A_WORD = st.sampled_from(WORDS)
PASSAGES = st.dictionaries(
    st.integers(1, 2**63 - 2),
    st.builds(
        Passage,
        st.lists(A_WORD, max_size=8),
        st.lists(st.sampled_from(PAIRS), max_size=8),
        st.lists(A_WORD, max_size=3),
    ),
    max_size=8,
)
WAYS = st.dictionaries(
    st.lists(A_WORD, min_size=1, max_size=3, unique=True).map(tuple),
    st.floats(0.25, 1, width=16),
    min_size=1,
    max_size=3,
)
QUERIES = st.builds(
    LexicalQuery, st.lists(WAYS, max_size=4), st.lists(st.sampled_from(PAIRS), max_size=4)
)


@every_engine
@settings(max_examples=25, deadline=None)
@given(PASSAGES, QUERIES, st.integers(1, 12), st.data())
def test_a_search_scores_as_plain_bm25_also_among_allowed_passages(
    engine: Engine, passages: Passages, query: LexicalQuery, limit: int, data: st.DataObject
) -> None:
    allowed = data.draw(st.none() | st.sets(st.sampled_from([*passages, 2**63 - 1])))
    only = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        index = engine(Path(name), passages)
        hits = index.search(query, limit, only)
        assert len(index) == len(passages)
    wanted = {
        number: score
        for number, score in PlainBM25(passages).scores(query).items()
        if allowed is None or number in allowed
    }
    best = sorted(wanted.values(), reverse=True)[:limit]
    assert [score for _, score in hits] == pytest.approx(best, rel=1e-4)
    assert all(score == pytest.approx(wanted[number], rel=1e-4) for number, score in hits)
    assert len({number for number, _ in hits}) == len(hits)


@every_engine
def test_a_search_among_many_finds_what_a_search_among_all_finds_of_them(
    engine: Engine, tmp_path: Path
) -> None:
    chance = random.Random(7)
    passages = {
        number: Passage(chance.choices(WORDS, k=chance.randint(1, 5))) for number in range(1, 901)
    }
    index = engine(tmp_path, passages)
    query = LexicalQuery([{("城市",): 1.0}, {("投资",): 1.0}], [])
    ranked = index.search(query, 1000)
    for share in (0.4, 0.9):
        allowed = [number for number in passages if chance.random() < share]
        only = np.array(allowed, dtype=np.int64)
        for limit in (1, 50, 1000):
            hits = index.search(query, limit, only)
            assert [score for _, score in hits] == [
                score for number, score in ranked if number in allowed
            ][:limit]
            assert {number for number, _ in hits} <= set(allowed)


SOUGHT = [*STEMS, "2016", "城市", "城市投资", "市", "投", "行"]


@every_engine
@settings(max_examples=25)
@given(PASSAGES, st.lists(st.sampled_from(SOUGHT), max_size=3))
def test_passages_that_contain_parts_are_those_with_all_of_their_terms(
    engine: Engine, passages: Passages, parts: list[str]
) -> None:
    def has(passage: Passage, part: str) -> bool:
        if part.isascii():
            return STEMS.get(part, part) in [STEMS.get(word, word) for word in passage.words]
        if len(part) == 1:
            return any(part in pair for pair in passage.bigrams)
        return set(bigrams_of_folded(part)) <= set(passage.bigrams)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        numbers, scores = engine(Path(name), passages).containing(parts)
    wanted = {
        number
        for number, passage in passages.items()
        if parts and all(has(passage, part) for part in parts)
    }
    assert set(numbers.tolist()) == wanted
    assert len(numbers) == len(scores) == len(wanted)
    assert all(score > 0 for score in scores)


@every_engine
def test_english_words_are_compared_by_their_stems(engine: Engine, tmp_path: Path) -> None:
    index = engine(tmp_path, {})
    assert [index.stem(word) for word in ("bridges", "bridge", "2016")] == [
        "bridg",
        "bridg",
        "2016",
    ]


@every_engine
@settings(max_examples=10, deadline=None)
@given(PASSAGES)
def test_frequencies_agree_with_counting(engine: Engine, passages: Passages) -> None:
    plain = PlainBM25(passages)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        index = engine(Path(name), passages)
        for word in [*WORDS, "unknown"]:
            having = sum(word in text.words for text in passages.values())
            assert index.frequencies([word, "unknown", word]) == [having, 0, having]
            idf = plain.idf("words", STEMS.get(word, word))
            assert inverse_frequency(having, len(index)) == pytest.approx(idf)
            in_titles = any(word in text.context for text in passages.values())
            assert index.has_title([word]) == in_titles


@every_engine
def test_a_name_is_mentioned_where_all_its_pairs_and_words_occur(
    engine: Engine, tmp_path: Path
) -> None:
    passages = {1: Passage(["智慧", "nist"], ["智慧", "慧城"]), 2: Passage([], ["城市"], ["博斯"])}
    index = engine(tmp_path, passages)
    for name in ("智慧城市", "nist", "智慧 nist", "博斯"):
        assert index.mentions(name)
    for name in ("城市智慧", "nsf", "智慧nsf"):
        assert not index.mentions(name)
    assert index.has_title(["博斯"])
    assert not index.has_title(["博斯", "智慧"])
    assert not index.has_title([])


@every_engine
def test_nothing_is_found_for_nothing_and_in_nothing(engine: Engine, tmp_path: Path) -> None:
    query = LexicalQuery([{("城市",): 1.0}], [])
    index = engine(tmp_path / "some", {1: Passage(["城市"])})
    assert index.search(LexicalQuery([], []), 10) == []
    assert index.search(query, 10, np.zeros(0, np.int64)) == []
    assert index.search(query, 0) == []
    empty = engine(tmp_path / "empty", {})
    assert (len(empty), empty.search(query, 5)) == (0, [])
    assert empty.frequencies(["城市"]) == [0]
    assert empty.frequencies([]) == []
