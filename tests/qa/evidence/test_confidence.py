"""Confidence is a probability that falls where the evidence lacks what the question asks for."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.query import QueryTerms
from index.search.searcher import Searcher
from qa.evidence.confidence import CURVE, FEATURES, _is_assigned, features
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question, understand
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.qa.evidence.test_sentence_ranker import hit
from tests.support import answerers
from tests.support.small_index import TEXTS


def read(text: str, *passages: str) -> tuple[Question, QueryTerms, list[Evidence]]:
    question = understand(text, [], answerers.names())
    query = answerers.query(question.forms)
    hits = [hit(passage, 1000 * at) for at, passage in enumerate(passages)]
    return question, query.terms, answerers.ranker().rank(question, query, hits)


@given(TEXTS, st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3))
def test_it_is_a_probability(text: str, passages: list[str]) -> None:
    question, terms, evidence = read(text, *passages)
    if evidence:
        assert np.isfinite(features(question, terms, evidence)).all()
        assert 0 <= answerers.calibrator().confidence(question, terms, evidence) <= 1


def test_the_curve_rises() -> None:
    points = json.loads(CURVE.read_text(encoding="utf-8"))
    assert all(low < high for low, high in pairwise(points["odds"]))
    assert all(low <= high for low, high in pairwise(points["right"]))
    assert points["right"][0] < 0.1
    assert points["right"][-1] > 0.8


def test_features_of_an_answer() -> None:
    question, terms, evidence = read(
        "NIST投资了多少?", "NIST投资了100万美元。天气很好。", "财团投资了5万美元。"
    )
    values = dict(zip(FEATURES, features(question, terms, evidence).tolist(), strict=True))
    assert (values["fits"], values["lacks"], values["required_around"]) == (1, 0, 1)
    assert (values["across"], values["pattern"], values["words"], values["unmet"]) == (0, 1, 2, 0)
    assert values["margin"] == pytest.approx(evidence[0].score - evidence[1].score, abs=1e-5)
    assert 0 < values["share"] <= 1

    question, terms, evidence = read("How much did NASA invest?", "财团投资了5万美元。")
    values = dict(zip(FEATURES, features(question, terms, evidence).tolist(), strict=True))
    assert (values["across"], values["required_around"], values["unmet"]) == (1, 0, 0.5)


@pytest.mark.parametrize(
    ("question", "text", "assigned"),
    [
        ("沈阳获得多少美元?", "沈阳和武汉分别获得100万美元和300万美元。", True),
        ("沈阳获得的人数是多少?", "沈阳和武汉分别获得100万美元和300万美元。", False),
        ("甲方得到多少钱?", "甲方和乙方分别获得100万元和300万元。", False),
    ],
)
def test_only_a_sure_share_lifts_the_confidence(
    question: str, text: str, *, assigned: bool
) -> None:
    asked, terms, evidence = read(question, text)
    confidence = answerers.calibrator().confidence(asked, terms, evidence)
    assert _is_assigned(asked, terms, evidence[0]) is assigned
    assert confidence >= 0.9 or not assigned


def test_a_part_is_less_sure() -> None:
    part, whole = (
        answerers.calibrator().confidence(*read("白石银行何时成立?", text))
        for text in ("白石银行青坡分行于1993年成立。", "白石银行于1993年成立。")
    )
    assert part < 0.7 * whole


CITY = (
    "沈阳在2016年投资了三千万元建设地铁,全长三十公里。",
    "乙市的公园里有三百只孔雀,由园林局照管。",
    "国家科学基金会的负责人李明在2018年访问了新加坡。",
)


@pytest.fixture
def city(shelve: Shelve) -> Searcher:
    return shelve(*({"id": str(at), "text": text} for at, text in enumerate(CITY)))


@pytest.mark.parametrize(
    ("answered", "missing"),
    [
        ("沈阳投资了多少建设地铁?", "武汉投资了多少建设地铁?"),
        ("沈阳在2016年投资了多少钱?", "沈阳在2011年投资了多少钱?"),
        ("乙市的公园里有多少只孔雀?", "乙市的公园里有多少只企鹅?"),
        ("乙市的公园里有多少只孔雀?", "丁市的公园里有多少只孔雀?"),
        ("谁在2018年访问了新加坡?", "谁在2018年访问了巴西?"),
        ("国家科学基金会的负责人是谁?", "世界银行的负责人是谁?"),
        (
            "How many peacocks are there in the park?",
            "How many penguins are there in the park?",
        ),
    ],
)
def test_another_party_year_or_thing_is_far_less_sure(
    city: Searcher, answered: str, missing: str
) -> None:
    answerer = answerers.answerer(0.5)
    sure, unsure = (
        answerer.ask(Request(question), city).confidence for question in (answered, missing)
    )
    assert unsure < 0.7 * sure
