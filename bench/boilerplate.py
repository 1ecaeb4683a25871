"""`python -m bench.boilerplate`: quality of boilerplate removal on Chinese pages.

Precision and recall by character on the labelled pages of `tests/data/pages`, both halves, beside
trafilatura and readability-lxml alone. With `--trafilatura DIR`, a checkout of that project, also
the phrases that its own test suite expects to be kept and removed on its Chinese pages.
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
from index.ingest.structure.tables import CELL_SEPARATOR

PAGES = Path(__file__).parent.parent / "tests" / "data" / "pages"
_SHORTEST = 6  # characters of a run that counts as a match
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_NAMED = re.compile(r"(?:[^:,]{1,30}: [^,]*(?:, |$)){2,}")

Extract = Callable[[str, bytes], str]
"""Maps a page's name and bytes to the text that is kept."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of characters: `kept` of the page, `relevant` of the article, and their matches."""

    kept_relevant: int = 0
    kept: int = 0
    relevant_kept: int = 0
    relevant: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.kept_relevant + other.kept_relevant,
            self.kept + other.kept,
            self.relevant_kept + other.relevant_kept,
            self.relevant + other.relevant,
        )

    @property
    def precision(self) -> float:
        """Share of the kept text that belongs to the article."""
        return self.kept_relevant / self.kept if self.kept else 0.0

    @property
    def recall(self) -> float:
        """Share of the article's body that was kept."""
        return self.relevant_kept / self.relevant if self.relevant else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trafilatura", type=Path, help="a checkout of trafilatura")
    parser.add_argument("--each", action="store_true", help="a line for each page, tuning half")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    _table(read_labels(), each=options.each)
    if options.trafilatura:
        for name, extract in EXTRACTORS.items():
            kept, cut = phrases(options.trafilatura, extract)
            print(f"{name:18} trafilatura's Chinese pages: kept right {kept}, cut right {cut}")


def _table(labels: Sequence[dict[str, Any]], *, each: bool) -> None:
    print(f"{'':18} {'':10} precision  recall     F1  pages")
    for name, extract in EXTRACTORS.items():
        for half in ("tuning", "held-back"):
            pages = [
                page for page in labels if page["half"] == half and page["file"].endswith("html")
            ]
            _row(name, half, pages, extract)
    for half in ("tuning", "held-back"):
        _row("yiju", f"{half}, plain", [page for page in labels if _is_plain(page, half)], yiju)
    if each:
        for page in labels:
            if page["half"] == "tuning":
                _row("", page["file"], [page], yiju)


def read_labels() -> list[dict[str, Any]]:
    """Return the labels of all pages."""
    lines = (PAGES / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(kept: str, label: dict[str, Any]) -> Score:
    """Score a text against its labels; optional lines count for neither measure."""
    body = [_plain(line) for line in label["body"]]
    optional = [_plain(line) for line in [*label["optional"], label["title"]]]
    lines = [plain for line in kept.split("\n") if (plain := _plain(line))]
    good = "\n".join([*body, *optional])
    whole = "".join(lines)
    return Score(
        kept_relevant=sum(_covered(line, good) for line in lines),
        kept=sum(map(len, lines)),
        relevant_kept=sum(_covered(line, whole) for line in body),
        relevant=sum(map(len, body)),
    )


def yiju(name: str, data: bytes) -> str:
    """Return the text that Yiju keeps."""
    articles, _ = read_file(name, data)
    return "\n".join(article.text for article in articles)


def cells(name: str, data: bytes) -> str:
    """Return the text that Yiju keeps, table rows without column names.

    Otherwise Yiju's form of tables would count as boilerplate.
    """
    return "\n".join(map(_cells, yiju(name, data).split("\n")))


def trafilatura(_: str, data: bytes) -> str:
    """Return the text that trafilatura keeps with its defaults."""
    from trafilatura import extract

    return extract(data, include_comments=False) or ""


def readability(_: str, data: bytes) -> str:
    """Return the text that readability-lxml keeps, one line per block."""
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found, unused-ignore]

    summary = fromstring(Document(_decoded(data)).summary())
    for block in summary.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
        block.tail = "\n" + (block.tail or "")
    return "".join(map(str, summary.itertext()))


def phrases(checkout: Path, extract: Extract) -> tuple[str, str]:
    """Return how many phrases are kept and removed as expected, on the Chinese pages."""
    tests = checkout / "tests"
    cases = json.loads((tests / "evaldata.json").read_text(encoding="utf-8")).values()
    kept, cut = [], []
    for case in cases:
        expected = "".join(case["with"])
        if not _HAN.search(expected) or _KANA.search(expected):
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


def _row(name: str, pages: str, labels: Sequence[dict[str, Any]], extract: Extract) -> None:
    total = Score()
    for label in labels:
        total += score(extract(label["file"], (PAGES / label["file"]).read_bytes()), label)
    print(
        f"{name:18} {pages:17} {total.precision:.3f}   {total.recall:.3f}  {total.f1:.3f}"
        f"  {len(labels):4}",
        flush=True,
    )


def _is_plain(label: dict[str, Any], half: str) -> bool:
    return label["half"] == half and str(label["file"]).endswith("txt")


def _cells(line: str) -> str:
    """Return a table row without its column names.

    >>> _cells("年份: 2016, 金额: 100万")
    '2016 100万'
    """
    named = _NAMED.fullmatch(line)
    parts = (
        (part.split(": ", 1)[-1] for part in line.split(CELL_SEPARATOR))
        if named
        else line.split(" | ")
    )
    return " ".join(parts)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _covered(line: str, text: str) -> int:
    """Count the characters of a line that occur in a text in runs of `_SHORTEST` or more."""
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
