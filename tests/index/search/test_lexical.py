"""The lexical index finds the same whether written at once or bit by bit."""

import itertools
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StoreError
from index.search.lexical import LexicalWriter, TantivyIndex
from index.search.lexical_index import LexicalQuery, PassageTerms, inverse_frequency
from tests.support.article_folder import bytes_of

VOCABULARY = "甲 乙 丙 nist invest invested 2016 gb/t".split()
TERMS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6)
SHELF = st.dictionaries(st.integers(1, 2**40), TERMS, max_size=8)


def wanted(words: list[str], bigrams: list[str]) -> LexicalQuery:
    """Return a query of words that are written in one way only."""
    return LexicalQuery([{(word,): 1.0} for word in words], bigrams)


def documents(shelf: dict[int, list[str]]) -> list[tuple[int, PassageTerms]]:
    return [(number, PassageTerms.of(words, [], words[:1])) for number, words in shelf.items()]


def written(
    folder: Path,
    passages: Iterable[tuple[int, PassageTerms]],
    base: Path | None = None,
    removed: Iterable[int] = (),
) -> TantivyIndex:
    writer = LexicalWriter(folder, base, removed)
    for passage in passages:
        writer.add([passage])
    writer.finish()
    return TantivyIndex(folder)


def numbers_with(index: TantivyIndex, word: str, allowed: set[int] | None = None) -> set[int]:
    only = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    return {number for number, _ in index.search(wanted([word], []), 100, only)}


@settings(max_examples=12, deadline=None)
@given(SHELF, SHELF, st.data())
def test_an_index_based_on_another_finds_what_a_fresh_index_does(
    first: dict[int, list[str]], more: dict[int, list[str]], data: st.DataObject
) -> None:
    removed = data.draw(st.sets(st.sampled_from(sorted(first)))) if first else set()
    added = {number: words for number, words in more.items() if number not in first}
    whole = {n: words for n, words in first.items() if n not in removed} | added
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        root = Path(name)
        written(root / "base", documents(first))
        before = bytes_of(root / "base")
        grown = written(root / "next", documents(added), root / "base", removed)
        fresh = written(root / "fresh", documents(whole))
        assert {k: v for k, v in bytes_of(root / "base").items() if k in before} == before
        assert len(grown) == len(fresh) == len(whole)
        half = set(itertools.islice(whole, len(whole) // 2))
        for word in VOCABULARY:
            assert numbers_with(grown, word) == numbers_with(fresh, word)
            assert numbers_with(grown, word, half) == numbers_with(fresh, word) & half


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    terms = [
        (3, PassageTerms.of(["智慧", "城市"], ["智慧", "慧城", "城市"], ["标题"])),
        (5, PassageTerms.of(["城市", "投资", "invested"], [])),
        (2**63 - 7, PassageTerms.of(["城市", "城市", "nist"], [], ["投资"])),
    ]
    return written(tmp_path / "lexical", terms)


def test_the_passage_with_the_rare_word_comes_first(index: TantivyIndex) -> None:
    ranked = index.search(wanted(["城市", "nist"], []), 10)
    assert ranked[0][0] == 2**63 - 7
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)


def test_english_endings_do_not_matter(index: TantivyIndex) -> None:
    assert numbers_with(index, "investing") == {5}


def test_words_of_the_title_count_less_than_the_passages_own(index: TantivyIndex) -> None:
    assert [number for number, _ in index.search(wanted(["投资"], []), 10)] == [5, 2**63 - 7]


def test_bigrams_are_found_in_their_own_field(index: TantivyIndex) -> None:
    assert index.search(wanted([], ["慧城"]), 10)[0][0] == 3
    assert numbers_with(index, "慧城") == set()


def test_no_more_than_the_limit_is_found_and_nothing_for_nothing(index: TantivyIndex) -> None:
    assert len(index.search(wanted(["城市"], []), 2)) == 2
    assert index.search(wanted([], []), 10) == []
    assert index.search(wanted(["城市"], []), 10, np.zeros(0, np.int64)) == []
    assert numbers_with(index, "城市", {5, 99}) == {5}


def test_rarer_words_weigh_more_and_unknown_words_most(index: TantivyIndex) -> None:
    frequencies = index.frequencies(["城市", "nist", "无人知"])
    weights = [inverse_frequency(frequency, len(index)) for frequency in frequencies]
    assert 0 <= weights[0] < weights[1] < weights[2]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = written(tmp_path / "empty", [])
    assert (len(index), index.search(wanted(["城市"], []), 5)) == (0, [])
    assert inverse_frequency(0, len(index)) >= 0


def test_of_the_ways_to_write_a_word_only_the_best_counts(tmp_path: Path) -> None:
    index = written(tmp_path / "l", documents({1: ["自行车"], 2: ["单车"], 3: ["自行车", "单车"]}))
    both = dict(
        index.search(LexicalQuery([{("bicycle",): 1.0, ("自行车",): 0.9, ("单车",): 0.5}], []), 9)
    )
    alone = dict(index.search(LexicalQuery([{("自行车",): 0.9}], []), 9))
    assert set(both) == {1, 2, 3}
    assert both[1] == alone[1]
    assert both[3] == alone[3]
    assert both[2] < both[1]


def test_a_name_of_several_words_weighs_as_one(tmp_path: Path) -> None:
    index = written(tmp_path / "l", documents({1: ["标准", "技术"], 2: ["标准"], 3: ["其他"]}))
    scores = dict(index.search(LexicalQuery([{("标准", "技术"): 1.0}], []), 9))
    alone = dict(index.search(wanted(["标准", "技术"], []), 9))
    assert scores[1] > scores[2]
    assert scores[1] == pytest.approx(alone[1] / 2, rel=1e-4)


def test_terms_are_joined_by_spaces() -> None:
    assert PassageTerms.of(["智慧", "1.6亿"], ["智慧"], ["gb/t"]) == PassageTerms(
        "智慧 1.6亿", "智慧", "gb/t"
    )
    assert PassageTerms.of([], []) == PassageTerms("", "", "")


def test_an_index_shares_the_files_of_its_base(tmp_path: Path) -> None:
    terms = {number: ["城市", f"n{number}"] for number in range(50)}
    written(tmp_path / "1", documents(terms))
    written(tmp_path / "2", documents({99: ["新"]}), tmp_path / "1", [7])
    ours, theirs = ({p.stat().st_ino for p in (tmp_path / n).glob("*.store")} for n in "12")
    assert ours < theirs


def test_files_changed_in_place_are_told_as_an_error(tmp_path: Path) -> None:
    index = written(tmp_path / "index", [(n, PassageTerms.of(["甲"], [])) for n in range(300)])
    for path in (tmp_path / "index").iterdir():
        with path.open("r+b") as file:  # as large as before, for what is mapped beyond is no file
            file.write(b"\xff" * path.stat().st_size)
    with pytest.raises(StoreError, match="yiju rebuild FOLDER"):
        numbers_with(index, "甲")
    with suppress(StoreError):  # what needs less of the files may be told wrongly, but is told
        index.frequencies(["甲"])
    with suppress(StoreError):
        index.mentions("甲")
