"""The program that opens one PDF, in a process of its own: what stands where on its pages.

pdfium is C++ and PDFs come from anywhere. Here a crash, an endless loop or a flood of memory ends
this process, not the one that asked. It imports nothing of the house, so it starts in 0.1 s.

In: the file on standard input; as arguments the most pages and the most characters it may have.
Out: JSON, a line each: `{"pages": 3, "info": {…}}`, then per page `{"runs": [[text, left, top,
right, bottom, size], …], "rules": [[left, top, right, bottom], …], "paper": [left, right],
"tilted": [text, …]}` in points, top down; or `{"error": KIND}` as the last line. A run is a word,
or Chinese between two gaps; it starts with a space where one stands before it.
"""

import ctypes
import json
import math
import resource
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

# 45 pages of Chinese take 0.7 s and 40 MB; a hundred times that is no honest page.
_SECONDS = 20
_SECONDS_A_PAGE = 0.5
_MEMORY = 3_000_000_000
_PASSWORD = 4
# In em: a gap that ends a run. Cells of tables stand closer than columns, words closer still.
_GAP = 0.5
# Maps and drawings have more segments; tables never do.
_SEGMENTS = 20_000
_DEEPEST_FORM = 8
_LINE = 3.0

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, ...]
Handle = Any  # pypdfium2 has no types


class _Stop(Exception):  # noqa: N818 - no error of the program's, but what it reports
    """The document can't be read, for the kind of reason that it carries."""


def main() -> None:
    """Reads the document on standard input and writes what it holds to standard output."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _allow(_SECONDS)
    try:
        _report(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except _Stop as stop:
        _write({"error": str(stop)})
    except MemoryError:
        _write({"error": "memory"})


def _report(data: bytes, most_pages: int, most_chars: int) -> None:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _Stop("password" if error.err_code == _PASSWORD else "damaged") from error
    pages = len(document)
    if pages > most_pages:
        raise _Stop("pages")
    _allow(_SECONDS + int(pages * _SECONDS_A_PAGE))
    _write({"pages": pages, "info": _info(document)})
    chars = 0
    for number in range(pages):
        try:
            page = document[number]
            words = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise _Stop(f"page {number + 1}") from error
        chars += words.count_chars()
        if chars > most_chars:
            raise _Stop("characters")
        _write(_contents(page, words))
        words.close()
        page.close()


def _info(document: Handle) -> dict[str, str]:
    try:
        return {key: _clean(value) for key, value in document.get_metadata_dict().items()}
    except UnicodeDecodeError:  # half characters: such metadata tells nothing
        return {}


def _contents(page: Handle, words: Handle) -> dict[str, Any]:
    """A page's runs and rules, turned so that most of its words run from left to right."""
    runs = list(_runs(words))
    turns = Counter(dict.fromkeys((0, 1, 2, 3), 0))
    for text, _, _, turn in runs:
        turns[turn] += len(text) if turn >= 0 else 0
    turn = turns.most_common(1)[0][0]
    upright = [run for run in runs if run[3] == turn]
    return {
        "runs": [[_clean(text), *_rounded(box), size] for text, box, size, _ in upright],
        "paper": _rounded(_turned(page.get_mediabox(), turn))[::2],
        "rules": [_rounded(_turned(box, turn)) for box in _rules(page)],
        "tilted": [_clean(text) for text, _, _, other in runs if other != turn],
    }


def _runs(words: Handle) -> Iterator[tuple[str, Box, float, int]]:
    """Text, box, size in points and quarter turns of each run; -1 turns stand for a slant."""
    text, box, own, before = "", (0.0, 0.0, 0.0, 0.0), (0.0, 0), (0.0, 0)
    spaced, last = False, None
    for i in range(words.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(words, i))
        if char.isspace() or char == "\0":
            spaced = True
            continue
        owner = ctypes.cast(raw.FPDFText_GetTextObject(words, i), ctypes.c_void_p).value
        if owner != last:
            own, last = _manner(words, i), owner
        here = _box(words, i, *own)
        char = "-" if char == "\x02" else char  # pdfium's mark for a hyphen at a line's end
        if text and not spaced and own == before and _follows(box, here, *own):
            text, box = text + char, (min(box[0], here[0]), box[1], max(box[2], here[2]), box[3])
        else:
            if text:
                yield text, box, *before
            text, box, before = " " * spaced + char, here, own
        spaced = False
    if text:
        yield text, box, *before


def _manner(words: Handle, i: int) -> tuple[float, int]:
    """A character's size in points, and how it is turned."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(words, i, matrix)
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    quarters = raw.FPDFText_GetCharAngle(words, i) / (math.pi / 2)
    straight = abs(quarters - round(quarters)) < 0.03
    return round(raw.FPDFText_GetFontSize(words, i) * scale, 1), (
        round(-quarters) % 4 if straight else -1
    )


def _box(words: Handle, i: int, size: float, turn: int) -> Box:
    """Left, top, right, bottom of a character, made upright.

    Its height is told from its baseline, for pdfium's boxes are lower around a p than an o.
    """
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(words, i, rect)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(words, i, x, y)
    left, _, right, _ = _turned((rect.left, rect.bottom, rect.right, rect.top), max(turn, 0))
    base = _turned((x.value, y.value, x.value, y.value), max(turn, 0))[1]
    return left, base - 0.8 * size, right, base + 0.2 * size


def _follows(box: Box, here: Box, size: float, turn: int) -> bool:
    """Whether a character goes on where a run ends, on its line."""
    level = abs(here[3] - box[3]) < 0.1 * size
    return turn < 0 or (level and abs(here[0] - box[2]) < _GAP * size)


def _turned(box: Box, turn: int) -> Box:
    """Left, top, right, bottom of a box (left, bottom, right, top), its words made upright."""
    x0, y0, x1, y1 = box
    corners = {0: (x0, -y1, x1, -y0), 1: (y0, x0, y1, x1), 2: (-x1, y0, -x0, y1)}
    return corners.get(turn, (-y1, -x1, -y0, -x0))


def _rounded(box: Box) -> Matrix:
    return tuple(round(edge, 1) if math.isfinite(edge) else 0.0 for edge in box)


def _rules(page: Handle) -> list[Box]:
    """The straight lines that are drawn level or upright; none of a page that is a drawing."""
    items = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    lines = list(islice(_lines(items, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0), _SEGMENTS + 1))
    return [line for line in lines if line] if len(lines) <= _SEGMENTS else []


def _lines(items: Iterable[Handle], outer: Matrix, depth: int) -> Iterator[Box | None]:
    """For each segment of the paths a straight line's box, or None."""
    for item in items:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from (_straight(*ends) for ends in _segments(item, _combined(item, outer)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = (raw.FPDFFormObj_GetObject(item, i) for i in range(count))
            yield from _lines(inner, _combined(item, outer), depth + 1)


def _combined(item: Handle, outer: Matrix) -> Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    a, b, c, d, e, f = outer
    columns = ((own.a, own.b, 0), (own.c, own.d, 0), (own.e, own.f, 1))
    return tuple(
        value for x, y, w in columns for value in (a * x + c * y + e * w, b * x + d * y + f * w)
    )


def _segments(path: Handle, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """The path's segments, each from a point to a point; curves count as no segment."""
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


def _straight(one: Point, other: Point) -> Box | None:
    """The segment as a box where it is level or upright and longer than a rule is thick."""
    box = (*map(min, one, other), *map(max, one, other))
    wide, high = box[2] - box[0], box[3] - box[1]
    straight = min(wide, high) < 1 and max(wide, high) > _LINE and all(map(math.isfinite, box))
    return (box[0], box[1], box[2], box[3]) if straight else None


def _clean(text: str) -> str:
    """The text with pairs of surrogates joined, and no control characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char for char in whole if char >= " " and char not in "\x7f\ufffe\uffff")


def _allow(seconds: int) -> None:
    """Sets how much processor time this process may use in all; beyond it, it is ended."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _write(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
