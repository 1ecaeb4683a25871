"""The features of a line are those of its shape, its words, its position and its neighbours."""

import pytest

from index.ingest.boilerplate.line_features import CluedLine, article_extent, line_features
from index.ingest.boilerplate.site_clues import clues_of

PROSE = "记者从县里获悉，海岛微电网项目昨天通过验收，总投资3200万元。"


def clued(*texts: str) -> list[CluedLine]:
    return [CluedLine.of(text, clues_of(text)) for text in texts]


@pytest.mark.parametrize(
    ("text", "mass"), [(PROSE, 30.0), ("海岛通自来水", 0.0), ("点击上方蓝字关注我们。", 0.0)]
)
def test_only_a_sentence_without_site_words_has_mass(text: str, mass: float) -> None:
    assert clued(text)[0].mass == mass


def test_the_extent_of_an_article_is_its_run_of_sentences() -> None:
    lines = clued("首页 > 新闻", "海岛来电", PROSE, "一、背景", PROSE, "相关阅读", "海岛通自来水")
    assert article_extent(lines) == (2, 4)
    assert article_extent([]) == (0, -1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年6月1日", 1.0),
        ("（二〇二〇年六月一日）", 1.0),
        ("2020-06-01", 1.0),
        ("2020年6月1日印发", 0.0),
        ("6月1日", 0.0),
    ],
)
def test_a_line_that_is_a_day_is_one_feature(text: str, day: float) -> None:
    assert line_features(clued(text))[0]["day"] == day


def test_features_know_the_place_of_a_line() -> None:
    above, prose, heading, below = line_features(
        clued("首页 > 新闻", PROSE, "相关阅读", "海岛来电")
    )
    assert (above["before"], above["just before"], above["inside"]) == (0.1, 1.0, 0.0)
    assert (prose["inside"], prose["prose"], prose["firm above"]) == (1.0, 1.0, 1.0)
    assert (heading["opening"], heading["links"], below["links"]) == (1.0, 0.0, 1.0)
    assert (below["firm below"], below["prose above2"]) == (1.0, 1.0)
