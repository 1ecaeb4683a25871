"""Networks learn what can be learned: which item of a list is right, and what a rising curve is."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from training.rankers.confidence import curve
from training.rankers.fit import List, Recipe, averaged, fit_flags, fit_lists

NAMES = ("signal", "noise")
RECIPE = Recipe(hidden=(8,), steps=300, batch=16, rate=1e-2)


def lists(seed: int, count: int) -> list[List]:
    """The item with the highest signal is right, whatever its noise."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        features = chance.normal(size=(6, 2)).astype(np.float32)
        right = np.arange(6) == features[:, 0].argmax()
        found.append(List(features, right, np.array([0, 2, 4])))
    return found


def test_the_right_item_of_an_unseen_list_comes_first() -> None:
    network = fit_lists(lists(1, 300), NAMES, RECIPE, seed=1)
    unseen = lists(2, 100)
    hits = [one.right[network(one.features).argmax()] for one in unseen]
    assert np.mean(hits) > 0.9


def test_log_odds_of_unseen_rows_tell_right_from_wrong() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(1000, 2)).astype(np.float32)
    network = fit_flags(rows[:800], rows[:800, 0] > 0, NAMES, RECIPE, seed=1)
    assert np.mean((network(rows[800:]) > 0) == (rows[800:, 0] > 0)) > 0.9


def test_averaged_networks_give_the_mean() -> None:
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(200, 2)).astype(np.float32)
    quick = Recipe(hidden=(4,), steps=20, batch=8)
    several = [fit_flags(rows, rows[:, 0] > 0, NAMES, quick, seed) for seed in (1, 2, 3)]
    expected = np.mean([network(rows) for network in several], axis=0)
    np.testing.assert_allclose(averaged(several)(rows), expected, atol=1e-5)
    together = fit_flags(rows, rows[:, 0] > 0, NAMES, replace(quick, networks=3), seed=1)
    np.testing.assert_allclose(together(rows), expected, atol=1e-5)


def test_the_same_seed_makes_the_same_network() -> None:
    quick = Recipe(hidden=(4,), steps=20, batch=8)
    one, other = (fit_lists(lists(1, 40), NAMES, quick, seed=5) for _ in range(2))
    rows = lists(9, 1)[0].features
    np.testing.assert_array_equal(one(rows), other(rows))


def test_the_curve_gives_the_share_that_is_right() -> None:
    chance = np.random.default_rng(4)
    odds = chance.normal(size=4000).astype(np.float32) * 2
    right = chance.random(4000) < 1 / (1 + np.exp(-odds))
    told = curve(odds, right.tolist())
    assert all(one < other for one, other in pairwise(told["odds"]))
    assert all(one <= other for one, other in pairwise(told["right"]))
    for wanted in (-2.0, 0.0, 2.0):
        given = np.interp(wanted, told["odds"], told["right"])
        assert abs(given - 1 / (1 + np.exp(-wanted))) < 0.1
