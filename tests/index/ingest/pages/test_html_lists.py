"""Items have the numbers that a browser shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.ingest.pages.html_blocks import blocks_of
from index.ingest.pages.html_lists import ListNumbers


def lines(markup: str) -> list[str]:
    return [block.text for block in blocks_of(html.document_fromstring(markup))]


@pytest.mark.parametrize(
    ("markup", "marks"),
    [
        ("<ol>", ["1. ", "2. ", "3. "]),
        ("<ul>", ["- ", "- ", "- "]),
        ("<ol type=a>", ["a. ", "b. ", "c. "]),
        ("<ol type=A start=26>", ["Z. ", "AA. ", "BB. "]),
        ("<ol type=i start=3>", ["iii. ", "iv. ", "v. "]),
        ("<ol type=I>", ["I. ", "II. ", "III. "]),
        ("<ol start=-1>", ["-1. ", "0. ", "1. "]),
        ("<ol start=x type=9>", ["1. ", "2. ", "3. "]),
        ("<ol start=7 reversed>", ["7. ", "6. ", "5. "]),
        ('<ol style="list-style-type: lower-roman">', ["i. ", "ii. ", "iii. "]),
        ('<ol style="margin:0;list-style:inside upper-alpha">', ["A. ", "B. ", "C. "]),
        ('<ol style="list-style-type:cjk-ideographic">', ["一、", "二、", "三、"]),
        ('<ol style="list-style:none">', ["", "", ""]),
    ],
)
def test_a_list_counts_in_its_form(markup: str, marks: list[str]) -> None:
    numbers = ListNumbers.of(html.fragment_fromstring(markup))
    item = html.fragment_fromstring("<li>")
    assert [numbers.mark_of(item) for _ in marks] == marks


def test_items_may_have_values_and_lists_in_them() -> None:
    markup = (
        "<ol><li>清淤<ol type=a><li>上段<ul><li>闸前</ul><li>下段</ol><li value=5>砌石<p>用青石</p>"
        "<li>验收</ol>"
    )
    assert lines(markup) == [
        "1. 清淤",
        "  a. 上段",
        "    - 闸前",
        "  b. 下段",
        "5. 砌石",
        "   用青石",
        "6. 验收",
    ]


def test_a_list_counts_down_to_one() -> None:
    assert lines("<ol reversed><li>甲<li>乙<li>丙</ol>") == ["3. 甲", "2. 乙", "1. 丙"]


@given(st.integers(-9, 40), st.integers(1, 8), st.sampled_from(["1", "a", "A", "i", "I"]))
def test_no_two_items_of_a_list_have_one_mark(start: int, items: int, form: str) -> None:
    body = "".join(f"<li>第{number}项</li>" for number in range(items))
    marks = [
        line.rpartition("第")[0] for line in lines(f"<ol type={form} start={start}>{body}</ol>")
    ]
    assert len(set(marks)) == len(marks) == items
