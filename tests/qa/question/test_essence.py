"""Of a story the question is left, with what the story names where the question needs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.essence import essence
from tests.support import small_index
from tests.support.small_index import TEXTS

TOLD = st.sampled_from(
    [
        "我家住得远。",
        "我们单位下周要去参观，大家都没去过。",
        "孩子今年上小学，我想多了解一下。",
        "昨天下雨了！",
    ]
)


@given(TEXTS)
def test_any_text_has_an_essence(text: str) -> None:
    names = Names(small_index.analyzer())
    question, is_shorter = essence(FoldedText.of(text), names)
    assert bool(question.text) is bool(text)
    assert not is_shorter or question.text != text


@given(st.lists(TOLD, min_size=1, max_size=3).map("".join), st.sampled_from(["", "请问", "问题："]))
def test_a_question_with_a_name_is_taken_out_of_any_story(told: str, announced: str) -> None:
    names = Names(small_index.analyzer())
    question, is_shorter = essence(FoldedText.of(told + announced + "南京长江大桥有多高？"), names)
    assert (question.text, is_shorter) == ("南京长江大桥有多高？", True)


@pytest.mark.parametrize(
    ("put", "question"),
    [
        ("我昨天去了南京长江大桥，真壮观。它有多高？", "南京长江大桥有多高？"),
        ("我下周去南京长江大桥玩，门票多少钱？", "南京长江大桥门票多少钱？"),
        ("背景：单位要采购。问题：WIPO设在哪座城市？", "WIPO设在哪座城市？"),
        (
            "I visited the Suzhou bridge. It was great. When did it open?",
            "When did the Suzhou bridge open?",
        ),
        ("我是住户，想了解一下停车费怎么收，谢谢", "停车费怎么收"),
        ("孩子发烧了。请问要带哪些材料？", "要带哪些材料？"),
        ("我的伞弄丢了，车站能找吗？", None),
        ("修船的那个老木匠，叫什么名字？", None),
        ("新章程通过后，会费从80元涨到多少？", None),
        ("南京长江大桥有多高？它是谁设计的？", None),
    ],
)
def test_worked_stories(names: Names, put: str, question: str | None) -> None:
    found, is_shorter = essence(FoldedText.of(put), names)
    assert (found.text, is_shorter) == (question or put, question is not None)
