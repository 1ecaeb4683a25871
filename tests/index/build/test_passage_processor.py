"""Passages processed in batches get the terms and vectors of each passage alone."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build.passage_processor import Outputs, PassageProcessor
from index.library.content import StoredPassage
from index.models.encoder import Vectors
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.search.lexical_index import PassageTerms
from index.search.sentence_index import Sentences
from index.text.analyzer import bigrams
from tests.conftest import ROOT
from tests.support import small_index
from tests.support.small_index import TEXTS, TinyEncoder, bundled_encoder

BOTH = Outputs(terms=True, vectors=True)
TALK = "甲市在2016年建了地铁。“完了！”他说…… The U.S. paid; done.\n乙市？没有"
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "articles").glob("*.*"))]


def stored(texts: list[str], context: str = "题\n一、投资") -> list[StoredPassage]:
    return [StoredPassage(at, text, b"", context) for at, text in enumerate(texts)]


def vectors_of(texts: list[str], encoder: StaticEncoder) -> Vectors:
    """Return the vectors of passages processed for an index."""
    processed = PassageProcessor(small_index.analyzer(), encoder)(
        (stored(texts), Outputs(terms=False, vectors=True))
    )
    assert processed.terms == []
    assert processed.vectors is not None
    return processed.vectors


@settings(max_examples=200)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_vectors_are_those_of_the_encoder_and_sentences_those_of_the_index(
    texts: list[str],
) -> None:
    processed = PassageProcessor(small_index.analyzer(), bundled_encoder())((stored(texts), BOTH))
    assert processed.vectors is not None
    np.testing.assert_allclose(
        processed.vectors, bundled_encoder().embed_passages(texts), atol=1e-6
    )
    assert processed.sentences is not None
    wanted = Sentences.of(texts, bundled_encoder())
    np.testing.assert_array_equal(processed.sentences.tokens.values, wanted.tokens.values)
    np.testing.assert_array_equal(processed.sentences.firsts, wanted.firsts)


def test_vectors_of_real_articles_are_those_of_the_encoder() -> None:
    lines = [line for text in ARTICLES for line in text.splitlines() if line.strip()]
    assert len(lines) > 100
    texts = ARTICLES + lines
    encoder = bundled_encoder()
    np.testing.assert_allclose(vectors_of(texts, encoder), encoder.embed_passages(texts), atol=1e-6)


def test_a_prompt_of_the_models_is_in_the_vectors() -> None:
    prompted = StaticEncoder(model_folder(BUNDLED), passage_prompt="一段文章：")
    texts = [TALK, "", "乙市的公园里有三百只孔雀。"]
    np.testing.assert_allclose(
        vectors_of(texts, prompted), prompted.embed_passages(texts), atol=1e-6
    )
    assert not np.allclose(
        prompted.embed_passages(texts), bundled_encoder().embed_passages(texts), atol=1e-2
    )


def test_a_model_that_joins_what_a_mark_parts_is_given_each_text_whole(
    eight_words: Path, tmp_path: Path
) -> None:
    """Two sentences together have other tokens than each alone."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    assert bundled_encoder().splits_at_marks
    vocabulary = {"[UNK]": 0, "。c": 1, "c": 2, "。": 3, "b": 4, "a": 5}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("。c", "isolated")
    folder = tmp_path / "joining"
    shutil.copytree(eight_words, folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    joining = StaticEncoder(folder)
    assert not joining.splits_at_marks
    texts = ["a。c", "b", "c", "a。b"]
    np.testing.assert_allclose(vectors_of(texts, joining), joining.embed_passages(texts), atol=1e-6)


@settings(max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_terms_are_those_of_text_and_context(texts: list[str], context: str) -> None:
    processed = PassageProcessor(small_index.analyzer(), TinyEncoder())(
        (stored(texts, context), BOTH)
    )
    words = small_index.analyzer()
    assert processed.terms == [
        PassageTerms.of(words.terms(text), bigrams(text), words.terms(context)) for text in texts
    ]
    assert (processed.vectors, processed.sentences) == (None, None)


def test_only_what_is_wanted_is_made() -> None:
    processed = PassageProcessor(small_index.analyzer(), bundled_encoder())(
        (stored([TALK]), Outputs(terms=True, vectors=False))
    )
    assert (len(processed.terms), processed.vectors, processed.sentences) == (1, None, None)


@pytest.mark.parametrize("text", ["", " \n", "。", "\ufffd", "…" * 40])
def test_a_text_without_a_known_word_has_the_zero_vector_or_its_own(text: str) -> None:
    encoder = bundled_encoder()
    np.testing.assert_allclose(
        vectors_of([text], encoder), encoder.embed_passages([text]), atol=1e-6
    )
