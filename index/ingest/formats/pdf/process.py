"""Run the PDF worker in a process of its own, and turn its failures into plain reasons.

Making lines and paragraphs of the words on the pages is left to `layout` and `paragraphs`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ArticleError
from index.ingest.formats.pdf.page_content import Box, PdfContent, PdfPage, TextRun


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What a PDF may contain, and for how many seconds its worker may run.

    The worker bounds its own processor time; `seconds` is for one that hangs without using any.
    """

    pages: int = 5000
    chars: int = 20_000_000
    seconds: float = 3600


PDF_LIMITS = PdfLimits()
_WORKER = Path(__file__).with_name("worker.py")
_SCANNED = b'"scanned": true}'
_FAILED = "can't be read: it takes too long or breaks the PDF library; print it to a new PDF."


def open_pdf(data: bytes, limits: PdfLimits = PDF_LIMITS, worker: Path = _WORKER) -> PdfContent:
    """Read the positioned content of a PDF's pages, running the program `worker`.

    Raises:
        ArticleError: it needs a password, is damaged, is beyond a limit, or has no page.
    """
    lines = _run(data, limits, worker).split(b"\n")
    if len(lines) < 2:
        raise ArticleError(_FAILED)
    first, last = json.loads(lines[0]), json.loads(lines[-2])
    if "error" in last:
        raise ArticleError(_reason(last["error"], limits))
    if len(lines) - 2 != first["pages"]:
        raise ArticleError(_FAILED)  # the worker was ended between two pages
    if not first["pages"]:
        raise ArticleError("has no pages.")
    scanned = (number for number, line in enumerate(lines[1:-1]) if line.endswith(_SCANNED))
    # Page by page: the positioned words of a thousand pages take 400 MB.
    return PdfContent(map(_page, lines[1:-1]), first["info"], first["unread"], tuple(scanned))


def _run(data: bytes, limits: PdfLimits, worker: Path) -> bytes:
    # -P keeps the worker's folder off sys.path, so that no module in it shadows a standard one.
    command = [sys.executable, "-P", str(worker), str(limits.pages), str(limits.chars)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError(_FAILED) from error
    if b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _reason(error: str, limits: PdfLimits) -> str:
    """Return the sentence for a kind of error that the worker reports."""
    if error.startswith("page "):
        return f"is damaged: {error} can't be read; open it and save it anew."
    reasons = {
        "password": "needs a password; save a copy without one.",
        "damaged": "is damaged or no PDF; open it and save it anew.",
        "pages": f"has more than {limits.pages:,} pages; split it.",
        "characters": f"holds more than {limits.chars:,} characters; split it.",
        "memory": "takes too much memory to read; print it to a new PDF and take that.",
    }
    return reasons.get(error, _FAILED)


def _page(line: bytes) -> PdfPage:
    record = json.loads(line)
    return PdfPage(
        runs=tuple(_runs(record["runs"])),
        paper=(record["paper"][0], record["paper"][1]),
        rules=tuple(Box(*rule) for rule in record["rules"]),
        slanted=tuple(record["slanted"]),
        unread=record["unread"],
    )


def _runs(values: list[Any]) -> Iterator[TextRun]:
    for text, left, top, right, bottom, size in values:
        if text.strip():
            box = Box(left, top, right, bottom)
            yield TextRun(text.strip(), box, size, spaced=text.startswith(" "))
