"""A picture file gives its pages in grey, the right way up, within bounds; or a plain reason."""

import io
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from index.errors import ArticleError
from index.ingest.formats.pdf.scans import picture_files
from index.ingest.formats.pdf.scans.picture_files import PictureFile
from index.ingest.recognition.recogniser import Pixels
from tests.index.ingest.scans import as_bytes

KINDS = ["PNG", "JPEG", "TIFF", "BMP", "WEBP"]
_ORIENTATION = 0x0112


def pages(data: bytes) -> list[Pixels]:
    """Return the pages of a picture file, or the pieces of a tall one."""
    return [piece for page in PictureFile(data).pages() for piece in page]


def corner(size: tuple[int, int] = (200, 300)) -> Image.Image:
    """Draw a white picture that is black in its upper left quarter."""
    image = Image.new("L", size, 255)
    image.paste(0, (0, 0, size[0] // 2, size[1] // 2))
    return image


def quarters(pixels: Pixels) -> list[bool]:
    """Return which quarters are dark: upper left, upper right, lower left, lower right."""
    high, wide = pixels.shape[0] // 4, pixels.shape[1] // 4
    return [bool(pixels[y, x] < 128) for y in (high, 3 * high) for x in (wide, 3 * wide)]


UPPER_LEFT = [True, False, False, False]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["L", "RGB", "1", "P"])
def test_every_kind_of_file_is_opened(kind: str, mode: str) -> None:
    image = corner().convert(mode)
    if (kind, mode) in {("JPEG", "P"), ("JPEG", "1"), ("WEBP", "1")}:
        image = image.convert("RGB")
    (pixels,) = pages(as_bytes(image, kind))
    assert (pixels.shape, quarters(pixels)) == ((300, 200), UPPER_LEFT)


def test_what_is_transparent_is_white() -> None:
    image = Image.new("RGBA", (200, 300), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 100, 150))
    (pixels,) = pages(as_bytes(image, "PNG"))
    assert quarters(pixels) == UPPER_LEFT


def test_numbers_of_sixteen_bits_are_brought_to_eight() -> None:
    values = np.asarray(corner(), np.uint16) * 200
    (pixels,) = pages(as_bytes(Image.fromarray(values), "PNG"))
    assert quarters(pixels) == UPPER_LEFT


def test_a_photograph_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6  # the camera lay on its side
    lying = corner().transpose(Image.Transpose.ROTATE_90)
    (pixels,) = pages(as_bytes(lying, "JPEG", exif=exif))
    assert (pixels.shape, quarters(pixels)) == ((300, 200), UPPER_LEFT)


def test_a_large_picture_is_brought_to_the_size_of_a_page() -> None:
    for kind in ("JPEG", "PNG"):
        (pixels,) = pages(as_bytes(corner((4000, 6000)), kind))
        assert 3_900_000 < pixels.size <= 4_100_000
        assert quarters(pixels) == UPPER_LEFT


def test_a_tiff_has_pages() -> None:
    images = [corner(), corner().transpose(Image.Transpose.FLIP_LEFT_RIGHT), corner()]
    data = as_bytes(images[0], "TIFF", save_all=True, append_images=images[1:])
    assert PictureFile(data).frames == 3
    assert [quarters(page).index(True) for page in pages(data)] == [0, 1, 0]


@settings(max_examples=30)
@given(st.integers(1, 60), st.integers(1, 900), st.integers(0, 2**32 - 1))
def test_a_tall_picture_is_cut_into_pages_that_make_up_the_whole(
    wide: int, high: int, seed: int
) -> None:
    drawn = np.random.default_rng(seed).integers(0, 256, (high, wide), np.uint8)
    drawn[::7] = 255
    pieces = pages(as_bytes(Image.fromarray(drawn), "PNG"))
    assert np.array_equal(np.concatenate(pieces), drawn)
    assert all(len(piece) <= 2 * wide + 1 for piece in pieces)


def test_a_tall_picture_is_cut_between_its_lines() -> None:
    drawn = np.full((1000, 100), 255, np.uint8)
    for top in range(20, 1000, 50):
        drawn[top : top + 30, ::3] = 0
    for piece in pages(as_bytes(Image.fromarray(drawn), "PNG"))[:-1]:
        assert (piece[-1] == 255).all()


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    reason = "has more than 80 million pixels; save it smaller."
    for side in (9500, 20_000):  # beyond our bound, and beyond Pillow's own
        data = as_bytes(Image.new("1", (side, side)), "PNG")
        assert len(data) < 200_000
        with pytest.raises(ArticleError) as error:
            pages(data)
        assert str(error.value) == reason


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_files, "_MOST_FRAMES", 2)
    data = as_bytes(corner(), "TIFF", save_all=True, append_images=[corner()] * 2)
    with pytest.raises(ArticleError, match="split it"):
        PictureFile(data)


@settings(max_examples=60)
@given(st.sampled_from(KINDS), st.data())
def test_a_damaged_picture_is_read_or_refused_with_a_reason(kind: str, data: st.DataObject) -> None:
    whole = bytearray(as_bytes(corner((40, 60)), kind))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    broken = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(ArticleError):  # whose reason is told, and nothing else is raised
        assert pages(broken)


def test_what_is_no_picture_is_told() -> None:
    with pytest.raises(ArticleError) as error:
        PictureFile(io.BytesIO(b"no picture").getvalue())
    assert str(error.value) == "is damaged or no picture; open it and save it anew."
