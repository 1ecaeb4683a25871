"""Which blocks of a Chinese web page, or lines of a Chinese text, are the article.

None where there is too little to judge by: few sentences, or another language. Such a page or text
is left to the rules of `html` and `boilerplate`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ingest.boilerplate.classifier import smoothed, weighed
from index.ingest.boilerplate.dom_features import Page, page_of, places
from index.ingest.boilerplate.line_features import (
    FIRM,
    OPENING,
    PARTS,
    Features,
    Told,
    evidence,
    told,
)
from index.ingest.boilerplate.weights import LINES, PAGE
from index.ingest.structure.byline import is_byline, is_byline_after_title
from index.ingest.structure.html_blocks import HtmlBlock
from index.ingest.structure.line_shapes import is_prose, width

_HAN = re.compile("[\u4e00-\u9fff]")
# Width of all sentences together, and their share of Chinese characters.
_LEAST = 60
_CHINESE = 0.5
# Short lines below the last sentence are its signature if the day stands with them.
_SIGNATURE = 30
# So many lines may stand between a headline and its article, or between two paragraphs.
_GAP = 12
_AGREED = 1.0
# Of lines alone less is known: in doubt they stay.
_LENIENT = 1.0
_LINKS = 0.5


def kept_blocks(blocks: Sequence[HtmlBlock], main: str) -> frozenset[int] | None:
    """The numbers of the blocks that are the article.

    `main` is what trafilatura takes for it, without white space: one piece of evidence.
    """
    page = page_of(blocks)
    if not _can_judge(page.lines):
        return None
    features = page_features(page, main)
    kept = _kept(page.lines, features, _agreed(features, weighed(features, PAGE)))
    if kept is None:
        return None
    box = {i for i, one in enumerate(features) if one["core"] and one["linked"] <= _LINKS}
    return kept | (_between(page.lines, sorted(kept)) & box)


def kept_lines(lines: Sequence[str]) -> frozenset[int] | None:
    """The same for lines of a text, none of them blank."""
    said = [told(line) for line in lines]
    if not _can_judge(said):
        return None
    features = evidence(said)
    kept = _kept(said, features, [score + _LENIENT for score in weighed(features, LINES)])
    return filled(said, kept) if kept else None


def filled(lines: Sequence[Told], kept: frozenset[int]) -> frozenset[int]:
    """With headline, byline and what stands between the lines that are kept."""
    start = _headline(lines, min(kept))
    return kept | {start} | _between(lines, sorted({start, *kept}))


def _between(lines: Sequence[Told], kept: Sequence[int]) -> set[int]:
    """What stands in small gaps between lines that are kept and has no words of furniture."""
    gaps = [range(one + 1, two) for one, two in pairwise(kept) if two - one <= _GAP]
    return {i for gap in gaps for i in _plain(lines, gap)}


def _plain(lines: Sequence[Told], gap: Sequence[int]) -> Iterator[int]:
    """The lines of a gap that don't speak of furniture, up to one that opens a part of the page."""
    for i in gap:
        if is_byline(lines[i].text) or not lines[i].clues:
            yield i
        elif not lines[i].clues.isdisjoint(OPENING):
            return


def _headline(lines: Sequence[Told], first: int) -> int:
    """The line of the headline above the first line that is kept, or that line's own."""
    near = range(first, max(first - _GAP, -1), -1)
    byline = next((i for i in near if is_byline_after_title(lines[i].text)), None)
    crumbs = next((i for i in near if "crumb" in lines[i].clues), None)
    if byline is not None:
        places = [*range(byline - 1, max(byline - 4, -1), -1), byline]
    elif crumbs is not None:
        places = [*range(crumbs + 1, first)]
    else:
        places = [*range(first - 1, max(first - 3, -1), -1)]
    return min(first, next((i for i in places if _could_be_title(lines[i])), first))


def _could_be_title(line: Told) -> bool:
    short = 4 <= width(line.text) <= 60 and not is_prose(line.text)
    own = line.clues.isdisjoint(FIRM | OPENING.keys())
    return short and own and not is_byline_after_title(line.text)


def page_features(page: Page, main: str) -> list[Features]:
    """All that is known of a page's blocks."""
    both = zip(evidence(page.lines), places(page, main), strict=True)
    return [words | place for words, place in both]


def _agreed(features: Sequence[Features], scores: Sequence[float]) -> list[float]:
    """The scores, at least `_AGREED` for what the article's box holds and trafilatura keeps.

    Lists and tables between such lines, too: facts in rows look like furniture to weights that
    news have taught.
    """
    both = [i for i, one in enumerate(features) if one["core"] and one["accepted long"]]
    inner = range(min(both, default=0), max(both, default=0))
    return [
        max(score, _AGREED) if _is_agreed(feature, i in inner) else score
        for i, (feature, score) in enumerate(zip(features, scores, strict=True))
    ]


def _is_agreed(feature: Features, inner: bool) -> bool:
    formed = inner and (feature["row"] or feature["item"] or feature["heading"])
    doubted = feature["clues"] or any(feature[part] for part in PARTS)
    box = feature["core"] and feature["linked"] <= _LINKS
    return bool(box and (feature["accepted"] or formed) and not doubted)


def _can_judge(lines: Sequence[Told]) -> bool:
    sentences = "".join(line.text for line in lines if line.mass)
    han = len(_HAN.findall(sentences))
    return width(sentences) >= _LEAST and han >= _CHINESE * len(sentences)


def _kept(
    lines: Sequence[Told], features: Sequence[Features], scores: Sequence[float]
) -> frozenset[int] | None:
    verdicts = smoothed(scores)
    kept = {
        i
        for i, verdict in enumerate(verdicts)
        if _stays(lines[i], features[i], scores[i], verdict=verdict)
    }
    kept |= _signature(lines, features, kept)
    return frozenset(kept) if any(lines[i].mass for i in kept) else None


def _stays(line: Told, feature: Features, score: float, *, verdict: bool) -> bool:
    """The verdict, but for sentences and calls, which don't follow the lines around them.

    Sentences only where the article is: in its box, of a text without boxes in its extent.
    """
    if line.mass and score > 0 and feature.get("core", feature["inside"]):
        return True
    return verdict and not (score < 0 and (feature["firm"] or feature["call"]))


def _signature(lines: Sequence[Told], features: Sequence[Features], kept: set[int]) -> set[int]:
    """The name and the day below the last line: `县水利局 / 2020年6月1日`."""
    below = max(kept, default=len(lines)) + 1
    for day in range(below, min(below + 3, len(lines))):
        names = range(below, day)
        short = all(width(lines[i].text) <= _SIGNATURE and not lines[i].clues for i in names)
        if short and features[day]["day"]:
            return {*names, day}
    return set()
