"""Encoders, rerankers and readers that are transformers; the only home of torch."""

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError
from index.models.encoder import ModelFolder, SpanLogits, Vectors
from index.text.odd_characters import with_characters

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

_WINDOW = 512
"""Tokens of a question and a text that are read together, if the model takes so many."""

_MISSING = (
    "{} needs the packages sentence-transformers and torch, which are not installed. Install them "
    "with: pip install 'yiju[models]'"
)
_ASKED = 128  # tokens of a question, or half of the window; what comes after is not read
_AT_ONCE = 8  # texts


def check_packages(setting: str) -> None:
    """Refuse a model of a setting where what runs it is not installed.

    Raises:
        ModelError: it is not.
    """
    if find_spec("sentence_transformers") is None:
        raise ModelError(_MISSING.format(f"The model that {setting} names"))


class SentenceTransformerEncoder(ModelFolder):
    """An `Encoder` with any sentence-transformers model, loaded on first use.

    Loading is delayed because importing the package takes seconds and half a gigabyte, and a
    rebuild that finds no change needs only the id.
    """

    @cached_property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._embed([""], "").shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, shape `(n, dim)`."""
        return self._embed(texts, self._passage_prompt)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, shape `(n, dim)`."""
        return self._embed(texts, self._question_prompt)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Weights load in a moment; progress beyond that is shown by our own bars.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no sentence-transformers model that can be "
                f"loaded ({error}). Set YIJU_MODEL to another one."
            ) from error

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        # The library would count an empty prompt as a prompt.
        vectors = self._model.encode(
            list(map(with_characters, texts)),
            prompt=prompt or None,
            normalize_embeddings=True,
            show_progress_bar=False,
            batch_size=32,
        )
        return np.asarray(vectors, dtype=np.float32)


class CrossEncoderReranker:
    """A `Reranker` with any sentence-transformers cross-encoder, loaded on first use."""

    def __init__(self, folder: Path) -> None:
        """Take the model's folder; it loads when first used."""
        self._folder = folder

    def logits(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return the log-odds of each text to answer, shape `(n,)`."""
        import torch

        pairs = [(question, text) for text in texts]
        scores = self._model.predict(
            pairs, show_progress_bar=False, batch_size=32, activation_fn=torch.nn.Identity()
        )
        return np.asarray(scores, dtype=np.float32).reshape(len(texts))

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model: CrossEncoder = CrossEncoder(
                str(self._folder), device="cpu", local_files_only=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no cross-encoder that can be loaded ({error}). "
                "Set YIJU_CROSS_ENCODER to another one, or to nothing."
            ) from error
        if model.num_labels != 1:
            raise ModelError(
                f"The model in {self._folder} gives {model.num_labels} scores a pair; a "
                "cross-encoder that ranks gives one. Set YIJU_CROSS_ENCODER to another one."
            )
        return model


class TransformersModel:
    """An `ExtractiveModel` of transformers, for extractive question answering."""

    def __init__(self, folder: Path) -> None:
        """Take the model's folder; it loads when first used."""
        self._folder = folder

    def load(self) -> None:
        """Load the model now, so that the first question does not wait."""
        assert self._model

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(rows) for rows in encoded["input_ids"]]

    def room(self, question: str) -> int:
        """Return how many tokens of a text are read beside a question."""
        asked = min(self.lengths([question])[0], self._asked)
        return self._window - asked - self._tokenizer.num_special_tokens_to_add(pair=True)

    def read(self, question: str, texts: Sequence[str]) -> list[SpanLogits]:
        """Read each text with the question; what exceeds the room is not read."""
        asked = self._cut(question)
        groups = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
        return [logits for group in groups for logits in self._read(asked, group)]

    def _read(self, question: str, texts: Sequence[str]) -> list[SpanLogits]:
        import torch

        encoded = self._tokenizer(
            [question] * len(texts),
            list(texts),
            truncation="only_second",
            max_length=self._window,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        places = encoded.pop("offset_mapping").numpy()
        with torch.no_grad():
            output = self._model(**encoded)
        starts, ends = output.start_logits.float().numpy(), output.end_logits.float().numpy()
        results = []
        for row in range(len(texts)):
            is_text = np.array([part == 1 for part in encoded.sequence_ids(row)])
            kept = is_text & (places[row, :, 1] > places[row, :, 0])
            mark = self._none_at(encoded["input_ids"][row].tolist())
            results.append(
                SpanLogits(
                    places[row][kept].astype(np.int64),
                    starts[row][kept],
                    ends[row][kept],
                    float(starts[row, mark] + ends[row, mark]),
                )
            )
        return results

    def _none_at(self, tokens: list[int]) -> int:
        """Return the place of the mark that stands for no answer: of the class, or the first."""
        mark = self._tokenizer.cls_token_id
        return tokens.index(mark) if mark in tokens else 0

    def _cut(self, question: str) -> str:
        """Return a question without what exceeds the tokens that a question may have."""
        encoded = self._tokenizer(
            question, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        places = encoded["offset_mapping"][: self._asked]
        return question[: places[-1][1]] if places else question

    @property
    def _asked(self) -> int:
        return min(_ASKED, self._window // 2)

    @cached_property
    def _window(self) -> int:
        # Some tokenizers tell no length (a huge number), some models no number of positions.
        positions = getattr(self._model.config, "max_position_embeddings", None) or _WINDOW
        return int(min(_WINDOW, positions, self._tokenizer.model_max_length))

    @cached_property
    def _tokenizer(self) -> "PreTrainedTokenizerFast":
        return self._loaded[0]

    @cached_property
    def _model(self) -> "PreTrainedModel":
        return self._loaded[1]

    @cached_property
    def _loaded(self) -> "tuple[PreTrainedTokenizerFast, PreTrainedModel]":
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # what is missing is told below
        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(self._folder, local_files_only=True)
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                self._folder, local_files_only=True, output_loading_info=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no model for extractive question answering that "
                f"can be loaded ({error}). Set YIJU_READER to another one, or to nothing."
            ) from error
        if not tokenizer.is_fast:
            raise ModelError(
                f"The tokenizer in {self._folder} does not tell where its tokens stand; it needs a "
                "tokenizer.json. Set YIJU_READER to another model, or to nothing."
            )
        # Weights that are not in the folder would be random, and so would be all answers.
        if missing := sorted(report["missing_keys"]):
            raise ModelError(
                f"The model in {self._folder} was not trained to answer: it lacks {missing[0]}. "
                "Set YIJU_READER to another one, or to nothing."
            )
        return tokenizer, model.eval()
