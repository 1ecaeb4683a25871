"""Running text and parallel text to pretrain on, as sequences of tokens."""

import json
import lzma
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.models.static import StaticEncoder
from qa.reader.tokens import SEP, cut, special
from training import sources
from training.leakage import HeldOut

_LATER_BITEXT = ("law-taiwan", "prose", "tech-docs")
_STATUTES = 2_500_000  # characters
_BATCH = 512  # texts that are cut at once
_LONGEST = 4_000  # characters of one text


def documents(data: Path) -> Iterator[str]:
    """Yield all running text that may be trained on, without anything that is measured."""
    held_out = HeldOut(data.parent)
    texts = (text for text in _all_documents(data, held_out) if text.strip())
    return (text[:_LONGEST] for text in texts if not held_out(text[:_LONGEST]))


def pairs(data: Path) -> Iterator[tuple[str, str]]:
    """Yield parallel text, either side first."""
    chance = random.Random(0)
    for name in (*sources.BITEXT, *_LATER_BITEXT):
        if (data / "bitext" / f"{name}.tsv.gz").exists():
            for left, right in sources.bitext(data, name):
                yield (left, right) if chance.random() < 0.5 else (right, left)


def sequences(
    texts: Iterable[str], both: Iterable[tuple[str, str]], encoder: StaticEncoder
) -> list[Int64Array]:
    """Return each text and each pair as rows of tokens, which begin with `[SEP]`."""
    separator = np.array([special(SEP)])
    made = [np.concatenate([separator, rows]) for rows in _cut(texts, encoder)]
    flat = (text for pair in both for text in pair)
    sides = _cut(flat, encoder)
    made += [
        np.concatenate([separator, left, separator, right])
        for left, right in zip(sides, sides, strict=True)
    ]
    return made


def _cut(texts: Iterable[str], encoder: StaticEncoder) -> Iterator[Int64Array]:
    waiting: list[str] = []
    for text in texts:
        waiting.append(text)
        if len(waiting) == _BATCH:
            yield from (tokens.rows for tokens in cut(waiting, encoder))
            waiting = []
    yield from (tokens.rows for tokens in cut(waiting, encoder))


def _all_documents(data: Path, held_out: HeldOut) -> Iterator[str]:
    for path in sorted((data / "text").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                if path.name != "news.jsonl.xz" or item["id"] not in held_out.news_ids:
                    yield f"{item.get('title') or ''}\n{item['text']}"
    read = 0
    for title, text in sources.statutes(data):
        read += len(text)
        if read > _STATUTES:
            break
        yield f"{title}\n{text}"
    yield from (f"{title}\n{text}" for title, text in sources.abstracts(data))
    for name in (*sources.READING, sources.HELD_OUT):
        yield from dict.fromkeys(item.paragraph for item in sources.questions(data, name))
