"""All stages over a small data folder: the three networks and the curve."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.models.mlp import MLP
from index.progress import silent
from index.search import ranking
from index.text.analyzer import Analyzer
from qa.evidence.confidence import FEATURES as SURE
from qa.evidence.evidence_signals import FEATURES as READ
from tests.training.small_data import data  # noqa: F401 - a fixture
from training.articles import news_for_rankers, news_for_reader
from training.corpora import indexed_corpora
from training.rankers import __main__ as making
from training.rankers import confidence, passage_ranker, sentence_ranker
from training.rankers.fit import FitSettings
from training.rankers.news import NewsCorpus

QUICK = FitSettings(hidden=(4,), steps=4, batch=4)


def test_the_stages_write_what_the_product_reads(
    data: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for stage in (passage_ranker, sentence_ranker, confidence):
        monkeypatch.setattr(stage, "SETTINGS", QUICK)
    monkeypatch.setattr(ranking, "WEIGHTS", tmp_path / "ranking.json")
    monkeypatch.setattr(sentence_ranker, "FILE", tmp_path / "evidence.json")
    monkeypatch.setattr(confidence, "NETWORK", tmp_path / "confidence.json")
    monkeypatch.setattr(confidence, "CURVE", tmp_path / "curve.json")
    done = CliRunner().invoke(making.main, ["--data", str(data)])
    assert done.exit_code == 0, done.output
    MLP.read(tmp_path / "ranking.json", ranking.FEATURES)
    MLP.read(tmp_path / "evidence.json", READ)
    MLP.read(tmp_path / "confidence.json", SURE)
    assert set(json.loads((tmp_path / "curve.json").read_text())) == {"odds", "right"}
    for message in ("ranking zh→zh, many", "evidence en→zh, few", "evidence news", "silent:"):
        assert message in done.output


def test_rankers_and_reader_learn_from_separate_articles(
    data: Path,  # noqa: F811 - the fixture
) -> None:
    with indexed_corpora(data, silent) as indexed:
        corpus = indexed.large[0]
        ranked = {example.context for example in corpus.examples}
        assert corpus.reading
        assert not ranked & {example.context for example in corpus.reading}
    read, asked = news_for_reader(data), news_for_rankers(data)
    assert read
    assert not {item.id for item in read} & {item.id for item in asked}
    assert not {"n0-0", "n1-2"} & {item.id for item in (*read, *asked)}


def test_questions_about_news_are_answered_by_what_says_something_alike(
    data: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    news = NewsCorpus(data, Analyzer(), tmp_path, silent)
    asked = list(news.questions(silent))
    assert asked
    for item in asked:
        answer = item.cloze.answer
        assert answer not in item.cloze.question
        assert any(answer in hit.passage.text for hit in item.with_answer)
        assert not any(answer in hit.passage.text for hit in item.without)
