"""The numbers and bullets that Word puts before list items and headings: `第一条`, `1.2`, `•`.

A document holds only which list and level a paragraph belongs to; the counting is done here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False  # a lawyer's 1.1 where the level above counts 一


@dataclass
class Numbers:
    """The lists of a document, counted on as its paragraphs are met in order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """What stands before the next item of a list's level; empty where nothing does."""
        abstract = self.lists.get(list_id)
        if abstract is None or not 0 <= level < _LEVELS:
            return ""
        own = self.levels.get((abstract, level), _Level(text=""))
        counts = self.counts.setdefault(abstract, [0] * _LEVELS)
        if (list_id, level) in self.restarts:
            counts[level] = self.restarts.pop((list_id, level)) - 1
        elif not counts[level]:
            counts[level] = own.start - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if own.form == "bullet":
            return "-"
        return _PLACE.sub(lambda place: self._shown(abstract, int(place[1]) - 1, own), own.text)

    def _shown(self, abstract: str, level: int, within: _Level) -> str:
        own = self.levels.get((abstract, level), _Level())
        form = "decimal" if within.legal else own.form
        return counted(self.counts[abstract][level] or own.start, form)


def numbers_of(root: etree._Element | None) -> Numbers:
    """The lists that a document defines; `root` is its numbering, None where it has none."""
    numbers = Numbers()
    if root is None:
        return numbers
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbers.levels.update(((name, level), own) for level, own in _levels(abstract))
    for item in root.iterfind(f"{W}num"):
        name = item.get(f"{W}numId", "")
        numbers.lists[name] = value_of(item.find(f"{W}abstractNumId"))
        for override in item.iterfind(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                level = whole(override.get(f"{W}ilvl"), 0)
                numbers.restarts[name, level] = whole(value_of(start), 1)
    return numbers


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterfind(f"{W}lvl"):
        yield (
            whole(level.get(f"{W}ilvl"), 0),
            _Level(
                start=whole(value_of(level.find(f"{W}start")), 1),
                form=value_of(level.find(f"{W}numFmt")) or "decimal",
                text=value_of(level.find(f"{W}lvlText")),
                legal=level.find(f"{W}isLgl") is not None,
            ),
        )


def value_of(element: etree._Element | None) -> str:
    """An element's `w:val`, empty without one."""
    return "" if element is None else element.get(VALUE, "")


def whole(text: str | None, default: int) -> int:
    """A number as XML has it, cut to what a document can mean: `"12"` → 12, `"x"` → default."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def counted(number: int, form: str) -> str:
    """A number in one of Word's forms: `(12, "chineseCounting")` → `十二`, `upperRoman` → `XII`."""
    if "hinese" in form or form in ("japaneseCounting", "taiwaneseCounting", "koreanCounting"):
        return _chinese(number)
    if form.endswith("Roman"):
        return _cased(_roman(number), form)
    if form.endswith("Letter"):
        return _cased(chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1), form)
    if form == "decimalEnclosedCircle" and number <= 20:
        return chr(ord("①") + number - 1)
    cycle = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}.get(form)
    if cycle and number <= len(cycle):
        return cycle[number - 1]
    return "" if form == "none" else str(number).zfill(2 if form == "decimalZero" else 1)


def _chinese(number: int) -> str:
    """`105` → `一百零五`, `12` → `十二`; from 10,000 on in plain digits."""
    if number >= 10_000 or number < 1:
        return str(number)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text
