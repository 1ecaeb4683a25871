"""Articles that repeat another one, word for word or nearly, are reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.near_duplicates import NEAR, NearDuplicate
from index.text.minhash import bands, likeness
from tests.support.small_index import TEXTS, SmallIndex

CLAUSES = [f"第{number}个城市在二〇{number}年建了地铁" for number in range(60)]
SETS = st.sets(st.sampled_from(CLAUSES))


def article(*numbers: int) -> str:
    """Return an article of some of the clauses."""
    return "，".join(CLAUSES[number] for number in numbers) + "。"


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_a_share_and_whole_for_equal_texts(text: str, other: str) -> None:
    assert likeness(text, other) == likeness(other, text)
    assert 0 <= likeness(text, other) <= 1
    assert likeness(text, text) in (0.0, 1.0)
    assert likeness(text, text) == float(any(char.isalnum() for char in text) or "_" in text)


@given(SETS, SETS)
def test_likeness_is_the_share_of_clauses_that_both_have(
    clauses: set[str], other: set[str]
) -> None:
    share = len(clauses & other) / max(1, len(clauses | other))
    assert likeness("。".join(clauses), "，".join(other)) == share


@given(SETS)
def test_bands_are_those_of_the_set_of_clauses(clauses: set[str]) -> None:
    signature = bands("。".join(clauses))
    assert signature == bands("\n".join(sorted(clauses, reverse=True)).upper())
    assert (len(signature), {len(band) for band in signature}) == (
        (16, {16}) if len(clauses) >= 8 else (0, set())
    )


def test_word_for_word_repeats_are_told_by_the_name_they_repeat(corpus: SmallIndex) -> None:
    corpus.put("a.txt", article(*range(20)))
    corpus.put("b.txt", article(*range(20)))
    corpus.put("c.txt", article(*range(20, 40)))
    assert corpus.rebuild().repeats == [NearDuplicate("b.txt", "a.txt", 1.0)]
    corpus.put("0.txt", article(*range(20, 40)))
    assert corpus.rebuild().repeats == [NearDuplicate("0.txt", "c.txt", 1.0)]
    assert corpus.rebuild().repeats == []


def test_a_short_article_is_told_when_it_is_the_same_word_for_word(corpus: SmallIndex) -> None:
    for name in ("a.txt", "b.txt"):
        corpus.put(name, "这是同一篇文章，说了一些事情。")
    assert corpus.rebuild().repeats == [NearDuplicate("b.txt", "a.txt", 1.0)]


def test_near_repeats_are_told_with_what_they_have_in_common(corpus: SmallIndex) -> None:
    corpus.put("a.txt", article(*range(30)))
    corpus.rebuild()
    corpus.put("b.txt", article(*range(1, 31)))
    corpus.put("c.txt", article(*range(30, 60)))
    assert corpus.rebuild().repeats == [NearDuplicate("b.txt", "a.txt", round(29 / 31, 3))]


@pytest.mark.parametrize("common", [0, 10, 25])
def test_articles_that_share_less_are_told_nothing_of(corpus: SmallIndex, common: int) -> None:
    corpus.put("a.txt", article(*range(30)))
    corpus.put("b.txt", article(*range(30 - common, 60 - common)))
    assert likeness(article(*range(30)), article(*range(30 - common, 60 - common))) < NEAR
    assert corpus.rebuild().repeats == []


def test_an_article_that_changed_does_not_repeat_what_it_was(corpus: SmallIndex) -> None:
    corpus.put("a.txt", article(*range(30)))
    corpus.rebuild()
    corpus.put("a.txt", article(*range(31)))
    assert corpus.rebuild().repeats == []


def test_the_nearest_of_many_is_told_first(corpus: SmallIndex) -> None:
    """Among many editions of a form letter the nearest is reported first."""
    for at in range(30):
        corpus.put(f"{at:02}.txt", article(*range(20), *range(20 + at, 24 + at)))
    corpus.rebuild()
    corpus.put("new.txt", article(*range(20), *range(49, 53), 59))
    [first, *_] = corpus.rebuild().repeats
    assert (first.article, first.duplicate_of, first.share) == ("new.txt", "29.txt", 0.96)
