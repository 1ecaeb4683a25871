"""Tells whose amount is whose where a sentence distributes several: 分别, respectively.

`通过A和B分别提供3500万和1000万` gives B 1000万. The parties stand on one side of the word and the
amounts on the other, in one order; where their counts differ, nothing is told.
"""

import re
from collections.abc import Iterator, Sequence

from index.article import Span
from index.text.folding import plain, simplify
from qa.language import is_han

_WORD = re.compile(r"分别|依次|各自|\brespectively\b", re.IGNORECASE)
_STOP = re.compile(r"[。；;！？!?]|\.\s")
_CLAUSE = re.compile(r"[，,：:]")
_AND = r"[\s,]*(?:、|，|以及|和|与|及|或|,|\band\b|\bor\b)[\s,]*(?:\band\b|和)?\s*"
_BETWEEN = re.compile(_AND, re.IGNORECASE)
_ADJACENT = re.compile(r"[\s,，]*")
# The amount that shares its unit with the next one: 3亿、2亿和1亿元, 3, 5 and 7 percent.
_BARE_BEFORE = re.compile(
    rf"(?P<bare>[$€£¥]?\d[\d,.]*(?<![,.])\s?[百千万亿]*(?<!\s))(?:{_AND})$", re.I
)
_SURE = re.compile("、")
_PERHAPS = re.compile("以及|和|与|及")
_ENGLISH = re.compile(r",\s+(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:in|on|at|for|by|last|this|during|after|before|since|according|under|over|from|with)\b"
    r"[^,]*,\s*",
    re.IGNORECASE,
)
# What the list of parties stands behind: 向青禾中学和石桥小学分别捐赠.
_OPENS = re.compile("向|给|对|由|通过|在|于|从|为|的|至|到")
_OPENS_EN = re.compile(r"\b(?:of|by|to|for|from|at|in|between)\s")
_OF = re.compile("的")
_VERB_EN = re.compile(
    r"\s(?:received?|got|get|has|have|had|sent|will|would|was|were|is|are|contributed|gave|paid|"
    r"[a-z]+ed)\b"
)
_WHOLE = re.compile(r"[\w\u4e00-\u9fff](?:[^、，,（）()]*[\w\u4e00-\u9fff])?")
_VERB = 7  # characters before the amounts
_SHORTEST = 2  # characters of a party's name


def distributed(quote: str, typed: Sequence[Span]) -> list[Span]:
    """The amounts that a quote distributes among parties, in order; none where it does not."""
    found = _of_words(simplify(quote), typed)
    return found[0][1] if found else []


def share_of(quote: str, typed: Sequence[Span], question: str) -> Span | None:
    """The amount of the party that is asked for; None where nothing decides."""
    text, asked = plain(quote), plain(question)
    found = _of_words(text, typed)
    if not found:
        return None
    word, amounts = max(found, key=lambda one: _verb_asked(text, one[1][0].start, asked))
    for segment in _segments(text, word, amounts):
        at = _asked_for(segment, len(amounts), asked)
        if at is not None:
            return amounts[at]
    return None


def _of_words(text: str, typed: Sequence[Span]) -> list[tuple[re.Match[str], list[Span]]]:
    """Each word that distributes, with the amounts nearest to it in its sentence."""
    runs = [run for run in _runs(text, typed) if len(run) > 1]
    found = []
    for word in _WORD.finditer(text):
        same = [run for run in runs if not _STOP.search(text, *_gap(word, run))]
        if same:
            near = min(same, key=lambda run: _gap(word, run)[1] - _gap(word, run)[0])
            found.append((word, near))
    return found


def _runs(quote: str, typed: Sequence[Span]) -> list[list[Span]]:
    """Amounts that stand in one list, those that share a later one's unit put in."""
    runs: list[list[Span]] = []
    for span in sorted(typed, key=lambda span: span.start):
        whole = [*_bare(quote, span, runs[-1][-1].end if runs else 0), span]
        if runs and _BETWEEN.fullmatch(quote, runs[-1][-1].end, whole[0].start):
            runs[-1] += whole
        elif not runs or runs[-1][-1].end <= whole[0].start:
            runs.append(whole)
    return runs


def _bare(quote: str, span: Span, begin: int) -> list[Span]:
    """Amounts right before one, behind a place, that have no unit but its."""
    found: list[Span] = []
    start = span.start
    while (match := _BARE_BEFORE.search(quote[begin:start])) is not None:
        start = begin + match.start("bare")
        found.insert(0, Span(start, begin + match.end("bare")))
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
        yield from _clauses_before(text[begin : word.start()])
        return
    if not _ADJACENT.fullmatch(text, last, word.start()):
        yield text[last : word.start()]
    yield text[begin:first]
    yield text[word.end() : end]


def _clauses_before(text: str) -> Iterator[str]:
    """In English all of it; in Chinese a clause, the last one first, up to its own 分别."""
    if not is_han(text):
        yield text
        return
    for clause in reversed(_CLAUSE.split(text)):
        yield _WORD.split(clause)[0]


def _asked_for(segment: str, count: int, question: str) -> int | None:
    """The number of the party that the question asks for, where one stands out.

    That is where a whole party of the list stands in the question, the longest one, or else the
    longest part of one.
    """
    text, sure, perhaps = _list(segment.rstrip(", ，"), "respectively" in question)
    joints = sorted([*sure, *perhaps], key=re.Match.start)
    if len(joints) < count - 1:
        return None
    begins = [0, *(match.end() for match in joints)]
    ends = [*(match.start() for match in joints), len(text)]
    parties = [(text[begin:end].strip(), end - 1) for begin, end in zip(begins, ends, strict=True)]
    whole = [(len(party), end) for party, end in parties if party and party in question]
    if whole:
        longest = max(length for length, _ in whole)
        places = [end for length, end in whole if length == longest]
    else:
        longest, places = _longest_shared(text, question)
    found = {_position(place, sure, perhaps, count) for place in places}
    return found.pop() if longest >= _SHORTEST and len(found) == 1 else None


def _list(text: str, english: bool) -> tuple[str, list[re.Match[str]], list[re.Match[str]]]:
    """The list of parties, what stands around it blanked out, and what surely and maybe joins."""
    if english or not is_han(text):
        opening = _OPENING.match(text)
        text = " " * opening.end() + text[opening.end() :] if opening else text
        sure, perhaps = list(_ENGLISH.finditer(text)), []
        opens, predicate = _OPENS_EN, _VERB_EN
    else:
        sure, perhaps = list(_SURE.finditer(text)), list(_PERHAPS.finditer(text))
        opens, predicate = _OPENS, _OF
    joints = [match.start() for match in (*sure, *perhaps)]
    opened = [match.end() for match in opens.finditer(text, 0, min(joints, default=0))]
    begin = opened[-1] if opened else 0
    end = predicate.search(text, max(joints, default=0) + 1)
    text = " " * begin + text[begin : end.start() if end else len(text)]
    left = [match for match in sure if match.start() >= begin]
    return text, left, [match for match in perhaps if match.start() >= begin]


def _longest_shared(text: str, question: str) -> tuple[int, list[int]]:
    """The length of the longest part that both have, marks left out, and where it stands."""
    for length in range(min(len(text), len(question)), 0, -1):
        places = [
            at
            for at in range(len(text) - length + 1)
            if _WHOLE.fullmatch(text, at, at + length) and text[at : at + length] in question
        ]
        if places:
            return length, places
    return 0, []


def _verb_asked(text: str, start: int, question: str) -> int:
    """Where in the question that ends which stands right before some amounts.

    Of two distributions in one sentence that one is meant whose verb stands last in the question:
    it is next to the word that asks.
    """
    before = text[max(0, start - _VERB) : start]
    length, places = _longest_shared(before, question)
    if length < _SHORTEST:
        return 0
    shared = before[places[-1] : places[-1] + length]
    return question.rindex(shared) + length


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
