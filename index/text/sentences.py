"""Split Chinese and English text into sentences and clauses, as exact ranges of the text.

A line break always ends a sentence. Short quotes, brackets and 《》, decimals, abbreviations and
URLs are never split. Grouping sentences into passages is left to `splitter`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from index.article import Span
from index.text.scripts import WIDE

SENTENCES = "sentences/1"
"""Id of the rules below; it changes with them.

An index stores the sentences of its passages, so an index made by other rules must be rebuilt."""

_IS_WIDE = re.compile(f"[{WIDE}]")
_OPENERS = "“‘「『《〈（([【〔"
_CLOSERS = "”’」』》〉）)]】〕"
_PAIR = dict(zip(_CLOSERS, _OPENERS, strict=True))
_BRACKET = re.compile(f"[{re.escape(_OPENERS + _CLOSERS)}]")
_MAX_PROTECTED_LENGTH = 120
_URL = re.compile(r"(?:https?://|www\.)[^\s\u2e80-\u9fff，。；！？、）》”\uff00-\uffef]+")
# End marks in a row, and the quotes that close behind them.
_END = re.compile(r"(?P<mark>[。！？；…!?;.｡]+)(?P<close>[”’」』》〉）)\]】〕\"']*)")
_FOLLOWING = re.compile(r"\s*(?P<word>\S{0,20})")
_INNER_END = re.compile(r"[。！？!?…；;]|\.\s")
_CLAUSE = re.compile(r"[，,、：:；;]\s*|\s+")
_HALF_WIDTH = frozenset("!?.;")
_CONTINUES = "，,、；;：:"

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st vs e.g i.e no nos fig figs inc ltd co corp dept est vol pp art "
    "gen gov sen rep rev hon al approx cf ca jan feb mar apr jun jul aug sep sept oct nov dec "
    "mt ft col capt lt sgt".split()
)
_STARTERS = frozenset(
    "the a an it its this that these those in on at by for from with he she they we i you but "
    "and however as if when while after before since there here our their his her".split()
)


def sentences(text: str) -> list[Span]:
    """Split a text into sentences, in order, each without surrounding white space.

    Every other character is in exactly one sentence.

    >>> text = "投了1.6亿。好!"
    >>> [span.of(text) for span in sentences(text)]
    ['投了1.6亿。', '好!']
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        start = line.start()
        for end in [*_ends(text, line.start(), line.end()), line.end()]:
            spans += trimmed(text, start, end)
            start = end
    return spans


def clauses(text: str, span: Span, limit: int) -> list[Span]:
    """Split a range into adjacent pieces of at most `limit` characters, at clause marks if any.

    A run without a mark is split after `limit` characters.
    """
    pieces: list[Span] = []
    start = span.start
    while span.end - start > limit:
        marks = [m.end() for m in _CLAUSE.finditer(text, start + limit // 3, start + limit)]
        end = marks[-1] if marks else start + limit
        pieces.append(Span(start, end))
        start = end
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def trimmed(text: str, start: int, end: int) -> list[Span]:
    """Strip white space from a range; return it in a list, empty if nothing is left."""
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    first = start + len(piece) - len(piece.lstrip())
    return [Span(first, first + len(body))]


def _ends(text: str, start: int, stop: int) -> list[int]:
    """Return the offsets inside a line where a sentence ends."""
    closed = _protected(text, start, stop)
    ends = []
    for match in _END.finditer(text, start, stop):
        end = match.end()
        if end < stop and not _is_within(end, closed) and _is_end(text, match, stop):
            ends.append(end)
    return ends


def _protected(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the ranges in which no sentence may end: short quotes and brackets, and URLs."""
    ranges = [m.span() for m in _URL.finditer(text, start, stop)]
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text, start, stop):
        mark = match.group()
        if mark in _OPENERS:
            stack.append((mark, match.start()))
        elif stack and stack[-1][0] == _PAIR[mark]:
            opened = stack.pop()[1]
            if match.start() - opened <= _MAX_PROTECTED_LENGTH:
                ranges.append((opened, match.end()))
    return _merged((a, b) for a, b in ranges if not _is_one_sentence(text, a, b))


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge overlapping ranges, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_within(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset is inside a range, not at its edge; ranges are in order."""
    before = bisect_left(ranges, (offset, -1)) - 1
    return before >= 0 and ranges[before][0] < offset < ranges[before][1]


def _is_one_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a quote is a whole sentence, as in `他说：“好。”然后走了`."""
    inner = text[start + 1 : end - 1]
    return len(inner) > 1 and inner[-1] in "。！？!?…" and not _INNER_END.search(inner[:-1])


def _is_end(text: str, match: re.Match[str], stop: int) -> bool:
    mark, end = match["mark"], match.end()
    if not _HALF_WIDTH.issuperset(mark) and not text[end].isspace():  # as nearly all marks are
        return text[end] not in _CONTINUES
    following = _FOLLOWING.match(text, end, stop)
    after = following["word"] if following else ""
    if after[:1] and after[0] in _CONTINUES:
        return False
    before = text[match.start() - 1 : match.start()]
    if set(mark) <= {".", ";"}:
        return _is_half_width_end(text, match, before, after)
    if _HALF_WIDTH.issuperset(mark):
        return _beside_han(before, after) or text[end : end + 1].isspace()
    return True


def _beside_han(before: str, after: str) -> bool:
    return bool(_IS_WIDE.match(before) or _IS_WIDE.match(after))


def _is_half_width_end(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Return whether a `.` or `;` ends a sentence."""
    spaced = text[match.end() : match.end() + 1].isspace()
    if ";" in match["mark"]:
        return _beside_han(before, after)
    if _IS_WIDE.match(before):
        return spaced or bool(_IS_WIDE.match(after))
    if not spaced:
        return bool(_IS_WIDE.match(after)) and not before.isdigit()
    return not _is_abbreviation(text, match.start(), after)


def _is_abbreviation(text: str, dot: int, after: str) -> bool:
    """Return whether the `.` at `dot` abbreviates: `Dr. Wu`, `No. 5`, `U.S. Congress`."""
    before = re.search(r"[A-Za-z][A-Za-z.]*$|\d+$", text[max(0, dot - 20) : dot])
    if before is None:
        return False
    word, following = before.group(), re.match(r"[A-Za-z]+", after)
    if word.isdigit():  # the number of a list item at the line's start, else a year that ends it
        at = before.start() + max(0, dot - 20)
        while at > 0 and text[at - 1] in " \t\u3000":
            at -= 1
        return at == 0 or text[at - 1] == "\n"
    if after[:1].islower():
        return True
    if len(word) == 1 or "." in word:
        starter = following is not None and following.group().lower() in _STARTERS
        return not starter or word.lower() in ("e.g", "i.e")
    return word.lower() in _ABBREVIATIONS
