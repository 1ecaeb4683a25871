"""Lines above and below a table are told from its rows."""

import pytest

from index.ingest.formats.sheets.sheet_heads import is_note, is_total, says_things


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("注：水位为黄海高程。", True),
        ("注1. 汛期加测", True),
        ("备注: 另附", True),
        ("* 估计", True),
        ("1. 水位每日两测；", True),
        ("（2）流量每旬一测。", True),
        ("Note: estimated", True),
        ("Sources. The station", True),
        ("制表：林小满", True),
        ("每年清淤一次，由沿渠各村出工。", True),
        ("东堰", False),
        ("1. 东堰", False),
        ("注水井", False),
    ],
)
def test_a_note_is_told_from_a_name(cell: str, note: bool) -> None:
    assert is_note(cell) is note


@pytest.mark.parametrize(
    ("cell", "total"),
    [
        ("合计", True),
        ("总 计（元）", True),
        ("Total", True),
        ("grand total", True),
        ("东堰", False),
    ],
)
def test_a_row_of_sums_is_known_by_its_name(cell: str, total: bool) -> None:
    assert is_total(cell) is total


def test_a_row_whose_cells_have_names_says_things() -> None:
    assert says_things(["单位：万元", "", "日期: 5月6日"])
    assert not says_things(["单位：万元", "", "5月6日"])
    assert not says_things(["", ""])
