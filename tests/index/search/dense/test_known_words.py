"""The words of one index version go on being used for the next, and find the same."""

import re

import numpy as np
import pytest

from index.arrays import Int64Array
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder, units
from index.search.dense.known_words import KnownWords

ENCODER = StaticEncoder(model_folder(BUNDLED))
HAN, LATIN = re.compile("[一-鿿]+"), re.compile("[a-z]+")
WORDS = ["bicycle", "castle", "water", "teacher", "自行车", "城堡", "投资", "老师"]
ALL: Int64Array = np.arange(4, 80_000, dtype=np.int64)


def nearest(words: KnownWords) -> list[dict[str, float]]:
    """Return the twelve nearest words of each of some words in each script."""
    vectors = units(ENCODER.sum_vectors(ENCODER.tokens(WORDS)))
    return [
        dict(list(near)[:12]) for script in (HAN, LATIN) for near in words.nearest(vectors, script)
    ]


@pytest.fixture(scope="module")
def former() -> KnownWords:
    """Return words whose codes are made."""
    words = KnownWords(ENCODER, np.delete(ALL, np.arange(7, len(ALL), 400)))
    nearest(words)
    return words


def test_an_index_version_with_some_more_words_finds_what_all_anew_finds(
    former: KnownWords,
) -> None:
    again = KnownWords(ENCODER, ALL, former)
    assert again._whole is former
    found, expected = nearest(again), nearest(KnownWords(ENCODER, ALL))
    assert sum(map(len, expected)) > 100
    for own, other in zip(found, expected, strict=True):
        assert len(own.keys() & other.keys()) >= len(other) - 1  # what codes pass over differs
        assert list(own.values()) == sorted(own.values(), reverse=True)
        assert all(own[word] == pytest.approx(other[word]) for word in own.keys() & other.keys())


def test_versions_do_not_pile_up(former: KnownWords) -> None:
    words = former
    for number in range(5):
        words = KnownWords(ENCODER, ALL[: len(ALL) - number], words)
    assert words._whole is former


@pytest.mark.parametrize(
    "tokens",
    [ALL[: len(ALL) // 2], np.arange(4, 120_000, dtype=np.int64), ALL[:500]],
    ids=["many gone", "many new", "few"],
)
def test_with_many_other_words_all_is_made_anew(former: KnownWords, tokens: Int64Array) -> None:
    words = KnownWords(ENCODER, tokens, former)
    assert words._whole is words
    assert words.has_nearly(tokens) == (len(tokens) > 50_000)
