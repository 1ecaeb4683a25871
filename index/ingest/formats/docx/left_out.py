"""Count what of a Word document is no text of its article: comments, pictures, deleted words."""

from collections import Counter

from lxml import etree

from index.ingest.formats.docx.list_numbers import W
from index.ingest.formats.docx.paragraph_styles import child_of
from index.ingest.formats.docx.run_text import FALLBACK, UNKNOWN_SIGN, is_on, sign_in

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_CHART = f"{_DRAWING}chart}}chart"
_DIAGRAM = f"{_DRAWING}diagram}}relIds"
_PICTURE = f"{_DRAWING}main}}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_KINDS = {
    _CHART: "chart",
    _DIAGRAM: "diagram",
    _PICTURE: "picture",
    _OLD_PICTURE: "picture",
    f"{W}object": "embedded document",
    f"{W}subDoc": "linked document",
    f"{W}sym": "sign",
    f"{W}del": "deleted passage",
    f"{W}moveFrom": "deleted passage",
    f"{W}vanish": "hidden passage",
}


def left_out(root: etree._Element) -> Counter[str]:
    """Return how many things of each kind in a part have no words in the article."""
    return Counter(
        _KINDS[str(element.tag)] for element in root.iter(*_KINDS) if _is_left_out(element)
    )


def comments_in(root: etree._Element | None) -> Counter[str]:
    """Return the number of comments."""
    return Counter(comment=0 if root is None else len(root.findall(f"{W}comment")))


def _is_left_out(element: etree._Element) -> bool:
    """Return whether an element stands for words or a picture that are not told elsewhere."""
    above = {str(parent.tag) for parent in element.iterancestors()}
    if element.tag in (f"{W}del", f"{W}moveFrom"):
        return next(element.iter(f"{W}delText", f"{W}t"), None) is not None
    if element.tag == f"{W}sym":
        return sign_in(element) == UNKNOWN_SIGN
    if element.tag == f"{W}vanish":
        run = _run_of(element)
        return run is not None and is_on(element) and child_of(run, "t") is not None
    inner = element.tag == _OLD_PICTURE and f"{W}object" in above  # the picture of what is embedded
    return FALLBACK not in above and not inner


def _run_of(switch: etree._Element) -> etree._Element | None:
    properties = switch.getparent()
    return None if properties is None else properties.getparent()
