"""Assign amounts to parties in distributive sentences: 分别, respectively.

In `A和B分别提供3500万和1000万` B has 1000万. The parties are on one side of the word and the
amounts on the other, in the same order; if their counts differ, no amount is assigned.
"""

import re
from collections.abc import Iterator, Sequence

from index.article import Span
from index.text.folding import FoldedText, plain, simplify
from qa.language import is_han

_WORD = re.compile(r"分别|依次|各自|\brespectively\b", re.IGNORECASE)
_STOP = re.compile(r"[。；;！？!?]|\.\s")
_CLAUSE = re.compile(r"[，,：:]")
_AND = r"[\s,]*(?:、|，|以及|和|与|及|或|,|\band\b|\bor\b)[\s,]*(?:\band\b|和)?\s*"
_BETWEEN = re.compile(_AND, re.IGNORECASE)
_ADJACENT = re.compile(r"[\s,，]*")
# An amount that shares the unit of the next: 3亿、2亿和1亿元, 3, 5 and 7 percent.
_BARE_BEFORE = re.compile(
    rf"(?P<bare>[$€£¥]?\d[\d,.]*(?<![,.])\s?[百千万亿]*(?<!\s))(?:{_AND})$", re.I
)
_JOINT = re.compile("、")
_POSSIBLE_JOINT = re.compile("以及|和|与|及")
_JOINT_EN = re.compile(r",\s+(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:in|on|at|for|by|last|this|during|after|before|since|according|under|over|from|with)\b"
    r"[^,]*,\s*",
    re.IGNORECASE,
)
# Words before a list of parties: 向柳泉中学和石桥小学分别捐赠.
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
    """Return the amounts that a quote distributes among parties, in order.

    `typed` are the ranges of all amounts of the answer type in the quote.
    """
    distributions = _distributions(simplify(quote), typed)
    return distributions[0][1] if distributions else []


def share_of(quote: str, typed: Sequence[Span], question: FoldedText) -> Span | None:
    """Return the amount of the question's party; None if ambiguous.

    >>> text = "A校和B校分别获得300万元和500万元。"
    >>> amounts = [Span(9, 14), Span(15, 20)]
    >>> share_of(text, amounts, FoldedText.of("B校获得多少?")).of(text)
    '500万元'
    """
    text, asked = plain(quote), question.lowered
    distributions = _distributions(text, typed)
    if not distributions:
        return None
    word, amounts = max(
        distributions, key=lambda pair: _verb_position(text, pair[1][0].start, asked)
    )
    for segment in _segments(text, word, amounts):
        at = _party_asked(segment, len(amounts), asked)
        if at is not None:
            return amounts[at]
    return None


def _distributions(text: str, typed: Sequence[Span]) -> list[tuple[re.Match[str], list[Span]]]:
    """Return each distributive word with the nearest list of amounts in its sentence."""
    runs = [run for run in _runs(text, typed) if len(run) > 1]
    distributions = []
    for word in _WORD.finditer(text):
        same = [run for run in runs if not _STOP.search(text, *_gap(word, run))]
        if same:
            near = min(same, key=lambda run: _gap(word, run)[1] - _gap(word, run)[0])
            distributions.append((word, near))
    return distributions


def _runs(quote: str, typed: Sequence[Span]) -> list[list[Span]]:
    """Group amounts into lists, including those that share a later amount's unit."""
    runs: list[list[Span]] = []
    for span in sorted(typed, key=lambda span: span.start):
        whole = [*_bare(quote, span, runs[-1][-1].end if runs else 0), span]
        if runs and _BETWEEN.fullmatch(quote, runs[-1][-1].end, whole[0].start):
            runs[-1] += whole
        elif not runs or runs[-1][-1].end <= whole[0].start:
            runs.append(whole)
    return runs


def _bare(quote: str, span: Span, begin: int) -> list[Span]:
    """Return the amounts directly before an amount that share its unit."""
    bare: list[Span] = []
    start = span.start
    while (match := _BARE_BEFORE.search(quote[begin:start])) is not None:
        start = begin + match.start("bare")
        bare.insert(0, Span(start, begin + match.end("bare")))
    return bare


def _gap(word: re.Match[str], run: Sequence[Span]) -> tuple[int, int]:
    """Return the range between the distributive word and the amounts."""
    if run[0].start >= word.end():
        return word.end(), run[0].start
    return run[-1].end, word.start()


def _segments(text: str, word: re.Match[str], amounts: Sequence[Span]) -> Iterator[str]:
    """Yield possible lists of parties: across the word, or before the amounts."""
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
    """Yield an English text whole; a Chinese text by clause, last first, each up to its 分别."""
    if not is_han(text):
        yield text
        return
    for clause in reversed(_CLAUSE.split(text)):
        yield _WORD.split(clause)[0]


def _party_asked(segment: str, count: int, question: str) -> int | None:
    """Return the position of the question's party; None if ambiguous.

    That is the longest party that occurs in the question, or else the party with the longest part
    in it.
    """
    text, certain, possible = _list(segment.rstrip(", ，"), "respectively" in question)
    joints = sorted([*certain, *possible], key=re.Match.start)
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
    positions = {_position(place, certain, possible, count) for place in places}
    return positions.pop() if longest >= _SHORTEST and len(positions) == 1 else None


def _list(text: str, english: bool) -> tuple[str, list[re.Match[str]], list[re.Match[str]]]:
    """Blank all of a text except its list of parties; return also the possible joints.

    和 may be part of a name, 、 is not.
    """
    if english or not is_han(text):
        opening = _OPENING.match(text)
        text = " " * opening.end() + text[opening.end() :] if opening else text
        certain, possible = list(_JOINT_EN.finditer(text)), []
        opens, predicate = _OPENS_EN, _VERB_EN
    else:
        certain, possible = list(_JOINT.finditer(text)), list(_POSSIBLE_JOINT.finditer(text))
        opens, predicate = _OPENS, _OF
    joints = [match.start() for match in (*certain, *possible)]
    opened = [match.end() for match in opens.finditer(text, 0, min(joints, default=0))]
    begin = opened[-1] if opened else 0
    end = predicate.search(text, max(joints, default=0) + 1)
    text = " " * begin + text[begin : end.start() if end else len(text)]
    left = [match for match in certain if match.start() >= begin]
    return text, left, [match for match in possible if match.start() >= begin]


def _longest_shared(text: str, question: str) -> tuple[int, list[int]]:
    """Return the length and the places of the longest common part without marks."""
    for length in range(min(len(text), len(question)), 0, -1):
        places = [
            at
            for at in range(len(text) - length + 1)
            if _WHOLE.fullmatch(text, at, at + length) and text[at : at + length] in question
        ]
        if places:
            return length, places
    return 0, []


def _verb_position(text: str, start: int, question: str) -> int:
    """Return the end, in the question, of the verb before some amounts; 0 without it.

    Of two distributions in one sentence, the question is about the one whose verb comes last in it,
    next to the interrogative.
    """
    before = text[max(0, start - _VERB) : start]
    length, places = _longest_shared(before, question)
    if length < _SHORTEST:
        return 0
    shared = before[places[-1] : places[-1] + length]
    return question.rindex(shared) + length


def _position(
    place: int, certain: Sequence[re.Match[str]], possible: Sequence[re.Match[str]], count: int
) -> int | None:
    """Return the position of the party at a place; None unless `count` parties fit.

    With more 和 than needed, it is open which of them separate parties, but the first and the last
    party are certain all the same.
    """
    before = sum(match.start() < place for match in certain)
    last = [match for match in possible if not certain or match.start() > certain[-1].start()]
    if len(certain) == count - 1:
        return None if certain and last else before
    needed = count - 1 - len(certain)
    if needed not in (1, count - 1) or len(last) < needed:
        return None
    here = sum(match.start() < place for match in last)
    lowest, highest = max(0, needed - (len(last) - here)), min(needed, here)
    return before + lowest if lowest == highest else None
