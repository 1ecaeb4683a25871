"""Read what was filled into a page's form fields and written on top of it, for the worker.

A field's value is drawn by a viewer where the field is, and is no part of the page's text. It
comes as runs at that place, so that it is read beside its label. Comments, stamps and attached
files are counted.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

Handle = Any  # pypdfium2 has no types
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in points, y upwards."""

_HIDDEN = 2 | 32  # the flags Hidden and NoView
_MAX_SIZE = 12.0
_LEADING = 1.2
_INSET = 2.0  # points between a field's edge and its text
_MAX_BYTES = 200_000
_COMMENTS = {
    raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_LINE,
}  # fmt: skip
_KINDS = {
    **dict.fromkeys(_COMMENTS, "comment"),
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_FILEATTACHMENT: "embedded document",
    **dict.fromkeys(
        (raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_MOVIE, raw.FPDF_ANNOT_RICHMEDIA), "recording"
    ),
}


def placed_values(page: Handle, form: Handle) -> tuple[list[tuple[str, Rect, float]], Counter[str]]:
    """Return text, place and size of what is written into fields, and what is counted by kind.

    `form` is the document's form environment, None without a form.
    """
    values: list[tuple[str, Rect, float]] = []
    unread: Counter[str] = Counter()
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        text = _visible_text(annotation, kind, form)
        if text and raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            unread["hidden form field"] += 1
        elif text:
            values += _lines(text, _rect(annotation), _size(annotation, form))
        elif kind in _KINDS and (kind not in _COMMENTS or _contents(annotation).strip()):
            unread[_KINDS[kind]] += 1
        raw.FPDFPage_CloseAnnot(annotation)
    return values, unread


def document_unread(document: Handle) -> Counter[str]:
    """Count the files attached to a document, and a form of the kind that pdfium can't read."""
    unread = Counter({"embedded document": raw.FPDFDoc_GetAttachmentCount(document)})
    if raw.FPDF_GetFormType(document) == raw.FORMTYPE_XFA_FULL:
        unread["XFA form"] = 1
    return unread


def _visible_text(annotation: Handle, kind: int, form: Handle) -> str:
    """Return the words that a viewer shows in a field or a box written on the page."""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _contents(annotation)
    if kind != raw.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if raw.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if field in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return "、".join(_chosen(annotation, form)) or _value(annotation, form)
    return _value(annotation, form) if field == raw.FPDF_FORMFIELD_TEXTFIELD else ""


def _value(annotation: Handle, form: Handle) -> str:
    return _text(
        lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)
    )


def _contents(annotation: Handle) -> str:
    return _text(
        lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    )


def _chosen(annotation: Handle, form: Handle) -> Iterator[str]:
    for number in range(raw.FPDFAnnot_GetOptionCount(form, annotation)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, number):
            yield _label(annotation, form, number)


def _label(annotation: Handle, form: Handle, number: int) -> str:
    return _text(
        lambda buffer, size: raw.FPDFAnnot_GetOptionLabel(form, annotation, number, buffer, size)
    )


def _text(read: Any) -> str:  # noqa: ANN401
    """Return what a function of pdfium writes, which tells its size first."""
    size = min(read(None, 0), _MAX_BYTES)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _rect(annotation: Handle) -> Rect:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    low, high = sorted((rect.bottom, rect.top))
    return min(rect.left, rect.right), low, max(rect.left, rect.right), high


def _size(annotation: Handle, form: Handle) -> float:
    """Return the size of the letters in points; 0 where the field's height decides."""
    size = ctypes.c_float()
    known = form is not None and raw.FPDFAnnot_GetFontSize(form, annotation, size)
    return round(size.value, 1) if known and 0 < size.value < 100 else 0.0


def _lines(text: str, rect: Rect, size: float) -> Iterator[tuple[str, Rect, float]]:
    """Yield the lines of a value with the place of each in its field."""
    left, bottom, right, top = rect
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = (top - bottom) / max(len(lines), 1)
    size = size or min(_MAX_SIZE, max(4.0, round(0.7 * height, 1)))
    # A single line stands in the middle of its field, several begin at its top.
    middle = (top + bottom) / 2 if len(lines) == 1 and top - bottom < 3 * size else top - size
    for number, line in enumerate(lines):
        if line.strip():
            base = middle - 0.3 * size - number * _LEADING * size
            end = left + _INSET + size * sum(1.0 if char > "\u2e7f" else 0.55 for char in line)
            box = (
                left + _INSET,
                base - 0.2 * size,
                max(min(end, right), left + size),
                base + 0.8 * size,
            )
            yield " ".join(line.split()), box, size
