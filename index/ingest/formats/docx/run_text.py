"""Read the words of a paragraph: what a word processor shows of its runs, fields and formulas.

Text that was deleted with changes tracked, hidden text, field codes and the readings above
characters are no text of the document.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from index.ingest.formats.docx.list_numbers import VALUE, W, parse_int, value_of
from index.ingest.formats.docx.paragraph_styles import child_of
from index.ingest.formats.docx.symbols import draws_signs, sign_of, with_signs
from index.ingest.structure.raised import lowered, raised

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs show of an element: the same again."""
BOX = f"{W}txbxContent"
"""The content of a text box."""
UNKNOWN_SIGN = "\ufffd"
"""What stands for a sign of a font that is not known."""

EXCLUDED = frozenset(
    {f"{W}{tag}" for tag in "del moveFrom delText instrText rt rPr pPr sdtPr tblPr".split()}
    | {FALLBACK, BOX}
)
"""Elements whose words are no words of the paragraph around them."""

_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}
_RUN, _PROPERTIES, _ASCII = f"{W}r", f"{W}rPr", f"{W}ascii"
_VANISH, _ALIGN, _STYLE, _FONTS = (
    f"{W}{tag}" for tag in ("vanish", "vertAlign", "rStyle", "rFonts")
)
_NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_TEXT = frozenset({f"{W}t", f"{_MATH}t"})
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_OPERATOR = re.compile(r"[+\-−–·×÷/=\s]")


@dataclass
class RunText:
    """The words of one paragraph as they are read; `notes` collects the notes it calls."""

    alignments: Mapping[str, str]
    notes: list[tuple[str, str]]
    parts: list[str] = field(default_factory=list)
    _aligned: str = ""  # raised or lowered characters that are not complete yet
    _align: str = ""

    def of(self, paragraph: etree._Element) -> str:
        """Return the words of a paragraph."""
        self._read(paragraph)
        self._end_aligned()
        text = "".join(self.parts).strip()
        return with_signs(text, "") if _PRIVATE.search(text) else text

    def _read(self, element: etree._Element, align: str = "", font: str = "") -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._read_run(child)
            elif tag in _TEXT:
                text = child.text or ""
                self._add(with_signs(text, font) if font else text, align)
            elif isinstance(tag, str) and tag not in EXCLUDED:
                self._read_other(child, tag, align, font)

    def _read_run(self, run: etree._Element) -> None:
        align = font = ""
        # One look at each property: a document has more of them than words.
        for switch in _properties_of(run):
            tag = switch.tag
            if tag == _VANISH and is_on(switch):
                return
            if tag == _ALIGN:
                align = value_of(switch)
            elif tag == _STYLE:
                align = align or self.alignments.get(value_of(switch), "")
            elif tag == _FONTS and draws_signs(switch.get(_ASCII, "")):
                font = switch.get(_ASCII, "")
        self._read(run, align, font)

    def _read_other(self, child: etree._Element, tag: str, align: str, font: str) -> None:
        if tag in _CHARACTERS:
            self._add(_CHARACTERS[tag])
        elif tag == f"{W}br":
            self._add("\n" if child.get(f"{W}type") in (None, "textWrapping") else " ")
        elif tag == f"{W}sym":
            self._add(sign_in(child))
        elif tag in _NOTES:
            self.notes.append((tag, child.get(f"{W}id", "")))
        elif tag == f"{W}fldChar":
            self._add(_form_value(child))
        elif tag == _TEXT_PATH:
            self._add(child.get("string", ""))
        elif tag.startswith(_MATH):
            self._read_formula(child, tag.removeprefix(_MATH))
        else:
            self._read(child, align, font)

    def _read_formula(self, element: etree._Element, name: str) -> None:
        """Write a formula on one line: `(a+b)/2`, `x^2`, `√(a+b)`."""
        inner = RunText(self.alignments, self.notes)
        text = inner.of(element)
        if name in ("num", "den", "sup", "sub"):
            joint = {"den": "/", "sup": "^", "sub": "_"}.get(name, "")
            self._add(joint + (f"({text})" if _OPERATOR.search(text) else text) if text else "")
        elif name in ("rad", "d"):
            self._add(f"√({text})" if name == "rad" else f"({text})")
        else:
            self._add(text)

    def _add(self, text: str, align: str = "") -> None:
        """Add characters, those that are raised or lowered in one piece."""
        align = align if align in ("superscript", "subscript") else ""
        if align != self._align:
            self._end_aligned()
            self._align = align
        if align:
            self._aligned += text
        elif text:
            self.parts.append(text)

    def _end_aligned(self) -> None:
        if self._aligned:
            before = "".join(self.parts[-8:])
            set_apart = raised if self._align == "superscript" else lowered
            self.parts.append(set_apart(self._aligned, before))
            self._aligned = ""


def _properties_of(run: etree._Element) -> Iterable[etree._Element]:
    properties = run.find(_PROPERTIES)
    return () if properties is None else properties


def is_on(switch: etree._Element) -> bool:
    """Return whether a property that is there is switched on."""
    return value_of(switch) not in ("0", "false", "off")


def sign_in(symbol: etree._Element) -> str:
    """Return the sign of a `w:sym` element."""
    code = symbol.get(f"{W}char", "")
    known = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) is not None
    return (sign_of(symbol.get(f"{W}font", ""), int(code, 16)) or UNKNOWN_SIGN) if known else ""


def _form_value(begin: etree._Element) -> str:
    """Return what a form field of the older kind shows that is no text: a mark, a choice."""
    form = begin.find(f"{W}ffData")
    box, choices = child_of(form, "checkBox"), child_of(form, "ddList")
    if box is not None:
        state = child_of(box, "checked")
        state = child_of(box, "default") if state is None else state
        return "☑" if state is not None and is_on(state) else "☐"
    if choices is not None:
        entries = [entry.get(VALUE, "") for entry in choices.iterfind(f"{W}listEntry")]
        chosen = child_of(choices, "result")
        number = parse_int(value_of(chosen), 0) if chosen is not None else 0
        return entries[number] if number < len(entries) else ""
    return ""
