"""Classify blocks of a Chinese web page, or lines of a Chinese text, as article or boilerplate.

Pages with few sentences or in other languages are left to the rules of `formats/html.py` and
`edge_rules`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ingest.boilerplate.classifier import LineWeights, score_lines, smooth
from index.ingest.boilerplate.dom_features import DomPage, dom_features
from index.ingest.boilerplate.line_features import (
    FIRM_CLUES,
    OPENED_PARTS,
    PARTS,
    CluedLine,
    Features,
    line_features,
)
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.pages.html_blocks import HtmlBlock
from index.ingest.structure.byline import is_byline, is_byline_after_title
from index.ingest.structure.line_shapes import is_prose, width
from index.text.scripts import HAN_UNIFIED

SHIPPED_WEIGHTS = LineWeights.read()
"""About a hundred numbers: reading them takes less time than a page's first line."""

_HAN = re.compile(f"[{HAN_UNIFIED}]")
# Width of all sentences together, and their share of Chinese characters.
_MIN_SENTENCE_WIDTH = 60
_MIN_CHINESE_SHARE = 0.5
# Short lines below the last sentence are its signature if a date line follows them.
_MAX_SIGNATURE_WIDTH = 30
# So many lines may separate a headline from its article, or two paragraphs.
_MAX_GAP = 12
_AGREED_SCORE = 1.0
# Advertising between two paragraphs is often in doubt, and a call to readers seldom a loss.
_SURE_CALL = 0.5
# Lines alone prove less than a page: in doubt they stay.
_PLAIN_TEXT_BONUS = 1.0
_MAX_LINKED = 0.5


def kept_blocks(
    blocks: Sequence[HtmlBlock], main: str, weights: LineWeights = SHIPPED_WEIGHTS
) -> frozenset[int] | None:
    """Return the indices of the article's blocks, None if the page can't be classified.

    `main` is the text that trafilatura extracts, without white space; it is one feature of many.
    """
    page = DomPage.of(blocks, [clues_of(block.line) for block in blocks])
    if not _can_judge(page.lines):
        return None
    features = page_features(page, main)
    scores = _raise_agreed(features, score_lines(features, weights.page))
    kept = _kept(page.lines, features, scores)
    if kept is None:
        return None
    core = {i for i, row in enumerate(features) if row["core"] and row["linked"] <= _MAX_LINKED}
    return kept | (_between(page.lines, sorted(kept)) & core)


def kept_lines(
    texts: Sequence[str], weights: LineWeights = SHIPPED_WEIGHTS
) -> frozenset[int] | None:
    """Return the indices of the article's lines, None if the text can't be classified.

    No line may be blank.
    """
    lines = [CluedLine.of(text, clues_of(text)) for text in texts]
    if not _can_judge(lines):
        return None
    features = line_features(lines)
    scores = [score + _PLAIN_TEXT_BONUS for score in score_lines(features, weights.plain)]
    kept = _kept(lines, features, scores)
    return _filled(lines, kept) if kept else None


def page_features(page: DomPage, main: str) -> list[Features]:
    """Return the line and DOM features of a page's blocks."""
    rows = zip(line_features(page.lines), dom_features(page, main), strict=True)
    return [line | dom for line, dom in rows]


def _filled(lines: Sequence[CluedLine], kept: frozenset[int]) -> frozenset[int]:
    """Add headline, byline and the lines between kept lines to the kept lines."""
    start = _headline(lines, min(kept))
    return kept | {start} | _between(lines, sorted({start, *kept}))


def _between(lines: Sequence[CluedLine], kept: Sequence[int]) -> set[int]:
    """Return the lines without site clues in small gaps between kept lines."""
    gaps = [range(above + 1, below) for above, below in pairwise(kept) if below - above <= _MAX_GAP]
    return {i for gap in gaps for i in _plain(lines, gap)}


def _plain(lines: Sequence[CluedLine], gap: Sequence[int]) -> Iterator[int]:
    """Yield the lines of a gap without site clues, up to one that opens a part of the page."""
    for i in gap:
        if is_byline(lines[i].text) or not lines[i].clues:
            yield i
        elif not lines[i].clues.isdisjoint(OPENED_PARTS):
            return


def _headline(lines: Sequence[CluedLine], first: int) -> int:
    """Return the index of the headline above the first kept line, else of that line."""
    near = range(first, max(first - _MAX_GAP, -1), -1)
    byline = next((i for i in near if is_byline_after_title(lines[i].text)), None)
    crumbs = next((i for i in near if "crumb" in lines[i].clues), None)
    if byline is not None:
        candidates = [*range(byline - 1, max(byline - 4, -1), -1), byline]
    elif crumbs is not None:
        candidates = [*range(crumbs + 1, first)]
    else:
        candidates = [*range(first - 1, max(first - 3, -1), -1)]
    return min(first, next((i for i in candidates if _could_be_title(lines[i])), first))


def _could_be_title(line: CluedLine) -> bool:
    short = 4 <= width(line.text) <= 60 and not is_prose(line.text)
    own = line.clues.isdisjoint(FIRM_CLUES | OPENED_PARTS.keys())
    return short and own and not is_byline_after_title(line.text)


def _raise_agreed(features: Sequence[Features], scores: Sequence[float]) -> list[float]:
    """Raise scores to `_AGREED_SCORE` for lines in the core box that trafilatura keeps too.

    So are lists and tables between such lines: weights learned from news take facts in rows for
    boilerplate.
    """
    agreed = [i for i, row in enumerate(features) if row["core"] and row["accepted long"]]
    inner = range(min(agreed, default=0), max(agreed, default=0))
    return [
        max(score, _AGREED_SCORE) if _is_agreed(row, i in inner) else score
        for i, (row, score) in enumerate(zip(features, scores, strict=True))
    ]


def _is_agreed(row: Features, inner: bool) -> bool:
    formed = inner and (row["row"] or row["item"] or row["heading"])
    doubted = row["clues"] or any(row[part] for part in PARTS)
    core = row["core"] and row["linked"] <= _MAX_LINKED
    return bool(core and (row["accepted"] or formed) and not doubted)


def _can_judge(lines: Sequence[CluedLine]) -> bool:
    sentences = "".join(line.text for line in lines if line.mass)
    han = len(_HAN.findall(sentences))
    return width(sentences) >= _MIN_SENTENCE_WIDTH and han >= _MIN_CHINESE_SHARE * len(sentences)


def _kept(
    lines: Sequence[CluedLine], features: Sequence[Features], scores: Sequence[float]
) -> frozenset[int] | None:
    verdicts = smooth(scores)
    kept = {
        i
        for i, verdict in enumerate(verdicts)
        if _stays(lines[i], features[i], scores[i], verdict=verdict)
    }
    kept |= _signature(lines, features, kept)
    return frozenset(kept) if any(lines[i].mass for i in kept) else None


def _stays(line: CluedLine, row: Features, score: float, *, verdict: bool) -> bool:
    """Return the smoothed verdict, overridden by the line's own score for sentences and calls.

    Sentences are overridden only in the core box or, in a text without boxes, within its extent.
    """
    if line.mass and score > 0 and row.get("core", row["inside"]):
        return True
    return verdict and not (score < 0 and row["firm"]) and not (score < _SURE_CALL and row["call"])


def _signature(
    lines: Sequence[CluedLine], features: Sequence[Features], kept: set[int]
) -> set[int]:
    """Return the signature below the last kept line, name and day: `县水利局 / 2020年6月1日`."""
    below = max(kept, default=len(lines)) + 1
    for day in range(below, min(below + 3, len(lines))):
        names = range(below, day)
        short = all(
            width(lines[i].text) <= _MAX_SIGNATURE_WIDTH and not lines[i].clues for i in names
        )
        if short and features[day]["day"]:
            return {*names, day}
    return set()
