"""Many texts get the tokens that `tokenizers` gives each."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.models.loading import BUNDLED, model_folder
from index.models.run_tokenizer import RUNS, RunTokenizer
from index.models.static import StaticEncoder
from tests.conftest import ROOT
from tests.support.small_index import TEXTS

TOKENIZER = Tokenizer.from_file(str(model_folder(BUNDLED) / "tokenizer.json"))
OTHERS = "ABC中國，。…𠮷\U000323af々〇ßéɏ１²㈱が한🙂\u0301\n\r 0"


@pytest.fixture(scope="module")
def tokenizer() -> RunTokenizer:
    tokenizer = RunTokenizer.of(TOKENIZER.to_str())
    assert tokenizer is not None
    return tokenizer


def expected(texts: Sequence[str]) -> list[list[int]]:
    encodings = TOKENIZER.encode_batch(list(texts), add_special_tokens=False)
    return [encoding.ids for encoding in encodings]


@given(st.lists(TEXTS | st.text(OTHERS, max_size=40), max_size=5))
def test_tokens_are_those_of_the_tokenizer(tokenizer: RunTokenizer, texts: list[str]) -> None:
    assert tokenizer.tokens(texts, TOKENIZER.normalizer.normalize_str) == expected(texts)


def test_tokens_of_the_sample_articles_are_those_of_the_tokenizer(tokenizer: RunTokenizer) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "articles").glob("*.txt"))]
    assert len(texts) > 3
    assert tokenizer.tokens(texts, TOKENIZER.normalizer.normalize_str) == expected(texts)


def test_the_runs_are_those_of_the_tokenizers_rules_for_every_character() -> None:
    every = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    text = "\n".join(every)
    assert [run for run, _ in TOKENIZER.pre_tokenizer.pre_tokenize_str(text)] == RUNS.findall(text)


def test_a_model_of_another_kind_is_left_to_its_tokenizer(eight_words: object) -> None:
    encoder = StaticEncoder(eight_words)  # type: ignore[arg-type]
    before = encoder.tokens(["the city", "nist"])
    encoder.prepare_for_many()
    assert encoder.tokens(["the city", "nist"]) == before
