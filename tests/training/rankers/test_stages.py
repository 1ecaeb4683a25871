"""All stages over a small data folder: the three networks, the curve, the reader's examples."""

import json
from pathlib import Path

import pytest

from index.models.mlp import MLP
from index.progress import silent
from index.search import ranking
from qa.entities.names import Names
from qa.evidence.confidence import FEATURES as SURE
from qa.evidence.evidence_signals import FEATURES as READ
from tests.training.encoder.test_stages import paragraph, write, write_data
from training import corpora, examples, sources
from training.corpora import indexed_corpora
from training.rankers import confidence, passage_ranker, sentence_ranker
from training.rankers.fit import FitSettings
from training.reader.examples import reader_examples

QUICK = FitSettings(hidden=(4,), steps=4, batch=4)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write few questions, with separate articles for each set."""
    folder = tmp_path / "data"
    write_data(folder)
    for at, name in enumerate((sources.HELD_OUT, *sources.READING)):
        towns = [f"{'春夏秋冬'[n]}{'山水云'[at]}镇" for n in range(4)]
        talks = [
            f"{town}在{1900 + 10 * at + n}年修建了{n + 3}座公园。市民都说公园很美。花开得早。"
            for town in towns
            for n in range(3)
        ]
        content = json.dumps({"data": [paragraph(talk) for talk in talks]})
        write(folder / "reading" / f"{name}.json.gz", content)
    lines = [f"the city number {n} built {n} parks .\thow many parks has city {n} ?"
             for n in range(40)]  # fmt: skip
    write(folder / "reading" / "squad-train-sentence-question-en.tsv.gz", "\n".join(lines))
    monkeypatch.setattr(sources, "ENGLISH_HELD_OUT", 20)
    monkeypatch.setattr(examples, "RANKED", 4)
    monkeypatch.setattr(corpora, "_SMALL", 1)
    for stage in (passage_ranker, sentence_ranker, confidence):
        monkeypatch.setattr(stage, "SETTINGS", QUICK)
    monkeypatch.setattr(ranking, "WEIGHTS", tmp_path / "ranking.json")
    monkeypatch.setattr(sentence_ranker, "FILE", tmp_path / "evidence.json")
    monkeypatch.setattr(confidence, "NETWORK", tmp_path / "confidence.json")
    monkeypatch.setattr(confidence, "CURVE", tmp_path / "curve.json")
    return folder


def test_the_stages_write_what_the_product_reads(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with indexed_corpora(data, silent) as indexed:
        for stage in (passage_ranker, sentence_ranker, confidence):
            stage.make(indexed, silent)
        names = Names(indexed.analyzer)
        corpus = indexed.large[0]
        ranked = {example.context for example in corpus.examples}
        assert corpus.reading
        assert not ranked & {example.context for example in corpus.reading}
        prepared = list(reader_examples(corpus, corpus.reading, names, silent))
    MLP.read(tmp_path / "ranking.json", ranking.FEATURES)
    MLP.read(tmp_path / "evidence.json", READ)
    MLP.read(tmp_path / "confidence.json", SURE)
    assert set(json.loads((tmp_path / "curve.json").read_text())) == {"odds", "right"}
    printed = capsys.readouterr().out
    for message in ("ranking zh→zh, many", "evidence en→zh, few", "confidence zh→en", "silent:"):
        assert message in printed
    assert len(prepared) == len(corpus.reading)
    for item in prepared:
        answer = item.example.answer.of(item.example.context)
        for first, last in item.right.tolist():
            tokens = item.inputs.tokens
            assert item.of_article[first : last + 1].all()
            assert tokens.ends[last] - tokens.starts[first] >= len(answer)
