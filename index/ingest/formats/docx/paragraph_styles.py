"""Read the styles of a Word document: what makes a heading, a list item, a raised character."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from index.ingest.formats.docx.list_numbers import W, parse_int, value_of

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_BODY_LEVEL = 9  # Word's outline level of text that is no heading
_MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style: its id and name, base, outline level, and list with level."""

    id: str = ""
    name: str = ""
    base: str = ""
    outline: int | None = None
    list_id: str = ""
    level: int | None = None


def styles_of(root: etree._Element | None) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles of a document by their ids, the default one also as the empty."""
    styles = {}
    for style in () if root is None else root.iterfind(f"{W}style"):
        properties = style.find(f"{W}pPr")
        outline, listed = child_of(properties, "outlineLvl"), child_of(properties, "numPr")
        level = child_of(listed, "ilvl")
        own = ParagraphStyle(
            id=style.get(f"{W}styleId", ""),
            name=value_of(style.find(f"{W}name")),
            base=value_of(style.find(f"{W}basedOn")),
            outline=None if outline is None else parse_int(value_of(outline), _BODY_LEVEL),
            list_id="" if listed is None else value_of(listed.find(f"{W}numId")),
            level=None if level is None else parse_int(value_of(level), 0),
        )
        styles[own.id] = own
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            styles[""] = own
    return styles


def alignments_of(root: etree._Element | None) -> dict[str, str]:
    """Return the character styles that raise or lower, with `superscript` or `subscript`."""
    styles = {}
    for style in () if root is None else root.iterfind(f"{W}style"):
        align = value_of(child_of(style.find(f"{W}rPr"), "vertAlign"))
        if align and style.get(f"{W}type") == "character":
            styles[style.get(f"{W}styleId", "")] = align
    return styles


def style_chain(styles: Mapping[str, ParagraphStyle], name: str) -> Iterator[ParagraphStyle]:
    """Yield a style and those it is based on."""
    for _ in range(_MAX_STYLE_DEPTH):
        style = styles.get(name)
        if style is None:
            return
        yield style
        if not style.base:
            return
        name = style.base


def heading_level(
    properties: etree._Element | None, styles: Sequence[ParagraphStyle]
) -> int | None:
    """Return a heading's level: from its own outline level, or its style's name or level."""
    outline = child_of(properties, "outlineLvl")
    if outline is not None:
        level = parse_int(value_of(outline), _BODY_LEVEL)
        return level if level < _BODY_LEVEL else None
    for style in styles:
        named = _HEADING.match(style.name)
        if named:
            return int(named[1]) - 1
        if style.outline is not None:
            return style.outline if style.outline < _BODY_LEVEL else None
    return None


def child_of(element: etree._Element | None, tag: str) -> etree._Element | None:
    """Return the first child with a tag of Word's, None without one."""
    return None if element is None else element.find(f"{W}{tag}")
