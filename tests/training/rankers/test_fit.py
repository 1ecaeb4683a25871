"""Networks learn which candidate of a list is right, and the curve rises."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from training.rankers.confidence import curve
from training.rankers.fit import CandidateList, FitSettings, averaged, fit_flags, fit_lists

NAMES = ("signal", "noise")
SETTINGS = FitSettings(hidden=(8,), steps=300, batch=16, rate=1e-2)


def lists(seed: int, count: int) -> list[CandidateList]:
    """Return lists whose right candidate has the highest signal, regardless of noise."""
    chance = np.random.default_rng(seed)
    generated = []
    for _ in range(count):
        features = chance.normal(size=(6, 2)).astype(np.float32)
        right = np.arange(6) == features[:, 0].argmax()
        generated.append(CandidateList(features, right, np.array([0, 2, 4])))
    return generated


def test_the_right_item_of_an_unseen_list_comes_first() -> None:
    network = fit_lists(lists(1, 300), NAMES, SETTINGS, seed=1)
    unseen = lists(2, 100)
    hits = [item.right[network(item.features).argmax()] for item in unseen]
    assert np.mean(hits) > 0.9


def test_log_odds_of_unseen_rows_separate_right_from_wrong() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(1000, 2)).astype(np.float32)
    network = fit_flags(rows[:800], rows[:800, 0] > 0, NAMES, SETTINGS, seed=1)
    assert np.mean((network(rows[800:]) > 0) == (rows[800:, 0] > 0)) > 0.9


def test_averaged_networks_give_the_mean() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(200, 2)).astype(np.float32)
    quick = FitSettings(hidden=(4,), steps=20, batch=8)
    several = [fit_flags(rows, rows[:, 0] > 0, NAMES, quick, seed) for seed in (1, 2, 3)]
    expected = np.mean([network(rows) for network in several], axis=0)
    np.testing.assert_allclose(averaged(several)(rows), expected, atol=1e-5)
    together = fit_flags(rows, rows[:, 0] > 0, NAMES, replace(quick, networks=3), seed=1)
    np.testing.assert_allclose(together(rows), expected, atol=1e-5)


def test_the_same_seed_makes_the_same_network() -> None:
    quick = FitSettings(hidden=(4,), steps=20, batch=8)
    first, second = (fit_lists(lists(1, 40), NAMES, quick, seed=5) for _ in range(2))
    rows = lists(9, 1)[0].features
    np.testing.assert_array_equal(first(rows), second(rows))


def test_the_curve_gives_the_share_that_is_right() -> None:
    chance = np.random.default_rng(4)
    odds = chance.normal(size=4000).astype(np.float32) * 2
    right = chance.random(4000) < 1 / (1 + np.exp(-odds))
    points = curve(odds, right.tolist())
    assert all(left < right for left, right in pairwise(points["odds"]))
    assert all(low <= high for low, high in pairwise(points["right"]))
    for logit in (-2.0, 0.0, 2.0):
        share = np.interp(logit, points["odds"], points["right"])
        assert abs(share - 1 / (1 + np.exp(-logit))) < 0.1
