"""Signals are what a sentence shows, and their feature row is in the order of training."""

import json

import pytest

from index.article import Span
from qa.entities.names import Names
from qa.evidence.evidence_signals import FEATURES, ReadingSignals, Signals, feature_row
from qa.evidence.sentence_ranker import WEIGHTS
from qa.evidence.signal_extractor import SignalExtractor
from qa.question.understand import understand
from qa.reader.sentence_selection import likeliest
from tests.qa.evidence.test_sentence_ranker import hit
from tests.support import answerers

UNREAD = ReadingSignals(-20.0, -20.0, -20.0, -20.0, -20.0)


def signals(names: Names, asked: str, text: str, typed: list[Span]) -> Signals:
    """Return the signals of the first sentence of a passage."""
    question, hits = understand(asked, [], names), [hit(text)]
    extractor = SignalExtractor(question, answerers.query(question.forms), names, hits)
    first = min(likeliest(hits), key=lambda sentence: sentence.number)
    return extractor.signals(first, typed, UNREAD)


def test_the_feature_row_has_the_order_of_the_weights(names: Names) -> None:
    inputs = json.loads(WEIGHTS.read_text(encoding="utf-8"))["inputs"]
    assert list(FEATURES) == inputs
    text = "NIST投资了100万美元。天气很好。"
    row = feature_row(signals(names, "NIST投资了多少?", text, [Span(7, 13)]))
    values = dict(zip(FEATURES, map(float, row), strict=True))
    assert values | {"length": 0, "pairs": 0} == {
        "sentence": 0, "behind_best": 0, "before": -15, "after": 0,
        "passage": 0, "passage_behind_best": 0,
        "matched": 1, "around": 1, "pairs": 0,
        "required": 1, "required_around": 1, "rival": 0,
        "fits": 1, "lacks": 0, "candidates": 1, "named": 0, "cue": -0.5,
        "length": 0, "asks": 0, "opens": 1,
        "span": -20, "spans": -20, "typed_span": -20, "agreed": -20, "none": -20,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "sentence", "cue"),
    [
        ("为什么停工?", "由于天气恶劣，工地停工。", 1),
        ("为什么停工?", "工地停工三天。", 0),
        ("Why did it close?", "It closed because of the flood.", 1),
        ("如何测量水深?", "通过声波测量水深。", 1),
        ("How is depth measured?", "Depth is measured using sound.", 1),
        ("什么是智慧城市?", "智慧城市指用数据管理的城市。", 1),
        ("What does CBAM stand for?", "CBAM stands for a mechanism.", 1),
        ("有哪些城市参加?", "参加的有甲市、乙市和丙市。", 1),
        ("Which countries joined?", "Peru, Chile and Cuba joined.", 1),
        ("Which countries joined?", "Peru joined.", 0),
        ("谁设计了大桥?", "大桥由李明设计。", -0.5),
    ],
)
def test_cue_words_are_those_of_the_answer_type(
    names: Names, question: str, sentence: str, cue: float
) -> None:
    assert signals(names, question, sentence, []).answer_type.cue == cue


def test_another_year_is_a_rival_and_a_missing_amount_is_lacking(names: Names) -> None:
    lacking = signals(names, "工厂在2016年花了多少钱?", "工厂在2018年扩建。", [])
    assert (lacking.entities.required, lacking.entities.rival) == (0, True)
    assert (lacking.answer_type.fits, lacking.answer_type.lacks) == (False, True)
