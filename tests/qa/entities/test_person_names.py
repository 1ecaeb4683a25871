"""Names of people are cut right where a tagger takes their beginning for a word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from index.text.folding import simplify
from qa.entities.names import Names
from qa.entities.person_names import people
from tests.support import small_index
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)


def found(text: str) -> list[str]:
    """Return the texts of the names found."""
    return [span.of(text) for span in people(text, Names(small_index.analyzer()).tagged)]


@FEW
@given(TEXTS)
def test_names_lie_in_the_text_in_order(text: str) -> None:
    spans = people(simplify(text), Names(small_index.analyzer()).tagged)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("馆长为何晚舟，副馆长为于是今。", ["何晚舟", "于是今"]),
        ("项目由方得远负责。", ["方得远"]), ("站长：时光荣", ["时光荣"]),
        ("队长是和平安。", ["和平安"]), ("由欧阳青石担任顾问", ["欧阳青石"]),
        ("厂长周知行说，设备已更新。", ["周知行"]),
        ("此举为方便群众，由高度重视的部门推动。", []), ("馆长为何辞职?", []),
    ],
)  # fmt: skip
def test_names_after_a_cue_and_after_a_post(text: str, names: list[str]) -> None:
    assert found(text) == names
