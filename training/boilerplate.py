"""`python -m training.boilerplate`: weights that tell an article from the boilerplate around it.

A logistic regression over `line_features` and `dom_features` (`index/ingest/boilerplate`), fitted
to the labelled pages of the tuning half alone: once with the page's structure, once for lines
alone. Every page is also shown with half of the site words forgotten, since another site has other
words. Prints what each site would lose and wrongly keep if it were learned from the others only,
and writes `index/ingest/boilerplate/weights.py`. Half a minute.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pprint import pformat
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.ingest.boilerplate.classifier import smoothed, weighed
from index.ingest.boilerplate.classify import page_features
from index.ingest.boilerplate.dom_features import page_of
from index.ingest.boilerplate.line_features import Features, Words, evidence, told
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.formats.html import main_words, page_text
from index.ingest.sources.encoding import decode
from index.ingest.structure.headings import split_lines
from index.ingest.structure.html_blocks import blocks_of, parse_page
from index.ingest.structure.line_shapes import is_blank, width

_ROOT = Path(__file__).parent.parent
_PAGES = _ROOT / "tests" / "data" / "pages"
_WEIGHTS = _ROOT / "index" / "ingest" / "weights.py"
# What may be kept or cut without blame (a headline, a caption) should rather be kept.
_OPTIONAL = 0.1
# A line counts by its width, a long one not for more than this.
_WIDEST = 60.0
_RIDGE = 1.0
# Copies of each page in which some of its words, others each time, aren't known.
_FORGETFUL = 3
_FORGOTTEN = 0.5
_STEPS = 30

Floats = npt.NDArray[np.float64]
Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A line of a page of some site: its features, whether it belongs, and for how much."""

    site: str
    features: Features
    wanted: bool
    weight: float


Page = list[Example]


def main() -> None:
    """Fits both sets of weights and writes them."""
    with (_PAGES / "labels.jsonl").open(encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines]
    tuning = [label for label in labels if label["half"] == "tuning"]
    made = {}
    for name, make in (("PAGE", _page), ("LINES", _plain)):
        chosen = [label for label in tuning if make is _plain or label["file"].endswith("html")]
        copies = [[make(label, _words(copy)) for label in chosen] for copy in range(_FORGETFUL + 1)]
        _leave_one_out(name, copies)
        made[name] = fitted([one for pages in copies for page in pages for one in page])
    _WEIGHTS.write_text(_module(made), encoding="utf-8")


def fitted(examples: Sequence[Example]) -> dict[str, float]:
    """The weights by Newton's method; zeros are left out."""
    names = sorted({name for one in examples for name in one.features})
    values = np.array([[one.features.get(name, 0.0) for name in names] for one in examples])
    wanted = np.array([float(one.wanted) for one in examples])
    weight = np.array([one.weight for one in examples])
    found = _newton(values, wanted, weight)
    rounded = {name: round(float(value), 2) for name, value in zip(names, found, strict=True)}
    return {name: value for name, value in rounded.items() if value}


def _newton(values: Floats, wanted: Floats, weight: Floats) -> Floats:
    found = np.zeros(values.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weight * (likely - wanted)) + _RIDGE * found
        curve = (values * (weight * likely * (1 - likely))[:, None]).T @ values
        found = found - np.linalg.solve(curve + _RIDGE * np.eye(len(found)), slope)
    return found


def _words(copy: int) -> Words:
    """The clues of a line; of the copies but the first, those of some lines are forgotten."""

    def words(line: str) -> frozenset[str]:
        chance = crc32(f"{line}{copy}".encode()) % 1000 / 1000
        return frozenset() if copy and chance < _FORGOTTEN else clues_of(line)

    return words


def _leave_one_out(name: str, copies: Sequence[Sequence[Page]]) -> None:
    pages = copies[0]
    for site in sorted({page[0].site for page in pages}):
        others = [one for some in copies for page in some for one in page if one.site != site]
        weights = fitted(others)
        lost, kept, wanted = 0.0, 0.0, 0.0
        for page in (page for page in pages if page[0].site == site):
            verdicts = smoothed(weighed([one.features for one in page], weights))
            pairs = list(zip(page, verdicts, strict=True))
            wanted += sum(one.weight for one in page if one.wanted)
            lost += sum(one.weight for one, keep in pairs if one.wanted and not keep)
            kept += sum(one.weight for one, keep in pairs if keep and not one.wanted)
        print(f"{name:6} {site:10} lost {lost / wanted:6.1%}  wrongly kept {kept / wanted:6.1%}")


def _page(label: Label, knowing: Words) -> Page:
    text = page_text((_PAGES / label["file"]).read_bytes())
    root = parse_page(text)
    blocks = blocks_of(root) if root is not None else []
    lines = [" ".join(block.words) for block in blocks]
    return _examples(label, lines, page_features(page_of(blocks, knowing), main_words(text)))


def _plain(label: Label, knowing: Words) -> Page:
    """A page as a scrape of it would have it: the lines without their form."""
    data = (_PAGES / label["file"]).read_bytes()
    if label["file"].endswith("html"):
        root = parse_page(page_text(data))
        lines = [" ".join(block.words) for block in blocks_of(root)] if root is not None else []
    else:
        lines = [line for line in split_lines(decode(data)) if not is_blank(line)]
    return _examples(label, lines, evidence([told(line, knowing=knowing) for line in lines]))


def _examples(label: Label, lines: Sequence[str], features: Sequence[Features]) -> Page:
    worth = _worth(label)
    return [
        Example(
            label["site"],
            feature,
            worth(line) > 0,
            min(width(line), _WIDEST) / 20 / (1 + _FORGETFUL) * (worth(line) or 1.0),
        )
        for line, feature in zip(lines, features, strict=True)
    ]


def _worth(label: Label) -> Callable[[str], float]:
    """What a line is to the reader: 1 the article, a little what is optional, 0 the rest."""
    body = [_bare(line) for line in label["body"]]
    optional = [_bare(line) for line in [*label["optional"], label["title"]]]

    def worth(line: str) -> float:
        bare = _bare(line)
        if bare in body or (len(bare) >= 8 and any(bare in other for other in body)):
            return 1.0
        part = len(bare) >= 6 and any(bare in other for other in optional)
        most = any(len(other) > len(bare) / 2 and other in bare for other in optional)
        known = bare in optional or part or (most and "crumb" not in clues_of(line))
        return _OPTIONAL if known else 0.0

    return worth


def _bare(text: str) -> str:
    return "".join(text.split())


def _module(weights: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        '"""What each piece of evidence weighs; made by `python -m training.boilerplate`."""\n'
    ]
    for name, values in weights.items():
        lines.append(f"{name} = {pformat(dict(values), width=90)}\n".replace("'", '"'))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
