"""Write what a page raises, lowers or annotates as plain words, before its lines are read.

`10<sup>6</sup>` becomes `10^6`, a formula in MathML `a/b`; marks of notes and readings above
characters (ruby) go.
"""

import re
from collections.abc import Iterator

from lxml import html

from index.ingest.structure.raised import lowered, raised

CALLS_NOTE = "data-calls-note"
"""The attribute that says which place of the page a mark led to that is no longer there."""

_WAY_BACK = re.compile("[↩↵⏎↑⤴^]+\ufe0e?")
_READINGS = ("rt", "rp", "rtc")
_MOST_RAISED = 12  # characters; who raises more raises words
_BEFORE = 8  # characters before a raised one that say what it is
_NEIGHBOURS = 3
_INLINE = frozenset("a b bdi em font i ruby s small span strong sub sup u var".split())
_JOINTS = {"msup": "^", "msub": "_", "mfrac": "/"}
_NOTES_OF_FORMULA = ("annotation", "annotation-xml")
_NOTE_WORDS = ("footnote", "noteref", "reference", "cite")


def set_apart(root: html.HtmlElement) -> None:
    """Set a page's raised and lowered characters apart, write its formulas, drop its readings."""
    for reading in list(root.iter(*_READINGS)):
        if reading.getparent() is not None:
            reading.drop_tree()
    for formula in list(root.iter("math")):
        _rewrite(formula, _formula(formula))
        formula.tag = "span"
    for link in filter(_is_way_back, list(root.iter("a"))):
        _rewrite(link, "")
    for element in list(root.iter("sup", "sub")):
        _rewrite_raised(element)


def _rewrite_raised(element: html.HtmlElement) -> None:
    inside = str(element.text_content())
    if 0 < len(inside.strip()) <= _MOST_RAISED:
        words = _set_apart(element, inside)
        if place := next(_places(element), None):
            element.set(CALLS_NOTE, place)
        _rewrite(element, words)


def _set_apart(element: html.HtmlElement, inside: str) -> str:
    if element.tag == "sub":
        return lowered(inside, _before(element))
    return "" if _leads_to_note(element) else raised(inside, _before(element))


def _rewrite(element: html.HtmlElement, words: str) -> None:
    """Give an element other words; it stays, and so do the words after it."""
    for child in list(element):
        element.remove(child)
    element.text = words


def _formula(element: html.HtmlElement) -> str:
    """Return a formula on one line: `a^b`, `a_b`, `a/b`; what programs note beside it is left out.

    Pages are parsed to a depth of 256, so this may call itself.
    """
    parts = [_formula(part) for part in element if part.tag not in _NOTES_OF_FORMULA]
    joint = _JOINTS.get(str(element.tag))
    words = joint.join(parts) if joint and len(parts) == 2 else "".join(parts)
    return "".join((element.text or "").split()) + words if isinstance(element.tag, str) else ""


def _leads_to_note(element: html.HtmlElement) -> bool:
    parent = element.getparent()
    links = [*element.iter("a"), *([parent] if parent is not None and parent.tag == "a" else [])]
    names = " ".join(
        f"{part.get('class', '')} {part.get('role', '')}" for part in [element, *links]
    )
    leads = any((link.get("href") or "").startswith("#") for link in links)
    return leads or any(word in names.lower() for word in _NOTE_WORDS)


def _places(element: html.HtmlElement) -> Iterator[str]:
    """Yield the places in the page that links in or around an element lead to."""
    parent = element.getparent()
    around = [parent] if parent is not None and parent.tag == "a" else []
    for link in [*around, *element.iter("a")]:
        if len(href := link.get("href") or "") > 1 and href.startswith("#"):
            yield href[1:]


def _is_way_back(link: html.HtmlElement) -> bool:
    """Return whether a link leads from a note to where it is called: ↩."""
    leads = (link.get("href") or "").startswith("#")
    return leads and _WAY_BACK.fullmatch(str(link.text_content()).strip()) is not None


def _before(element: html.HtmlElement) -> str:
    """Return the last characters before an element, as far as they are in its own line."""
    before, place = "", element
    for _ in range(_NEIGHBOURS):
        previous, parent = place.getprevious(), place.getparent()
        if previous is not None:
            inline = previous.tag in _INLINE
            words = str(previous.text_content()) if inline else ""
            before = words[-_BEFORE:] + (previous.tail or "")[-_BEFORE:] + before
            place = previous
        else:
            inline = parent is not None and parent.tag in _INLINE
            before = (parent.text or "")[-_BEFORE:] + before if parent is not None else before
            place = parent
        if not inline or len(before) >= _BEFORE:
            break
    return before
