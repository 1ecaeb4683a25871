"""Read the words in drawings of Office: paragraphs of text boxes, of slides and of diagrams."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from index.ingest.structure.raised import lowered, raised

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
"""The names of elements of drawings."""

_KINDS = {
    f"{DRAWING}blip": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/presentationml/2006/main}oleObj": "embedded document",
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORDS = (f"{DRAWING}r", f"{DRAWING}fld", f"{DRAWING}br")


def paragraphs_in(element: etree._Element) -> Iterator[str]:
    """Yield the lines of the paragraphs in an element that have words."""
    for paragraph in element.iter(f"{DRAWING}p"):
        for line in _text(paragraph).split("\n"):
            if line.strip():
                yield " ".join(line.split())


def drawn(root: etree._Element) -> Counter[str]:
    """Count the pictures, charts and embedded documents in a part."""
    return Counter(
        _KINDS[str(element.tag)]
        for element in root.iter(*_KINDS)
        if next(element.iterancestors(_FALLBACK), None) is None
    )


def _text(paragraph: etree._Element) -> str:
    text = ""
    for run in paragraph.iterchildren(*_WORDS):
        words = "\n" if run.tag == f"{DRAWING}br" else run.findtext(f"{DRAWING}t") or ""
        properties = run.find(f"{DRAWING}rPr")
        shift = "0" if properties is None else properties.get("baseline", "0")
        if shift not in ("0", "0%") and words.strip():
            words = lowered(words, text) if shift.startswith("-") else raised(words, text)
        text += words
    return text
