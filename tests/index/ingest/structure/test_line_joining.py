"""Lines of a paragraph are joined with a space, without it, or without the hyphen."""

import pytest

from index.ingest.structure.line_joining import compounds, joined


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("城市建", "设", "城市建设"),
        ("two", "words", "two words"),
        ("采用GB", "标准", "采用GB标准"),
        ("exam-", "ple", "example"),
        ("well-", "kept", "well-kept"),
        ("pre-", "2016", "pre-2016"),
        ("", "a", "a"),
    ],
)
def test_lines_are_joined_as_their_language_does(before: str, after: str, whole: str) -> None:
    assert joined(before, after, compounds(["a well-kept list"])) == whole
