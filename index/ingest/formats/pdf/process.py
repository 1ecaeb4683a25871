"""Has a PDF opened by a process of its own, and says plainly why one can't be.

What is made of the words on the pages is `pdf`'s matter.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ArticleError

MOST_PAGES = 5000
MOST_CHARS = 20_000_000
# The worker bounds its own processor time; this is for one that hangs without using any.
_SECONDS = 3600
_WORKER = Path(__file__).with_name("worker.py")
_REASONS = {
    "password": "needs a password; save a copy without one.",
    "damaged": "is damaged or no PDF; open it and save it anew.",
    "pages": f"has more than {MOST_PAGES:,} pages; split it.",
    "characters": f"holds more than {MOST_CHARS:,} characters; split it.",
    "memory": "takes too much memory to read; print it to a new PDF and take that.",
}
_BROKEN = "can't be read: it takes too long or breaks the PDF library; print it to a new PDF."


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page: in points, top down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Run:
    """A word, or Chinese between two gaps; its size in points, and whether a space is before it."""

    text: str
    box: Box
    size: float
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page: upright words in the file's order, rules, and words at a slant.

    `paper` are its left and right edge.
    """

    runs: tuple[Run, ...]
    paper: tuple[float, float]
    rules: tuple[Box, ...] = ()
    tilted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A document's pages, to be taken once, and what its metadata says (`Title`, `Author`, …)."""

    pages: Iterator[Page]
    info: Mapping[str, str]


def open_pdf(data: bytes) -> Pages:
    """What stands where on the pages of a PDF.

    Raises:
        ArticleError: it needs a password, is damaged, is beyond a limit, or holds no page.
    """
    lines = _run(data).split(b"\n")
    if len(lines) < 2:
        raise ArticleError(_BROKEN)
    first, last = json.loads(lines[0]), json.loads(lines[-2])
    if "error" in last:
        raise ArticleError(_told(last["error"]))
    if len(lines) - 2 != first["pages"]:
        raise ArticleError(_BROKEN)  # the worker was ended between two pages
    if not first["pages"]:
        raise ArticleError("has no pages.")
    # Page by page: the words of a thousand pages with their places take 400 MB.
    return Pages(map(_page, lines[1:-1]), first["info"])


def _run(data: bytes) -> bytes:
    # -P keeps this folder, which has an html.py, off the path where the standard one is looked for.
    command = [sys.executable, "-P", str(_WORKER), str(MOST_PAGES), str(MOST_CHARS)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError(_BROKEN) from error
    if b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _told(reason: str) -> str:
    if reason.startswith("page "):
        return f"is damaged: {reason} can't be read; open it and save it anew."
    return _REASONS.get(reason, _BROKEN)


def _page(line: bytes) -> Page:
    record = json.loads(line)
    return Page(
        runs=tuple(_runs(record["runs"])),
        paper=(record["paper"][0], record["paper"][1]),
        rules=tuple(Box(*rule) for rule in record["rules"]),
        tilted=tuple(record["tilted"]),
    )


def _runs(values: list[Any]) -> Iterator[Run]:
    for text, left, top, right, bottom, size in values:
        if text.strip():
            box = Box(left, top, right, bottom)
            yield Run(text.strip(), box, size, spaced=text.startswith(" "))
