"""What the reader chose is given whole, and never what the question says already."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.replies.tidy_span import fitting, whole_span
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
WHOLES = st.sampled_from(
    [
        "KX-45B",
        "GB/T 77-2007",
        "1,250名",
        "3.5%",
        "48dB(A)",
        "六亿三千万元",
        "2031年5月6日",
        "Tokyo",
    ]
)
TYPES = st.sampled_from(AnswerType)


@FEW
@given(WHOLES, st.data())
def test_no_number_code_date_or_word_is_cut(whole: str, data: st.DataObject) -> None:
    quote = f"据称“{whole}”，见附表。"
    begin = quote.index(whole)
    start = data.draw(st.integers(begin, begin + len(whole) - 1))
    end = data.draw(st.integers(start + 1, begin + len(whole)))
    assert whole_span(quote, Span(start, end)).of(quote) == whole


def test_the_year_of_a_date_is_whole_by_itself() -> None:
    quote = "新站于2031年5月6日启用。"
    assert whole_span(quote, Span(3, 8)).of(quote) == "2031年"
    assert whole_span(quote, Span(3, 6)).of(quote) == "2031年5月6日"


@FEW
@given(TEXTS, TEXTS, TYPES, st.data())
def test_what_is_given_lies_in_the_text_and_not_in_the_question(
    quote: str, asked: str, answer_type: AnswerType, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(quote)))
    end = data.draw(st.integers(start, len(quote)))
    whole = whole_span(quote, Span(start, end))
    assert 0 <= whole.start <= whole.end <= len(quote)
    given_span = fitting(FoldedText.of(asked), answer_type, quote, Span(start, end))
    if given_span is not None:
        assert given_span.of(quote).strip()
        assert given_span.of(quote) not in asked


@pytest.mark.parametrize(
    ("question", "answer_type", "quote", "chosen", "given_text"),
    [
        ("会上决定了什么?", AnswerType.OTHER, "会上决定，扩建码头。", "会上决定", None),
        ("校训是什么?", AnswerType.OTHER, "校训为“知行合一”。", "知行合一”", "知行合一"),
        ("馆长是谁?", AnswerType.PERSON, "馆长为何晚舟。", "为何晚舟", "何晚舟"),
        ("谁负责?", AnswerType.WHO, "该项目投资三亿元。", "三亿元", None),
        ("2031年5月6日换了什么?", AnswerType.OTHER, "2031-05-06 换了阀门。", "2031-05-06 换了阀",
         "换了阀"),
        ("2031年5月6日换了什么?", AnswerType.OTHER, "二〇三一年五月六日，换了阀门。",
         "二〇三一年五月六日", None),
    ],
)  # fmt: skip
def test_spans_put_right(
    question: str, answer_type: AnswerType, quote: str, chosen: str, given_text: str | None
) -> None:
    start = quote.index(chosen)
    span = fitting(FoldedText.of(question), answer_type, quote, Span(start, start + len(chosen)))
    assert (span.of(quote) if span else None) == given_text
