"""Candidates are scored by their sentences, in whatever order they are retrieved."""

import numpy as np
import pytest
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


def compare(question: str, *texts: str) -> SentenceScores:
    return LateInteraction(question, ENCODER).compare(Sentences.of(texts, ENCODER))


def in_both_lists(count: int) -> CandidateLists:
    ranked = [(number, 1 - number / 100) for number in range(count)]
    return CandidateLists(ranked, ranked, 3.0)


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_features_and_scores_are_finite(texts: list[str], question: str) -> None:
    compared, lists = compare(question, *texts), in_both_lists(len(texts))
    rows = features(compared, lists)
    assert rows.shape == (len(compared.lengths), len(FEATURES))
    assert np.isfinite(rows).all()
    scored = RANKER.score(compared, lists)
    assert np.isfinite(scored.passages).all()
    assert ((scored.probabilities >= 0) & (scored.probabilities <= 1)).all()
    assert sum(len(scored.of(row)) for row in range(len(texts))) == len(scored.sentences)
    for row in range(len(texts)):
        assert max(scored.of(row)) <= scored.passages[row] + 1e-4


def test_without_candidates_there_are_no_scores() -> None:
    scored = RANKER.score(compare("地铁"), CandidateLists([], [], 0.0))
    assert (len(scored.passages), len(scored.sentences)) == (0, 0)


def test_the_order_of_candidates_changes_no_score() -> None:
    texts = [TALK, "公园里没有地铁。", "今天天气很好。大家都去散步了。"]
    cosines, words = [0.5, 0.2, -0.1], [7.0, 3.0, 0.0]

    def scores(order: list[int]) -> dict[int, float]:
        dense = [(at, cosines[at]) for at in order]
        lists = CandidateLists(dense, [(at, words[at]) for at in order[:2]], 9.0)
        scored = RANKER.score(compare("公园里有多少只孔雀?", *(texts[at] for at in order)), lists)
        return dict(zip(order, scored.passages.tolist(), strict=True))

    first, second = scores([0, 1, 2]), scores([1, 0, 2])
    assert [first[at] for at in range(3)] == pytest.approx([second[at] for at in range(3)], 1e-4)


def test_the_sentence_that_answers_scores_highest_in_either_language() -> None:
    for question in ("公园里有多少只孔雀?", "How many peacocks live in the park?"):
        scored = RANKER.score(compare(question, TALK, "今天天气很好。"), in_both_lists(2))
        assert int(np.argmax(scored.of(0))) == 1
        assert scored.passages[0] > scored.passages[1]


def test_a_worked_row_of_features() -> None:
    compared = compare("孔雀", "乙市有孔雀。", "孔雀很多。天气很好。")
    matrix = features(compared, CandidateLists([(4, 0.5), (9, 0.3)], [(9, 2.0)], 4.0))
    rows = [dict(zip(FEATURES, row.tolist(), strict=True)) for row in matrix]
    assert [row["in_lexical"] for row in rows] == [0, 1, 1]
    assert [row["lexical"] for row in rows] == [0, 0.5, 0.5]
    assert [row["dense"] for row in rows] == [1, -1, -1]
    assert [row["opens"] for row in rows] == [1, 1, 0]
    assert [round(row["same_passage"], 3) for row in rows] == [1, 1, 1]
    assert [round(row["same"], 3) for row in rows] == [1, 1, 0]
    assert [round(row["same_before"], 3) for row in rows] == [1, 1, 1]
    assert rows[2]["behind_in_passage"] < 0 == rows[1]["behind_in_passage"]


def test_ranks_count_from_one() -> None:
    assert ranks([(7, 0.9), (3, 0.1)]) == {7: 1, 3: 2}
