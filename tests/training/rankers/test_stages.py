"""All stages over a small data folder: lessons, three networks, and the curve."""

import json
from pathlib import Path

import pytest

from index.models.mlp import MLP
from index.progress import silent
from index.search.ranking import FEATURES
from qa.entities.names import Names
from qa.evidence.confidence import FEATURES as SURE
from qa.evidence.signals import FEATURES as READ
from tests.training.encoder.test_stages import paragraph, write, write_data
from training import corpora, examples, sources
from training.corpora import shelved
from training.rankers import confidence, passage_ranker, sentence_ranker
from training.rankers.fit import Recipe
from training.reader.examples import lessons

QUICK = Recipe(hidden=(4,), steps=4, batch=4)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Few questions, each set about articles of its own."""
    folder = tmp_path / "data"
    write_data(folder)
    for at, name in enumerate((sources.HELD_OUT, *sources.READING)):
        towns = [f"{'春夏秋冬'[n]}{'山水云'[at]}镇" for n in range(4)]
        talks = [
            f"{town}在{1900 + 10 * at + n}年修建了{n + 3}座公园。市民都说公园很美。花开得早。"
            for town in towns
            for n in range(3)
        ]
        told = json.dumps({"data": [paragraph(talk) for talk in talks]})
        write(folder / "reading" / f"{name}.json.gz", told)
    lines = [f"the city number {n} built {n} parks .\thow many parks has city {n} ?"
             for n in range(40)]  # fmt: skip
    write(folder / "reading" / "squad-train-sentence-question-en.tsv.gz", "\n".join(lines))
    monkeypatch.setattr(sources, "ENGLISH_HELD_OUT", 20)
    monkeypatch.setattr(examples, "JUDGED", 4)
    monkeypatch.setattr(corpora, "_SMALL", 1)
    for stage in (passage_ranker, sentence_ranker, confidence):
        monkeypatch.setattr(stage, "RECIPE", QUICK)
    monkeypatch.setattr(passage_ranker, "FILE", tmp_path / "ranking.json")
    monkeypatch.setattr(sentence_ranker, "FILE", tmp_path / "evidence.json")
    monkeypatch.setattr(confidence, "NETWORK", tmp_path / "confidence.json")
    monkeypatch.setattr(confidence, "CURVE", tmp_path / "curve.json")
    return folder


def test_the_stages_write_what_the_product_reads(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with shelved(data, silent) as made:
        for stage in (passage_ranker, sentence_ranker, confidence):
            stage.make(made, silent)
        names = Names(made.analyzer)
        asked = made.asked[0]
        judged = {one.context for one in asked.examples}
        assert asked.reading
        assert not judged & {one.context for one in asked.reading}
        found = list(lessons(asked, asked.reading, names, silent))
    MLP.read(tmp_path / "ranking.json", FEATURES)
    MLP.read(tmp_path / "evidence.json", READ)
    MLP.read(tmp_path / "confidence.json", SURE)
    assert set(json.loads((tmp_path / "curve.json").read_text())) == {"odds", "right"}
    printed = capsys.readouterr().out
    for told in ("ranking zh→zh, many", "evidence en→zh, few", "confidence zh→en", "silent:"):
        assert told in printed
    assert len(found) == len(asked.reading)
    for one in found:
        answer = one.example.answer.of(one.example.context)
        for first, last in one.right.tolist():
            words = one.told.words
            assert one.own[first : last + 1].all()
            assert words.ends[last] - words.starts[first] >= len(answer)
