"""Scores are weighted sums of features, and verdicts follow the lines around a line."""

from pathlib import Path

import pytest

from index.ingest.boilerplate.classifier import LineWeights, score_lines, smooth
from index.ingest.boilerplate.classify import page_features
from index.ingest.boilerplate.dom_features import DomPage
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.pages.html_blocks import blocks_of, parse_page

PAGE = """<html><body><div><a href="/">首页</a></div><div><div><h1>海岛微电网通过验收</h1>
<p>记者从县里获悉，海岛微电网项目昨天通过验收，总投资3200万元。</p></div><p>编辑：周二</p></div></body></html>"""


def test_a_score_is_the_sum_of_the_features_that_have_a_weight() -> None:
    weights = {"prose": 2.0, "digits": -4.0}
    assert score_lines([{"prose": 1.0, "digits": 0.25}, {"size": 1.0}], weights) == [1.0, 0.0]


def test_a_doubtful_line_goes_with_those_around_it() -> None:
    assert smooth([3, -0.4, 3, -5]) == [True, True, True, False]
    assert smooth([-3, 0.4, -3]) == [False, False, False]
    assert smooth([3, -0.4, 3], change_cost=0) == [True, False, True]
    assert smooth([]) == []


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    weights = LineWeights(page={"core": 2.63, "clues 0": -0.4}, plain={})
    weights.write(tmp_path / "weights.json")
    assert LineWeights.read(tmp_path / "weights.json") == weights


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text('{"page": {}}', encoding="utf-8")
    with pytest.raises(TypeError, match="plain"):
        LineWeights.read(tmp_path / "weights.json")


def test_every_weight_is_of_a_feature() -> None:
    root = parse_page(PAGE)
    assert root is not None
    blocks = blocks_of(root)
    page = DomPage.of(blocks, [clues_of(block.line) for block in blocks])
    names = {name for row in page_features(page, "") for name in row}
    weights = LineWeights.read()
    assert weights.page.keys() <= names
    assert weights.plain.keys() <= names
