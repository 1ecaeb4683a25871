"""The sentences that sum an article up: exact, apart from each other, able to stand alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Section, Span
from index.text.sentences import sentences
from qa.replies.sentence_choice import choose, quotable
from tests.support import small_index
from tests.support.small_index import TEXTS

LINES = [
    "青石桥是江城最老的一座石桥，建于明代。",
    "它的桥面由十二块青石铺成，长四十二米。",
    "但是近年来车辆越来越多，桥面有了裂缝。",
    "市政府在去年投入三百万元修缮青石桥。",
    "春天的时候，河边的柳树长出了新叶。",
    "修缮之后，青石桥只准行人通过。",
    "具体办法如下：",
    "还有谁记得从前的渡口？",
    "好。",
]


def article(text: str, title: str = "", *sections: Section) -> Article:
    return Article("a", title, text, sections=sections)


@given(TEXTS)
def test_a_quotable_sentence_is_one_of_the_text(text: str) -> None:
    spans = quotable(article(text))
    assert set(spans) <= set(sentences(text))
    assert all(len(span.of(text)) <= 200 for span in spans)


def test_titles_headings_and_what_only_introduces_are_not_quoted() -> None:
    text = "\n".join(["青石桥的修缮与保护情况", "一、修缮之前的桥面状况", *LINES])
    quotes = [
        span.of(text)
        for span in quotable(
            article(
                text, "青石桥的修缮与保护情况", Section("一、修缮之前的桥面状况", 12, len(text))
            )
        )
    ]
    assert quotes == LINES[:6]


@given(st.lists(st.sampled_from(LINES[:6]), min_size=1, max_size=40))
def test_nothing_is_said_twice(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = sentences(text)
    vectors = small_index.bundled_encoder().embed_passages([span.of(text) for span in spans])
    chosen = choose(text, spans, vectors, [None] * len(spans))
    quotes = [choice.span.of(text) for choice in chosen]
    assert 1 <= len(quotes) == len(set(quotes)) <= 4
    assert set(quotes) <= set(lines)


def test_the_sentence_that_defines_the_subject_comes_first() -> None:
    text = "\n".join(LINES[3:6] + LINES[:3])
    spans = sentences(text)
    quotes = [span.of(text) for span in spans]
    found = [quote.find("青石桥") for quote in quotes]
    named = [Span(at, at + 3) if at >= 0 else None for at in found]
    vectors = small_index.bundled_encoder().embed_passages(quotes)
    chosen = choose(text, spans, vectors, named)
    assert chosen[0].span.of(text) == LINES[0]


def test_sentences_without_a_known_word_can_be_chosen_from() -> None:
    text = "ꙮꙮꙮꙮ。ꙮꙮꙮ。"
    spans = [Span(0, 5), Span(5, 9)]
    assert choose(text, spans, np.zeros((2, 4), np.float32), [None, None])[0].span == spans[0]
