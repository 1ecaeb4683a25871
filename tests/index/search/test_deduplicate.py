"""A passage that repeats a better one comes last; a merely similar passage does not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.search.deduplicate import demote_duplicates
from index.search.sentence_index import Sentences

ENCODER = StaticEncoder(model_folder(BUNDLED))
TEXT = "甲市在2016年建了地铁,全长三十公里,共有二十座车站,由市政府和三家银行出资。"
TEXTS = [
    TEXT,
    TEXT + "完。",
    TEXT.replace("甲市", "乙市").replace("2016", "2018").replace("三十", "五十"),
    "乙市的公园里有三百只孔雀。",
    "乙市的公园里有三百只孔雀。",
]
SENTENCES = Sentences.of(TEXTS, ENCODER)


def demoted(ranked: list[int], k: int) -> list[int]:
    return demote_duplicates(np.array(ranked, dtype=np.int64), SENTENCES, k)


@given(st.permutations(range(len(TEXTS))), st.integers(1, 8))
def test_only_passages_beyond_k_are_dropped(ranked: list[int], k: int) -> None:
    order = demoted(ranked, k)
    assert len(order) == min(k, len(ranked))
    assert len(set(order)) == len(order)
    assert order[0] == ranked[0]
    if k >= len(TEXTS):
        assert set(order) == set(ranked)
        assert {frozenset({0, 1}), frozenset({3, 4})} == {
            frozenset({number, {0: 1, 1: 0, 3: 4, 4: 3}[number]}) for number in order[-2:]
        }


def test_a_report_of_another_year_and_place_is_no_repetition() -> None:
    assert demoted([0, 2, 3], 3) == [0, 2, 3]
    assert demoted([0, 1, 2, 3], 3) == [0, 2, 3]
    assert demoted([], 3) == []
