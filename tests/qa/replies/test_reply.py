"""Sentences with another value are not cited beside the answer."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from qa.evidence.sentence_ranker import Evidence
from qa.replies.reply import _differs


def of_value(value: str | None) -> Evidence:
    """Return evidence of which only the value is known."""
    return cast("Evidence", cast("Any", SimpleNamespace(agreement=SimpleNamespace(value=value))))


@pytest.mark.parametrize(
    ("value", "other", "differs"),
    [
        ("5 米", "7 米", True),
        ("5 米", "5 米", False),
        ("7月25日", "25日", False),
        ("2031-07-25", "7月26日", True),
        (None, "5 米", False),
        (None, None, False),
    ],
)
def test_only_another_value_differs(value: str | None, other: str | None, *, differs: bool) -> None:
    assert _differs(of_value(other), of_value(value)) == differs
