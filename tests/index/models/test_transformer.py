"""A cross-encoder, made here, puts the best passages in its own order."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.models.loading import open_reranker
from index.search.searcher import RERANKED, Searcher
from tests.support.small_index import SmallIndex, models, search

QUESTION = "甲市有什么?"


def saved(folder: Path, labels: int = 1) -> Path:
    """Save a small BERT with random weights that reads characters."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocabulary = {char: at for at, char in enumerate([*marks, *"甲市有什么桥河山园路站馆塔?。"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, initializer_range=1.0, id2label={at: str(at) for at in range(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)  # fmt: skip
    return folder


def test_the_best_passages_are_in_its_order(corpus: SmallIndex, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = saved(tmp_path / "model")
    for number, two in zip(range(RERANKED + 5), combinations("桥河山园路站馆塔", 2), strict=False):
        corpus.put(f"{number}.txt", f"甲市有{'和'.join(two)}。")
    corpus.rebuild()
    plain = search(corpus.searcher(), QUESTION, RERANKED + 5)
    reranker = open_reranker(str(folder))
    ranked = search(Searcher(corpus.open(), models(reranker=reranker)), QUESTION, RERANKED + 5)

    assert {hit.number for hit in ranked} == {hit.number for hit in plain}
    texts = [f"{hit.passage.title}\n{hit.passage.text}" for hit in ranked[:RERANKED]]
    shares = CrossEncoder(str(folder), device="cpu").predict([(QUESTION, text) for text in texts])
    assert (np.diff(shares) <= 1e-5).all()
    assert shares[0] > shares[-1] + 0.01
    np.testing.assert_allclose([hit.score for hit in ranked[:RERANKED]], shares, atol=1e-5)
    assert [hit.number for hit in ranked] != [hit.number for hit in plain]
    assert [hit.number for hit in ranked[RERANKED:]] == [hit.number for hit in plain[RERANKED:]]


def test_without_a_name_there_is_no_reranker() -> None:
    assert open_reranker("") is None


def test_a_model_that_does_not_rank_is_refused(tmp_path: Path) -> None:
    reranker = open_reranker(str(saved(tmp_path / "model", labels=3)))
    assert reranker is not None
    with pytest.raises(ModelError, match="gives 3 scores a pair"):
        reranker.logits("甲?", ["甲。"])
    (tmp_path / "model" / "model.safetensors").unlink()
    broken = open_reranker(str(tmp_path / "model"))
    assert broken is not None
    with pytest.raises(ModelError, match="holds no cross-encoder"):
        broken.logits("甲?", ["甲。"])
