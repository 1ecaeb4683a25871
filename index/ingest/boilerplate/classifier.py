"""From evidence to a verdict: a weighted sum for every line, smoothed over the lines around it.

The weights are learned from labelled pages by `python -m training.boilerplate`.
"""

from collections.abc import Mapping, Sequence

from index.ingest.boilerplate.line_features import Features

# What a change from article to furniture, or back, has to be worth.
_CHANGE = 1.0


def weighed(features: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """How much speaks for each line, in nats: above 0 it is rather the article's."""
    return [
        sum(value * weights.get(name, 0.0) for name, value in feature.items())
        for feature in features
    ]


def smoothed(scores: Sequence[float], change: float = _CHANGE) -> list[bool]:
    """Which lines to keep: the best sequence, where every change costs (Viterbi).

    `[3, -0.4, 3, -5]` → `[True, True, True, False]`.
    """
    keep, cut = 0.0, 0.0
    came: list[tuple[bool, bool]] = []  # whether a kept and a cut line follow a kept one
    for score in scores:
        stays, ends = keep >= cut - change, keep - change > cut
        came.append((stays, ends))
        keep, cut = (
            max(keep, cut - change) + score / 2,
            max(cut, keep - change) - score / 2,
        )
    verdicts: list[bool] = []
    state = keep > cut
    for stays, ends in reversed(came):
        verdicts.append(state)
        state = stays if state else ends
    return verdicts[::-1]
