"""Lines of a crooked page come upright, where they are and as large as they are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.recognition.upright import Quad, ScanLine, upright

ORIGIN = (0.0, 0.0)
LONG = "智慧城市是运用信息和通信技术手段感测分析整合城市"


def quad(left: float, top: float, right: float, bottom: float, degrees: float = 0) -> Quad:
    """Return the corners of a box, turned around the page's upper left."""
    angle = math.radians(degrees)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return np.asarray(corners @ turn)


@given(st.floats(-5, 5), st.integers(1, 12))
def test_lines_of_a_page_that_lies_crooked_are_level_and_keep_their_places(
    degrees: float, count: int
) -> None:
    boxes = [(100.0, 200.0 + 50 * n, 100 + 33.0 * len(LONG), 233.0 + 50 * n) for n in range(count)]
    lines = upright([(quad(*box, degrees), LONG, 0.9) for box in boxes], ORIGIN)
    for line, box in zip(lines, boxes, strict=True):
        assert line.box == pytest.approx(box, abs=0.01)
    assert {(line.text, line.confidence) for line in lines} == {(LONG, 0.9)}


def test_the_size_of_chinese_is_told_by_its_length_and_a_heading_is_larger() -> None:
    title = quad(100, 50, 100 + 8 * 50, 100)
    body = [quad(100, 200 + 50 * n, 100 + 33 * len(LONG), 240 + 50 * n) for n in range(5)]
    lines = upright(
        [(title, "智慧城市年度报告", 1), *((corners, LONG, 1) for corners in body)], ORIGIN
    )
    assert lines[0].size == pytest.approx(45)
    assert {line.size for line in lines[1:]} == {33.0}


@pytest.mark.parametrize("height", [24, 33, 38])
def test_lines_of_letters_are_of_one_size_though_some_are_higher(height: int) -> None:
    low, other = "no one saw us", "by every jetty"
    lines = upright(
        [
            *((quad(0, 50 * n, 400, 50 * n + 30), low, 1.0) for n in range(9)),
            (quad(0, 900, 400, 900 + height), other, 1.0),
        ],
        ORIGIN,
    )
    assert len({line.size for line in lines}) == 1


def test_a_page_without_lines_has_none() -> None:
    assert upright([], ORIGIN) == []
    (line,) = upright([(quad(0, 0, 10, 10), "中", 0.5)], ORIGIN)
    assert line == ScanLine("中", (0, 0, 10, 10), 9.0, 0.5)
