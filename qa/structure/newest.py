"""Take the newest, the oldest or the one before the last where a question asks for it.

Sentences that answer alike are told apart by what counts them (第7届) or by their dates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.search.query import QueryTerms
from index.text.folding import fold
from qa.answer_types import PATTERNS
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question
from qa.structure.coverage import missing_share
from qa.structure.numbered_parts import number_of

_COUNTER = "届次期回版批轮场季份任代"
_N = r"[〇零一二三四五六七八九十百\d]{1,4}"
# 任务 and 期间 are words.
_ALONE = "(?![务间])"
_NEWEST = re.compile(
    rf"最新|最近(?:的|一|这|那)*[{_COUNTER}]{_ALONE}|[本这当]一?[届次期版批轮任](?!数){_ALONE}|"
    rf"近一?[{_COUNTER}]{_ALONE}|现任|\b(?:latest|newest|most recent)\b|"
    # Only what comes before a noun: an electric current is no newer than others.
    r"(?<!electric )(?<!direct )(?<!alternating )\bcurrent\b"
    r"(?= [a-z])(?! (?:is|was|of|in|at|through|flows?|density|rating|strength|limit)\b)|"
    r"\blast (?:time|year|edition|meeting|issue)\b"
)
_PREVIOUS = re.compile(
    # 上任 is more often what a new holder of a post does.
    rf"上一[{_COUNTER}]{_ALONE}|上[届次期回]{_ALONE}|前一[{_COUNTER}]{_ALONE}|前任(?!务)|"
    r"\bprevious (?:time|year|edition|issue)\b"
)
_OLDEST = re.compile(rf"首[{_COUNTER}]|最早(?:的|一)*[{_COUNTER}]|\bearliest (?:edition|issue)\b")
_ORDINAL = re.compile(rf"第(?P<n>{_N})(?P<counter>[{_COUNTER}])")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2}))?)?"
)
_AMONG = 10  # sentences
_BEHIND = 2.5
"""Score by which another sentence may be behind and still answer alike."""

_SERIES_WORDS = " 最近 最新 一届 一次 一期 一回 上一 "
_SURE = 0.75
_SHARE_IN_ORDER = 0.2
_SHARE = 0.8
"""Share of the first sentence's coverage that another must reach."""


class Place(Enum):
    """Which of a series is asked for."""

    NEWEST = auto()
    PREVIOUS = auto()
    OLDEST = auto()
    NUMBERED = auto()


@dataclass(frozen=True, slots=True)
class SeriesPick:
    """Evidence with the member of a series that is asked for first.

    `least` is the least confidence in it, 0 where nothing proves it.
    """

    evidence: list[Evidence]
    least: float = 0.0


def asked_place(question: Question) -> Place | None:
    """Return which of a series a question asks for; None for any."""
    folded = question.forms.folded
    for place, pattern in (
        (Place.PREVIOUS, _PREVIOUS),
        (Place.NEWEST, _NEWEST),
        (Place.OLDEST, _OLDEST),
    ):
        if pattern.search(folded):
            return place
    return Place.NUMBERED if _ORDINAL.search(folded) else None


def series_words(question: Question) -> str:
    """Return the words of a question that say which of a series it means."""
    folded = question.forms.folded
    patterns = (_NEWEST, _PREVIOUS, _OLDEST, _ORDINAL)
    named = [match.group() for pattern in patterns for match in pattern.finditer(folded)]
    return " ".join([*named, _SERIES_WORDS]) if named else ""


@dataclass(frozen=True, slots=True)
class _Dated:
    evidence: Evidence
    ordinal: tuple[str, int] | None  # what is counted (届), and its number
    date: str

    @property
    def key(self) -> tuple[tuple[str, int] | None, str]:
        """What tells it from others: its number, or else its date."""
        return (self.ordinal, "") if self.ordinal is not None else (None, self.date)


def in_series(question: Question, terms: QueryTerms, evidence: Sequence[Evidence]) -> SeriesPick:
    """Put the member of a series that is asked for first, and leave its rivals out.

    Nothing changes if no member is asked for, or nothing tells the members apart.
    """
    place = asked_place(question)
    if place is None or len(evidence) < 2 or _says_it_itself(question, place, evidence[0]):
        return SeriesPick(list(evidence))
    first = evidence[0]
    alike = [item for item in evidence[:_AMONG] if item is first or _is_alike(item, first)]
    asked = _ORDINAL.search(question.forms.folded) if place is Place.NUMBERED else None
    dated = [_dated(item, asked["counter"] if asked else _COUNTER) for item in alike]
    chosen = _chosen(question, place, dated)
    if chosen is None:
        return SeriesPick(list(evidence))
    key = next(item.key for item in dated if item.evidence is chosen)
    others = [item.evidence for item in dated if item.key != key]
    rest = [item for item in evidence if item is not chosen and item not in others]
    ordered = [item.without(others) for item in (chosen, *rest)]
    return SeriesPick(ordered, _least(question, terms, chosen))


def _chosen(question: Question, place: Place, items: Sequence[_Dated]) -> Evidence | None:
    """Return the member that is asked for; None if that is not known."""
    if place is Place.NUMBERED:
        asked = _ORDINAL.search(question.forms.folded)
        wanted = (asked["counter"], number_of(asked["n"])) if asked else None
        named = [item.evidence for item in items if item.ordinal == wanted]
        # Where the best sentence has no number, another's number proves nothing.
        return named[0] if named and items[0].ordinal is not None else None
    ordered = _in_order(items)
    at = {Place.NEWEST: -1, Place.PREVIOUS: -2, Place.OLDEST: 0}[place]
    return ordered[at] if len(ordered) > 1 and len(ordered) >= abs(at) else None


def _least(question: Question, terms: QueryTerms, chosen: Evidence) -> float:
    """Return the least confidence in a member: it says all of the question, and fits its type."""
    passage = chosen.passage
    said = "\n".join((passage.title, passage.heading or "", chosen.quote))
    missing = missing_share(terms, said, series_words(question))
    # Names are not found so surely that one would have to be.
    lacks = question.answer_type in PATTERNS and chosen.signals.answer_type.lacks
    return 0.0 if missing or lacks else _SURE


def _says_it_itself(question: Question, place: Place, evidence: Evidence) -> bool:
    """Return whether the sentence has the very words: a first time (第一次) may be called so."""
    if place is Place.NUMBERED:
        return False
    pattern = _OLDEST if place is Place.OLDEST else _NEWEST
    asked = pattern.search(question.forms.folded)
    words = asked.group() if asked else ""
    return bool(words) and not words.startswith(("本", "这")) and words in fold(evidence.quote)


def _is_alike(item: Evidence, first: Evidence) -> bool:
    """Return whether another sentence answers as well, but for its date."""
    own, other = item.signals, first.signals
    # What a text tells in order (第一次…第二次…) names its subject once.
    same = item.passage.article_id == first.passage.article_id
    told_in_order = same and bool(_counters(item) & _counters(first))
    share = _SHARE_IN_ORDER if told_in_order else _SHARE
    return (
        item.score >= first.score - (2 * _BEHIND if told_in_order else _BEHIND)
        and own.answer_type.fits >= other.answer_type.fits
        and own.coverage.matched >= share * other.coverage.matched
        and own.entities.required_around >= _SHARE * other.entities.required_around
    )


def _counters(evidence: Evidence) -> set[str]:
    return {match["counter"] for match in _ORDINAL.finditer(fold(evidence.quote))}


def _in_order(items: Sequence[_Dated]) -> list[Evidence]:
    """Return evidence from the oldest to the newest, one of each; empty if that is not known."""
    ordinals = [item.ordinal for item in items if item.ordinal is not None]
    if len(ordinals) == len(items) and len({counter for counter, _ in ordinals}) == 1:
        pairs = zip(ordinals, items, strict=True)
        keyed = {(number, ""): item for (_, number), item in reversed(list(pairs))}
    elif all(item.date for item in items):
        keyed = {(0, item.date): item for item in reversed(items)}
    else:
        return []
    return [keyed[key].evidence for key in sorted(keyed)] if len(keyed) > 1 else []


def _dated(evidence: Evidence, counters: str) -> _Dated:
    """Return evidence with its number in the series and its date, from the nearest text first.

    Only what is counted by one of `counters` has a number: 第3期 is not 第3次.
    """
    passage = evidence.passage
    places = [fold(place) for place in (evidence.quote, passage.title, passage.heading or "")]
    ordinals = [
        (match["counter"], number)
        for place in places
        for match in _ORDINAL.finditer(place)
        if match["counter"] in counters and (number := number_of(match["n"])) is not None
    ]
    dates = [max(map(_iso, _DATE.finditer(place)), default="") for place in places]
    date = dates[0] or passage.published or next(filter(None, dates), "")
    return _Dated(evidence, next(iter(ordinals), None), date)


def _iso(match: re.Match[str]) -> str:
    parts = [match["year"], *(part.zfill(2) for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)
