"""`python -m bench.encodings`: accuracy of encoding detection on short texts.

Cuts of real texts of the data folder are encoded, and decoded again by Yiju, by charset-normalizer,
and by charset-normalizer limited to the encodings that Yiju knows. A text is right if it comes back
unchanged; a text cut in the middle of a character, if all but that character does.
"""

import argparse
import gzip
import json
import lzma
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from charset_normalizer import from_bytes

from index.errors import ArticleError
from index.ingest.sources.encoding import decode
from training.data_folder import DATA

LENGTHS = (20, 50, 200, 1000)  # characters
_KNOWN = ["utf_8", "gb18030", "big5", "cp950", "big5hkscs", "utf_16_le", "utf_16_be", "cp1252"]
_NOISE = "random bytes"

Decode = Callable[[bytes], str | None]
"""Maps bytes to their text, or to None for bytes that are no text."""
Sample = tuple[bytes, str | None]
"""Encoded bytes with the expected text."""


def main() -> None:
    """Measure every encoding at every length and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200, help="of each encoding and length")
    count: int = parser.parse_args().texts
    print(f"{'':22}" + "".join(f"{name:>24}" for name in DECODERS))
    sources, chance = _sources(), random.Random(20261126)
    for codec, texts in sources.items():
        for length in LENGTHS:
            _measure(f"{codec}, {length}", list(islice(_cuts(codec, texts, length, chance), count)))
    for codec in ("utf-8", "gb18030", "cp950"):
        whole = islice(_cuts(codec, sources[codec], 200, chance), count)
        torn = [(data[:-1], text and text[:-1]) for data, text in whole if data[-1] > 0x7F]
        _measure(f"{codec}, torn", torn)
    _measure(_NOISE, [(chance.randbytes(1000), None) for _ in range(count)])


def _measure(name: str, samples: Sequence[Sample]) -> None:
    row = f"{name:22}"
    for decoder in DECODERS.values():
        began = time.process_time()
        texts = [decoder(data) for data, _ in samples]
        each = (time.process_time() - began) / len(samples)
        # Decoders may replace a torn character or drop it.
        texts = [text and text.rstrip("\ufffd") for text in texts]
        right = sum(text == expected for text, (_, expected) in zip(texts, samples, strict=True))
        row += f"{right / len(samples):14.1%} {each * 1000:6.2f} ms"
    print(row, flush=True)


def _ours(data: bytes) -> str | None:
    try:
        return decode(data)
    except ArticleError:
        return None


def _library(data: bytes, known: list[str] | None = None) -> str | None:
    best = from_bytes(data, cp_isolation=known).best()
    return None if best is None else str(best)


DECODERS: Mapping[str, Decode] = {
    "Yiju": _ours,
    "charset-normalizer": _library,
    "the same, few": lambda data: _library(data, _KNOWN),
}


def _sources() -> dict[str, list[str]]:
    """Return texts by the encodings in which such texts are common."""
    simplified = [*_lines("news.jsonl.xz", 400), *_lines("statutes.jsonl.gz", 100)]
    simplified += _lines("prose-niutrans-modern.jsonl.xz", 200)
    traditional = _lines("speech-audreyt.jsonl.xz", 300)
    with gzip.open(DATA / "reading" / "drcd-dev.json.gz", "rt", encoding="utf-8") as file:
        for article in json.load(file)["data"]:
            traditional += [paragraph["context"] for paragraph in article["paragraphs"]]
    both = simplified + traditional
    english = _lines("english-mixed.jsonl.xz", 300)
    return {
        **{"gb18030": simplified, "cp950": traditional, "utf-8": both},
        **{"utf-16-le": both, "utf-16-be": both, "cp1252": english},
    }


def _lines(name: str, count: int) -> list[str]:
    opened = lzma.open if name.endswith("xz") else gzip.open
    with opened(DATA / "text" / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def _cuts(codec: str, texts: list[str], length: int, chance: random.Random) -> Iterator[Sample]:
    """Yield parts of texts endlessly, each with a character beyond ASCII."""
    long = [text for text in texts if len(text) > length]
    while True:
        text = chance.choice(long)
        at = chance.randrange(len(text) - length)
        part = text[at : at + length].replace("\r", " ").strip("\ufeff")
        data = part.encode(codec, "ignore")
        if not part.isascii() and data.decode(codec) == part:
            yield data, part


if __name__ == "__main__":
    main()
