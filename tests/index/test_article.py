"""Ranges of a text contain and overlap each other as their characters do."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Span, longest

PLACES = st.integers(0, 12)
SPANS = st.builds(lambda start, length: Span(start, start + length), PLACES, st.integers(1, 6))


def places(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@given(SPANS, SPANS)
def test_spans_relate_as_their_characters_do(first: Span, second: Span) -> None:
    assert first.contains(second) == (places(first) >= places(second))
    assert first.overlaps(second) == bool(places(first) & places(second))
    assert first.overlaps(second) == second.overlaps(first)


@given(st.lists(SPANS))
def test_no_kept_range_is_within_another(spans: list[Span]) -> None:
    kept = longest(spans)
    assert all(any(large.contains(span) for large in kept) for span in spans)
    assert not any(a != b and a.contains(b) for a in kept for b in kept)
