"""Open picture files with Pillow, within bounds, and return their pages in grey.

Pillow is installed with the extra `ocr`. Files come from anywhere: their sizes are looked at before
a pixel is unpacked, and all of it is done in a process with limits.
"""

import io
import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import ArticleError
from index.ingest.recognition.recogniser import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 80_000_000  # of a file's page; a camera of 64 million takes pictures of that size
_MOST_FRAMES = 1000
_PAGE_PIXELS = 4_000_000  # of a page that is recognised: A4 at 200 dots an inch
# A taller picture, a long screenshot, is cut into pieces of this height in widths.
_MOST_TALL = 2.0
_DAMAGED = "is damaged or no picture; open it and save it anew."
_TOO_LARGE = f"has more than {_MOST_PIXELS // 1_000_000} million pixels; save it smaller."
# What Pillow's plugins raise for damaged files.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError)


class PictureFile:
    """An open picture file of so many `frames`: 1, or the pages of a TIFF."""

    def __init__(self, data: bytes) -> None:
        """Read its head.

        Raises:
            ArticleError: it is damaged, or has too many pages.
        """
        from PIL import Image

        with _failures_told():
            self._image = Image.open(io.BytesIO(data))
            is_tiff = self._image.format == "TIFF"
            self.frames: int = getattr(self._image, "n_frames", 1) if is_tiff else 1
        if self.frames > _MOST_FRAMES:
            raise ArticleError(f"has more than {_MOST_FRAMES:,} pages; split it.")

    def pages(self) -> Iterator[list[Pixels]]:
        """Yield its pages in grey, each in one piece; a single page that is tall, in several.

        Raises:
            ArticleError: one is damaged, or has too many pixels.
        """
        if self.frames == 1:
            yield list(_pieces(self._frame(0)))
        else:
            yield from ([self._frame(number)] for number in range(self.frames))

    def _frame(self, number: int) -> Pixels:
        with _failures_told():
            self._image.seek(number)
            return _in_grey(self._image)


@contextmanager
def _failures_told() -> Iterator[None]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which is not looked at
        try:
            yield
        except Image.DecompressionBombError as error:
            raise ArticleError(_TOO_LARGE) from error
        except _BROKEN as error:
            raise ArticleError(_DAMAGED) from error


def _in_grey(image: "Image") -> Pixels:
    """Return a picture the right way up, on white, in the size in which it is recognised."""
    from PIL import Image, ImageOps

    if image.width * image.height > _MOST_PIXELS:
        raise ArticleError(_TOO_LARGE)
    image.draft("L", _fitting(*image.size))  # a JPEG is unpacked in a lower resolution then
    upright = ImageOps.exif_transpose(image)
    if upright.mode[0] in "IF":  # a number a pixel, of any size
        return _scaled(np.asarray(upright, np.float32))
    if upright.has_transparency_data:
        colours = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours)
    grey = upright.convert("L")
    size = _fitting(*grey.size)
    return np.asarray(grey if size == grey.size else grey.resize(size, reducing_gap=3.0))


def _fitting(width: int, height: int) -> tuple[int, int]:
    """Return the size in which a picture is recognised: a page of it has no more pixels."""
    page = width * min(height, _MOST_TALL * width)
    scale = min(1.0, math.sqrt(_PAGE_PIXELS / page))
    return max(1, round(scale * width)), max(1, round(scale * height))


def _scaled(values: npt.NDArray[np.float32]) -> Pixels:
    low, high = float(values.min()), float(values.max())
    return ((values - low) * (255 / max(high - low, 1e-6))).astype(np.uint8)


def _pieces(pixels: Pixels) -> Iterator[Pixels]:
    """Cut a tall picture where it is blank.

    >>> [piece.shape for piece in _pieces(np.zeros((500, 100), np.uint8))]
    [(200, 100), (200, 100), (100, 100)]
    """
    most = math.ceil(_MOST_TALL * pixels.shape[1])
    while len(pixels) > most:
        spread = pixels[most // 2 : most].std(axis=1)
        cut = most - int(np.argmin(spread[::-1]))  # the lowest of the blankest rows
        yield pixels[:cut]
        pixels = pixels[cut:]
    yield pixels
