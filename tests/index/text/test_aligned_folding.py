"""Every folded character is known by where it comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.aligned_folding import AlignedText
from index.text.folding import fold
from tests.support.small_index import TEXTS

ODD = st.text(alphabet="甲大橋國１２3,，45…½é\u0301ﬁ①Ａbﾞカｶ ⻓—“”㎡\u00ad\n", max_size=40)


@given(ODD | TEXTS)
def test_the_ranges_lie_in_the_text_in_order(text: str) -> None:
    aligned = AlignedText.of(text)
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.folded)
    assert all(start < end for start, end in zip(aligned.starts, aligned.ends, strict=True))
    assert list(aligned.starts) == sorted(aligned.starts)
    assert list(aligned.ends) == sorted(aligned.ends)
    assert all(start >= 0 and end <= len(text) for start, end in _ranges(aligned))


@given(ODD)
def test_the_folded_text_is_that_of_folding(text: str) -> None:
    assert AlignedText.of(text).folded == fold(text)


@given(ODD, st.data())
def test_a_range_folds_to_what_it_is_the_range_of(text: str, data: st.DataObject) -> None:
    aligned = AlignedText.of(text)
    if aligned.folded:
        start = data.draw(st.integers(0, len(aligned.folded) - 1))
        end = data.draw(st.integers(start + 1, len(aligned.folded)))
        place = aligned.range_of(Span(start, end))
        assert aligned.folded[start:end] in fold(place.of(text))


@pytest.mark.parametrize(
    ("text", "folded", "pieces"),
    [
        ("約1,000萬", "1000", "1,000"),
        ("長\u00ad江", "长江", "長\u00ad江"),
        ("面积128²米", "128^2", "128²"),
        ("还……有", "......", "……"),
        ("Cafe\u0301", "caf\u00e9", "Cafe\u0301"),
        ("ＮＩＳＴ投資", "nist", "ＮＩＳＴ"),
    ],
)
def test_what_folds_together_has_one_range(text: str, folded: str, pieces: str) -> None:
    aligned = AlignedText.of(text)
    start = aligned.folded.index(folded)
    assert aligned.range_of(Span(start, start + len(folded))).of(text) == pieces


def _ranges(aligned: AlignedText) -> list[tuple[int, int]]:
    return list(zip(aligned.starts, aligned.ends, strict=True))
