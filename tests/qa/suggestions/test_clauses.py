"""Clauses of Chinese sentences: cut at marks, freed of asides and of what introduces them."""

import pytest
from hypothesis import given

from qa.suggestions.clauses import clauses, is_balanced
from tests.support.small_index import TEXTS


@given(TEXTS)
def test_each_character_of_a_clause_is_the_one_at_its_place(text: str) -> None:
    for clause in clauses(text):
        assert clause.text == "".join(text[at] for at in clause.offsets)[: len(clause.text)]
        assert list(clause.offsets) == sorted(set(clause.offsets))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("据新华社报道，甲桥通车，全长3公里。", [("甲桥通车", ""), ("全长3公里", "")]),
        ("2031年5月6日，甲桥通车。", [("甲桥通车", "2031年5月6日")]),
        ("截至2031年底，甲市有5座桥。", [("甲市有5座桥", "2031年底")]),
        ("5月6日甲桥通车。", [("甲桥通车", "5月6日")]),
        ("记者从甲局获悉，甲桥（又称乙桥）通车。", [("甲桥通车", "")]),
        ("《甲，乙》上映，票房1,200万元。", [("《甲，乙》上映", ""), ("票房1,200万元", "")]),
    ],
)
def test_a_clause_stands_without_asides_and_knows_the_date_before_it(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    dated = [
        (clause.text, clause.date.of(sentence) if clause.date else "")
        for clause in clauses(sentence)
    ]
    assert dated == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“甲”（乙）", True), ("甲”", False), ("“甲（乙”）", False), ("甲", True)],
)
def test_brackets_are_balanced_or_not(text: str, expected: bool) -> None:
    assert is_balanced(text) is expected
