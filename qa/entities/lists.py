"""Find lists across sentences: `一是…二是…`, `First… Second…`, `(1)… (2)…`, bullets, `：…；…`."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Span
from index.text.sentences import clauses, sentences, trimmed

ITEM_AT_MOST = 200
"""Characters of an item; a longer one is cut at a clause."""

_LEAD = 400
"""The most characters between the start of the lead and the first item."""

_FARTHEST = 3000
"""The most characters between the starts of consecutive items."""

_HAN = "一二三四五六七八九十"
_FIRST_EN = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_BEGIN = r"(?:^|(?<=[。；;：:，,!?！？\n])|(?<=[.;:,]\s)|(?<=\sand\s)|(?<=\s))"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_AT_LINE = r"(?:^|(?<=\n))[ \t　]*"
_AT_CLAUSE = r"(?:^|(?<=[。；;：:\n]))[ \t　]*"
# Each style of numbering, by an example, with the pattern of its marks.
_NUMBERED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("是", re.compile(rf"{_BEGIN}(?P<n>[{_HAN}])(?:是|则是)")),
    ("要", re.compile(rf"{_BEGIN}(?P<n>[{_HAN}])要")),
    ("第", re.compile(rf"{_BEGIN}第(?P<n>[{_HAN}])(?:[，,、：:]|是|[步点项][，,、：:\s])")),
    ("其", re.compile(rf"{_BEGIN}其(?P<n>[{_HAN}])[，,、：:是]?")),
    ("（", re.compile(rf"[（(](?P<n>[{_HAN}]|\d{{1,2}})[）)]")),
    ("、", re.compile(rf"{_AT_CLAUSE}(?P<n>[{_HAN}])、")),
    ("1.", re.compile(rf"{_AT_CLAUSE}(?P<n>\d{{1,2}})[.、．)]\s*(?!\d)")),
    ("①", re.compile(rf"(?P<n>[{_CIRCLED}])")),
    ("first", re.compile(rf"(?<![\w-])(?P<n>{'|'.join(_FIRST_EN)})(?:ly)?,", re.I | re.A)),
)  # fmt: skip
_STEPS = (
    re.compile(rf"{_BEGIN}(?P<first>首先|先)|(?P<last>{_BEGIN}最[后後])"
               rf"|{_BEGIN}(?P<next>其次|再次|再者|然后|然後|接着|接著|此外|另外)"),
    re.compile(r"(?<![\w-])(?:(?P<first>first|firstly|to begin with)|(?P<last>finally|lastly)"
               r"|(?P<next>second|secondly|next|then|after that|third|thirdly)),", re.IGNORECASE),
)  # fmt: skip
# Items that have no marks but their semicolons, behind a colon.
_UNMARKED = re.compile(
    r"[：:](?P<items>(?:[^。；;：:\n]{2,150}[；;]){1,30}[^。；;：:\n]{2,150})(?=[。\n]|$)"
)
_SEMICOLON = re.compile(r"[；;]")
_BULLET = re.compile(rf"{_AT_LINE}[-*•·–]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Series:
    """A list: the sentence that introduces it, if any, and its items."""

    lead: Span | None
    items: tuple[Span, ...]

    @property
    def parts(self) -> list[Span]:
        """The lead, if there is one, and the items."""
        return [*self.items] if self.lead is None else [self.lead, *self.items]

    def has(self, span: Span) -> bool:
        """Return whether a range overlaps a part of the list."""
        return any(part.overlaps(span) for part in self.parts)


def series_at(text: str, span: Span) -> Series | None:
    """Return the list that a range overlaps, or None.

    Of nested lists it is the innermost; of lists with the same first item, the longest.

    >>> text = "办法有三。一是减税。二是补贴。三是培训。"
    >>> series = series_at(text, Span(10, 14))
    >>> [item.of(text) for item in series.items]
    ['一是减税。', '二是补贴。', '三是培训。']
    """
    around = [series for series in _near(text, span) if series.has(span)]
    begins = {series.items[0].start for series in around}
    longest = [
        max(
            (series for series in around if series.items[0].start == begin),
            key=lambda series: len(series.items),
        )
        for begin in begins
    ]
    return min(
        longest, key=lambda series: series.items[-1].end - series.items[0].start, default=None
    )


def chain_at(text: str, span: Span) -> Series | None:
    """Return the clauses that semicolons join to the one in a range, or None.

    >>> series = chain_at("园内有松树；有竹子；有梅花。别的没有。", Span(6, 9))
    >>> len(series.items) if series else 0
    3
    """
    cut = sentences(text)
    at = bisect_right([sentence.end for sentence in cut], span.start)
    first = last = at
    while first > 0 and _is_joined(text, cut[first - 1], cut[first]):
        first -= 1
    while last + 1 < len(cut) and _is_joined(text, cut[last], cut[last + 1]):
        last += 1
    items = [clauses(text, sentence, ITEM_AT_MOST)[0] for sentence in cut[first : last + 1]]
    return Series(None, tuple(items)) if len(items) > 1 else None


def _is_joined(text: str, before: Span, after: Span) -> bool:
    return text[before.end - 1] in "；;" and "\n" not in text[before.end : after.start]


def _near(text: str, span: Span) -> Iterator[Series]:
    """Yield the lists near a range."""
    cut = sentences(text)
    ends = [sentence.end for sentence in cut]
    for begins in (*numbered_starts(text), *_stepwise(text), *_bulleted(text), *_unmarked(text)):
        if begins[0] - _LEAD <= span.end and span.start <= begins[-1] + _FARTHEST:
            yield _series(text, cut, ends, begins)


def numbered_starts(text: str) -> Iterator[list[int]]:
    """Yield the item starts of each list numbered from 1 without gaps."""
    for _, pattern in _NUMBERED:
        marks = [(match.start(), _number(match["n"])) for match in pattern.finditer(text)]
        run: list[int] = []
        for place, number in marks:
            if number == len(run) + 1 and (not run or place - run[-1] < _FARTHEST):
                run.append(place)
            elif number == 1:
                yield from _long_enough(run)
                run = [place]
        yield from _long_enough(run)


def _number(written: str) -> int:
    for numbers in (_HAN, _CIRCLED):
        if written in numbers:
            return numbers.index(written) + 1
    return int(written) if written.isdigit() else _FIRST_EN.index(written.lower()) + 1


def _stepwise(text: str) -> Iterator[list[int]]:
    """Yield the starts of the items of each enumeration in words: `首先…其次…最后…`."""
    for pattern in _STEPS:
        run: list[int] = []
        for match in pattern.finditer(text):
            if match["first"]:
                run = [match.start()]
            elif run and match.start() - run[-1] < _FARTHEST:
                run.append(match.start())
                if match["last"]:
                    yield from _long_enough(run)
                    run = []


def _bulleted(text: str) -> Iterator[list[int]]:
    """Yield the starts of the lines of each bulleted list."""
    run: list[int] = []
    for match in _BULLET.finditer(text):
        if run and text[run[-1] : match.start()].strip().count("\n"):
            yield from _long_enough(run)
            run = []
        run.append(match.start())
    yield from _long_enough(run)


def _unmarked(text: str) -> Iterator[list[int]]:
    """Yield the starts of the clauses of each list that only semicolons divide."""
    for match in _UNMARKED.finditer(text):
        start = match.start("items")
        divisions = _SEMICOLON.finditer(match["items"])
        yield [start, *(start + division.end() for division in divisions)]


def _long_enough(run: list[int]) -> Iterator[list[int]]:
    if len(run) > 1:
        yield run


def _series(text: str, cut: Sequence[Span], ends: Sequence[int], begins: Sequence[int]) -> Series:
    """Return the list with items at `begins`; `cut` are the text's sentences and `ends` theirs."""
    items = [
        _item(text, ends, begin, following)
        for begin, following in zip(begins, [*begins[1:], len(text)], strict=True)
    ]
    # The lead is the beginning of the first item's sentence, or else the sentence before.
    at = bisect_right(ends, begins[0])
    if at < len(cut) and cut[at].start < begins[0]:
        parts = trimmed(text, cut[at].start, begins[0])
        return Series(_lead(text, parts[0]) if parts else None, tuple(items))
    return Series(_lead(text, cut[at - 1]) if at else None, tuple(items))


def _lead(text: str, span: Span) -> Span:
    """Return the last clauses of a lead."""
    return clauses(text, span, ITEM_AT_MOST)[-1]


def _item(text: str, ends: Sequence[int], begin: int, following: int) -> Span:
    """Return an item: from its mark to the next, or the sentence's end."""
    at = bisect_right(ends, begin)
    end = ends[at] if at < len(ends) else len(text)
    [whole] = trimmed(text, begin, min(end, following))
    return clauses(text, whole, ITEM_AT_MOST)[0]
