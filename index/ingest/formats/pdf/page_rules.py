"""Read the straight lines that are drawn on a page, and measure its pictures, for the worker."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pypdfium2 import raw

# Maps and drawings have more segments; tables never do.
_MAX_SEGMENTS = 20_000
_MAX_FORM_DEPTH = 8
_MIN_RULE = 3.0  # points
_MIN_PICTURE = 72.0  # points: what is smaller is a mark or a strip of a background
_COVERED = 0.5  # of a page's area: a scan may be cut into strips, or lie within a form

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, ...]
Handle = Any  # pypdfium2 has no types


def rules_of(page: Handle) -> list[Box]:
    """Return the straight lines that are level or upright; none of a page that is a drawing."""
    objects = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    lines = list(islice(_lines(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0), _MAX_SEGMENTS + 1))
    return [line for line in lines if line] if len(lines) <= _MAX_SEGMENTS else []


def _lines(objects: Iterable[Handle], outer: Matrix, depth: int) -> Iterator[Box | None]:
    """Yield for each segment of the paths the box of a straight line, or None."""
    for page_object in objects:
        kind = raw.FPDFPageObj_GetType(page_object)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            matrix = _combined(page_object, outer)
            yield from (_straight(*ends) for ends in _segments(page_object, matrix))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            count = raw.FPDFFormObj_CountObjects(page_object)
            inner = (raw.FPDFFormObj_GetObject(page_object, i) for i in range(count))
            yield from _lines(inner, _combined(page_object, outer), depth + 1)


def _combined(page_object: Handle, outer: Matrix) -> Matrix:
    """Multiply an object's transformation matrix by that of the form around it."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(page_object, own)
    a, b, c, d, e, f = outer
    columns = ((own.a, own.b, 0), (own.c, own.d, 0), (own.e, own.f, 1))
    return tuple(
        value for x, y, w in columns for value in (a * x + c * y + e * w, b * x + d * y + f * w)
    )


def _segments(path: Handle, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """Yield the path's straight segments as pairs of points; curves are left out."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, here
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, start


def _straight(start: Point, end: Point) -> Box | None:
    """Return the segment's box if it is level or upright and long enough for a rule.

    >>> _straight((0, 0), (100, 0)), _straight((0, 0), (100, 100))
    ((0, 0, 100, 0), None)
    """
    box = (*map(min, start, end), *map(max, start, end))
    width, height = box[2] - box[0], box[3] - box[1]
    thin = min(width, height) < 1 and max(width, height) > _MIN_RULE
    straight = thin and all(map(math.isfinite, box))
    return (box[0], box[1], box[2], box[3]) if straight else None


def pictures_on(page: Handle) -> int:
    """Return the number of pictures that are an inch wide and high at least."""
    return sum(
        1
        for number in range(raw.FPDFPage_CountObjects(page))
        if _is_picture(raw.FPDFPage_GetObject(page, number))
    )


def is_covered(page: Handle) -> bool:
    """Return whether pictures of any size, in forms too, cover most of a page."""
    objects = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    covered = sum(_areas(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0))
    area: float = raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page)
    return covered >= _COVERED * area


def _areas(objects: Iterable[Handle], outer: Matrix, depth: int) -> Iterator[float]:
    """Yield the area of each picture: its matrix draws a square of one point."""
    for page_object in objects:
        kind = raw.FPDFPageObj_GetType(page_object)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _combined(page_object, outer)
            yield abs(a * d - b * c)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            count = raw.FPDFFormObj_CountObjects(page_object)
            inner = (raw.FPDFFormObj_GetObject(page_object, i) for i in range(count))
            yield from _areas(inner, _combined(page_object, outer), depth + 1)


def _is_picture(page_object: Handle) -> bool:
    if raw.FPDFPageObj_GetType(page_object) != raw.FPDF_PAGEOBJ_IMAGE:
        return False
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(page_object, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return right - left >= _MIN_PICTURE and top - bottom >= _MIN_PICTURE
