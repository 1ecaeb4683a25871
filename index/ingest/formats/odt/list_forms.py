"""Count the list numbers that an OpenDocument text shows, by the list styles that it defines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from index.ingest.structure.number_forms import format_number

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, TABLE = f"{_NS}text:1.0}}", f"{_NS}style:1.0}}", f"{_NS}table:1.0}}"
OFFICE, DRAW, META = f"{_NS}office:1.0}}", f"{_NS}drawing:1.0}}", f"{_NS}meta:1.0}}"
_MOST_LEVELS = 10
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional", "子": "ideographZodiac", "１": "decimalFullWidth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ListLevel:
    form: str = ""  # of Word's; empty for a level without a number
    before: str = ""
    after: str = ""
    start: int = 1
    levels: int = 1  # whose numbers are shown, its own the last


@dataclass
class ListForms:
    """The list styles of a document, counting as its items are read in order."""

    styles: dict[str, dict[int, _ListLevel]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def begin(self, style: str, level: int, *, goes_on: bool) -> None:
        """Begin a list of a style; one that goes on counts from where the last one ended."""
        if not goes_on:
            counts = self.counts.setdefault(style, {})
            for deeper in [number for number in counts if number >= level]:
                del counts[deeper]

    def next_label(self, style: str, level: int, start: int | None = None) -> str:
        """Return the mark of the next item with what sets it apart; empty without one."""
        own = self.styles.get(style, {}).get(level, _ListLevel())
        if own.form == "bullet":
            return "- "
        if not own.form:
            return ""
        counts = self.counts.setdefault(style, {})
        counts[level] = counts.get(level, own.start - 1) + 1 if start is None else start
        self.begin(style, level + 1, goes_on=False)
        first = max(1, level - own.levels + 1)
        numbers = (self._number(style, number) for number in range(first, level + 1))
        label = f"{own.before}{'.'.join(filter(None, numbers))}{own.after}"
        return label if label.endswith(("、", "）", "．", "：")) else f"{label} "

    def _number(self, style: str, level: int) -> str:
        own = self.styles.get(style, {}).get(level, _ListLevel())
        numbered = own.form not in ("", "bullet")
        count = self.counts.get(style, {}).get(level, own.start)
        return format_number(count, own.form) if numbered else ""


def list_forms(roots: Iterable[etree._Element]) -> ListForms:
    """Read the list styles that the parts of a document define; that of headings is `outline`."""
    forms = ListForms()
    for root in roots:
        for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
            name = style.get(f"{STYLE}name", "")
            key = "outline" if style.tag == f"{TEXT}outline-style" else name
            forms.styles[key] = {
                int_of(level.get(f"{TEXT}level"), 1): _level(level) for level in style
            }
    return forms


def _level(level: etree._Element) -> _ListLevel:
    if level.tag == f"{TEXT}list-level-style-bullet":
        return _ListLevel("bullet")
    form = level.get(f"{STYLE}num-format", "")
    return _ListLevel(
        form=_FORMS.get(form[:1], "decimal") if form else "",
        before=level.get(f"{STYLE}num-prefix", ""),
        after=level.get(f"{STYLE}num-suffix", ""),
        start=int_of(level.get(f"{TEXT}start-value"), 1),
        levels=min(int_of(level.get(f"{TEXT}display-levels"), 1), _MOST_LEVELS),
    )


def list_styles_of(roots: Iterable[etree._Element]) -> Mapping[str, str]:
    """Return the list style of each paragraph style that has one."""
    return {
        style.get(f"{STYLE}name", ""): name
        for root in roots
        for style in root.iter(f"{STYLE}style")
        if (name := style.get(f"{STYLE}list-style-name", ""))
    }


def int_of(text: str | None, default: int) -> int:
    """Parse a number of at most five digits.

    >>> int_of("3", 1), int_of(None, 1)
    (3, 1)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
