"""A cross-encoder, made here, puts passages in its own order; a reader, made here, reads."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.models.encoder import ExtractiveModel
from index.models.loading import open_reader, open_reranker
from index.search.searcher import RERANKED, Searcher
from tests.support.reading_model import save_reading_model
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


@pytest.fixture(scope="module")
def reading_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_reading_model(tmp_path_factory.mktemp("reading") / "model")


def opened(folder: Path) -> ExtractiveModel:
    model = open_reader(str(folder))
    assert model is not None
    return model


def test_texts_are_read_as_transformers_reads_them(reading_folder: Path) -> None:
    """Compare with the model and its tokenizer used by hand, a text at a time."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    texts = ["甲市有桥。", "乙市的地铁建于1985年，很长。", "丙"] * 5
    model = AutoModelForQuestionAnswering.from_pretrained(reading_folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(reading_folder)
    for text, logits in zip(texts, opened(reading_folder).read(QUESTION, texts), strict=True):
        encoded = tokenizer(QUESTION, text, return_tensors="pt")
        with torch.no_grad():
            output = model(**encoded)
        begin = len(QUESTION) + 2  # behind the mark of the class, the question and a mark
        wanted = output.start_logits[0, begin : begin + len(text)].numpy()
        np.testing.assert_allclose(logits.starts, wanted, atol=1e-4)
        wanted = output.end_logits[0, begin : begin + len(text)].numpy()
        np.testing.assert_allclose(logits.ends, wanted, atol=1e-4)
        none = output.start_logits[0, 0] + output.end_logits[0, 0]
        assert logits.none == pytest.approx(float(none), abs=1e-4)
        assert logits.places.tolist() == [[at, at + 1] for at in range(len(text))]


def test_what_exceeds_the_room_is_not_read(tmp_path: Path) -> None:
    model = opened(save_reading_model(tmp_path / "model", positions=40))
    room = model.room(QUESTION)
    assert room == 40 - len(QUESTION) - 3
    assert model.lengths(["甲市", ""]) == [2, 0]
    assert model.lengths([]) == []
    (logits,) = model.read(QUESTION, ["甲市有桥。" * 20])
    assert len(logits.starts) == len(logits.ends) == len(logits.places) == room
    (logits,) = model.read(QUESTION, [""])
    assert logits.places.shape == (0, 2)


@pytest.mark.parametrize("length", [61, 62, 500])
def test_a_long_question_leaves_room_for_a_text(reading_folder: Path, length: int) -> None:
    model, question = opened(reading_folder), "甲" * length
    assert model.room(question) == 128 - min(length, 64) - 3
    (logits,) = model.read(question, ["乙市有桥。"])
    assert len(logits.starts) == 5


def test_without_a_name_nothing_else_reads() -> None:
    assert open_reader("") is None


def test_a_model_that_does_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"neither.*Set YIJU_READER to another one"):
        open_reader(str(tmp_path / "empty"))
    with pytest.raises(ModelError, match="set YIJU_READER to the path"):
        open_reader("no-such/model")
    untrained = opened(save_reading_model(tmp_path / "untrained", trained=False))
    with pytest.raises(ModelError, match=r"was not trained to answer: it lacks qa_outputs"):
        untrained.load()
    broken = save_reading_model(tmp_path / "broken")
    (broken / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="holds no model for extractive question answering"):
        opened(broken).load()
