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
from qa.answerer import Answerer, Request
from qa.evaluation.render import as_lines, as_value
from qa.evaluation.run import LEGS, ask_all, ask_left_out, rank_of
from qa.evaluation.scores import count, evaluate_set
from qa.evaluation.squad import ReadingSet, read_set
from qa.evaluation.temporary_store import TemporaryStore, article_id
from tests.support import answerers, small_index
from tests.support.reading_sets import FACTS, context, squad, write

CITIES = list(FACTS)


@pytest.fixture
def cities(tmp_path: Path) -> ReadingSet:
    return read_set(write(tmp_path / "cities.json", squad(CITIES)))


def shelf_in(folder: Path, *among: Path) -> TemporaryStore:
    folder.mkdir(exist_ok=True)
    encoder = StaticEncoder(model_folder(BUNDLED))
    return TemporaryStore(folder, encoder, small_index.analyzer(), among, silent)


def test_every_question_is_asked_over_all_contexts(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    told: list[str] = []
    shelf = shelf_in(tmp_path / "shelf")
    shelf.progress = lambda phase, done, total: told.append(f"{phase} {done} of {total}")
    outcomes = ask_all(cities, shelf, answerer)
    assert shelf.manifest.articles == len(CITIES)
    assert [one.asked for one in outcomes] == list(cities.asked)
    assert all(set(one.ranks) == set(LEGS) for one in outcomes)
    assert sum(one.ranks["fusion"] == 1 for one in outcomes) >= len(outcomes) - 2
    assert told[0] == "asking 0 of 22"
    assert told[-1] == "asking 22 of 22"
    for one in outcomes:
        assert one.given.right == (one.asked.golds[0] in (one.given.quote or ""))
        assert one.given.answered == (one.given.confidence >= 0.5)
        assert one.ask_ms >= one.retrieve_ms > 0
        assert (one.fault == "") == one.given.right


def test_what_is_given_is_what_is_given_without_deciding(
    tmp_path: Path, cities: ReadingSet
) -> None:
    shelf, never = shelf_in(tmp_path / "shelf"), answerers.answerer(1.0)
    outcomes = ask_all(cities, shelf, never)
    searcher = shelf.fill(cities.contexts)
    for one in outcomes:
        best = never.ask(Request(one.asked.question, decide=False), searcher)
        assert (one.given.short_answer, one.given.confidence) == (
            best.short_answer,
            best.confidence,
        )
        assert one.given.quote == best.citations[0].quote
        assert not one.given.answered or one.given.confidence == 1


def test_without_means_that_the_article_is_nowhere(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    shelf = shelf_in(tmp_path / "shelf")
    outcomes = ask_left_out(cities, ask_all(cities, shelf, answerer), shelf, answerer)
    assert [one.asked for one in outcomes] == list(cities.asked)
    for one in outcomes:
        assert one.left_out is not None
        assert one.left_out.article_id != article_id(one.asked.context)
        assert not one.left_out.right
    figures = count(outcomes, 0.5).left_out
    assert figures is not None
    assert figures.asks == 2 * len(outcomes)
    assert (figures.auroc_present or 0) > 0.9
    # Every part comes back when the next one goes.
    assert shelf.manifest.articles == len(CITIES) - 1
    assert shelf.without(0).catalogue.article(article_id(context("癸市"))) is not None
    assert shelf.without(0).catalogue.article(article_id(context("甲市"))) is None
    assert shelf.without(0).catalogue.article(article_id(context("寅市"))) is None


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
    shelf = shelf_in(tmp_path / "shelf", others, folder)
    shelf.fill(cities.contexts)
    assert shelf.manifest.articles == len(CITIES) + 3
    shelf.without(3)
    assert shelf.manifest.articles == len(CITIES) + 2
    shelf.fill(cities.contexts[:2])
    assert shelf.manifest.articles == 2 + 3
    assert shelf.failed == []


def test_a_context_among_the_others_is_the_same_article_and_cannot_be_left_out(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    twin = packed(tmp_path / "a.jsonl.gz", context("甲市"), "另一篇。")
    shelf = shelf_in(tmp_path / "shelf", twin)
    outcomes = ask_all(cities, shelf, answerer)
    assert outcomes[0].ranks["fusion"] == 1
    assert outcomes[0].given.article_id == article_id(context("甲市"))
    with pytest.raises(UsageError, match="is one of the contexts"):
        shelf.without(0)


def test_what_cannot_be_put_on_a_shelf_is_refused(tmp_path: Path, cities: ReadingSet) -> None:
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(b"not packed")
    for path, told in ((broken, "can't be unpacked"), (tmp_path / "none.jsonl.gz", "No such file")):
        with pytest.raises(UsageError, match=told):
            shelf_in(tmp_path / "one", path)
    shelf = shelf_in(tmp_path / "two", tmp_path / "nowhere")
    shelf.fill(cities.contexts)
    assert shelf.failed == [
        f"{tmp_path / 'nowhere'}: does not exist; check the spelling of the path."
    ]
    with pytest.raises(UsageError, match="A context can't be made an article: 'a"):
        shelf_in(tmp_path / "three").fill(["一篇。", "a\0b"])
    single = shelf_in(tmp_path / "four")
    single.fill(["一篇。"])
    with pytest.raises(UsageError, match="two contexts at least"):
        single.without(0)


def test_articles_are_ranked_once_each() -> None:
    assert rank_of("c", ["a", "a", "b", "a", "c", "c"]) == 3
    assert rank_of("a", ["a", "b"]) == 1
    assert rank_of("x", ["a", "b"]) is None


def test_an_evaluation_is_told_whole_in_json_and_in_short_to_a_person(
    tmp_path: Path, cities: ReadingSet, answerer: Answerer
) -> None:
    hard = replace(
        cities, asked=tuple(replace(one, golds=("没有的话",)) for one in cities.asked[:8])
    )
    found = evaluate_set(hard, shelf_in(tmp_path / "shelf"), answerer, 0.5, left_out=True)
    value = as_value(found)
    assert value["questions"] == len(value["errors"]) == 8
    assert value["evidence_hit"] == value["exact_match"] == 0
    assert value["deciding"]["precision"] == 0
    assert value["left_out"]["at_precision"] is None
    assert {one["fault"] for one in value["errors"]} == {"another sentence"}
    assert json.loads(json.dumps(value)) == value
    lines = list(as_lines(found))
    assert lines[0].startswith("cities.json: 8 questions about 11 contexts, asked over 11 articles")
    assert "    for 90% right: no threshold brings that" in lines
    assert lines[-6] == "  errors: 8 (another sentence 8)"
    assert len(lines) == 21
