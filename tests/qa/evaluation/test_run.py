"""Reading sets are asked over a real temporary store, with their articles and without."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UsageError
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.progress import silent
from qa.answerer import Answerer
from qa.evaluation.render import as_lines, as_value
from qa.evaluation.run import RANKINGS, ask_all, ask_left_out, rank_of
from qa.evaluation.scores import evaluate_set, scores_of
from qa.evaluation.squad import ReadingSet, read_set
from qa.evaluation.temporary_store import TemporaryStore, article_id
from qa.retrieval import Request
from tests.support import answerers, small_index
from tests.support.reading_sets import FACTS, context, squad, write

CITIES = list(FACTS)


@pytest.fixture
def cities(tmp_path: Path) -> ReadingSet:
    return read_set(write(tmp_path / "cities.json", squad(CITIES)))


def store_in(folder: Path, *among: Path) -> TemporaryStore:
    folder.mkdir(exist_ok=True)
    encoder = StaticEncoder(model_folder(BUNDLED))
    return TemporaryStore(folder, encoder, small_index.analyzer(), among, silent)


def test_every_question_is_asked_over_all_contexts(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    steps: list[str] = []
    store = store_in(tmp_path / "temporary")
    store.progress = lambda phase, done, total: steps.append(f"{phase} {done} of {total}")
    outcomes = ask_all(cities, store, answerer)
    assert store.manifest.articles == len(CITIES)
    assert [outcome.gold for outcome in outcomes] == list(cities.questions)
    assert all(set(outcome.ranks) == set(RANKINGS) for outcome in outcomes)
    assert sum(outcome.ranks["fusion"] == 1 for outcome in outcomes) >= len(outcomes) - 2
    assert steps[0] == "asking 0 of 22"
    assert steps[-1] == "asking 22 of 22"
    for outcome in outcomes:
        assert outcome.prediction.correct == (
            outcome.gold.answers[0] in (outcome.prediction.quote or "")
        )
        assert outcome.prediction.answered == (outcome.prediction.confidence >= 0.5)
        assert outcome.ask_ms >= outcome.retrieve_ms > 0
        assert (outcome.fault == "") == outcome.prediction.correct


def test_the_prediction_is_the_answer_without_a_threshold(
    tmp_path: Path, cities: ReadingSet
) -> None:
    store, strict = store_in(tmp_path / "temporary"), answerers.answerer(1.0)
    outcomes = ask_all(cities, store, strict)
    searcher = store.fill(cities.contexts)
    for outcome in outcomes:
        best = strict.ask(Request(outcome.gold.question, decide=False), searcher)
        assert (outcome.prediction.short_answer, outcome.prediction.confidence) == (
            best.short_answer,
            best.confidence,
        )
        assert outcome.prediction.quote == best.citations[0].quote
        assert not outcome.prediction.answered or outcome.prediction.confidence == 1


def test_left_out_articles_are_nowhere_in_the_store(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    store = store_in(tmp_path / "temporary")
    outcomes = ask_left_out(cities, ask_all(cities, store, answerer), store, answerer)
    assert [outcome.gold for outcome in outcomes] == list(cities.questions)
    for outcome in outcomes:
        assert outcome.left_out is not None
        assert outcome.left_out.article_id != article_id(outcome.gold.context)
        assert not outcome.left_out.correct
    scores = scores_of(outcomes, 0.5).left_out
    assert scores is not None
    assert scores.asks == 2 * len(outcomes)
    assert (scores.auroc_present or 0) > 0.9
    # Every part comes back when the next one goes.
    assert store.manifest.articles == len(CITIES) - 1
    assert store.without(0).catalogue.article(article_id(context("癸市"))) is not None
    assert store.without(0).catalogue.article(article_id(context("甲市"))) is None
    assert store.without(0).catalogue.article(article_id(context("寅市"))) is None


def packed(path: Path, *texts: str) -> Path:
    lines = [json.dumps({"text": text}) + "\n" for text in texts]
    path.write_bytes(gzip.compress("".join(lines).encode()))
    return path


def test_others_are_put_among_the_contexts_and_stay_when_one_goes(
    tmp_path: Path, cities: ReadingSet
) -> None:
    others = packed(tmp_path / "others.jsonl.gz", "巳市没有地铁。", "午市也没有地铁。")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("未市的地铁还在修建。", encoding="utf-8")
    store = store_in(tmp_path / "temporary", others, folder)
    store.fill(cities.contexts)
    assert store.manifest.articles == len(CITIES) + 3
    store.without(3)
    assert store.manifest.articles == len(CITIES) + 2
    store.fill(cities.contexts[:2])
    assert store.manifest.articles == 2 + 3
    assert store.failed == []


def test_a_context_among_the_others_is_the_same_article_and_cannot_be_left_out(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    twin = packed(tmp_path / "a.jsonl.gz", context("甲市"), "另一篇。")
    store = store_in(tmp_path / "temporary", twin)
    outcomes = ask_all(cities, store, answerer)
    assert outcomes[0].ranks["fusion"] == 1
    assert outcomes[0].prediction.article_id == article_id(context("甲市"))
    with pytest.raises(UsageError, match="is one of the contexts"):
        store.without(0)


def test_contexts_that_cannot_be_indexed_are_refused(tmp_path: Path, cities: ReadingSet) -> None:
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(b"not packed")
    for path, message in (
        (broken, "can't be unpacked"),
        (tmp_path / "none.jsonl.gz", "No such file"),
    ):
        with pytest.raises(UsageError, match=message):
            store_in(tmp_path / "one", path)
    store = store_in(tmp_path / "two", tmp_path / "nowhere")
    store.fill(cities.contexts)
    assert store.failed == [
        f"{tmp_path / 'nowhere'}: does not exist; check the spelling of the path."
    ]
    with pytest.raises(UsageError, match="A context can't be made an article: 'a"):
        store_in(tmp_path / "three").fill(["一篇。", "a\0b"])
    single = store_in(tmp_path / "four")
    single.fill(["一篇。"])
    with pytest.raises(UsageError, match="two contexts at least"):
        single.without(0)


def test_articles_are_ranked_once_each() -> None:
    assert rank_of("c", ["a", "a", "b", "a", "c", "c"]) == 3
    assert rank_of("a", ["a", "b"]) == 1
    assert rank_of("x", ["a", "b"]) is None


def test_an_evaluation_is_rendered_as_json_and_as_lines(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    hard = replace(
        cities,
        questions=tuple(replace(gold, answers=("没有的话",)) for gold in cities.questions[:8]),
    )
    evaluation = evaluate_set(hard, store_in(tmp_path / "temporary"), answerer, 0.5, left_out=True)
    value = as_value(evaluation)
    assert value["questions"] == len(value["errors"]) == 8
    assert value["evidence_hit"] == value["exact_match"] == 0
    assert value["deciding"]["precision"] == 0
    assert value["left_out"]["at_precision"] is None
    assert {error["fault"] for error in value["errors"]} == {"another sentence"}
    assert json.loads(json.dumps(value)) == value
    lines = list(as_lines(evaluation))
    assert lines[0].startswith("cities.json: 8 questions about 11 contexts, asked over 11 articles")
    assert "    for 90% right: no threshold brings that" in lines
    assert lines[-6] == "  errors: 8 (another sentence 8)"
    assert len(lines) == 21
