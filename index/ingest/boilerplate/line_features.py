"""Per-line features for classifying article text against boilerplate, each in [0, 1] or near it.

They are a line's shape, its site clues, the part of the page that a line above has opened, and its
position relative to the first and the last sentence. Features of a web page's DOM are left to
`dom_features`, weights to `classifier`.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ingest.structure.byline import is_byline
from index.ingest.structure.line_shapes import is_prose, numbering, width

Features = dict[str, float]

_STOPS = re.compile("[。；]")
_COMMAS = re.compile("[，、,]")
_DIGITS = re.compile(r"\d")
_STOP_END = re.compile("[。；;][”’」』）)]?$")
_DAY = re.compile(
    r"[(（]?(?:(?:19|20)\d\d|[一二三四五六七八九〇零○]{4})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}"
    r"\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*日?[)）]?"
)
_ITEM = re.compile(r"\s*(?:\d{1,2}[.、]|[（(]\d)")
_BARS = re.compile("[|｜丨]")
FIRM_CLUES = frozenset(
    "crumb share tools count pager copyright permit login ad visitor datebar end".split()
)
"""Clues whose words only sites use; the words of other clues may occur in an article too."""

# Calls to a reader, also between two paragraphs.
_CALLS = frozenset("follow ask promo teaser excerpt ago".split())
# Lines that end an article, or open the next part of the page.
_ENDING = frozenset(
    "editor end notice share tools pager related comment copyright permit profile".split()
)
OPENED_PARTS = {
    "comment": "comments",
    "related": "links",
    "teaser": "links",
    "excerpt": "links",
    "profile": "other",
    "login": "other",
    "notice": "other",
}
"""The part of the page that a line with a clue opens, by clue."""

PARTS = ("comments", "links", "other")
# A part of the page ends after this many sentences in a row.
_CLOSING_SENTENCES = 2
_NEIGHBOURS = ((-1, "above"), (1, "below"), (-2, "above2"), (2, "below2"))
# Beyond the page's ends all is boilerplate.
_BEYOND = {"prose": 0.0, "firm": 1.0, "opening": 0.0, "day": 0.0}


@dataclass(frozen=True, slots=True)
class CluedLine:
    """A line with its site clues and its sentence mass: weighted width, 0 if no sentence."""

    text: str
    clues: frozenset[str]
    mass: float

    @classmethod
    def of(cls, text: str, clues: frozenset[str], weight: float = 1.0) -> "CluedLine":
        """Create a line and compute its sentence mass, which is 0 with clues.

        >>> CluedLine.of("会议在北京召开，持续三天。", frozenset()).mass
        13.0
        """
        sentence = width(text) >= 12 and ("。" in text or is_prose(text)) and not clues
        return cls(text, clues, weight * width(text) if sentence else 0.0)


def line_features(lines: Sequence[CluedLine]) -> list[Features]:
    """Return the features of every line, by name."""
    features = [_shape(line) | _clues(line) for line in lines]
    for feature, position, part in zip(features, _positions(lines), _parts(lines), strict=True):
        feature.update(position)
        feature.update(part)
    return _with_neighbours(features)


def article_extent(lines: Sequence[CluedLine]) -> tuple[int, int]:
    """Return the first and last index of the run of lines with the highest sum of line scores.

    Sentences score positively, other lines and lines with clues negatively.
    """
    best, start, end = 0.0, 0, len(lines) - 1
    total, begin = 0.0, 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, begin = 0.0, i
        total += min(line.mass, 150) / 20 if line.mass else -2.0 if line.clues else -0.6
        if total > best:
            best, start, end = total, begin, i
    return start, end


def _shape(line: CluedLine) -> Features:
    text = line.text.strip()
    words = text.split()
    return {
        "size": math.log1p(width(text)) / 4,
        "prose": float(is_prose(text)),
        "stopped": float(_STOP_END.search(text) is not None),
        "stops": min(len(_STOPS.findall(text)), 4) / 4,
        "commas": min(len(_COMMAS.findall(text)), 6) / 6,
        "colon": float(text.endswith((":", "："))),
        "digits": len(_DIGITS.findall(text)) / max(len(text), 1),
        "numbered": float(numbering(text) is not None or _ITEM.match(text) is not None),
        "day": float(_DAY.fullmatch(text) is not None),
        "bars": float(len(_BARS.findall(text)) >= 2),
        "short words": float(len(words) >= 4 and not is_prose(text) and max(map(len, words)) <= 8),
        "always": 1.0,
    }


def _clues(line: CluedLine) -> Features:
    return {
        "firm": float(bool(line.clues & FIRM_CLUES)),
        "call": float(bool(line.clues & _CALLS)),
        "soft": float(bool(line.clues - FIRM_CLUES - _CALLS)),
        "opening": float(not line.clues.isdisjoint(OPENED_PARTS)),
        "clues": min(len(line.clues), 3) / 3,
        "byline": float(is_byline(line.text)),
    }


def _positions(lines: Sequence[CluedLine]) -> Iterator[Features]:
    """Yield each line's position among the sentences of the page."""
    first, last = article_extent(lines)
    total = sum(line.mass for line in lines) or 1.0
    above = 0.0
    for i, line in enumerate(lines):
        yield {
            "inside": float(first <= i <= last),
            "before": min(max(first - i, 0), 10) / 10,
            "just before": float(0 < first - i <= 3),
            "after": min(max(i - last, 0), 10) / 10,
            "just after": float(0 < i - last <= 3),
            "mass above": above / total,
            "mass below": (total - above - line.mass) / total,
        }
        above += line.mass


def _parts(lines: Sequence[CluedLine]) -> Iterator[Features]:
    """Yield for each line the part of the page it is in, and the log of the endings above it."""
    first, last = article_extent(lines)
    part, sentences, endings = "", 0, 0
    for i, line in enumerate(lines):
        yield {
            **{name: float(part == name) for name in PARTS},
            "endings": math.log1p(endings) / 2,
        }
        endings += i > first and bool(line.clues & _ENDING) and not is_prose(line.text)
        opened = next((OPENED_PARTS[clue] for clue in OPENED_PARTS if clue in line.clues), None)
        if opened:
            part, sentences = opened, 0
        elif line.mass and first <= i <= last:
            sentences += 1
            part = "" if sentences >= _CLOSING_SENTENCES else part


def _with_neighbours(features: Sequence[Features]) -> list[Features]:
    """Add the features in `_BEYOND` of the two lines above and below to those of each line."""
    extended = [dict(feature) for feature in features]
    for i, feature in enumerate(extended):
        for step, name in _NEIGHBOURS:
            neighbour = features[i + step] if 0 <= i + step < len(features) else _BEYOND
            feature |= {f"{key} {name}": neighbour[key] for key in _BEYOND}
    return extended
