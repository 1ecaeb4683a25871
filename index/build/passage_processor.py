"""What becomes of passages on their way into an index: terms, vectors, sentences.

Pure work on a handful of passages, so that it can be done by several processes at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.models.encoder import Encoder, SentenceEncoder, Vectors, scores_sentences
from index.models.static import units
from index.search.lexical import PassageTerms
from index.search.sentence_index import Sentences
from index.store.library import StoredPassage
from index.text.analyzer import Analyzer, bigrams_of
from index.text.folding import fold


@dataclass(frozen=True, slots=True)
class Outputs:
    """What of passages is needed: terms for the lexical leg, vectors for the dense one."""

    terms: bool
    vectors: bool


@dataclass(frozen=True, slots=True)
class ProcessedPassages:
    """Passages made ready: all by their place in the batch.

    `vectors` of shape `(n, dim)` and `sentences` come from a static model alone; another one
    embeds by itself what is new, since it takes a thousand times as long.
    """

    wanted: "Outputs"
    terms: list[PassageTerms]
    vectors: Vectors | None
    sentences: Sentences | None


class PassageProcessor:
    """Makes passages ready with one dictionary and one encoder."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._static = encoder if scores_sentences(encoder) else None

    def load(self) -> None:
        """Loads all it needs: processes that are forked afterwards share it."""
        self._analyzer.terms("预热")
        if self._static is not None:
            _ = self._static.parts_at_marks

    def __call__(self, item: tuple[Sequence[StoredPassage], Outputs]) -> ProcessedPassages:
        """Some passages, made ready for what they are wanted for."""
        passages, wanted = item
        vectors, sentences = None, None
        if self._static is not None and wanted.vectors:
            vectors, sentences = _embedded([one.text for one in passages], self._static)
        return ProcessedPassages(
            wanted, self._terms(passages) if wanted.terms else [], vectors, sentences
        )

    def _terms(self, passages: Sequence[StoredPassage]) -> list[PassageTerms]:
        folded = [fold(one.text) for one in passages]
        contexts = {one.context: self._analyzer.terms(one.context) for one in passages}
        return [
            PassageTerms.of(self._analyzer.terms_of(text), bigrams_of(text), contexts[one.context])
            for one, text in zip(passages, folded, strict=True)
        ]


def _embedded(texts: Sequence[str], encoder: SentenceEncoder) -> tuple[Vectors, Sentences]:
    """Vectors and sentences of some texts, tokenized once where that is the same."""
    sentences, sums = Sentences.summed(texts, encoder)
    if not encoder.parts_at_marks:
        return encoder.passages(texts), sentences
    return units(np.add.reduceat(sums, sentences.firsts[:-1], axis=0)), sentences
