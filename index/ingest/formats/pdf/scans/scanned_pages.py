"""Make pages of positioned words of what was recognised in pictures of them."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.ingest.formats.pdf.page_content import Box, PdfContent, PdfPage, TextRun
from index.ingest.recognition.recogniser import Pixels
from index.ingest.recognition.scan_recognition import ScanRecognition
from index.ingest.recognition.upright import ScanLine

_DRAW = Path(__file__).with_name("draw_page.py")
_SECONDS = 120.0  # for a program that hangs; it bounds its own processor time
_WIDTH = 595.0  # points: pages are laid out as if they were as wide as A4, whatever a file says
# Of 426 lines of bad scans those below it had less than a third of their characters right; above it
# the share that is right is about the confidence.
_LEAST_CONFIDENCE = 0.6
_PICTURES = ("scanned page", "picture")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A drawn page; `left`, `top` and `width` are those of the sheet in points, y downwards."""

    pixels: Pixels
    left: float
    top: float
    width: float


class ScannedPages:
    """Reads the scanned pages of PDFs."""

    def __init__(self, recognition: ScanRecognition) -> None:
        self._recognition = recognition

    def pages(self, data: bytes, content: PdfContent) -> Iterator[PdfPage]:
        """Yield the pages of a PDF, scanned ones as recognised; one that can't be drawn stays.

        Raises:
            ArticleError: more pages are scanned than may be.
        """
        self._recognition.expect(len(content.scanned))
        places = {number: place for place, number in enumerate(content.scanned)}
        for number, page in enumerate(content.pages):
            drawn = _drawn(data, number) if number in places else None
            if drawn is None:
                yield page
            else:
                lines = self._recognition.lines(drawn.pixels, places[number], len(places))
                recognised = recognised_page(lines, drawn.pixels.shape[1])
                yield _with_written(recognised, page, drawn)


def recognised_page(lines: Sequence[ScanLine], width: int) -> PdfPage:
    """Return a page of lines that were recognised in a picture; count those that are unsure."""
    scale = _WIDTH / width
    sure = [line for line in lines if line.confidence >= _LEAST_CONFIDENCE and line.text.strip()]
    unsure = sum(bool(line.text.strip()) for line in lines) - len(sure)
    return PdfPage(
        runs=tuple(
            TextRun(
                line.text.strip(),
                Box(*(scale * edge for edge in line.box)),
                round(scale * line.size, 1),
                confidence=line.confidence,
            )
            for line in sure
        ),
        paper=(0.0, _WIDTH),
        unread={"unreadable line": unsure} if unsure else {},
    )


def _with_written(recognised: PdfPage, page: PdfPage, drawn: _Drawn) -> PdfPage:
    """Return a recognised page with what was written on it, and all that is unread."""
    written = () if any(_has_no_code(run.text) for run in page.runs) else page.runs
    unread = {kind: count for kind, count in page.unread.items() if kind not in _PICTURES}
    scale = _WIDTH / max(drawn.width, 1)
    placed = tuple(_placed(run, drawn, scale) for run in written)
    return replace(
        recognised, runs=recognised.runs + placed, unread={**unread, **recognised.unread}
    )


def _placed(run: TextRun, drawn: _Drawn, scale: float) -> TextRun:
    box = Box(
        scale * (run.box.left - drawn.left),
        scale * (run.box.top - drawn.top),
        scale * (run.box.right - drawn.left),
        scale * (run.box.bottom - drawn.top),
    )
    return replace(run, box=box, size=round(scale * run.size, 1))


def _has_no_code(text: str) -> bool:
    return any("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)


def _drawn(data: bytes, number: int) -> _Drawn | None:
    """Draw a page in a program of its own; None if that can't be done."""
    command = [sys.executable, "-P", str(_DRAW), str(number)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    head, _, rows = done.stdout.partition(b"\n")
    if done.returncode or not head:
        return None
    sizes = json.loads(head)
    picture = np.frombuffer(rows, np.uint8).reshape(sizes["height"], sizes["stride"])
    pixels = picture[:, : sizes["width"]]
    return _Drawn(pixels, sizes["left"], sizes["top"], sizes["points"])
