"""The first row of a sheet names its columns, unless it holds values."""

import pytest

from index.ingest.structure.column_names import names_columns


@pytest.mark.parametrize(
    ("rows", "headed", "named"),
    [
        ([("塔", "岸", "人"), ("东塔", "北岸", "甲")], False, True),
        ([("塔", "岸"), ("东塔", "北岸"), ("西塔", "南岸")], False, False),
        ([("塔", "岸"), ("东塔", "北岸"), ("西塔", "南岸")], True, True),
        ([("东塔", "21", "3"), ("西塔", "20", "4")], True, False),
        ([("开支", "2021", "2022"), ("油料", "甲", "乙")], True, True),
        ([("塔", "塔", "人"), ("东塔", "西塔", "甲")], True, False),
        ([("塔", "", ""), ("东塔", "北岸", "甲")], True, False),
        ([("塔名", "东塔", "高", "21米"), ("看守", "甲", "建成", "1987年")], False, False),
    ],
)
def test_a_header_is_told_from_a_row(
    rows: list[tuple[str, ...]], headed: bool, named: bool
) -> None:
    assert names_columns(rows, headed=headed) is named
