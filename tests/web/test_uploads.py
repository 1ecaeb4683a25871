"""The names of uploaded files: what of them becomes an id."""

from hypothesis import given
from hypothesis import strategies as st

from web.uploads import cleaned


def test_of_a_name_the_last_part_is_left() -> None:
    for name in (
        "报告.txt",
        "a/报告.txt",
        "..\\..\\报告.txt",
        " 报\u0007告.txt\n",
        "/x/\u202e报告.txt",
    ):
        assert cleaned(name) == "报告.txt"
    assert cleaned("Re\u0301sume\u0301.txt") == "Résumé.txt"
    assert cleaned("a\u3000\t b.txt") == "a b.txt"
    assert cleaned("/") == cleaned("\0") == cleaned("") == ""


@given(st.text(max_size=50))
def test_no_name_leads_anywhere_or_steers_what_shows_it(name: str) -> None:
    left = cleaned(name)
    assert not {"/", "\\", "\0"} & set(left)
    assert left.isprintable()
    assert cleaned(left) == left
