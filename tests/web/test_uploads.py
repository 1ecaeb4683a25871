"""The names of uploaded files are cleaned before they become ids."""

from hypothesis import given
from hypothesis import strategies as st

from web.uploads import printable_name


def test_cleaning_keeps_the_last_part_of_a_name() -> None:
    for name in (
        "报告.txt",
        "a/报告.txt",
        "..\\..\\报告.txt",
        " 报\u0007告.txt\n",
        "/x/\u202e报告.txt",
    ):
        assert printable_name(name) == "报告.txt"
    assert printable_name("Re\u0301sume\u0301.txt") == "Résumé.txt"
    assert printable_name("a\u3000\t b.txt") == "a b.txt"
    assert printable_name("/") == printable_name("\0") == printable_name("") == ""


@given(st.text(max_size=50))
def test_a_cleaned_name_is_no_path_and_is_printable(name: str) -> None:
    result = printable_name(name)
    assert not {"/", "\\", "\0"} & set(result)
    assert result.isprintable()
    assert printable_name(result) == result
