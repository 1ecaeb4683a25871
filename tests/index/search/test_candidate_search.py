"""Candidates are the same, sought side by side or one after the other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.candidate_search import CandidateSearch
from index.search.searcher import Searcher
from tests.support.small_index import SmallIndex, query

K = 9
WORDS = ["大桥", "地铁", "NIST", "投资", "城市", "2016年", "通车", "安静", "多少", "bridge"]
QUESTIONS = st.lists(st.sampled_from(WORDS), max_size=5).map("".join)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    corpus = SmallIndex(tmp_path_factory.mktemp("candidates"))
    texts = ["大桥在2016年通车。", "NIST投资了地铁。", "城市很安静。", "A bridge of the city."]
    corpus.put_lines(
        "a.jsonl",
        *({"id": str(at), "text": text * (at % 3 + 1)} for at, text in enumerate(texts * 4)),
    )
    corpus.rebuild()
    return corpus.searcher()


@pytest.fixture(scope="module")
def both(searcher: Searcher) -> tuple[CandidateSearch, CandidateSearch]:
    """Return a search side by side and one in sequence, of the same generation."""
    generation = searcher._generation
    return CandidateSearch(generation, many=0), CandidateSearch(generation, many=1_000)


@given(QUESTIONS, st.none() | st.sets(st.integers(0, 20)))
def test_side_by_side_finds_the_same(
    searcher: Searcher,
    both: tuple[CandidateSearch, CandidateSearch],
    question: str,
    allowed: set[int] | None,
) -> None:
    beside, alone = both
    asked = query(searcher, question)
    among = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    assert beside.search(asked, K, among) == alone.search(asked, K, among)


def test_questions_that_come_at_once_find_what_each_finds_alone(
    searcher: Searcher, both: tuple[CandidateSearch, CandidateSearch]
) -> None:
    beside, alone = both
    asked = [query(searcher, f"{one}{other}") for one in WORDS for other in WORDS]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda question: beside.search(question, K, None), asked))
    assert found == [alone.search(question, K, None) for question in asked]


def test_what_one_retrieval_raises_is_raised_and_the_next_question_is_answered(
    searcher: Searcher, both: tuple[CandidateSearch, CandidateSearch]
) -> None:
    beside, alone = both
    asked = query(searcher, "大桥")
    short = replace(asked, vector=asked.vector[:, :3])
    no_text = replace(asked, bigrams=["\ud800"])
    for engine in (beside, alone):
        with pytest.raises(AssertionError):  # of FAISS
            engine.search(short, K, None)
        with pytest.raises(ValueError, match="Expected Str"):
            engine.search(no_text, K, None)
        assert engine.search(asked, K, None).dense


def test_a_searcher_seeks_candidates_of_both_kinds(searcher: Searcher) -> None:
    asked = query(searcher, "大桥何时通车?")
    lists = searcher.candidates(asked)
    assert lists.dense == searcher.dense(asked, 50)
    assert lists.lexical == searcher.lexical(asked, 50)
    assert len(lists.numbers) == len(set(lists.numbers))
