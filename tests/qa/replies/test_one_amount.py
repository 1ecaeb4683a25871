"""One amount out of a range that holds several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.replies.one_amount import one_amount


def _chosen(
    question: str, read: str, quote: str, amounts: list[str], of_clause: str | None = None
) -> str:
    """Return what is left of a range that was read; the last amount is the likeliest."""

    def place(text: str) -> Span:
        start = quote.index(text)
        return Span(start, start + len(text))

    typed = [(place(amount), 0.1 * number) for number, amount in enumerate(amounts)]
    chosen = place(of_clause) if of_clause else None
    return one_amount(FoldedText.of(question), quote, place(read), typed, chosen).of(quote)


@pytest.mark.parametrize(
    ("question", "read", "amounts", "answer"),
    [
        ("送了多少把椅子?", "椅子80把、桌子20张", ["80把"], "椅子80把"),
        ("送了多少张桌子?", "80把椅子、20张", ["80把", "20张"], "20张"),
        ("卖了多少钱?", "30万美元（约合220万元）", ["30万美元"], "30万美元"),
        ("去了多少人?", "7个班、210名", ["210名"], "210名"),
        ("哪两个比例?", "10%和15%", ["10%", "15%"], "10%和15%"),
        ("涨幅各是多少?", "10%，另一个15%", ["10%", "15%"], "10%，另一个15%"),
        ("从几个减到几个?", "9个，减到5个", ["9个", "5个"], "9个，减到5个"),
        ("多少人参加了多伦多会议?", "12人、记者5人", ["12人"], "12人"),
        ("从多少米加到多长?", "9米，加到12米", ["9米", "12米"], "9米，加到12米"),
        ("罚多少?", "六、七百元", ["七百元"], "六、七百元"),
        ("第几条?", "三十条第一款第（二）项", ["三十条"], "三十条第一款第（二）项"),
    ],
)  # fmt: skip
def test_an_amount_of_another_thing_is_left_out(
    question: str, read: str, amounts: list[str], answer: str
) -> None:
    assert _chosen(question, read, f"据说{read}。", amounts) == answer


def test_of_amounts_apart_the_clause_decides_before_the_reader() -> None:
    quote, amounts = "120票同意、15票反对", ["120票", "15票"]
    assert _chosen("多少票同意?", quote, quote, amounts) == "15票"
    assert _chosen("多少票同意?", quote, quote, amounts, "120票") == "120票"


@given(st.text("0123个人、，和千（共", min_size=1, max_size=20), st.data())
def test_the_answer_lies_in_the_range_that_was_read(quote: str, data: st.DataObject) -> None:
    def span() -> Span:
        start = data.draw(st.integers(0, len(quote) - 1))
        return Span(start, data.draw(st.integers(start + 1, len(quote))))

    read = span()
    typed = sorted(((span(), 0.5) for _ in range(3)), key=lambda pair: pair[0].start)
    chosen = one_amount(FoldedText.of("多少?"), quote, read, typed, None)
    assert read.contains(chosen)
