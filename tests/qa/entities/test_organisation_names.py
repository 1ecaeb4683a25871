"""Organisations are found by what stands before them, whole."""

import pytest
from hypothesis import given, settings

from index.text.folding import simplify
from qa.entities.organisation_names import organisations
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)


@FEW
@given(TEXTS)
def test_names_lie_in_the_text(text: str) -> None:
    for span in organisations(simplify(text)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("灯光由星河公司负责，音响由云帆传媒集团负责。", ["星河公司", "云帆传媒集团"]),
        ("工程交给东岭水利设计院承担。", ["东岭水利设计院"]), ("由该公司负责。", []),
        ("由公司董事长主持。", []), ("有多家公司参加。", []),
    ],
)  # fmt: skip
def test_names_after_a_cue(text: str, names: list[str]) -> None:
    assert [span.of(text) for span in organisations(text)] == names
