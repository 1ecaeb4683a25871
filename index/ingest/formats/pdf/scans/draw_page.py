"""Program that draws one page of a PDF in a process of its own, as `pdf/worker.py` reads it.

In: the file on standard input; the number of the page, from 0, as argument.
Out: a line of JSON, `{"width": 1654, "height": 2338, "stride": 1656, "left": 0, "top": -842,
"points": 595}`, and the rows of the picture in grey, `stride` bytes each; nothing where the page
can't be drawn. The first three are pixels, the others the place and the width of the sheet in
points, y downwards.
"""

import json
import math
import resource
import sys
import warnings
from pathlib import Path

import pypdfium2 as pdfium

# A program finds the modules beside it from the root, and there only what is nowhere else.
sys.path.append(str(Path(__file__).resolve().parents[5]))

from index.ingest.formats.pdf.page_rules import Handle
from index.ingest.formats.pdf.worker import end_with_parent, limit_cpu, lower

_SECONDS = 30
_MAX_MEMORY = 2_000_000_000
_POINTS_AN_INCH = 72
_RESOLUTION = 200  # dots an inch: letters of 7 points are read as well as at 300
_MOST_PIXELS = 4_000_000  # an A4 page has 3.9 million then; larger sheets get a lower resolution


def main() -> None:
    """Draw a page of the document on standard input to standard output."""
    warnings.simplefilter("ignore")
    end_with_parent()
    lower(resource.RLIMIT_AS, _MAX_MEMORY)
    lower(resource.RLIMIT_CORE, 0)
    limit_cpu(_SECONDS)
    try:
        page = pdfium.PdfDocument(sys.stdin.buffer.read())[int(sys.argv[1])]
        _write(page, page.render(scale=_scale(page), grayscale=True, draw_annots=False))
    except (pdfium.PdfiumError, MemoryError):
        sys.exit(1)


def _scale(page: Handle) -> float:
    """Return the pixels a point: as many as are needed, or fit."""
    width, height = (max(side, 1.0) for side in page.get_size())
    return min(_RESOLUTION / _POINTS_AN_INCH, math.sqrt(_MOST_PIXELS / (width * height)))


def _write(page: Handle, bitmap: Handle) -> None:
    left, _, _, top = page.get_cropbox()
    head = {
        "width": bitmap.width,
        "height": bitmap.height,
        "stride": bitmap.stride,
        "left": left,
        "top": -top,
        "points": page.get_width(),
    }
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    sys.stdout.buffer.write(bytes(bitmap.buffer))


if __name__ == "__main__":
    main()
