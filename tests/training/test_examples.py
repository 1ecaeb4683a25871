"""What the networks learn from: near misses, dictionary translations, nothing that is measured."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from index.article import Span
from qa.answer_types import AnswerType
from qa.entities.names import Name
from tests.conftest import ROOT
from tests.support import small_index
from training.data_folder import DATA
from training.examples import FOLDS, Example, chinese, english, near_miss
from training.leakage import Leakage, measuring
from training.translate import Translator

NEEDS_DATA = pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data beside the project")
CONTEXT = "沈阳在2016年建了地铁,大连在2015年也建了。"


def example(question: str) -> Example:
    return Example(question, CONTEXT, Span(0, 2), AnswerType.MONEY, "zh→zh", None)


def test_a_near_miss_asks_of_a_year_that_the_article_does_not_have() -> None:
    asked = example("2016年建了什么?")
    made = [near_miss(asked, [], {}, random.Random(seed)) for seed in range(20)]
    found = [one for one in made if one is not None]
    assert 10 < len(found) < 20  # not where the other year is 2015
    for one in found:
        assert one.question[4:] == "年建了什么?"
        assert one.question[:4] not in CONTEXT


def test_a_near_miss_asks_of_another_party() -> None:
    asked, pool = example("沈阳建了什么?"), {AnswerType.PLACE: ["武汉"]}
    own = [Name("沈阳", AnswerType.PLACE, Span(0, 2))]
    found = near_miss(asked, own, pool, random.Random(1))
    assert found is not None
    assert (found.question, found.context) == ("武汉建了什么?", CONTEXT)
    assert near_miss(asked, own, {AnswerType.PLACE: ["大连"]}, random.Random(1)) is None
    assert near_miss(example("建了什么?"), [], pool, random.Random(1)) is None


@NEEDS_DATA
def test_no_example_holds_a_measuring_text_and_neighbours_share_their_fold() -> None:
    chance = random.Random(2)
    translator = Translator(DATA, small_index.analyzer(), chance)
    leaks = Leakage(measuring(DATA))
    for family in (chinese, english):
        found = family(DATA, translator)
        assert len({one.group for one in found.examples}) == 2
        for one in chance.sample(found.examples, 200):
            assert not leaks(one.question)
            assert not leaks(one.context)
            assert one.context in found.contexts
        fresh = [one for one in found.examples if one.fold is not None]
        assert {one.fold for one in fresh} == set(range(FOLDS))
        split = [
            one
            for one, other in pairwise(fresh)
            if one.context == other.context and one.fold != other.fold
        ]
        assert len(split) < 4 * 5 * FOLDS  # at the borders of the parts alone


@NEEDS_DATA
def test_questions_are_translated_word_by_word() -> None:
    translator = Translator(DATA, small_index.analyzer(), random.Random(0))
    assert "bridge" in translator.english("北京有多少座桥?")
    assert "how many" in translator.english("北京有多少座桥?")
    assert "多少" in translator.chinese("How many bridges are there?")
    assert "1858" in translator.chinese("What happened in 1858?")


def test_every_network_file_is_one_that_the_stages_write() -> None:
    from training.rankers import confidence, passage_ranker, sentence_ranker

    files = {passage_ranker.FILE, sentence_ranker.FILE, confidence.NETWORK, confidence.CURVE}
    shipped = {*(ROOT / "index" / "search").glob("*.json"), *(ROOT / "qa").rglob("*.json")}
    assert files == shipped
    assert all(Path(file).stat().st_size < 100_000 for file in files)
