"""Tells whose amount is whose where a sentence distributes several: 分别, respectively.

`通过A和B分别提供3500万和1000万` gives B 1000万. The parties stand on one side of the word and the
amounts on the other, in one order; where their counts differ, nothing is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.article import Span
from index.folding import simplify

_WORD = re.compile(r"分别|依次|各自|\brespectively\b", re.IGNORECASE)
_STOP = re.compile(r"[。；;！？!?]|\.\s")
_CLAUSE = re.compile(r"[，,：:]")
_AND = r"[\s,]*(?:、|，|以及|和|与|及|或|,|\band\b|\bor\b)[\s,]*(?:\band\b|和)?\s*"
_BETWEEN = re.compile(_AND, re.IGNORECASE)
_ADJACENT = re.compile(r"[\s,，]*")
# The amount that shares its unit with the next one: 3亿、2亿和1亿元, 3, 5 and 7 percent.
_BARE_BEFORE = re.compile(rf"(?P<bare>[$€£¥]?\d[\d,.]*(?<![,.])\s?[百千万亿]*)(?:{_AND})$", re.I)
_SURE = re.compile("、")
_PERHAPS = re.compile("以及|和|与|及")
_ENGLISH = re.compile(r",\s+(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:in|on|at|for|by|last|this|during|after|before|since|according|under|over|from|with)\b"
    r"[^,]*,\s*",
    re.IGNORECASE,
)
_TWICE = 2.0  # so much more than the next party must one be asked for


def distributed(quote: str, typed: Sequence[Span]) -> list[Span]:
    """The amounts that a quote distributes among parties, in order; none where it does not."""
    word = _WORD.search(simplify(quote))
    if word is None:
        return []
    runs = [run for run in _runs(quote, typed) if len(run) > 1]
    same = [run for run in runs if not _STOP.search(quote, *_gap(word, run))]
    return min(same, key=lambda run: _gap(word, run)[1] - _gap(word, run)[0], default=[])


def share_of(quote: str, amounts: Sequence[Span], weights: Mapping[str, float]) -> Span | None:
    """The amount of the party that is asked for; None where nothing decides.

    `weights` are the terms of the question and how much each tells.
    """
    plain = simplify(quote)
    word = _WORD.search(plain)
    if word is None:
        return None
    for segment in _segments(plain, word, amounts):
        found = _asked_for(segment, len(amounts), weights)
        if found is not None:
            return amounts[found]
    return None


def _runs(quote: str, typed: Sequence[Span]) -> list[list[Span]]:
    """Amounts that stand in one list, those that share a later one's unit put in."""
    runs: list[list[Span]] = []
    for span in sorted(typed, key=lambda span: span.start):
        whole = [*_bare(quote, span), span]
        if runs and _BETWEEN.fullmatch(quote, runs[-1][-1].end, whole[0].start):
            runs[-1] += whole
        elif not runs or runs[-1][-1].end <= whole[0].start:
            runs.append(whole)
    return runs


def _bare(quote: str, span: Span) -> list[Span]:
    found: list[Span] = []
    start = span.start
    while (match := _BARE_BEFORE.search(quote[:start])) is not None:
        start = match.start("bare")
        found.insert(0, Span(start, match.end("bare")))
    return found


def _gap(word: re.Match[str], run: Sequence[Span]) -> tuple[int, int]:
    """What lies between the word and the amounts."""
    if run[0].start >= word.end():
        return word.end(), run[0].start
    return run[-1].end, word.start()


def _segments(text: str, word: re.Match[str], amounts: Sequence[Span]) -> Iterator[str]:
    """Where the parties may stand: on the other side of the word, or between it and the amounts."""
    first, last = amounts[0].start, amounts[-1].end
    stops = [match.end() for match in _STOP.finditer(text, 0, min(first, word.start()))]
    begin = stops[-1] if stops else 0
    after = _STOP.search(text, max(last, word.end()))
    end = after.start() if after else len(text)
    if first >= word.end():
        yield text[begin : word.start()]
    elif _ADJACENT.fullmatch(text, last, word.start()):
        yield text[begin:first]
        yield text[word.end() : end]
    else:
        yield text[last : word.start()]
        yield text[word.end() : end]


def _asked_for(segment: str, count: int, weights: Mapping[str, float]) -> int | None:
    """The number of the party that the question asks for, where one stands out."""
    lowered = segment.lower().rstrip(", ，")
    if "respectively" in lowered or segment.isascii():
        lowered = _OPENING.sub(lambda match: " " * len(match.group()), lowered, count=1)
        sure, perhaps = list(_ENGLISH.finditer(lowered)), []
    else:
        marks = list(_CLAUSE.finditer(lowered))
        begin = marks[-1].end() if marks else 0
        lowered = " " * begin + lowered[begin:]
        sure, perhaps = list(_SURE.finditer(lowered)), list(_PERHAPS.finditer(lowered))
    votes: dict[int, float] = defaultdict(float)
    for term, weight in weights.items():
        found = {
            _position(match.start(), sure, perhaps, count)
            for match in re.finditer(re.escape(term), lowered)
        }
        if len(found) == 1 and (at := found.pop()) is not None:
            votes[at] += weight
    best = sorted(votes, key=lambda at: -votes[at])
    if not best or (len(best) > 1 and votes[best[0]] < _TWICE * votes[best[1]]):
        return None
    return best[0]


def _position(
    place: int, sure: Sequence[re.Match[str]], perhaps: Sequence[re.Match[str]], count: int
) -> int | None:
    """The number of the party at a place; None where the count of parties is another, or unsure.

    和 may be part of a name, 、 is not. So more 和 than are needed leave open which of them part
    the parties, but the first and the last party are sure all the same.
    """
    before = sum(match.start() < place for match in sure)
    last = [match for match in perhaps if not sure or match.start() > sure[-1].start()]
    if len(sure) == count - 1:
        return None if sure and last else before
    needed = count - 1 - len(sure)
    if needed not in (1, count - 1) or len(last) < needed:
        return None
    here = sum(match.start() < place for match in last)
    lowest, highest = max(0, needed - (len(last) - here)), min(needed, here)
    return before + lowest if lowest == highest else None
