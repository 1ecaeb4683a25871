"""Draw pages as pictures, for the tests of recognition: real scans with known words."""

import io
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec

import pytest
from PIL import Image, ImageDraw, ImageFont

from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition, untold

DPI = 150
WIDE, HIGH = 595, 842
LEFT = 72


@cache
def chinese_font() -> str:
    """Return the file of a Chinese font, empty if there is none."""
    if shutil.which("fc-list") is None:
        return ""
    command = ["fc-list", "-f", "%{file}\n", ":lang=zh-cn:scalable=true"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    return min(filter(None, listed), default="")


READS_SCANS = pytest.mark.skipif(
    find_spec("rapidocr") is None or not chinese_font(),
    reason="needs RapidOCR (pip install -e '.[ocr]') and a Chinese font (fonts-noto-cjk)",
)


class Sheet:
    """A white A4 page; positions are points from its upper left."""

    def __init__(self, wide: int = WIDE, high: int = HIGH) -> None:
        self.image = Image.new("L", (_pixels(wide), _pixels(high)), 255)
        self._draw = ImageDraw.Draw(self.image)

    def write(self, text: str, x: float, y: float, size: float = 12) -> "Sheet":
        """Write a line of a size in points."""
        font = ImageFont.truetype(chinese_font(), _pixels(size))
        self._draw.text((_pixels(x), _pixels(y)), text, font=font, fill=20)
        return self

    def write_lines(self, lines: list[str], y: float = 72, x: float = LEFT) -> "Sheet":
        """Write lines of 12 points below each other, 20 points apart."""
        for number, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("\u3000"))
            self.write(line.strip(), x + 12 * indent, y + 20 * number)
        return self


def as_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of a kind: PNG, JPEG, TIFF."""
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def recognition(most: int | None = None) -> ScanRecognition:
    """Return a recognition of scans with networks that all tests share."""
    return ScanRecognition(_recogniser(), untold, most)


@cache
def _recogniser() -> Recogniser:
    return Recogniser()


def _pixels(points: float) -> int:
    return round(points * DPI / 72)
