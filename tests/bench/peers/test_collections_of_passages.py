"""Passages are cut as by a rebuild, and the right ones are those that hold the answer."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers.collections_of_passages import (
    SETS,
    Cut,
    FoldedPassage,
    holding,
    questions_of,
    write_articles,
)
from bench.peers.retriever import Collection
from tests.support.reading_sets import squad, write

CITIES = ["甲市", "乙市", "丙市"]
WORDS = st.text("甲乙丙丁戊己", min_size=1)


@given(WORDS, WORDS, WORDS)
def test_a_text_is_found_wholly_or_across_the_border_of_its_article(
    before: str, text: str, after: str
) -> None:
    whole = FoldedPassage(0, before + text + after, "a")
    assert holding([whole], [text]) == {0}
    for cut in range(1, len(text)):
        passages = [
            FoldedPassage(0, before + text[:cut], "a"),
            FoldedPassage(1, text[cut:] + after, "a"),
        ]
        within = {passage.position for passage in passages if text in passage.text}
        assert holding(passages, [text]) == (within or {0, 1})


def test_neighbours_of_two_articles_hold_nothing_together() -> None:
    passages = [FoldedPassage(0, "全长5", "a"), FoldedPassage(1, "公里。", "b")]
    assert holding(passages, ["5公里"]) == frozenset()
    assert holding([*passages, FoldedPassage(2, "5公里", "c")], ["５ 公里", "六公里"]) == {2}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "measure").mkdir(parents=True)
    for name in ("xquad-dev-zh", "xquad-dev-en", "cmrc2018-dev"):
        write(tmp_path / "data" / "measure" / f"{name}.json.gz", squad(CITIES))
    return tmp_path / "data"


def cut_of(collection: str, data: Path) -> Cut:
    articles = data / f"{collection}.jsonl"
    write_articles(collection, data, articles)
    return Cut.of(articles, data / "store")


def test_each_question_has_the_passage_of_its_own_text(data: Path) -> None:
    cut = cut_of("xquad", data)
    assert len(cut.collection.passages) == len(CITIES)
    for asked in SETS:
        if asked.collection == "xquad":
            questions = questions_of(asked, data, cut, most=100)
            assert len(questions) == 6
            for question in questions:
                passage = cut.collection.passages[next(iter(question.right))]
                assert len(question.right) == 1
                assert any(city in passage and city in question.text for city in CITIES)
            assert questions_of(asked, data, cut, most=3) == questions[::2]


def test_a_worker_gets_texts_alone(data: Path, tmp_path: Path) -> None:
    cut = cut_of("cmrc", data)
    cut.collection.write(tmp_path / "collection.json")
    written = json.loads((tmp_path / "collection.json").read_text(encoding="utf-8"))
    assert written.keys() == {"articles", "passages"}
    articles = Path(written["articles"]).read_text(encoding="utf-8").splitlines()
    assert {key for line in articles for key in json.loads(line)} == {"id", "text"}
    assert Collection.read(tmp_path / "collection.json") == cut.collection
