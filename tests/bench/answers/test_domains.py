"""Asks are sorted by what their articles are about, and confidence is judged by domain."""

from dataclasses import replace

import pytest

from bench.answers.domains import domains, figures_of, largest_step, reliability_of
from bench.answers.records import Ask, SetResult

RIGHT = Ask(
    "1", "问?", "zh", "natural", answerable=True, answered=True, passed=True, passed_by_text=True,
    likely_right=True, confidence=0.9,
)  # fmt: skip
WRONG = replace(RIGHT, passed=False, likely_right=False)


def at(confidence: float, ask: Ask = RIGHT) -> Ask:
    return replace(ask, confidence=confidence, answered=confidence >= 0.5)


def test_questions_in_another_language_are_a_domain_of_their_own() -> None:
    english = replace(RIGHT, kind="english")
    across = replace(RIGHT, kind="en→zh")
    results = {
        "news-dev": SetResult("news-dev", {}, [RIGHT, english]),
        "xquad-en-zh": SetResult("xquad-en-zh", {}, [across]),
        "cmrc": SetResult("cmrc", {}, [RIGHT]),
        "costs": SetResult("costs", {}),
    }
    assert domains(results) == {
        "news": [RIGHT], "across languages": [across, english], "encyclopedia": [RIGHT],
    }  # fmt: skip


def test_confidence_that_separates_answers_all_that_is_right() -> None:
    asks = [at(0.9), at(0.8), at(0.3, WRONG), at(0.2, replace(WRONG, answerable=False))]
    figures = figures_of(asks)
    assert figures["auroc"] == 1.0
    assert figures["threshold_at_90"] == 0.8
    assert figures["answered_at_90"] == pytest.approx(2 / 3)
    assert figures["calibration_error"] == pytest.approx((0.1 + 0.2 + 0.3 + 0.2) / 4)
    assert [part.count for part in reliability_of(asks)] == [1, 1, 1, 1]


def test_no_threshold_answers_nothing() -> None:
    figures = figures_of([at(0.9, WRONG), at(0.8)])
    assert figures["threshold_at_90"] is None
    assert figures["answered_at_90"] == 0.0


def test_the_commonest_confidence_is_counted_among_the_answers() -> None:
    assert largest_step([at(0.7), at(0.7), at(0.70001), at(0.9), at(0.2), at(0.2)]) == 3 / 4
    assert largest_step([at(0.2)]) is None


def test_possible_answers_are_counted_among_the_refused() -> None:
    shown = replace(at(0.3), possible=True)
    figures = figures_of([shown, replace(shown, possible=False), at(0.1), at(0.2), at(0.9)])
    assert figures["possible_shown"] == 2 / 4
    assert figures["possible_right"] == 1 / 2
