"""Raised and lowered characters never run into the figure before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.raised import lowered, raised


@pytest.mark.parametrize(
    ("before", "text", "result"),
    [
        ("产量为7.5×10", "8", "^8"),
        ("约10", "-3", "^-3"),
        ("面积36", "2", "^2"),
        ("2", "n", "^n"),
        ("(a+b)", "2", "^2"),
        ("90 m", "3", "³"),
        ("9.8 m·s", "−2", "⁻²"),
        ("5平方厘米", "2", "²"),
        ("共有71", "[3]", ""),
        ("共有71", "（注）", ""),
        ("共有71", "①", ""),
        ("渔船登记", "4", ""),
        ("已经完成。", "1,2", ""),
        ("the harbours", "2", ""),
        ("the 1", "st", "st"),
        ("品牌", "®", "®"),
    ],
)
def test_raised_characters_are_powers_units_or_marks(before: str, text: str, result: str) -> None:
    assert raised(text, before) == result


@pytest.mark.parametrize(
    ("before", "text", "result"),
    [("CO", "2", "₂"), ("SO", "4", "₄"), ("(110)", "2", "₂"), ("110", "2", "_2"), ("x", "i", "i")],
)
def test_lowered_figures_are_written_low(before: str, text: str, result: str) -> None:
    assert lowered(text, before) == result


@given(before=st.integers(0, 10**6).map(str), text=st.integers(0, 9999).map(str))
def test_no_figure_grows(before: str, text: str) -> None:
    assert raised(text, before) == f"^{text}"
    assert lowered(text, before) == f"_{text}"
