"""Late interaction scores a text alike, tokenized now or when it was indexed."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import Ragged
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder, units
from index.search.late_interaction import LateInteraction
from index.search.searcher import Searcher
from index.search.sentence_index import SentenceIndex, SentencePart, Sentences, write_sentences
from index.text.sentences import sentences
from tests.support.small_index import TEXTS, SmallIndex, TinyEncoder, models, query, search

ENCODER = StaticEncoder(model_folder(BUNDLED))
QUESTION = "丙国通过NIST投资了多少?"
TALK = "甲市在2016年建了地铁。乙市的公园里有三百只孔雀。丙国通过NIST投资了1.6亿美元。"


def by_hand(question: str, text: str) -> float:
    """Compute the score as the module's docstring defines it, one window at a time."""
    spans = sentences(text)
    windows = [text[a.start : b.end] for i, a in enumerate(spans) for b in spans[i : i + 2]]
    best = max(0.5 * cosine(question, window) + coverage(question, window) for window in windows)
    return best + coverage(question, text)


def cosine(one: str, other: str) -> float:
    """Return the cosine of two texts."""
    return float(ENCODER.embed_questions([one])[0] @ ENCODER.embed_passages([other])[0])


def coverage(question: str, text: str) -> float:
    """Return the weighted mean of the MaxSim of a question's tokens in a text."""
    ours = ENCODER.token_vectors(np.unique(ENCODER.tokens([question])[0]))
    theirs = ENCODER.token_vectors(np.unique(ENCODER.tokens([text])[0]))
    lengths = np.linalg.norm(ours, axis=1)
    weights = lengths**1.5
    cosines = (ours @ theirs.T) / np.outer(lengths, np.linalg.norm(theirs, axis=1))
    return float(weights @ np.maximum(cosines.max(axis=1), 0) / weights.sum())


@pytest.mark.parametrize("question", ["丙国投资了多少?", "How many peacocks are there?", "地铁"])
def test_a_score_is_what_the_module_defines(question: str) -> None:
    texts = [TALK, TALK[:12], "公园里没有地铁。"]
    scores = LateInteraction(question, ENCODER).scores(Sentences.of(texts, ENCODER))
    np.testing.assert_allclose(scores, [by_hand(question, text) for text in texts], atol=1e-3)


@given(st.lists(st.lists(st.integers(0, 900), min_size=1, max_size=200), min_size=1, max_size=8))
def test_tokens_compared_in_batches_score_as_compared_one_by_one(rows: list[list[int]]) -> None:
    counts = np.arange(len(rows) + 1)
    passages = Sentences(Ragged.of(rows), counts, np.ones((len(rows), 2), dtype=np.float32))
    asked = ENCODER.token_vectors(np.unique(ENCODER.tokens([QUESTION])[0]))
    compared = LateInteraction(QUESTION, ENCODER).compare(passages)
    for at, tokens in enumerate(rows):
        vectors = ENCODER.token_vectors(np.array(tokens))
        cosines = units(asked) @ units(vectors).T
        np.testing.assert_allclose(
            compared.maxsim[:, at], np.maximum(cosines, 0).max(axis=1), atol=1e-5
        )
        product = vectors.sum(axis=0) @ ENCODER.embed_questions([QUESTION])[0]
        np.testing.assert_allclose(compared.cosines[at], [product] * 2, rtol=1e-3, atol=1e-3)


def test_a_passage_is_scored_by_its_best_sentence() -> None:
    chatter = "今天天气很好，大家都去散步了。" * 12
    texts = [chatter + "丙国通过NIST投资了1.6亿美元。" + chatter, chatter * 2]
    scores = LateInteraction("NIST投资了多少?", ENCODER).scores(Sentences.of(texts, ENCODER))
    assert scores[0] > scores[1] + 1


@given(st.lists(TEXTS, max_size=6), TEXTS)
def test_every_text_has_a_finite_score_of_its_own(texts: list[str], question: str) -> None:
    asked = LateInteraction(question, ENCODER)
    together = asked.scores(Sentences.of(texts, ENCODER))
    assert together.shape == (len(texts),)
    assert np.isfinite(together).all()
    for text, score in zip(texts, together, strict=True):
        alone = asked.scores(Sentences.of([text], ENCODER))
        np.testing.assert_allclose(alone, [score], atol=1e-4)


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_an_index_gives_back_the_sentences_of_its_passages_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("sentences")
    numbers = [7 * at + 3 for at in range(len(texts))]
    split = data.draw(st.integers(0, len(texts)))
    first = part(root / "1", numbers[:split], texts[:split])
    second = part(root / "2", numbers[split:], texts[split:])
    index = SentenceIndex([second, first])
    assert len(index) == len(texts)
    wanted = data.draw(st.lists(st.sampled_from(numbers), max_size=8))
    assert_same(
        index.take(wanted), Sentences.of([texts[numbers.index(n)] for n in wanted], ENCODER)
    )
    used = Sentences.of(texts, ENCODER).tokens.values
    assert index.vocabulary().tolist() == sorted(set(used.tolist()))


def test_an_empty_index_can_be_written_and_read(tmp_path: Path) -> None:
    for index in (SentenceIndex([]), SentenceIndex([part(tmp_path / "none", [], [])])):
        assert len(index) == len(index.vocabulary()) == 0
        assert_same(index.take([]), Sentences.of([], ENCODER))


def part(folder: Path, numbers: list[int], texts: list[str]) -> SentencePart:
    """Write the sentences of a segment and read them."""
    folder.mkdir()
    np.save(folder / "passages.npy", np.array(numbers, dtype=np.int64))
    write_sentences(folder, [Sentences.of([text], ENCODER) for text in texts])
    return SentencePart(folder)


def test_a_search_ranks_by_the_best_sentence(corpus: SmallIndex) -> None:
    for number in range(4):
        corpus.put(f"{number}.txt", f"# 第{number}条新闻\n\n" + "天气很好，大家都去散步了。" * 9)
    corpus.put("talk.txt", "天气很好，大家都去散步了。" * 9 + TALK)
    corpus.rebuild(ENCODER)
    searcher = Searcher(corpus.open(ENCODER), models(ENCODER))
    for question in ("孔雀有多少只?", "How many peacocks live in the park?"):
        assert search(searcher, question)[0].passage.article_id.startswith("talk")


def test_an_incremental_rebuild_scores_as_a_full_one(corpus: SmallIndex) -> None:
    corpus.put("a.txt", TALK)
    corpus.put("b.txt", "公园里没有地铁。" * 5)
    corpus.rebuild(TinyEncoder())  # another model's generation has no sentences to take over
    corpus.rebuild(ENCODER)
    corpus.put("b.txt", "公园里有了地铁。" * 5)
    corpus.put("c.txt", "图书馆在山上。\n\n" + TALK)
    corpus.rebuild(ENCODER)
    grown = scored(corpus)
    corpus.rebuild(ENCODER, full=True)
    assert len(grown) == 3
    assert grown == pytest.approx(scored(corpus))


def scored(corpus: SmallIndex) -> dict[str, float]:
    """Return the score of each article."""
    searcher = Searcher(corpus.open(ENCODER), models(ENCODER))
    asked = query(searcher, "公园里有多少只孔雀?")
    numbers = [number for number, _ in searcher.dense(asked, 50)]
    places = searcher.catalogue.passages(numbers)
    scores = searcher.compare(asked, numbers).scores.tolist()
    return {places[n].article_id: score for n, score in zip(numbers, scores, strict=True)}


def assert_same(one: Sentences, other: Sentences) -> None:
    """Check that both are the same passages."""
    np.testing.assert_array_equal(one.firsts, other.firsts)
    np.testing.assert_array_equal(one.tokens.values, other.tokens.values)
    np.testing.assert_array_equal(one.tokens.starts, other.tokens.starts)
    np.testing.assert_allclose(one.norms, other.norms, rtol=1e-5)
