"""Process passages for the indexes: terms, vectors, sentences.

A pure function of a batch of passages, so that several processes can run it at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.library.content import StoredPassage
from index.models.encoder import Encoder, SentenceEncoder, Vectors, scores_sentences
from index.models.static import units
from index.search.lexical_index import PassageTerms
from index.search.sentence_index import Sentences
from index.text.analyzer import Analyzer
from index.text.folding import fold
from index.text.joined_bigrams import joined_bigrams


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs needed: terms for the lexical index, vectors for the dense one."""

    terms: bool
    vectors: bool


@dataclass(frozen=True, slots=True)
class ProcessedPassages:
    """The outputs of a batch of passages, in its order.

    `vectors` of shape `(n, dim)` and `sentences` come from a static encoder only. Another encoder
    takes a thousand times as long, so its vectors are computed later, for new texts only.
    """

    outputs: Outputs
    terms: list[PassageTerms]
    vectors: Vectors | None
    sentences: Sentences | None


class PassageProcessor:
    """Processes batches of passages with one analyzer and one encoder."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._static = encoder if scores_sentences(encoder) else None

    def load(self) -> None:
        """Load dictionary and model for many passages: processes forked afterwards share them."""
        self._analyzer.terms("预热")
        if self._static is not None:
            self._static.prepare_for_many()
            _ = self._static.splits_at_marks

    def __call__(self, item: tuple[Sequence[StoredPassage], Outputs]) -> ProcessedPassages:
        """Return the outputs of a batch of passages."""
        passages, outputs = item
        vectors, sentences = None, None
        if self._static is not None and outputs.vectors:
            vectors, sentences = _embedded([passage.text for passage in passages], self._static)
        return ProcessedPassages(
            outputs, self._terms(passages) if outputs.terms else [], vectors, sentences
        )

    def _terms(self, passages: Sequence[StoredPassage]) -> list[PassageTerms]:
        analyzer, titles = self._analyzer, {passage.context for passage in passages}
        contexts = {context: " ".join(analyzer.terms(context)) for context in titles}
        folded = [fold(passage.text) for passage in passages]
        return [
            PassageTerms(" ".join(analyzer.terms_of_folded(text)), pairs, contexts[passage.context])
            for passage, text, pairs in zip(passages, folded, joined_bigrams(folded), strict=True)
        ]


def _embedded(texts: Sequence[str], encoder: SentenceEncoder) -> tuple[Vectors, Sentences]:
    """Return vectors and sentences of texts, tokenized once if possible."""
    sentences, sums = Sentences.summed(texts, encoder)
    if not encoder.splits_at_marks:
        return encoder.embed_passages(texts), sentences
    return units(np.add.reduceat(sums, sentences.firsts[:-1], axis=0)), sentences
