"""Marks stand where what a citation supports ends, and links open the page at its range."""

from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Citation, PartyAnswer, Possible
from web.openai.chat_text import Mark, link, text_of


def cited(quote: str, article: str = "a.txt") -> Citation:
    return Citation(article, "标题", None, None, None, 5, 5 + len(quote), quote, None, digest="0f")


def answer(text: str, *citations: Citation, **values: object) -> Answer:
    return Answer("1", True, text, None, 0.9, None, "000001", list(citations), **values)  # type: ignore[arg-type]


def without(text: str, marks: list[Mark]) -> str:
    """Return a text without its marks."""
    for mark in reversed(marks):
        text = text[: mark.start] + text[mark.end :]
    return text


pieces = st.text("一二三四。ab ", min_size=1, max_size=8)


@given(
    quotes=st.lists(pieces, max_size=5),
    strange=st.lists(pieces, max_size=2),
    between=st.sampled_from(["", "\n", "；"]),
)
def test_marks_name_every_citation_and_take_nothing_from_the_text(
    quotes: list[str], strange: list[str], between: str
) -> None:
    said = between.join(quotes)
    citations = [cited(quote) for quote in [*quotes, *strange]]
    text, marks = text_of(answer(said, *citations))
    assert without(text, marks) == said
    assert {id(mark.citation) for mark in marks} == set(map(id, citations))
    for number, mark in enumerate(marks, 1):
        assert text[mark.start : mark.end] == f"[{number}]"
        if mark.citation.quote in said:
            assert without(text[: mark.start], marks[: marks.index(mark)]).endswith(
                mark.citation.quote
            )


def test_each_line_of_an_answer_has_the_mark_of_its_quote() -> None:
    four, three = cited("船有四艘。"), cited("船有三艘。")
    text, marks = text_of(answer("2023年：船有三艘。\n船有四艘。", four, three))
    assert text == "2023年：船有三艘。[1]\n船有四艘。[2]"
    assert [mark.citation for mark in marks] == [three, four]


def test_a_quote_that_the_text_has_otherwise_is_marked_at_the_end() -> None:
    text, _ = text_of(answer("投入1.6亿美元（US$160 million）。", cited("投入1.6亿美元。")))
    assert text == "投入1.6亿美元（US$160 million）。[1]"


def test_each_party_has_the_mark_of_its_own_citation() -> None:
    entries = [
        PartyAnswer("甲1队", "甲1队有1人。", "1", 0),
        PartyAnswer("乙队", "没有找到有把握的答案。", None, None),
        PartyAnswer("丙队", "丙队有7人。", "7", 1),
    ]
    said = "甲1队：1\n乙队：没有找到有把握的答案。\n丙队：7"
    text, _ = text_of(answer(said, cited("甲1队有1人。"), cited("丙队有7人。"), entries=entries))
    assert text == "甲1队：1[1]\n乙队：没有找到有把握的答案。\n丙队：7[2]"


def test_what_is_possible_is_told_as_such() -> None:
    possible = Possible("船票二十元。", "二十元", 0.3, [cited("船票二十元。")])
    text, marks = text_of(answer("没有找到有把握的答案。", possible=possible))
    assert text == "没有找到有把握的答案。\n\n可能是：船票二十元。[1]"
    assert [mark.citation for mark in marks] == possible.citations
    text, _ = text_of(answer("No confident answer was found.", possible=possible))
    assert text.startswith("No confident answer was found.\n\nPossibly: ")


def test_a_link_survives_any_id() -> None:
    address = link("http://a.example:8000/", cited("船票", "年 报/a#b?c&d.txt"))
    assert address == (
        "http://a.example:8000/#/article/%E5%B9%B4%20%E6%8A%A5%2Fa%23b%3Fc%26d.txt"
        "?start=5&end=7&d=0f"
    )
