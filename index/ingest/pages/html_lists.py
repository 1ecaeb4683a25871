"""The numbers of a page's lists, in the forms that the page gives them: `3.`, `c.`, `iv.`."""

import re
from dataclasses import dataclass

from lxml import html

from index.ingest.structure.number_forms import format_number

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
# The names of styles (CSS Counter Styles 3) by those of Word's number formats.
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
    "cjk-decimal": "ideographDigital",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "simp-chinese-formal": "chineseLegalSimplified",
    "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac",
    "none": "none",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?(?P<name>[a-z-]+)\s*(?:;|$)", re.IGNORECASE)
_HAN_FORMS = ("chinese", "ideograph")
_MAX_DIGITS = 6


@dataclass(slots=True)
class ListNumbers:
    """Counts the items of a list; without a `form` they have dashes."""

    form: str | None
    next: int = 1
    step: int = 1

    @classmethod
    def of(cls, element: html.HtmlElement) -> "ListNumbers":
        """Return the numbers of a list before its first item."""
        if element.tag != "ol":
            return cls(None)
        style = _STYLE.search(element.get("style") or "")
        named = style["name"].lower() if style else ""
        form = _STYLES.get(named) or _TYPES.get(element.get("type", "").strip(), "decimal")
        backward = element.get("reversed") is not None
        first = len(element.findall("li")) if backward else 1
        start = _int(element.get("start"))
        return cls(form, first if start is None else start, -1 if backward else 1)

    def mark_of(self, item: html.HtmlElement) -> str:
        """Return the mark of the next item, and count it."""
        if self.form is None:
            return "- "
        value = _int(item.get("value"))
        number = self.next if value is None else value
        self.next = number + self.step
        if self.form == "none":
            return ""
        end = "、" if self.form.startswith(_HAN_FORMS) else ". "
        return format_number(number, self.form) + end


def _int(value: str | None) -> int | None:
    digits = (value or "").strip()
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    known = digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS
    return sign * int(digits) if known else None
