"""A range that is read is within the article, within what was asked, and within the bound."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.article import Span
from index.errors import UsageError
from web.mcp.article_reading import fitting_span
from web.mcp.tool_inputs import ReadInput


@given(
    length=st.integers(1, 300),
    start=st.integers(0, 300),
    size=st.integers(1, 300) | st.none(),
    around=st.integers(0, 300),
    most=st.integers(1, 200),
)
def test_a_range_is_within_all_bounds(
    length: int, start: int, size: int | None, around: int, most: int
) -> None:
    assume(start < length)
    end = None if size is None else start + size
    wanted = ReadInput(id="a", start=start, end=end, surroundings=around)
    span = fitting_span(length, wanted, most)
    asked = length if end is None else end
    assert 0 <= span.start <= start < span.end <= length
    assert span.end - span.start <= most
    assert span.start >= start - around
    assert span.end <= asked + around
    if most >= length + 2 * around:
        assert span == Span(max(0, start - around), min(length, asked + around))


def test_a_range_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="The article has 10 characters"):
        fitting_span(10, ReadInput(id="a", start=10), 100)
    with pytest.raises(UsageError, match="The end must be greater"):
        fitting_span(10, ReadInput(id="a", start=5, end=5), 100)
    assert fitting_span(0, ReadInput(id="a"), 100) == Span(0, 0)
