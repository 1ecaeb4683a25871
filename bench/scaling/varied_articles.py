"""Real news and statutes, multiplied with variation, as many as a size asks for.

The first pass has every article as it is, in an order that is random but always the same. In each
further pass, every second sentence of an article is taken from another one of its kind, at the same
place, and its digits are exchanged for others. So words are as frequent, and passages as long, as
in real text, while no passage repeats another.
"""

import gzip
import json
import lzma
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from random import Random

from index.batches import batches
from index.text.sentences import sentences

CHARACTERS = 285
"""Characters of a passage, on the average of both kinds."""

_DIGITS = "123456789"
_FILE = 50_000  # articles
_STRIDE = 7919  # articles from one to the one that its sentences are from, for each pass


def write_articles(data: Path, passages: int, folder: Path) -> int:
    """Write about so many passages' articles as files of JSON lines; return how many articles."""
    articles = enough(varied_articles(data), passages)
    written = 0
    for part in batches(articles, _FILE):
        lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in part)
        (folder / f"{written:07}.jsonl").write_text("".join(lines), encoding="utf-8")
        written += len(part)
    return written


def enough(articles: Iterable[dict[str, str]], passages: int) -> Iterator[dict[str, str]]:
    """Yield articles until they have about so many passages."""
    characters = 0
    for article in articles:
        if characters >= passages * CHARACTERS:
            return
        yield article
        characters += len(article["text"])


def varied_articles(data: Path) -> Iterator[dict[str, str]]:
    """Yield articles without an end."""
    kinds = [_news(data), _statutes(data)]
    order = [(kind, at) for kind, articles in enumerate(kinds) for at in range(len(articles))]
    Random(20261127).shuffle(order)
    for turn in count():
        for kind, at in order:
            articles = kinds[kind]
            donor = articles[(at + turn * _STRIDE) % len(articles)]
            yield varied(articles[at], donor, turn) if turn else articles[at]


def varied(article: dict[str, str], donor: dict[str, str], turn: int) -> dict[str, str]:
    """Return an article with every second sentence of another one, and other digits."""
    own, other = article["text"], donor["text"]
    spans, given = sentences(own), sentences(other)
    parts, end = [], 0
    for at, span in enumerate(spans):
        parts.append(own[end : span.start])
        is_given = at % 2 and at < len(given)
        parts.append(given[at].of(other) if is_given else span.of(own))
        end = span.end
    shift = turn % len(_DIGITS)
    digits = str.maketrans(_DIGITS, _DIGITS[shift:] + _DIGITS[:shift])
    text = "".join([*parts, own[end:]]).translate(digits)
    title = article["title"].translate(digits)
    return article | {"id": f"{article['id']}-{turn}", "title": title, "text": text}


def _news(data: Path) -> list[dict[str, str]]:
    lines = lzma.decompress((data / "text" / "news.jsonl.xz").read_bytes()).decode().splitlines()
    return [json.loads(line) for line in lines]


def _statutes(data: Path) -> list[dict[str, str]]:
    lines = gzip.decompress((data / "text" / "statutes.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in lines.splitlines()]
