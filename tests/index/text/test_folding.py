"""One form for all ways to write the same characters."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import fold, fold_answer, normalize, plain, simplify
from index.text.odd_characters import with_plain_marks
from tests.support.small_index import TEXTS


@given(st.text())
def test_fold_never_raises_and_gives_what_can_be_stored(text: str) -> None:
    fold(text).encode("utf-8")
    fold_answer(text).encode("utf-8")


@given(
    st.text() | st.text(alphabet="，：；！？（）％～．…　。“”中国aＡ１é\u0301\u3099が", max_size=40)
)
def test_normalizing_is_that_of_unicode_in_lower_case(text: str) -> None:
    lowered = unicodedata.normalize("NFKC", with_plain_marks(text)).lower()
    expected = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", lowered))
    assert normalize(text) == expected


@given(st.text(alphabet="国國萬万臺台後后0123456789,，.ＮＩＳＴnistABC 　", max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_answer(fold_answer(text)) == fold_answer(text)


@given(TEXTS)
def test_a_folded_answer_has_no_white_space_and_no_comma(text: str) -> None:
    assert not any(char.isspace() or char in ",，" for char in fold_answer(text))


@given(st.integers(0, 10**15))
def test_thousands_separators_make_no_difference(number: int) -> None:
    assert fold(f"共{number:,}元") == f"共{number}元"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１,０００萬 Ｎist", "1000万 nist"),
        ("國家標準，（GB／T）", "国家标准,(gb/t)"),
        ("1,2,3", "1,2,3"),
        ("1,0000", "1,0000"),
        ("1,234,567.5", "1234567.5"),
        ("\ud800甲", "?甲"),
        ("", ""),
    ],
)
def test_worked_cases(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_the_folding_of_the_evaluation() -> None:
    assert fold_answer("1,000 萬，元\n") == "1000万元"


@given(TEXTS | st.text(alphabet="韓國臺灣後麵著作權NIST，1"))
def test_simplifying_moves_no_character(text: str) -> None:
    assert len(simplify(text)) == len(text)


def test_simplifying_leaves_all_but_traditional_characters() -> None:
    assert simplify("韓國 ＮIST 1,000萬") == "韩国 ＮIST 1,000万"


def test_simplifying_never_raises() -> None:
    assert len(simplify("\ud800韓")) == 2


def test_the_two_ways_to_write_an_accented_capital_fold_alike() -> None:
    capital = "J\u030c"  # J with caron: only the small letter has a character of its own
    assert fold(capital) == fold(unicodedata.normalize("NFKC", capital.lower()))


@given(TEXTS)
def test_plain_text_keeps_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_plain_text_is_simplified_and_small() -> None:
    assert plain("韓國 NIST") == "韩国 nist"
    assert plain("İzmir") == "İzmir"
