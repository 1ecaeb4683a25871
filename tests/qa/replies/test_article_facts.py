"""Questions about an article itself are answered by the line that says it, or not at all."""

import pytest

from index.listing.article_filter import Filter
from index.search.searcher import Searcher
from qa.answer import Answer
from qa.answerer import Answerer
from qa.retrieval import Request
from tests.qa.conftest import Shelve

BRIDGE = {
    "id": "bridge",
    "text": "大桥通车\n\n2016-09-30  来源：桥报\n\n大桥在2016年通车，长三公里，两地的人都很高兴。",
}
METRO = {
    "id": "metro",
    "text": "地铁开通\n\n2018-05-01  来源：铁报\n\n地铁在2018年开通，长九公里，城里的人都很高兴。",
}


def asked(answerer: Answerer, searcher: Searcher, question: str) -> Answer:
    return answerer.ask(Request(question), searcher)


@pytest.mark.parametrize(
    ("question", "quote", "short"),
    [
        ("这篇文章的标题是什么?", "大桥通车", "大桥通车"),
        ("这篇文章的来源是什么?", "2016-09-30  来源：桥报", "桥报"),
        ("这篇文章是哪天发布的?", "2016-09-30  来源：桥报", "2016-09-30"),
        ("When was this article published?", "2016-09-30  来源：桥报", "2016-09-30"),
    ],
)
def test_of_a_single_article_each_fact_is_cited_by_its_line(
    answerer: Answerer, shelve: Shelve, question: str, quote: str, short: str
) -> None:
    answer = asked(answerer, shelve(BRIDGE), question)
    [citation] = answer.citations
    assert (citation.article_id, citation.quote, answer.short_answer) == ("bridge", quote, short)
    assert BRIDGE["text"][citation.start : citation.end] == quote


def test_of_several_the_one_named_by_its_title_is_meant(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve(BRIDGE, METRO)
    answer = asked(answerer, searcher, "《地铁开通》这篇文章的来源是什么?")
    assert (answer.short_answer, answer.citations[0].article_id) == ("铁报", "metro")


def test_of_several_with_none_named_there_is_no_answer(answerer: Answerer, shelve: Shelve) -> None:
    answer = asked(answerer, shelve(BRIDGE, METRO), "这篇文章的来源是什么?")
    assert (answer.answered, answer.citations, answer.confidence) == (False, [], 0.0)
    assert answer.passages


def test_of_several_with_two_named_there_is_no_answer(answerer: Answerer, shelve: Shelve) -> None:
    question = "《大桥通车》和《地铁开通》这篇文章的来源是什么?"
    assert not asked(answerer, shelve(BRIDGE, METRO), question).answered


def test_what_came_beside_the_text_is_said_and_the_first_sentence_cited(
    answerer: Answerer, shelve: Shelve
) -> None:
    bare = {"id": "bare", "source": "桥报", "text": "大桥在2016年通车。两地的人都很高兴。"}
    answer = asked(answerer, shelve(bare), "这篇文章的来源是什么?")
    assert (answer.answer, answer.short_answer) == ("桥报", None)
    assert [(citation.quote, citation.source) for citation in answer.citations] == [
        ("大桥在2016年通车。", "桥报")
    ]


def test_what_nobody_says_is_not_answered(answerer: Answerer, shelve: Shelve) -> None:
    bare = {"id": "bare", "text": "大桥在2016年通车，两地的人都很高兴。"}
    assert not asked(answerer, shelve(bare), "这篇文章的来源是什么?").answered


def test_a_date_in_another_form_is_cited_without_a_short_answer(
    answerer: Answerer, shelve: Shelve
) -> None:
    record = BRIDGE | {"text": BRIDGE["text"].replace("2016-09-30", "2016年9月30日")}
    answer = asked(answerer, shelve(record), "这篇文章是哪天发布的?")
    assert answer.answered
    assert answer.short_answer is None


def test_the_line_of_a_title_is_no_longer_than_a_quote(answerer: Answerer, shelve: Shelve) -> None:
    long = {"id": "a", "title": "大桥通车", "text": "大桥通车" + "，两地的人都很高兴" * 40 + "。"}
    answer = asked(answerer, shelve(long), "这篇文章的标题是什么?")
    assert answer.citations
    assert all(len(citation.quote) <= 200 for citation in answer.citations)


def test_an_article_that_the_filter_keeps_out_is_not_cited(
    answerer: Answerer, shelve: Shelve
) -> None:
    request = Request("这篇文章的标题是什么?", articles=Filter(source="别的报"))
    assert answerer.ask(request, shelve(BRIDGE)).citations == []


def test_the_only_article_that_is_asked_is_the_one_meant(
    answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve(BRIDGE, METRO)
    for articles, source in [(("metro",), "铁报"), (("bridge", "gone"), "桥报")]:
        request = Request("这篇文章的来源是什么?", articles=Filter(articles=articles))
        assert answerer.ask(request, searcher).short_answer == source


def test_without_deciding_the_best_there_is_is_given(answerer: Answerer, shelve: Shelve) -> None:
    request = Request("这篇文章的来源是什么?", decide=False)
    assert answerer.ask(request, shelve(BRIDGE, METRO)).citations
