"""Candidates are scored by their sentences, and the order they come in plays no part."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.search.late_interaction import LateInteraction, SentenceScores
from index.search.ranking import FEATURES, CandidateLists, PassageRanker, features, ranks
from index.search.sentence_index import Sentences
from tests.support.small_index import TEXTS

RANKER = PassageRanker()
ENCODER = StaticEncoder(model_folder(BUNDLED))
TALK = "甲市在2016年建了地铁。乙市的公园里有三百只孔雀。丙国通过NIST投资了1.6亿美元。"


def compared(question: str, *texts: str) -> SentenceScores:
    return LateInteraction(question, ENCODER).compare(Sentences.of(texts, ENCODER))


def all_found(count: int) -> CandidateLists:
    leg = [(number, 1 - number / 100) for number in range(count)]
    return CandidateLists(leg, leg, 3.0)


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_whatever_is_compared_has_finite_features_and_scores(texts: list[str], asked: str) -> None:
    beside, legs = compared(asked, *texts), all_found(len(texts))
    rows = features(beside, legs)
    assert rows.shape == (len(beside.lengths), len(FEATURES))
    assert np.isfinite(rows).all()
    found = RANKER.score(beside, legs)
    assert np.isfinite(found.passages).all()
    assert ((found.probabilities >= 0) & (found.probabilities <= 1)).all()
    assert sum(len(found.of(row)) for row in range(len(texts))) == len(found.sentences)
    for row in range(len(texts)):
        assert max(found.of(row)) <= found.passages[row] + 1e-4


def test_nothing_found_is_nothing_scored() -> None:
    none = RANKER.score(compared("地铁"), CandidateLists([], [], 0.0))
    assert (len(none.passages), len(none.sentences)) == (0, 0)


def test_the_order_of_candidates_changes_no_score() -> None:
    texts = [TALK, "公园里没有地铁。", "今天天气很好。大家都去散步了。"]
    cosines, words = [0.5, 0.2, -0.1], [7.0, 3.0, 0.0]

    def scores(order: list[int]) -> dict[int, float]:
        dense = [(at, cosines[at]) for at in order]
        legs = CandidateLists(dense, [(at, words[at]) for at in order[:2]], 9.0)
        found = RANKER.score(compared("公园里有多少只孔雀?", *(texts[at] for at in order)), legs)
        return dict(zip(order, found.passages.tolist(), strict=True))

    one, other = scores([0, 1, 2]), scores([1, 0, 2])
    np.testing.assert_allclose([one[at] for at in range(3)], [other[at] for at in range(3)], 1e-4)


def test_the_sentence_that_answers_scores_highest_in_either_language() -> None:
    for question in ("公园里有多少只孔雀?", "How many peacocks live in the park?"):
        found = RANKER.score(compared(question, TALK, "今天天气很好。"), all_found(2))
        assert int(np.argmax(found.of(0))) == 1
        assert found.passages[0] > found.passages[1]


def test_a_worked_row_of_features() -> None:
    beside = compared("孔雀", "乙市有孔雀。", "孔雀很多。天气很好。")
    rows = features(beside, CandidateLists([(4, 0.5), (9, 0.3)], [(9, 2.0)], 4.0))
    told = [dict(zip(FEATURES, row.tolist(), strict=True)) for row in rows]
    assert [one["in_lexical"] for one in told] == [0, 1, 1]
    assert [one["lexical"] for one in told] == [0, 0.5, 0.5]
    assert [one["dense"] for one in told] == [1, -1, -1]
    assert [one["opens"] for one in told] == [1, 1, 0]
    assert [round(one["same_passage"], 3) for one in told] == [1, 1, 1]
    assert [round(one["same"], 3) for one in told] == [1, 1, 0]
    assert [round(one["same_before"], 3) for one in told] == [1, 1, 1]
    assert told[2]["behind_in_passage"] < 0 == told[1]["behind_in_passage"]


def test_ranks_count_from_one() -> None:
    assert ranks([(7, 0.9), (3, 0.1)]) == {7: 1, 3: 2}
