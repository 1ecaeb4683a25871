"""`python -m bench.ocr`: how much of scanned pages is read right, and what it costs.

Pages of news, of Wikipedia in traditional characters and of English textbooks (`news-xwlb`,
`drcd-dev` and `english-mixed` of the data folder) are drawn in two typefaces, scanned at 200 and
300 dots an inch, clean, with noise and blur, and turned by 1.5 degrees, and read from a PDF as a
rebuild does. A character is right by the edit distance to the text that was drawn, white space left
out. Seconds are those of a processor: one thread reads. Fonts: Debian's `fonts-noto-cjk` and
`fonts-arphic-ukai`.
"""

import argparse
import gzip
import json
import lzma
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path

import numpy as np

from bench.ocr.scanned_page import Scanning, Typeface, as_pdf, drawn_page, scanned
from index.article import Article
from index.ingest.read import read_file
from index.ingest.reading_aids import ReadingAids
from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition
from training.data_folder import DATA

_NOTO = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
_KAI = "/usr/share/fonts/truetype/arphic/ukai.ttc"
_TYPEFACES = {
    "Song": {"zh": Typeface(_NOTO, 2), "zh-Hant": Typeface(_NOTO, 3), "en": Typeface(_NOTO, 2)},
    "Kai": {"zh": Typeface(_KAI, 0), "zh-Hant": Typeface(_KAI, 2), "en": Typeface(_KAI, 0)},
}
_STATES = {
    "clean": Scanning(),
    "noise and blur": Scanning(noisy=True),
    "turned by 1.5°": Scanning(turned=1.5),
    "all of it": Scanning(noisy=True, turned=1.5),
}
_LENGTH = 4000  # characters: more than a page takes


@dataclass(frozen=True, slots=True)
class _Page:
    """What was made of a page."""

    expected: str
    article: Article
    seconds: float

    @property
    def right(self) -> float:
        """The share of characters that are right."""
        read = "".join(self.article.text.split())
        drawn = "".join(self.expected.split())
        return 1 - distance(drawn, read) / len(drawn)


def main() -> None:
    """Print a row for each typeface, resolution and state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the data folder")
    parser.add_argument("--pages", type=int, default=1, help="pages of each language and row")
    options = parser.parse_args()
    texts = {language: list(_texts(options.data, language)) for language in _TYPEFACES["Song"]}
    recogniser = Recogniser()
    print("| typeface | scanned at | state | " + " | ".join(texts) + " | s a page |")
    print("| --- | --- | --- |" + " --- |" * (len(texts) + 1))
    for (face, fonts), dpi, (state, how) in product(
        _TYPEFACES.items(), (200, 300), _STATES.items()
    ):
        pages = {
            language: [
                _read(recogniser, texts[language][number], fonts[language], replace(how, dpi=dpi))
                for number in range(options.pages)
            ]
            for language in texts
        }
        print(f"| {face} | {dpi} | {state} | {_row(pages)} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(f"\npeak memory: {peak} MB")


def distance(first: str, second: str) -> int:
    """Return the least number of characters to insert, delete or replace (Levenshtein).

    >>> distance("智慧城市", "智惠城"), distance("", "城市")
    (2, 2)
    """
    codes = np.array([ord(char) for char in second], np.int64)
    places = np.arange(len(second) + 1)
    row = places.copy()
    for number, char in enumerate(first, 1):
        replaced = row[:-1] + (codes != ord(char))
        best = np.concatenate(([number], np.minimum(replaced, row[1:] + 1)))
        # An insertion costs one a place: the running minimum of what is cheaper to its left.
        row = np.minimum.accumulate(best - places) + places
    return int(row[-1])


def _read(recogniser: Recogniser, text: str, typeface: Typeface, scanning: Scanning) -> _Page:
    """Draw, scan and read a page."""
    picture, expected = drawn_page(text, typeface, scanning.dpi)
    data = as_pdf([scanned(picture, scanning, len(text))], scanning.dpi)
    began = _seconds()
    aids = ReadingAids(scans=ScanRecognition(recogniser))
    (article,), _ = read_file("scan.pdf", data, aids=aids)
    return _Page(expected, article, _seconds() - began)


def _row(pages: Mapping[str, list[_Page]]) -> str:
    every = [page for of_language in pages.values() for page in of_language]
    shares = (
        f"{sum(page.right for page in of_language) / len(of_language):.1%}"
        for of_language in pages.values()
    )
    seconds = sum(page.seconds for page in every) / len(every)
    return f"{' | '.join(shares)} | {seconds:.1f}"


def _texts(data: Path, language: str) -> Iterator[str]:
    """Yield texts long enough for a page, in the order of the file."""
    if language == "zh-Hant":
        with gzip.open(data / "reading/drcd-dev.json.gz", "rt", encoding="utf-8") as file:
            articles = json.load(file)["data"]
        parts = [part["context"] for article in articles for part in article["paragraphs"]]
    else:
        name = {"zh": "news-xwlb", "en": "english-mixed"}[language]
        with lzma.open(data / f"text/{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            parts = [json.loads(line)["text"] for line in islice(file, 200)]
    text = ""
    for part in parts:
        text += " ".join(part.split()) if language == "en" else "".join(part.split())
        if len(text) >= _LENGTH:
            yield text
            text = ""


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
