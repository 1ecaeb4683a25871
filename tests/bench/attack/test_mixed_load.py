"""What the mixed load takes for an error, and for growth."""

import pytest

from bench.attack.mixed_load import grown, unexpected
from bench.held import Held

DETAIL = '{"detail": "Wait."}'


@pytest.mark.parametrize(
    ("kind", "status", "text", "retry_after"),
    [
        ("ask", 200, "", ""),
        ("upload", 201, "", ""),
        ("ask", 503, DETAIL, "1"),
        ("upload", 409, DETAIL, ""),
        ("read", 404, DETAIL, ""),
    ],
)
def test_what_was_carried_out_or_refused_with_a_reason_is_expected(
    kind: str, status: int, text: str, retry_after: str
) -> None:
    assert unexpected(kind, status, text, retry_after=retry_after) is None


@pytest.mark.parametrize(
    ("kind", "status", "text", "retry_after"),
    [
        ("ask", 0, "ReadTimeout()", ""),
        ("ask", 500, DETAIL, "1"),
        ("ask", 503, DETAIL, ""),
        ("ask", 503, "<h1>Bad</h1>", "1"),
        ("ask", 409, DETAIL, ""),
        ("read what was cited", 404, DETAIL, ""),
        ("upload", 422, DETAIL, ""),
    ],
)
def test_everything_else_is_an_error(kind: str, status: int, text: str, retry_after: str) -> None:
    assert unexpected(kind, status, text, retry_after=retry_after)


def test_memory_and_files_may_change_a_little_but_not_grow() -> None:
    first = Held(500, 40)
    assert grown(first, Held(540, 55)) == []
    assert grown(first, Held(300, 10)) == []
    assert grown(first, Held(560, 40)) == ["memory grew from 500 to 560 MB"]
    assert grown(first, Held(500, 300)) == ["open files grew from 40 to 300"]
