"""Words are replaced by translations and everything else stays."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import Ragged
from training.encoder.code_switching import CodeSwitcher

TOKENS = 12
TRANSLATIONS = {1: [[5]], 2: [[6, 7], [8]], 3: [[9, 9, 9, 9]], 4: [[0]]}
TEXTS = st.lists(st.lists(st.integers(1, TOKENS - 1), min_size=1, max_size=6), max_size=5)


def switched(texts: list[list[int]], share: float, seed: int = 0) -> list[list[int]]:
    """Return switched texts as Python lists."""
    result = CodeSwitcher(TRANSLATIONS, TOKENS)(
        Ragged.of(texts), share, np.random.default_rng(seed)
    )
    edges = result.starts.tolist()
    return [result.values[a:b].tolist() for a, b in pairwise(edges)]


@given(TEXTS)
def test_no_share_changes_nothing(texts: list[list[int]]) -> None:
    assert switched(texts, 0.0) == texts


@given(TEXTS, st.integers(0, 99))
def test_all_words_with_a_usable_translation_are_switched(
    texts: list[list[int]], seed: int
) -> None:
    allowed = {1: [[5]], 2: [[6, 7], [8]]}
    for before, after in zip(texts, switched(texts, 1.0, seed), strict=True):
        rest = after
        for token in before:
            options = allowed.get(token, [[token]])
            taken = next(option for option in options if rest[: len(option)] == option)
            rest = rest[len(taken) :]
        assert rest == []


def test_the_first_translation_is_the_likelier() -> None:
    results = [switched([[2]], 1.0, seed)[0] for seed in range(200)]
    assert 100 < sum(result == [6, 7] for result in results) < 190
