"""Training examples: near misses, dictionary translations, and no text of a measuring set."""

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

NEEDS_DATA = pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
CONTEXT = "沈阳在2016年建了地铁,大连在2015年也建了。"


def example(question: str) -> Example:
    return Example(question, CONTEXT, Span(0, 2), AnswerType.MONEY, "zh→zh", None)


def test_a_near_miss_asks_of_a_year_that_the_article_does_not_have() -> None:
    original = example("2016年建了什么?")
    tries = [near_miss(original, [], {}, random.Random(seed)) for seed in range(20)]
    misses = [miss for miss in tries if miss is not None]
    assert 10 < len(misses) < 20  # not where the other year is 2015
    for miss in misses:
        assert miss.question[4:] == "年建了什么?"
        assert miss.question[:4] not in CONTEXT


def test_a_near_miss_asks_of_another_party() -> None:
    original, pool = example("沈阳建了什么?"), {AnswerType.PLACE: ["武汉"]}
    own = [Name("沈阳", AnswerType.PLACE, Span(0, 2))]
    miss = near_miss(original, own, pool, random.Random(1))
    assert miss is not None
    assert (miss.question, miss.context) == ("武汉建了什么?", CONTEXT)
    assert near_miss(original, own, {AnswerType.PLACE: ["大连"]}, random.Random(1)) is None
    assert near_miss(example("建了什么?"), [], pool, random.Random(1)) is None


@NEEDS_DATA
def test_no_example_contains_a_measuring_text_and_adjacent_ones_share_a_fold() -> None:
    chance = random.Random(2)
    translator = Translator(DATA, small_index.analyzer(), chance)
    leaks = Leakage(measuring(DATA))
    for family in (chinese, english):
        example_set = family(DATA, translator)
        assert len({item.group for item in example_set.examples}) == 2
        for item in chance.sample(example_set.examples, 200):
            assert not leaks(item.question)
            assert not leaks(item.context)
            assert item.context in example_set.contexts
        fresh = [item for item in example_set.examples if item.fold is not None]
        assert {item.fold for item in fresh} == set(range(FOLDS))
        split = [
            item
            for item, other in pairwise(fresh)
            if item.context == other.context and item.fold != other.fold
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
    from index.search import ranking
    from training.rankers import confidence, sentence_ranker

    files = {ranking.WEIGHTS, sentence_ranker.FILE, confidence.NETWORK, confidence.CURVE}
    shipped = {*(ROOT / "index" / "search").glob("*.json"), *(ROOT / "qa").rglob("*.json")}
    assert files == shipped
    assert all(Path(file).stat().st_size < 100_000 for file in files)
