"""Draw pages of text and scan them as an office does: crooked, noisy, packed as JPEG in a PDF."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_WIDE, _HIGH, _MARGIN = 8.27, 11.69, 1.0  # inches: A4
_SIZE, _LEADING = 12, 19  # points
_INK, _PAPER = 30, 250
_NOISE, _BLUR = 14.0, 0.35  # of 255; in points
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font's file, and which of the fonts in it."""

    path: str
    number: int = 0

    def of_size(self, pixels: int) -> ImageFont.FreeTypeFont:
        """Return the font in a size."""
        return ImageFont.truetype(self.path, pixels, index=self.number)


@dataclass(frozen=True, slots=True)
class Scanning:
    """How a page is scanned: dots an inch, with noise and blur or not, turned by some degrees."""

    dpi: int = 200
    noisy: bool = False
    turned: float = 0.0


def drawn_page(text: str, typeface: Typeface, dpi: int) -> tuple[Image.Image, str]:
    """Draw as much of a text as a page takes; return the page, and the text that is on it."""
    page = Image.new("L", (round(_WIDE * dpi), round(_HIGH * dpi)), _PAPER)
    draw = ImageDraw.Draw(page)
    font = typeface.of_size(round(_SIZE * dpi / _POINTS))
    step, room = round(_LEADING * dpi / _POINTS), (_WIDE - 2 * _MARGIN) * dpi
    lines: list[str] = []
    for line in _lines(text, font, room):
        y = _MARGIN * dpi + step * len(lines)
        if y > (_HIGH - _MARGIN) * dpi - step:
            break
        draw.text((_MARGIN * dpi, y), line, font=font, fill=_INK)
        lines.append(line)
    return page, "".join(lines)


def scanned(page: Image.Image, scanning: Scanning, seed: int) -> Image.Image:
    """Return a page as a scanner sees it."""
    if scanning.turned:
        page = page.rotate(scanning.turned, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    if not scanning.noisy:
        return page
    page = page.filter(ImageFilter.GaussianBlur(_BLUR * scanning.dpi / _POINTS))
    noise = np.random.default_rng(seed).normal(0, _NOISE, (page.height, page.width))
    noisy = np.asarray(page, np.float32) + noise
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def as_pdf(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """Return pictures of pages as the PDF that a scanner makes of them."""
    data = io.BytesIO()
    first, *others = pages
    first.save(data, "PDF", resolution=dpi, quality=70, save_all=True, append_images=others)
    return data.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    """Break a text where a line is full, within words only of Chinese."""
    line = ""
    for word in _words(text):
        if line and font.getlength(line + word.rstrip()) > room:
            yield line
            line = word.lstrip()
        else:
            line += word
    yield line


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        word += char
        if char == " " or char > "\u2e7f":
            yield word
            word = ""
    yield word
