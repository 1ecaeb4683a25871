"""What speaks for and against each line of a text being the article: numbers from 0 to 1.

Its shape, its words, the part of the page that a line above it has opened, and its place between
the first and the last sentence. `places` adds what a web page's structure tells, `weighing` makes
one number of all.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.structure.byline import is_byline
from index.ingest.structure.line_shapes import is_prose, numbering, width

Features = dict[str, float]
Words = Callable[[str], frozenset[str]]

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
# Words of sites only; the others may as well stand in an article.
FIRM = frozenset(
    "crumb share tools count pager copyright permit login ad visitor datebar end".split()
)
# Calls to a reader, also between two paragraphs.
_CALLS = frozenset("follow ask promo teaser excerpt ago".split())
# Lines that end an article, or open the next part of the page.
_ENDING = frozenset(
    "editor end notice share tools pager related comment copyright permit profile".split()
)
OPENING = {
    "comment": "comments",
    "related": "links",
    "teaser": "links",
    "excerpt": "links",
    "profile": "other",
    "login": "other",
    "notice": "other",
}
PARTS = ("comments", "links", "other")
# Sentences in a row that close a part of the page which some words have opened.
_CLOSING = 2
_NEIGHBOURS = ((-1, "above"), (1, "below"), (-2, "above2"), (2, "below2"))


@dataclass(frozen=True, slots=True)
class Told:
    """A line, what its words hint at, and how much of a sentence it is (its width, or 0)."""

    text: str
    clues: frozenset[str]
    mass: float


def told(text: str, weight: float = 1.0, knowing: Words = clues_of) -> Told:
    """The line with its clues: `会议在北京召开，持续三天。` → no clues, mass 13.

    `knowing` tells the clues; training forgets some, as if it had never seen the words.
    """
    clues = knowing(text)
    sentence = width(text) >= 12 and ("。" in text or is_prose(text)) and not clues
    return Told(text, clues, weight * width(text) if sentence else 0.0)


def evidence(lines: Sequence[Told]) -> list[Features]:
    """The features of every line, by name; those that are 0 may be missing."""
    features = [_shape(line) | _words(line) for line in lines]
    for feature, place, part in zip(features, _places(lines), _parts(lines), strict=True):
        feature.update(place)
        feature.update(part)
    return _beside(features)


def extent(lines: Sequence[Told]) -> tuple[int, int]:
    """The first and last line of the run with the most sentences and the fewest other lines."""
    best, start, end = 0.0, 0, len(lines) - 1
    total, begin = 0.0, 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, begin = 0.0, i
        total += min(line.mass, 150) / 20 if line.mass else -2.0 if line.clues else -0.6
        if total > best:
            best, start, end = total, begin, i
    return start, end


def _shape(line: Told) -> Features:
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


def _words(line: Told) -> Features:
    return {
        "firm": float(bool(line.clues & FIRM)),
        "call": float(bool(line.clues & _CALLS)),
        "soft": float(bool(line.clues - FIRM - _CALLS)),
        "opening": float(not line.clues.isdisjoint(OPENING)),
        "clues": min(len(line.clues), 3) / 3,
        "byline": float(is_byline(line.text)),
    }


def _places(lines: Sequence[Told]) -> Iterator[Features]:
    """Where each line stands among the sentences of the page."""
    first, last = extent(lines)
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


def _parts(lines: Sequence[Told]) -> Iterator[Features]:
    """The part of the page that a line above has opened, and how many endings stand above."""
    first, last = extent(lines)
    part, sentences, endings = "", 0, 0
    for i, line in enumerate(lines):
        yield {
            **{name: float(part == name) for name in PARTS},
            "endings": math.log1p(endings) / 2,
        }
        endings += i > first and bool(line.clues & _ENDING) and not is_prose(line.text)
        opened = next((OPENING[clue] for clue in OPENING if clue in line.clues), None)
        if opened:
            part, sentences = opened, 0
        elif line.mass and first <= i <= last:
            sentences += 1
            part = "" if sentences >= _CLOSING else part


def _beside(features: Sequence[Features]) -> list[Features]:
    """The features with some of the neighbours'; beyond the page's ends all is furniture."""
    beyond = {"prose": 0.0, "firm": 1.0, "opening": 0.0, "day": 0.0}
    made = [dict(feature) for feature in features]
    for i, feature in enumerate(made):
        for step, name in _NEIGHBOURS:
            other = features[i + step] if 0 <= i + step < len(features) else beyond
            feature |= {f"{key} {name}": other[key] for key in beyond}
    return made
