"""Of figures of many years the newest are shown, so that no single one becomes the answer."""

import pytest

from qa.question.understand import understand
from qa.replies.conflicts import find_conflicts, time_of
from tests.qa.evidence.test_sentence_ranker import hit
from tests.support import answerers


@pytest.mark.parametrize("years", [[2011], [2011, 2013], [2011, 2013, 2014, 2016, 2017]])
def test_the_newest_three_are_shown(years: list[int]) -> None:
    question = understand("石门镇投资了多少钱?", [], answerers.names())
    query = answerers.query(question.forms)
    hits = [
        hit(f"石门镇在{year}年投资了{year - 2000}万元。", 1000 * at)
        for at, year in enumerate(years)
    ]
    evidence = answerers.ranker().rank(question, query, hits)
    found = find_conflicts(question, query.terms, evidence, lambda _: 0.5)
    newest = [str(year) for year in reversed(years)][:3]
    assert [time_of(item) for item in found] == (newest if len(years) > 1 else [])
