"""Summaries: of the article that is about the subject, in its own sentences, or none at all."""

import pytest

from index.listing.article_filter import Filter
from index.search.searcher import Searcher
from qa.answerer import Answerer
from qa.question.understand import Turn
from qa.retrieval import Request
from tests.qa.conftest import Shelve

BRIDGE = (
    "青石桥：江城的老桥\n青石桥是江城最老的一座石桥，建于明代。它的桥面由十二块青石铺成，长四十二米。\n"
    "市政府在去年投入三百万元修缮青石桥。修缮之后，青石桥只准行人通过。\n"
    "桥头的渡口早已没有船，只有一座灯塔。老人说，灯塔的灯油从前由陆家供应。"
)
TEA = (
    "春茶上市\n今年的春茶每斤三百元，比去年贵了两成。茶农说，雨水少，采的人也少。\n"
    "泡春茶要用八十度的水，水太热就会发苦。茶市从三月开到五月，每天清早六点开门。"
)
FERRY = (
    "The old ferry\nThe old ferry crossed the river for two hundred years. It carried salt, rice "
    "and mail.\nA bridge replaced the old ferry in 1971, and the boats were sold to a museum."
)


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve(
        {"id": "bridge", "title": "青石桥：江城的老桥", "text": BRIDGE},
        {"id": "tea", "title": "春茶上市", "text": TEA},
        {"id": "ferry", "title": "The old ferry", "text": FERRY},
    )


def test_the_only_article_that_is_asked_is_summed_up(
    answerer: Answerer, searcher: Searcher
) -> None:
    request = Request("总结一下这篇文章", articles=Filter(articles=("tea",)))
    answer = answerer.ask(request, searcher)
    assert answer.kind == "summary"
    assert {citation.article_id for citation in answer.citations} == {"tea"}


@pytest.mark.parametrize(
    ("question", "article", "text"),
    [
        ("介绍一下青石桥", "bridge", BRIDGE),
        ("青石桥", "bridge", BRIDGE),
        ("青石橋是什麼樣的？", "bridge", BRIDGE),
        ("总结一下《春茶上市》这篇文章", "tea", TEA),
        ("春茶上市", "tea", TEA),
        ("青石桥有哪些要点", "bridge", BRIDGE),
        ("Tell me about the old ferry.", "ferry", FERRY),
        ("What is “The old ferry” about?", "ferry", FERRY),
        ("Summarize the old ferry", "ferry", FERRY),
    ],
)
def test_a_summary_is_of_the_article_about_the_subject(
    answerer: Answerer, searcher: Searcher, question: str, article: str, text: str
) -> None:
    answer = answerer.ask(Request(question), searcher)
    assert (answer.answered, answer.kind, answer.short_answer) == (True, "summary", None)
    assert {citation.article_id for citation in answer.citations} == {article}
    assert 2 <= len(answer.citations) <= 4
    in_order = sorted(answer.citations, key=lambda citation: citation.start)
    assert answer.answer == (" " if text is FERRY else "").join(
        citation.quote for citation in in_order
    )
    for citation in answer.citations:
        assert citation.quote == text[citation.start : citation.end]


@pytest.mark.parametrize(
    "question",
    ["介绍一下白石塔", "总结一下火星上的采矿", "白石塔",
    "Tell me about the lighthouse keeper's dog",
     "总结一下这篇文章", "介绍一下江城博物馆"],
)  # fmt: skip
def test_what_no_article_is_about_is_not_summed_up(
    answerer: Answerer, searcher: Searcher, question: str
) -> None:
    answer = answerer.ask(Request(question), searcher)
    assert (answer.answered, answer.kind) == (False, "quotation")


def test_keywords_ask_for_a_fact(answerer: Answerer, searcher: Searcher) -> None:
    for question in ("青石桥 长度", "春茶 价钱", "青石桥有多长？"):
        assert answerer.ask(Request(question), searcher).kind == "quotation"


def test_the_only_article_needs_no_name(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve({"id": "bridge", "title": "青石桥：江城的老桥", "text": BRIDGE})
    for question in ("总结一下", "这篇文章讲了什么？", "有哪些要点"):
        assert answerer.ask(Request(question), searcher).kind == "summary"


def test_what_was_asked_before_is_summed_up(answerer: Answerer, searcher: Searcher) -> None:
    history = [Turn("user", "春茶每斤多少钱？"), Turn("assistant", "三百元")]
    answer = answerer.ask(Request("总结一下这篇文章", history), searcher)
    assert answer.kind == "summary"
    assert {citation.article_id for citation in answer.citations} == {"tea"}


def test_an_article_in_another_language_is_found_by_its_title(
    answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve(
        {"id": "wind", "title": "潮汐发电：从河口到外海", "text":
         "最早的电站建在河口，有十一台水轮。后来的水轮立在深水里，一台就有从前十台的功率。"},
        {"id": "tea", "title": "春茶上市", "text": TEA},
    )  # fmt: skip
    answer = answerer.ask(Request("Tell me about tidal power."), searcher)
    assert (answer.kind, {citation.article_id for citation in answer.citations}) == (
        "summary", {"wind"},
    )  # fmt: skip


def test_what_is_only_a_part_of_an_article_is_told_by_its_own_sentences(
    answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve(
        {"id": "river", "title": "江城的水",
         "text": "江城的水\n江城靠江，年年防汛。北闸建于1934年，有六孔。"
         "它由林业局管理。城南的泵站有四台机组。去年加高了堤坝，汛期没有进水。"},
        {"id": "tea", "title": "春茶上市", "text": TEA},
    )  # fmt: skip
    answer = answerer.ask(Request("介绍一下北闸"), searcher)
    assert "泵站" not in answer.answer


def test_what_is_named_at_the_end_of_a_definition_is_summed_up_from_there(
    answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve(
        {"id": "rules", "title": "市场新规",
         "text": "市场新规\n市里去年发布了关于夜市管理的十条意见，"
         "摊主们称之为“夜市十条”。它规定夜市十一点收摊。早市的时间没有变。菜价也没有变。"},
        {"id": "tea", "title": "春茶上市", "text": TEA},
    )  # fmt: skip
    answer = answerer.ask(Request("夜市十条讲的是啥"), searcher)
    assert answer.kind == "summary"
    assert "十一点收摊" in answer.answer
    assert "菜价" not in answer.answer


def test_a_title_that_is_a_question_is_summed_up(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve(
        {"id": "gate", "title": "江城怎样守住北闸",
         "text": "江城怎样守住北闸\n北闸建于1934年，有六孔。"
         "汛期每天有四个人值守，夜里也有两个人。"},
        {"id": "tea", "title": "春茶上市", "text": TEA},
    )  # fmt: skip
    answer = answerer.ask(Request("江城怎样守住北闸"), searcher)
    assert (answer.kind, len(answer.citations)) == ("summary", 2)
