"""Switches words of a text into the other language, word by word.

For a model that sees bags of words, this makes a translated question out of any question.
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


class Switch:
    """For each token up to `ALTERNATIVES` translations of up to `LONGEST` tokens."""

    def __init__(self, translations: Mapping[int, Sequence[Sequence[int]]], tokens: int) -> None:
        self._table: Int32Array = np.zeros((tokens, ALTERNATIVES, LONGEST), dtype=np.int32)
        self._count = np.zeros(tokens, dtype=np.int64)
        for token, found in translations.items():
            usable = [one for one in found if 0 < len(one) <= LONGEST and 0 not in one]
            for number, one in enumerate(usable[:ALTERNATIVES]):
                self._table[token, number, : len(one)] = one
            self._count[token] = min(len(usable), ALTERNATIVES)

    @classmethod
    def of(cls, data: Path, work: Path) -> "Switch":
        """From the glosses of Chinese words and the dictionary's words for English ones."""
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        texts: dict[int, list[str]] = defaultdict(list)
        glosses = json.loads((work / "glosses.json").read_text(encoding="utf-8"))
        for word, told in glosses.items():
            if HAN.fullmatch(word):
                texts[vocabulary[word]] += told
        ranked: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for headword, word, place in ecdict(data):
            if place < ALTERNATIVES and headword.lower() in vocabulary:
                ranked[vocabulary[headword.lower()]].append((place, word))
        for token, found in ranked.items():
            texts[token] = list(dict.fromkeys(word for _, word in sorted(found, key=_place)))
        told = {token: _listed(bags(found, tokenizer)) for token, found in texts.items()}
        return cls(told, len(vocabulary))

    def __call__(self, texts: Ragged, share: float, random: np.random.Generator) -> Ragged:
        """The texts with a random `share` of the words that have a translation switched."""
        count = self._count[texts.values]
        switched = (random.random(len(count)) < share) & (count > 0)
        # Squared: dictionaries give the commonest translation first.
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
