"""Code-switching: replaces words of a text by dictionary translations.

To a model of bags of words, a fully switched question is a translated question.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.arrays import Int32Array, Ragged, cumulated
from training.dictionaries import HAN, ecdict
from training.encoder.bags import bags

ALTERNATIVES = 4
LONGEST = 3


class CodeSwitcher:
    """Up to `ALTERNATIVES` translations of up to `LONGEST` tokens for each token."""

    def __init__(self, translations: Mapping[int, Sequence[Sequence[int]]], tokens: int) -> None:
        self._table: Int32Array = np.zeros((tokens, ALTERNATIVES, LONGEST), dtype=np.int32)
        self._count = np.zeros(tokens, dtype=np.int64)
        for token, options in translations.items():
            usable = [ids for ids in options if 0 < len(ids) <= LONGEST and 0 not in ids]
            for number, ids in enumerate(usable[:ALTERNATIVES]):
                self._table[token, number, : len(ids)] = ids
            self._count[token] = min(len(usable), ALTERNATIVES)

    @classmethod
    def of(cls, data: Path, work: Path) -> "CodeSwitcher":
        """Build from the glosses of Chinese words and from ECDICT for English words."""
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        texts: dict[int, list[str]] = defaultdict(list)
        glosses = json.loads((work / "glosses.json").read_text(encoding="utf-8"))
        for word, senses in glosses.items():
            if HAN.fullmatch(word):
                texts[vocabulary[word]] += senses
        ranked: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for headword, word, place in ecdict(data):
            if place < ALTERNATIVES and headword.lower() in vocabulary:
                ranked[vocabulary[headword.lower()]].append((place, word))
        for token, words in ranked.items():
            texts[token] = list(dict.fromkeys(word for _, word in sorted(words, key=_place)))
        translations = {token: _listed(bags(words, tokenizer)) for token, words in texts.items()}
        return cls(translations, len(vocabulary))

    def __call__(self, texts: Ragged, share: float, random: np.random.Generator) -> Ragged:
        """Return the texts with a random `share` of the translatable words switched."""
        count = self._count[texts.values]
        switched = (random.random(len(count)) < share) & (count > 0)
        # Squared: dictionaries list the commonest translation first.
        chosen = (random.random(len(count)) ** 2 * count).astype(np.int64)
        wide = np.zeros((len(count), LONGEST), dtype=np.int32)
        wide[:, 0] = texts.values
        wide[switched] = self._table[texts.values[switched], chosen[switched]]
        keep = wide > 0
        keep[:, 0] |= ~switched
        return Ragged(wide[keep], cumulated(keep.sum(axis=1))[texts.starts])


def _place(item: tuple[int, str]) -> int:
    return item[0]


def _listed(texts: Ragged) -> list[list[int]]:
    edges = zip(texts.starts[:-1], texts.starts[1:], strict=True)
    return [texts.values[a:b].tolist() for a, b in edges]
