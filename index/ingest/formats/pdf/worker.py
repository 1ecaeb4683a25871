"""Program that reads one PDF in a process of its own: the positioned text and rules of each page.

pdfium is C++ and PDFs come from anywhere. Here a crash, an endless loop or a flood of memory ends
this process, not the one that asked. Of Yiju it imports only the modules beside it that import
nothing else, so it starts in 0.1 s.

In: the file on standard input; the limits of pages and of characters as arguments.
Out: JSON, a line each: `{"pages": 3, "info": {…}, "unread": {KIND: 2}}`, then per page `{"runs":
[[text, left, top, right, bottom, size], …], "rules": [[left, top, right, bottom], …], "paper":
[left, right], "slanted": [text, …], "unread": {…}, "scanned": bool}` in points, y downwards; or
`{"error": KIND}` as the last line. A run is a word, or Chinese between two gaps, or the value of a
form field; it starts with a space if one precedes it. The words of a scanned page are in a picture.
"""

import ctypes
import json
import math
import resource
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

# A program finds the modules beside it from the root, and there only what is nowhere else.
sys.path.append(str(Path(__file__).resolve().parents[4]))

from index.ingest.formats.pdf.form_values import document_unread, placed_values
from index.ingest.formats.pdf.page_rules import (
    Box,
    Handle,
    Matrix,
    is_covered,
    pictures_on,
    rules_of,
)

# 45 pages of Chinese take 0.7 s and 40 MB; a hundred times that is no honest page.
_SECONDS = 20
_SECONDS_A_PAGE = 0.5
_MAX_MEMORY = 3_000_000_000
_PASSWORD_ERROR = 4
_PR_SET_PDEATHSIG = 1
# In em: a gap that ends a run. Cells of tables are closer than columns, words closer still.
_RUN_GAP = 0.5
# Share of characters without a code from which on a page has to be recognised.
_UNMAPPED = 0.2


class _UnreadableError(Exception):
    """The document can't be read; the argument is the kind of error to report."""


def main() -> None:
    """Read the document on standard input and write its content to standard output."""
    warnings.simplefilter("ignore")
    end_with_parent()
    lower(resource.RLIMIT_AS, _MAX_MEMORY)
    lower(resource.RLIMIT_CORE, 0)
    limit_cpu(_SECONDS)
    try:
        _write_document(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except _UnreadableError as error:
        _write({"error": str(error)})
    except MemoryError:
        _write({"error": "memory"})


def _write_document(data: bytes, max_pages: int, max_chars: int) -> None:
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()  # before the first page is opened
    except pdfium.PdfiumError as error:
        kind = "password" if error.err_code == _PASSWORD_ERROR else "damaged"
        raise _UnreadableError(kind) from error
    pages = len(document)
    if pages > max_pages:
        raise _UnreadableError("pages")
    limit_cpu(_SECONDS + int(pages * _SECONDS_A_PAGE))
    _write({"pages": pages, "info": _info(document), "unread": document_unread(document)})
    form = document.formenv
    chars = 0
    for number in range(pages):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise _UnreadableError(f"page {number + 1}") from error
        chars += text_page.count_chars()
        if chars > max_chars:
            raise _UnreadableError("characters")
        _write(_content(page, text_page, form))
        text_page.close()
        page.close()


def _info(document: Handle) -> dict[str, str]:
    try:
        return {key: _clean(value) for key, value in document.get_metadata_dict().items()}
    except UnicodeDecodeError:  # half characters: such metadata is worthless
        return {}


def _content(page: Handle, text_page: Handle, form: Handle) -> dict[str, Any]:
    """Return a page's content, turned so that most of its words run from left to right."""
    runs = list(_runs(text_page))
    turns = Counter(dict.fromkeys((0, 1, 2, 3), 0))
    for text, _, _, turn in runs:
        turns[turn] += len(text) if turn >= 0 else 0
    turn = turns.most_common(1)[0][0]
    values, unread = placed_values(page, form)
    upright = [run[:3] for run in runs if run[3] == turn]
    upright += [(f" {text}", _turned(box, turn), size) for text, box, size in values]
    pictures = pictures_on(page)
    if runs or values:
        unread["picture"] = pictures
    elif pictures:
        unread["scanned page"] = 1
    return {
        "runs": [[_clean(text), *_rounded(box), size] for text, box, size in upright],
        "paper": _rounded(_turned(page.get_mediabox(), turn))[::2],
        "rules": [_rounded(_turned(box, turn)) for box in rules_of(page)],
        "slanted": [_clean(text) for text, _, _, other in runs if other != turn],
        "unread": unread,
        "scanned": _is_unreadable("".join(text for text, *_ in runs))
        and bool(runs or pictures or is_covered(page)),
    }


def _is_unreadable(text: str) -> bool:
    """Return whether a page's text is empty, or of characters that a font gives no code.

    >>> _is_unreadable(" "), _is_unreadable("\ue012\ue034年"), _is_unreadable("2016年")
    (True, True, False)
    """
    visible = "".join(text.split())
    unmapped = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in visible)
    return unmapped >= _UNMAPPED * len(visible)


def _runs(text_page: Handle) -> Iterator[tuple[str, Box, float, int]]:
    """Yield text, box, size in points and quarter turns of each run; -1 turns is a slant."""
    text, box, style, run_style = "", (0.0, 0.0, 0.0, 0.0), (0.0, 0), (0.0, 0)
    spaced, last_owner = False, None
    for i in range(text_page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text_page, i))
        if char.isspace() or char == "\0":
            spaced = True
            continue
        owner = ctypes.cast(raw.FPDFText_GetTextObject(text_page, i), ctypes.c_void_p).value
        if owner != last_owner:
            style, last_owner = _size_and_turn(text_page, i), owner
        here = _char_box(text_page, i, *style)
        char = "-" if char == "\x02" else char  # pdfium's mark for a hyphen at a line's end
        if text and not spaced and style == run_style and _continues(box, here, *style):
            text, box = text + char, (min(box[0], here[0]), box[1], max(box[2], here[2]), box[3])
        else:
            if text:
                yield text, box, *run_style
            text, box, run_style = " " * spaced + char, here, style
        spaced = False
    if text:
        yield text, box, *run_style


def _size_and_turn(text_page: Handle, i: int) -> tuple[float, int]:
    """Return a character's size in points and its quarter turns, -1 for a slant."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, i, matrix)
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    quarters = raw.FPDFText_GetCharAngle(text_page, i) / (math.pi / 2)
    straight = abs(quarters - round(quarters)) < 0.03
    size = round(raw.FPDFText_GetFontSize(text_page, i) * scale, 1)
    return size, round(-quarters) % 4 if straight else -1


def _char_box(text_page: Handle, i: int, size: float, turn: int) -> Box:
    """Return left, top, right, bottom of a character, turned upright.

    Its height is computed from its baseline, because pdfium's boxes are lower around a p than an o.
    """
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, i, rect)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, i, x, y)
    left, _, right, _ = _turned((rect.left, rect.bottom, rect.right, rect.top), max(turn, 0))
    base = _turned((x.value, y.value, x.value, y.value), max(turn, 0))[1]
    return left, base - 0.8 * size, right, base + 0.2 * size


def _continues(box: Box, here: Box, size: float, turn: int) -> bool:
    """Return whether a character continues a run on its line."""
    level = abs(here[3] - box[3]) < 0.1 * size
    return turn < 0 or (level and abs(here[0] - box[2]) < _RUN_GAP * size)


def _turned(box: Box, turn: int) -> Box:
    """Turn a box (left, bottom, right, top) upright: left, top, right, bottom, y downwards."""
    x0, y0, x1, y1 = box
    corners = {0: (x0, -y1, x1, -y0), 1: (y0, x0, y1, x1), 2: (-x1, y0, -x0, y1)}
    return corners.get(turn, (-y1, -x1, -y0, -x0))


def _rounded(box: Box) -> Matrix:
    return tuple(round(edge, 1) if math.isfinite(edge) else 0.0 for edge in box)


def _clean(text: str) -> str:
    r"""Join pairs of surrogates, and drop control characters.

    >>> _clean("\ud840\udc00\x07")
    '𠀀'
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char for char in whole if char >= " " and char not in "\x7f\ufffe\uffff")


def end_with_parent() -> None:
    """Have the kernel end this process with the one that asked; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_cpu(seconds: int) -> None:
    """Set the processor time of this process, after which the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def lower(kind: int, most: int) -> None:
    """Limit this process, unless the one that asked is limited more."""
    soft, hard = resource.getrlimit(kind)
    allowed = most if soft == resource.RLIM_INFINITY else min(most, soft)
    resource.setrlimit(kind, (allowed, hard))


def _write(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
