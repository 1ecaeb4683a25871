"""Weights are those of the regularised logistic regression, and labels give lines their value."""

import math

import pytest

from index.ingest.boilerplate.site_clues import clues_of
from training.boilerplate import LabelledLine, fit, line_values, masked_clues

LABEL = {
    "body": ["记者从县里获悉，海岛微电网项目昨天通过验收。"],
    "optional": ["2021-03-04 来源：海角晚报"],
    "title": "海岛微电网通过验收",
}


def line(features: dict[str, float], *, keep: bool, weight: float = 1.0) -> LabelledLine:
    return LabelledLine("a", features, keep, weight)


def test_weights_are_at_the_optimum_of_the_penalised_loss() -> None:
    lines = [
        line({"always": 1.0}, keep=True, weight=3.0),
        line({"always": 1.0, "clues": 1.0}, keep=False, weight=2.0),
        line({"always": 1.0, "flat": 0.0}, keep=False, weight=1.0),
    ]
    weights = fit(lines)
    assert weights.keys() == {"always", "clues"}
    # At the optimum a weight equals the weighted sum of the residuals times its feature.
    residual = -2.0 / (1 + math.exp(-weights["always"] - weights["clues"]))
    assert weights["clues"] == pytest.approx(residual, abs=0.02)


def test_clues_are_left_out_of_half_of_the_lines_but_never_of_the_first_copy() -> None:
    lines = [f"上一篇：第{number}号" for number in range(400)]
    assert all(masked_clues(0)(text) == clues_of(text) for text in lines)
    masked = [not masked_clues(1)(text) for text in lines]
    assert 0.4 < sum(masked) / len(lines) < 0.6
    assert masked != [not masked_clues(2)(text) for text in lines]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("记者从县里获悉，海岛微电网项目昨天通过验收。", 1.0),
        ("海岛微电网项目昨天通过验收。", 1.0),
        ("海岛微电网通过验收", 0.1),
        ("2021-03-04　来源：海角晚报", 0.1),
        ("海岛微电网通过验收 - 海角晚报", 0.1),
        ("首页 > 海岛微电网通过验收", 0.0),
        ("相关阅读", 0.0),
    ],
)
def test_a_line_is_of_the_body_optional_or_boilerplate(text: str, value: float) -> None:
    assert line_values(LABEL)(text) == value
