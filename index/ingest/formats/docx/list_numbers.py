"""Count the list numbers and bullets that Word shows before paragraphs: `第一条`, `1.2`, `•`.

A document stores only which list and level a paragraph belongs to; the counting is done here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from index.ingest.structure.number_forms import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
# Marks that stand before the words without a space.
_CLOSING = ("、", "）", "．", "：")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False  # as lawyers count: 1.1 although the level above counts 一
    restart: int | None = None  # the level below which it starts anew; 0: it never does
    spaced: bool = True
    style: str = ""  # of the paragraphs that are of this level


@dataclass
class ListNumbering:
    """The numbered lists of a document, counting as its paragraphs are read in order.

    A list (`w:num`) shares the counts of its definition (`w:abstractNum`) with the other lists of
    that. `levels` are by definition, `overrides` by list.
    """

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    overrides: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def next_label(self, list_id: str, level: int) -> str:
        """Return the label of the next item of a list's level, and what sets it apart.

        It is empty for an unnumbered one.
        """
        abstract = self.lists.get(list_id)
        if abstract is None or not 0 <= level < _LEVELS:
            return ""
        own = self._level(list_id, level) or _Level(text="")
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        counts[level] = self._next_count(list_id, level, counts[level], own)
        for deeper in range(level + 1, _LEVELS):
            if self._starts_anew(list_id, deeper, level):
                counts[deeper] = None
        if own.form == "bullet":
            return "- "
        label = _PLACEHOLDER.sub(
            lambda match: self._number(list_id, int(match[1]) - 1, own), own.text
        )
        return f"{label} " if label and own.spaced and not label.endswith(_CLOSING) else label

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of a list that is bound to a paragraph style."""
        levels = (self._level(list_id, level) for level in range(_LEVELS))
        bound = (number for number, own in enumerate(levels) if own and own.style == style)
        return next(bound, None)

    def _level(self, list_id: str, level: int) -> _Level | None:
        own = self.overrides.get((list_id, level))
        return own or self.levels.get((self.lists.get(list_id, ""), level))

    def _next_count(self, list_id: str, level: int, count: int | None, own: _Level) -> int:
        if (list_id, level) in self.restarts:
            return self.restarts.pop((list_id, level))
        return own.start if count is None else count + 1

    def _starts_anew(self, list_id: str, deeper: int, level: int) -> bool:
        """Return whether an item of a level has a deeper level start anew."""
        own = self._level(list_id, deeper)
        return own is None or own.restart is None or level < own.restart

    def _number(self, list_id: str, level: int, within: _Level) -> str:
        own = self._level(list_id, level) or _Level()
        count = self.counts[self.lists[list_id]][level]
        return format_number(
            own.start if count is None else count, "decimal" if within.legal else own.form
        )


def list_numbering(root: etree._Element | None) -> ListNumbering:
    """Read the lists that a document defines; `root` is its numbering part, None without one."""
    numbering = ListNumbering()
    if root is None:
        return numbering
    same = _links(root)
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbering.levels.update(((name, level), own) for level, own in _levels(abstract))
    for instance in root.iterfind(f"{W}num"):
        name = instance.get(f"{W}numId", "")
        abstract_name = value_of(instance.find(f"{W}abstractNumId"))
        numbering.lists[name] = same.get(abstract_name, abstract_name)
        for override in instance.iterfind(f"{W}lvlOverride"):
            _override(numbering, name, override)
    return numbering


def _links(root: etree._Element) -> Mapping[str, str]:
    """Return the definitions that only name a list style, with the one that defines the style."""
    abstracts = list(root.iterfind(f"{W}abstractNum"))
    defining = {
        value_of(abstract.find(f"{W}styleLink")): abstract.get(f"{W}abstractNumId", "")
        for abstract in abstracts
    }
    defining.pop("", None)
    links = {
        abstract.get(f"{W}abstractNumId", ""): value_of(abstract.find(f"{W}numStyleLink"))
        for abstract in abstracts
    }
    return {name: defining[style] for name, style in links.items() if style in defining}


def _override(numbering: ListNumbering, name: str, override: etree._Element) -> None:
    """Note where a list differs from its definition."""
    level = parse_int(override.get(f"{W}ilvl"), 0)
    start = override.find(f"{W}startOverride")
    if start is not None:
        numbering.restarts[name, level] = parse_int(value_of(start), 1)
    for _, own in _levels(override):
        numbering.overrides[name, level] = own


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterfind(f"{W}lvl"):
        restart = level.find(f"{W}lvlRestart")
        yield (
            parse_int(level.get(f"{W}ilvl"), 0),
            _Level(
                start=parse_int(value_of(level.find(f"{W}start")), 1),
                form=value_of(level.find(f"{W}numFmt")) or "decimal",
                text=value_of(level.find(f"{W}lvlText")),
                legal=level.find(f"{W}isLgl") is not None,
                restart=None if restart is None else parse_int(value_of(restart), 0),
                spaced=value_of(level.find(f"{W}suff")) != "nothing",
                style=value_of(level.find(f"{W}pStyle")),
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
