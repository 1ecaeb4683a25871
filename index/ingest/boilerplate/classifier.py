"""Logistic regression over line features, smoothed over neighbouring lines (Viterbi).

`python -m training.boilerplate` learns the weights from labelled pages and writes `weights.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.ingest.boilerplate.line_features import Features

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
# In nats, like the scores: the cost of a change between article and boilerplate.
_CHANGE_COST = 1.0

FeatureWeights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LineWeights:
    """Weights by feature name: `page` for the blocks of a web page, `plain` for lines of text."""

    page: FeatureWeights
    plain: FeatureWeights

    @classmethod
    def read(cls, path: Path = WEIGHTS_FILE) -> "LineWeights":
        """Read the weights that `write` wrote.

        Raises:
            TypeError: the file has other sets of weights.
        """
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write the weights as JSON, one feature a line."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def score_lines(features: Sequence[Features], weights: FeatureWeights) -> list[float]:
    """Return the log-odds, in nats, that each line is part of the article."""
    return [
        sum(value * weights.get(name, 0.0) for name, value in feature.items())
        for feature in features
    ]


def smooth(scores: Sequence[float], change_cost: float = _CHANGE_COST) -> list[bool]:
    """Return which lines to keep, given their log-odds and the cost of a change (Viterbi).

    >>> smooth([3, -0.4, 3, -5])
    [True, True, True, False]
    """
    keep, cut = 0.0, 0.0
    # Whether the line before a kept line and the line before a cut line were kept.
    history: list[tuple[bool, bool]] = []
    for score in scores:
        stays, ends = keep >= cut - change_cost, keep - change_cost > cut
        history.append((stays, ends))
        keep, cut = (
            max(keep, cut - change_cost) + score / 2,
            max(cut, keep - change_cost) - score / 2,
        )
    verdicts: list[bool] = []
    state = keep > cut
    for stays, ends in reversed(history):
        verdicts.append(state)
        state = stays if state else ends
    return verdicts[::-1]
