"""Count the list numbers and bullets that Word shows before paragraphs: `第一条`, `1.2`, `•`.

A document stores only which list and level a paragraph belongs to; the counting is done here.
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
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False  # as lawyers count: 1.1 although the level above counts 一


@dataclass
class ListNumbering:
    """The numbered lists of a document, counting as its paragraphs are read in order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next_label(self, list_id: str, level: int) -> str:
        """Return the label of the next item of a list's level; empty for an unnumbered one."""
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
        return _PLACEHOLDER.sub(
            lambda match: self._number(abstract, int(match[1]) - 1, own), own.text
        )

    def _number(self, abstract: str, level: int, within: _Level) -> str:
        own = self.levels.get((abstract, level), _Level())
        form = "decimal" if within.legal else own.form
        return format_number(self.counts[abstract][level] or own.start, form)


def list_numbering(root: etree._Element | None) -> ListNumbering:
    """Read the lists that a document defines; `root` is its numbering part, None without one."""
    numbering = ListNumbering()
    if root is None:
        return numbering
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbering.levels.update(((name, level), own) for level, own in _levels(abstract))
    for instance in root.iterfind(f"{W}num"):
        name = instance.get(f"{W}numId", "")
        numbering.lists[name] = value_of(instance.find(f"{W}abstractNumId"))
        for override in instance.iterfind(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                level = parse_int(override.get(f"{W}ilvl"), 0)
                numbering.restarts[name, level] = parse_int(value_of(start), 1)
    return numbering


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterfind(f"{W}lvl"):
        yield (
            parse_int(level.get(f"{W}ilvl"), 0),
            _Level(
                start=parse_int(value_of(level.find(f"{W}start")), 1),
                form=value_of(level.find(f"{W}numFmt")) or "decimal",
                text=value_of(level.find(f"{W}lvlText")),
                legal=level.find(f"{W}isLgl") is not None,
            ),
        )


def value_of(element: etree._Element | None) -> str:
    """Return an element's `w:val`, empty without one."""
    return "" if element is None else element.get(VALUE, "")


def parse_int(text: str | None, default: int) -> int:
    """Parse an XML number of at most six digits, the most that a document can mean.

    >>> parse_int("12", 0), parse_int("x", 0)
    (12, 0)
    """
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def format_number(number: int, form: str) -> str:
    """Write a number in one of Word's number formats.

    >>> format_number(12, "chineseCounting"), format_number(12, "upperRoman")
    ('十二', 'XII')
    """
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
    """Write a number in Chinese numerals, from 10,000 on in plain digits.

    >>> _chinese(105), _chinese(12)
    ('一百零五', '十二')
    """
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
