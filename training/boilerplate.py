"""`python -m training.boilerplate`: weights to classify lines as article or boilerplate.

A logistic regression over `line_features` and `dom_features` (`index/ingest/boilerplate`), fitted
to the labelled pages of the tuning half alone: once with the page's structure, once for lines
alone. Every page is also shown with the site clues of half of its lines left out, since another
site has other words. Prints the share that each site would lose and wrongly keep if the weights
were learned from the others only, and writes `index/ingest/boilerplate/weights.json`. A minute.

The shipped weights were first fitted by a Newton's method of our own. scikit-learn's coefficients
differ from those by at most 1.3e-6, give the same table, and round to the same weights.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.ingest.boilerplate.classifier import WEIGHTS_FILE, LineWeights, score_lines, smooth
from index.ingest.boilerplate.classify import page_features
from index.ingest.boilerplate.dom_features import DomPage
from index.ingest.boilerplate.line_features import CluedLine, Features, line_features
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.formats.html import main_words, page_text
from index.ingest.pages.html_blocks import blocks_of, parse_page
from index.ingest.sources.encoding import decode
from index.ingest.structure.headings import split_lines
from index.ingest.structure.line_shapes import is_blank, width

_PAGES = Path(__file__).parent.parent / "tests" / "data" / "pages"
# What may be kept or cut without blame (a headline, a caption) should rather be kept.
_OPTIONAL = 0.1
# A line counts by its width, a long one not for more than this.
_WIDEST = 60.0
# The inverse of the ridge penalty. Decimals beyond the second are noise, and are cut off.
_C = 1.0
_DECIMALS = 2
# Copies of each page in which the clues of some lines, others each time, are left out.
_MASKED_COPIES = 3
_MASKED = 0.5

Label = Mapping[str, Any]
CluesOf = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a site's page: features, whether to keep it, weight."""

    site: str
    features: Features
    keep: bool
    weight: float


LabelledPage = list[LabelledLine]


def main() -> None:
    """Fit both sets of weights and write them."""
    with (_PAGES / "labels.jsonl").open(encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines]
    tuning = [label for label in labels if label["half"] == "tuning"]
    html = [label for label in tuning if label["file"].endswith("html")]
    page = _fit_and_report("page", html, _html_page)
    plain = _fit_and_report("plain", tuning, _plain_page)
    LineWeights(page, plain).write(WEIGHTS_FILE)


def fit(lines: Sequence[LabelledLine]) -> dict[str, float]:
    """Return the weights by feature name; zeros are left out."""
    names = sorted({name for line in lines for name in line.features})
    values = np.array([[line.features.get(name, 0.0) for name in names] for line in lines])
    # Newton's method: with about 60 features it reaches the optimum of this convex loss in a few
    # steps, so that the weights don't depend on the tolerance of a first-order solver.
    model = LogisticRegression(C=_C, fit_intercept=False, solver="newton-cholesky", tol=1e-8)
    model.fit(values, [line.keep for line in lines], [line.weight for line in lines])
    rounded = {
        name: round(float(value), _DECIMALS)
        for name, value in zip(names, model.coef_[0], strict=True)
    }
    return {name: value for name, value in rounded.items() if value}


def _fit_and_report(
    name: str, labels: Sequence[Label], read: Callable[[Label, CluesOf], LabelledPage]
) -> dict[str, float]:
    copies = [
        [read(label, masked_clues(copy)) for label in labels] for copy in range(_MASKED_COPIES + 1)
    ]
    _leave_one_out(name, copies)
    return fit(list(_lines(copies)))


def masked_clues(copy: int) -> CluesOf:
    """Return a variant of `clues_of` that drops the clues of random lines; copy 0 drops none."""

    def masked(line: str) -> frozenset[str]:
        chance = crc32(f"{line}{copy}".encode()) % 1000 / 1000
        return frozenset() if copy and chance < _MASKED else clues_of(line)

    return masked


def _leave_one_out(name: str, copies: Sequence[Sequence[LabelledPage]]) -> None:
    pages = copies[0]
    for site in sorted({page[0].site for page in pages}):
        weights = fit([line for line in _lines(copies) if line.site != site])
        lost, kept, wanted = 0.0, 0.0, 0.0
        for page in (page for page in pages if page[0].site == site):
            verdicts = smooth(score_lines([line.features for line in page], weights))
            pairs = list(zip(page, verdicts, strict=True))
            wanted += sum(line.weight for line in page if line.keep)
            lost += sum(line.weight for line, verdict in pairs if line.keep and not verdict)
            kept += sum(line.weight for line, verdict in pairs if verdict and not line.keep)
        print(f"{name:6} {site:10} lost {lost / wanted:6.1%}  wrongly kept {kept / wanted:6.1%}")


def _lines(copies: Sequence[Sequence[LabelledPage]]) -> Iterable[LabelledLine]:
    return (line for pages in copies for page in pages for line in page)


def _html_page(label: Label, clues: CluesOf) -> LabelledPage:
    text = page_text((_PAGES / label["file"]).read_bytes())
    root = parse_page(text)
    blocks = blocks_of(root) if root is not None else []
    page = DomPage.of(blocks, [clues(block.line) for block in blocks])
    return _labelled(
        label, [line.text for line in page.lines], page_features(page, main_words(text))
    )


def _plain_page(label: Label, clues: CluesOf) -> LabelledPage:
    """Return the page as if scraped: its lines without structure."""
    data = (_PAGES / label["file"]).read_bytes()
    if label["file"].endswith("html"):
        root = parse_page(page_text(data))
        lines = [block.line for block in blocks_of(root)] if root is not None else []
    else:
        lines = [line for line in split_lines(decode(data)) if not is_blank(line)]
    features = line_features([CluedLine.of(line, clues(line)) for line in lines])
    return _labelled(label, lines, features)


def _labelled(label: Label, lines: Sequence[str], features: Sequence[Features]) -> LabelledPage:
    value_of = line_values(label)
    return [
        LabelledLine(
            label["site"],
            row,
            value_of(line) > 0,
            min(width(line), _WIDEST) / 20 / (1 + _MASKED_COPIES) * (value_of(line) or 1.0),
        )
        for line, row in zip(lines, features, strict=True)
    ]


def line_values(label: Label) -> Callable[[str], float]:
    """Return a function from a line to its value: 1 article, a little optional, 0 the rest."""
    body = [_squeezed(line) for line in label["body"]]
    optional = [_squeezed(line) for line in [*label["optional"], label["title"]]]

    def value(line: str) -> float:
        squeezed = _squeezed(line)
        if squeezed in body or (len(squeezed) >= 8 and any(squeezed in other for other in body)):
            return 1.0
        part = len(squeezed) >= 6 and any(squeezed in other for other in optional)
        most = any(len(other) > len(squeezed) / 2 and other in squeezed for other in optional)
        known = squeezed in optional or part or (most and "crumb" not in clues_of(line))
        return _OPTIONAL if known else 0.0

    return value


def _squeezed(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    main()
