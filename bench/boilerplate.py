"""`python -m bench.boilerplate`: how well the furniture of Chinese pages is told from the article.

Precision and recall by character on the labelled pages of `tests/data/pages`, both halves, beside
trafilatura and readability-lxml alone. With `--trafilatura DIR`, a checkout of that project, also
the phrases that its own test suite wants kept and left out on its Chinese pages.
"""

import argparse
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from index.ingest.read import read_file
from index.ingest.structure.tables import BETWEEN

PAGES = Path(__file__).parent.parent / "tests" / "data" / "pages"
_SHORTEST = 6  # characters in a row that count as found
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_NAMED = re.compile(r"(?:[^:,]{1,30}: [^,]*(?:, |$)){2,}")

Extract = Callable[[str, bytes], str]
"""A page's name and bytes to the text that is kept."""


@dataclass(frozen=True, slots=True)
class Score:
    """Characters: kept and right, kept, to be kept and kept, to be kept."""

    right: int = 0
    kept: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.kept + other.kept,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of what was kept that belongs to the article."""
        return self.right / self.kept if self.kept else 0.0

    @property
    def recall(self) -> float:
        """The share of the article's body that was kept."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trafilatura", type=Path, help="a checkout of trafilatura")
    parser.add_argument("--each", action="store_true", help="a line for each page, tuning half")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    _table(read_labels(), each=chosen.each)
    if chosen.trafilatura:
        for name, extract in EXTRACTORS.items():
            kept, cut = phrases(chosen.trafilatura, extract)
            print(f"{name:18} trafilatura's Chinese pages: kept right {kept}, cut right {cut}")


def _table(labels: Sequence[dict[str, Any]], *, each: bool) -> None:
    print(f"{'':18} {'':10} precision  recall     F1  pages")
    for name, extract in EXTRACTORS.items():
        for half in ("tuning", "held-back"):
            some = [one for one in labels if one["half"] == half and one["file"].endswith("html")]
            _row(name, half, some, extract)
    for half in ("tuning", "held-back"):
        _row("yiju", f"{half}, plain", [one for one in labels if _is_plain(one, half)], yiju)
    if each:
        for one in labels:
            if one["half"] == "tuning":
                _row("", one["file"], [one], yiju)


def read_labels() -> list[dict[str, Any]]:
    """The labels of all pages."""
    lines = (PAGES / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(kept: str, label: dict[str, Any]) -> Score:
    """A text beside its labels; what is optional is neither missed nor wrong."""
    body = [_plain(line) for line in label["body"]]
    optional = [_plain(line) for line in [*label["optional"], label["title"]]]
    lines = [plain for line in kept.split("\n") if (plain := _plain(line))]
    good = "\n".join([*body, *optional])
    whole = "".join(lines)
    return Score(
        right=sum(_covered(line, good) for line in lines),
        kept=sum(map(len, lines)),
        found=sum(_covered(line, whole) for line in body),
        wanted=sum(map(len, body)),
    )


def yiju(name: str, data: bytes) -> str:
    """What Yiju keeps."""
    articles, _ = read_file(name, data)
    return "\n".join(article.text for article in articles)


def cells(name: str, data: bytes) -> str:
    """The same with table rows as the page has them, without the columns' names and bars.

    `年份: 2016, 金额: 100万` → `2016 100万`: so that the form of tables isn't taken for furniture.
    """
    return "\n".join(map(_cells, yiju(name, data).split("\n")))


def trafilatura(_: str, data: bytes) -> str:
    """What trafilatura keeps, as it comes."""
    from trafilatura import extract

    return extract(data, include_comments=False) or ""


def readability(_: str, data: bytes) -> str:
    """What readability-lxml keeps, a line a block."""
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found, unused-ignore]

    found = fromstring(Document(_decoded(data)).summary())
    for block in found.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
        block.tail = "\n" + (block.tail or "")
    return "".join(map(str, found.itertext()))


def phrases(checkout: Path, extract: Extract) -> tuple[str, str]:
    """How many of the phrases to keep and to cut come out right, on pages in Chinese."""
    tests = checkout / "tests"
    cases = json.loads((tests / "evaldata.json").read_text(encoding="utf-8")).values()
    kept, cut = [], []
    for case in cases:
        wanted = "".join(case["with"])
        if not _HAN.search(wanted) or _KANA.search(wanted):
            continue
        page = next(tests.glob(f"*/{case['file']}"))
        text = extract(case["file"], page.read_bytes())
        kept += [phrase in text for phrase in case["with"]]
        cut += [phrase not in text for phrase in case["without"]]
    return f"{sum(kept)} of {len(kept)}", f"{sum(cut)} of {len(cut)}"


EXTRACTORS: dict[str, Extract] = {
    "yiju": yiju,
    "yiju, cells alone": cells,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
}


def _row(name: str, what: str, labels: Sequence[dict[str, Any]], extract: Extract) -> None:
    total = Score()
    for label in labels:
        total += score(extract(label["file"], (PAGES / label["file"]).read_bytes()), label)
    print(
        f"{name:18} {what:17} {total.precision:.3f}   {total.recall:.3f}  {total.f1:.3f}"
        f"  {len(labels):4}",
        flush=True,
    )


def _is_plain(label: dict[str, Any], half: str) -> bool:
    return label["half"] == half and str(label["file"]).endswith("txt")


def _cells(line: str) -> str:
    named = _NAMED.fullmatch(line)
    parts = (
        (part.split(": ", 1)[-1] for part in line.split(BETWEEN)) if named else line.split(" | ")
    )
    return " ".join(parts)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _covered(line: str, text: str) -> int:
    """How many characters of a line stand in a text, in runs that prove something."""
    if line in text:
        return len(line)
    blocks = SequenceMatcher(None, line, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= _SHORTEST)


def _decoded(data: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    encoding = declared[1].decode().lower() if declared else "utf-8"
    known = {"gb2312": "gb18030", "gbk": "gb18030"}
    return data.decode(known.get(encoding, encoding), "replace")


if __name__ == "__main__":
    main()
