"""The same value in several articles adds up; another value is a rival."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from qa.answer_types import AnswerType
from qa.evidence.agreement import ValueOfSentence, agreements, value_of

VALUES = st.lists(
    st.builds(
        ValueOfSentence,
        st.sampled_from(["甲", "乙", "丙", None]),
        st.floats(0, 1),
        st.sampled_from("abc"),
    ),
    max_size=8,
)


@given(VALUES)
def test_agreement_is_at_least_ones_own_probability_and_at_most_one(
    values: list[ValueOfSentence],
) -> None:
    for item, agreement in zip(values, agreements(values), strict=True):
        assert agreement.rival >= 0
        assert agreement.value == item.value
        if item.value is None:
            assert (agreement.shared, agreement.articles) == (0, 0)
        else:
            assert min(item.probability, 1) - 1e-9 <= agreement.shared <= 1
            assert agreement.articles >= 1


@pytest.mark.parametrize(
    ("answer_type", "first", "second"),
    [
        (AnswerType.MONEY, "三亿二千万元", "3.2亿元"),
        (AnswerType.DATE, "二〇二三年七月二十五日", "2023年7月25日"),
        (AnswerType.OTHER, "江口大桥", "江口大橋"),
    ],
)
def test_writings_of_one_value_agree(answer_type: AnswerType, first: str, second: str) -> None:
    values = [
        value_of(answer_type, text, ((Span(0, len(text)), 0.4),), None, article)
        for text, article in ((first, "a"), (second, "b"))
    ]
    agreement = agreements(values)[0]
    assert (agreement.shared, agreement.rival, agreement.articles) == (0.8, 0.0, 2)


def test_the_likeliest_span_of_the_type_counts_before_the_one_that_was_read() -> None:
    typed = ((Span(0, 2), 0.1), (Span(3, 5), 0.3))
    assert value_of(AnswerType.OTHER, "甲乙和丙丁", typed, (Span(0, 5), 0.9), "a").value == "丙丁"
    assert value_of(AnswerType.OTHER, "甲乙和丙丁", (), (Span(0, 2), 0.9), "a").value == "甲乙"
    assert value_of(AnswerType.OTHER, "甲乙和丙丁", (), None, "a").value is None
