"""A follow-up without a pronoun is asked of what the question before was about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.rewrite import stand_alone
from tests.support import small_index
from tests.support.small_index import TEXTS

POT = "海燕X3电饭煲什么时候上市?"
BRIDGE = "南京长江大桥有多长？"
EN = "How long is the Suzhou bridge?"


def known(_about: str, _asked: str) -> bool:
    return True


@given(TEXTS, TEXTS | st.sampled_from([POT, BRIDGE, EN]))
def test_any_follow_up_is_a_question_or_none(question: str, before: str) -> None:
    names = Names(small_index.analyzer())
    whole = stand_alone(FoldedText.of(question), [before], names, known)
    assert whole is None or whole.strip()


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (POT, "那价格呢?", "海燕X3电饭煲的价格是多少？"),
        (POT, "它的内胆是谁生产的?", "海燕X3电饭煲的内胆是谁生产的?"),
        (POT, "那保修期是多久?", "海燕X3电饭煲的保修期是多久?"),
        ("北岸机电的董事长是谁?", "总经理呢?", "北岸机电的总经理是谁?"),
        ("北岸机电的董事长是谁?", "那地址呢？", "北岸机电的地址在哪里？"),
        (BRIDGE, "那引桥呢？", "南京长江大桥的引桥有多长？"),
        ("客船过水闸多少钱?", "货船呢?", "货船过水闸多少钱?"),
        ("北岸小学有多少学生?", "老师呢?", "北岸小学有多少老师?"),
        ("图书馆几点开门?", "周末呢？", "周末图书馆几点开门?"),
        ("苏州轻轨是哪天开工的", "那宁波的呢？", "宁波轻轨是哪天开工的"),
        ("南京長江大橋有多長？", "那造價呢？", "南京長江大橋的造價是多少？"),
        ("王刚学了几年?", "那师傅赵明呢，教了多少？", "师傅赵明教了多少？"),
        (EN, "What about the height?", "What is the height of the Suzhou bridge?"),
        (EN, "What about the tunnel?", "How long is the tunnel of the Suzhou bridge?"),
        (EN, "How old?", "How old is the Suzhou bridge?"),
        (
            "What are the four parts of ISO 9000?",
            "Which one is new?",
            "Which one of the four parts of ISO 9000 is new?",
        ),
    ],
)
def test_worked_follow_ups(names: Names, before: str, question: str, whole: str) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (POT, "内胆多久换一次?", "海燕X3电饭煲的内胆多久换一次?"),
        (POT, "换一个内胆多少钱?", "海燕X3电饭煲换一个内胆多少钱?"),
        (POT, "维修电话是多少?", "海燕X3电饭煲的维修电话是多少?"),
        (BRIDGE, "一共花了多少钱?", "南京长江大桥一共花了多少钱?"),
    ],
)
def test_what_might_stand_alone_is_completed_if_the_articles_tell_of_both(
    names: Names, before: str, question: str, whole: str
) -> None:
    assert stand_alone(FoldedText.of(question), [before], names, known) == whole


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (POT, "内胆多久换一次?"),
        (POT, "谢谢呢"),
        (POT, "那后来呢?"),
        (POT, "什么是电饭煲?"),
        (EN, "And thanks."),
    ],
)
def test_what_is_not_known_to_belong_together_is_left(
    names: Names, before: str, question: str
) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) is None


@pytest.mark.parametrize(
    "question", ["你是谁?", "有哪些文章?", "南京长江大桥造价多少?", "哪款最便宜?"]
)
def test_a_question_of_its_own_is_left(names: Names, question: str) -> None:
    assert stand_alone(FoldedText.of(question), [POT], names, known) is None
