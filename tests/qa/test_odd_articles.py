"""Odd articles and questions get an answer or a refusal, never an exception or a false citation."""

from dataclasses import replace

import pytest

from index.errors import StoreError
from qa.answer import Answer
from qa.question.decompose import parts
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.support import answerers
from tests.support.steps import steps


def asked(shelve: Shelve, question: str, *articles: dict[str, str]) -> Answer:
    """Return the answer at any confidence, its citations checked to be exact."""
    searcher = shelve(*articles)
    answer = answerers.answerer(0.0).ask(Request(question), searcher)
    for citation in answer.citations:
        article = searcher.catalogue.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
        assert len(citation.quote) <= 200
    places = [(citation.article_id, citation.start) for citation in answer.citations]
    assert len(set(places)) == len(places)
    return answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("造价是多少元?", "造价为" + "9" * 45 + "元。"),
        ("What are the points of the school?", "Fir\u017ft, the school. Second, the yard."),
        ("建校计划包括哪些内容?", "建校计划" + "很好的" * 150 + "内容，一是建校舍，二是请老师。"),
        (
            "Why was the old bridge closed?",
            "The old bridge was closed in spring. The old bridge was closed in autumn.",
        ),
        ("What are the items of the plan?", "Plan:\n" + "- school item\n" * 500),
    ],
)
def test_odd_texts_are_answered(shelve: Shelve, question: str, text: str) -> None:
    answer = asked(shelve, question, {"id": "a", "text": text})
    assert answer.citations
    assert len(answer.citations) <= 41


def test_a_question_of_pictures_alone_is_small_talk(shelve: Shelve) -> None:
    answer = asked(shelve, "🙂🙂?", {"id": "a", "text": "🙂。\r\n🙂🙂。"})
    assert (answer.kind, answer.citations, answer.passages) == ("page", [], [])


def test_a_number_in_a_year_of_the_question_is_no_number_of_it(shelve: Shelve) -> None:
    text = "NIST started 20 pilots in Denver. NIST spent much in 2016 on pilots."
    answer = asked(shelve, "How many pilots did NIST start in 2016?", {"id": "a", "text": text})
    assert answer.short_answer == "20"


def test_a_place_of_the_title_alone_is_heard_of(shelve: Shelve) -> None:
    article = {"id": "a", "title": "青山市预算", "text": "今年本市投入3亿元用于修路。雨很大。"}
    answer = asked(shelve, "青山市今年投入多少钱用于修路?", article)
    assert answer.confidence > 0.2
    assert answer.short_answer == "3亿元"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("青山市今年投入多少钱修路?", "青山今年投入3亿元修路。白河今年投入2亿元修路。"),
        (
            "Who was the first CHO of the town?",
            "Ann Miller was the first Chief Harbour Officer of the town. It has two ports.",
        ),
        ("How much did the HBC spend on roads in 2016?", "港湾建设公司2016年花了3亿元修路。"),
    ],
)
def test_a_name_in_another_form_is_heard_of(shelve: Shelve, question: str, text: str) -> None:
    assert asked(shelve, question, {"id": "a", "text": text}).confidence > 0.1


def test_a_name_that_no_article_has_makes_unsure(shelve: Shelve) -> None:
    article = {"id": "a", "text": "白河市今年投入2亿元修路。"}
    assert asked(shelve, "青山市今年投入多少钱修路?", article).confidence <= 0.1


def test_parties_cite_all_that_is_said_of_them(shelve: Shelve) -> None:
    cracked = {"id": "a", "text": "青山市关闭了旧桥。桥墩裂了很多缝。"}
    sunk = {"id": "b", "text": "白河市关闭了旧桥。桥面已经塌了一半。"}
    answer = asked(shelve, "青山市和白河市分别为什么关闭了旧桥?", cracked, sunk)
    assert len(answer.entries) == 2
    quoted = "".join(citation.quote for citation in answer.citations)
    for entry in answer.entries:
        assert all(part in quoted for part in entry.answer.split("。") if part)


def test_each_city_is_none_of_them(shelve: Shelve) -> None:
    text = "各市投入不同，全市合计5亿元。青山市投入3亿元修路。白河市投入2亿元修路。"
    answer = asked(shelve, "各市投入多少?", {"id": "a", "text": text})
    assert [entry.party for entry in answer.entries] == ["青山市", "白河市"]


def test_what_lies_between_two_is_asked_of_both() -> None:
    assert parts("What is the distance between Paris and Lyon?") == []


def test_a_citation_that_does_not_hold_is_never_shown(shelve: Shelve) -> None:
    searcher = shelve({"id": "a", "text": "大桥在2016年通车。"})
    answerer = answerers.answerer(0.0)
    retrieved = answerer.retrieve(Request("大桥何时通车?"), searcher)
    moved = [
        replace(hit, passage=replace(hit.passage, start=3)) for hit in retrieved.retrieval.hits
    ]
    with pytest.raises(StoreError, match="differ in a"):
        answerer.answer(replace(retrieved, retrieval=replace(retrieved.retrieval, hits=moved)))


@pytest.mark.parametrize("unit", ["年", "！", "甲公司", "中国", "第一条"])
def test_a_question_twice_as_long_takes_about_twice_the_work(shelve: Shelve, unit: str) -> None:
    searcher = shelve({"id": "a", "text": "甲公司在中国。第一条是这一年的事。"})
    answerer = answerers.answerer(0.0)
    once, twice = (
        steps(lambda: answerer.ask(Request((unit * 2000)[:length]), searcher))  # noqa: B023
        for length in (1000, 2000)
    )
    assert twice < 3 * once
