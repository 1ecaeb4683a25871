"""Numbers are written as their cells show them."""

import pytest

from index.ingest.formats.sheets.cell_format import CellFormat, general


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("", 7.0, "7"),
        ("General", 0.1 + 0.2, "0.3"),
        ("@", 12.0, "12"),
        ('General"天"', 12.0, "12天"),
        ("_ ¥* #,##0.00_ ", 12.0, "¥12.00"),
        ('"第"0"期"', 12.0, "第12期"),
        (r"[$-F800]dddd\, mmmm dd\, yyyy", 45356.0, "2024-03-05"),
        ("0", 7.6, "8"),
        ("0.00", 7.0, "7.00"),
        ("#,##0", 1234567.0, "1,234,567"),
        ("0.00%", 0.1234, "12.34%"),
        ('"¥"#,##0.00', 15.5, "¥15.50"),
        ("[$€-407]0.0", 3.0, "€3.0"),
        ('0.0"吨"', 12.0, "12.0吨"),
        ('0,"千元"', 15000.0, "15千元"),
        ("0.0,,", 15_600_000.0, "15.6"),
        ("#,##0;(#,##0)", -8.0, "(8)"),
        ("#,##0_);-#,##0", -8.0, "-8"),
        ("0.00", -8.0, "-8.00"),
        ("0.###", 1.5, "1.5"),
        ('0;-0;"无"', 0.0, "无"),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 0.0, "¥-"),
        ("0.0;;", -8.0, "-8"),
        ("▲0.0;▼0.0", -8.0, "▼8.0"),
        ("0.00;[Red]0.00", -8.0, "-8.00"),
        ('[>=10000]0.0,"千";0', 500.0, "500"),
        ('[=1]"有";[=0]"无"', 0.0, "无"),
        ('0!.0,"万"', 35000.0, "3.5万"),
        ('0!.0000"万"', 35000.0, "3.5000万"),
        ("0.0#", 2.0, "2.0"),
        ("0.0#", 2.25, "2.25"),
        ("# ?/?", 0.5, "1/2"),
        ("# ?/?", -2.25, "-2 1/4"),
        ("?/4", 1.5, "6/4"),
        ("# ?/8", 3.0, "3"),
        ("aaaa", 45356.0, "星期二"),
        ("0.00E+00", 1500.0, "1500"),
        ("00000", 37.0, "00037"),
        ("000.0", -7.0, "-007.0"),
        ("000-0000", 5550101.0, "555-0101"),
        ("000-0000", 86_5550101.0, "86555-0101"),
        ('0000" "00', 12.0, "0000 12"),
        ("yyyy-mm-dd", 45356.0, "2024-03-05"),
        ("[Red]0.0", 2.0, "2.0"),
        ("yyyy-mm-dd", -3.0, "-3"),
        ("yyyy-mm-dd", 1e12, "1000000000000"),
    ],
)
def test_a_number_is_written_in_its_format(code: str, value: float, text: str) -> None:
    assert CellFormat(code).show(value) == text


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert CellFormat("yyyy-mm-dd").show(0, from_1904=True) == "1904-01-01"


def test_formats_known_by_number_and_those_of_the_workbook() -> None:
    assert CellFormat.numbered(10, {}).show(0.5) == "50.00%"
    assert CellFormat.numbered(10, {10: "0"}).show(2.4) == "2"
    assert CellFormat.numbered(9999, {}).show(2.4) == "2.4"
    times = [CellFormat.numbered(number, {}).show(0.25) for number in (18, 19, 20, 21)]
    assert times == ["6:00 AM", "6:00:00 AM", "6:00", "6:00:00"]
    assert CellFormat.numbered(46, {}).show(1.25) == "30:00:00"
    assert CellFormat.numbered(44, {}).show(1200.5) == "1,200.50"


@pytest.mark.parametrize(
    ("value", "text"), [(1e20, "1e+20"), (-0.0, "0"), (123456789012.0, "123456789012")]
)
def test_a_number_without_a_format_is_as_short_as_it_is_exact(value: float, text: str) -> None:
    assert general(value) == text
