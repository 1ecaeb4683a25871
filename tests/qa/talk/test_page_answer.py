"""What Yiju says itself, over small collections."""

import pytest

from index.listing.article_filter import Filter
from index.search.searcher import Searcher
from index.text.folding import FoldedText
from qa.talk.page_answer import page_answer
from tests.qa.conftest import Shelve

RECORDS = (
    {"id": "lamp", "title": "渡口的灯", "text": "渡口的灯\n渡口的灯由陆家看守。",
    "source": "湖畔晚报",
     "author": "方小满", "published": "2021-03-02"},
    {"id": "tea", "title": "春茶上市：今年的价钱", "text": "春茶上市：今年的价钱\n春茶每斤三百元。",
     "source": "湖畔晚报", "published": "2023-04-05"},
    {"id": "ship", "title": "The ship that came late",
    "text": "The ship that came late\nThe ship had two masts."},
)  # fmt: skip


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve(*RECORDS)


def say(
    searcher: Searcher, message: str, *earlier: str, chosen: Filter | None = None
) -> str | None:
    return page_answer(FoldedText.of(message), earlier, searcher, chosen)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("你好！", "你好！想知道文章里的什么？"),
        ("謝謝您", "不客氣。還想知道什麼，請接著問。"),
        ("Thanks!", "You're welcome. Ask on if there is more you would like to know."),
        ("有几篇文章", "一共有3篇文章。"),
        ("How many articles are there?", "There are 3 articles."),
        ("最新的是哪篇？", "最新的是《春茶上市：今年的价钱》（湖畔晚报，2023-04-05）。"),
        ("最早的文章是哪篇", "最早的是《渡口的灯》（湖畔晚报，2021-03-02）。"),
        ("都有哪些来源", "湖畔晚报（2篇）；没有写明来源的有1篇。"),
        ("what are the sources?", "湖畔晚报 (2); 1 without a source."),
        ("有没有关于春茶的文章",
        "关于“春茶”的文章，找到1篇：\n1. 《春茶上市：今年的价钱》（湖畔晚报，2023-04-05）"),
        ("有没有关于火箭的文章", "没有找到关于“火箭”的文章。"),
        ("Are there any articles about the Ship?",
        "1 article about “the Ship”:\n1. “The ship that came late”"),
        ("谁写的渡口的灯", "《渡口的灯》的作者是方小满。"),
        ("《渡口的灯》这篇文章是谁写的？", "《渡口的灯》的作者是方小满。"),
        ("关于春茶的那篇文章是谁写的", "《春茶上市：今年的价钱》没有写明作者，来源是湖畔晚报。"),
        ("Who wrote the article about the ship?", "“The ship that came late” names no author."),
        ("这篇文章是谁写的", "请说出文章的标题。"),
    ],
)  # fmt: skip
def test_worked_cases(searcher: Searcher, message: str, said: str) -> None:
    assert say(searcher, message) == said


def test_the_list_begins_with_the_newest(searcher: Searcher) -> None:
    assert say(searcher, "列出所有文章") == (
        "一共有3篇文章：\n1. 《春茶上市：今年的价钱》（湖畔晚报，2023-04-05）\n"
        "2. 《渡口的灯》（湖畔晚报，2021-03-02）\n3. 《The ship that came late》"
    )


def test_help_names_articles(searcher: Searcher) -> None:
    said = say(searcher, "你能做什么")
    assert said is not None
    assert said.endswith("《春茶上市：今年的价钱》《渡口的灯》《The ship that came late》")


@pytest.mark.parametrize(
    "question",
    [
        "春茶每斤多少钱？",
        "你好，春茶每斤多少钱？",
        "谁写的红楼梦",
        "渡口的灯由谁看守，谢谢",
        "春茶",
        "渡口的灯",
        "",
    ],
)
def test_a_question_to_the_articles_is_left_to_them(searcher: Searcher, question: str) -> None:
    assert say(searcher, question or "渡口") is None


def test_a_title_that_reads_like_small_talk_is_a_question(shelve: Shelve) -> None:
    searcher = shelve({"title": "再见", "text": "再见\n这首歌写于1995年。"}, *RECORDS)
    assert say(searcher, "再见") is None
    assert say(searcher, "拜拜") == "再见。"


def test_who_wrote_a_work_is_not_who_wrote_of_it(shelve: Shelve) -> None:
    searcher = shelve(
        {"title": "灯下集：一本书的来历", "text": "《灯下集》是陆放所写。", "author": "记者甲"},
        *RECORDS,
    )
    assert say(searcher, "谁写的灯下集") is None
    assert say(searcher, "谁写的渡口的灯") is not None


def test_a_filter_leaves_articles_out(searcher: Searcher) -> None:
    chosen = Filter(published_from="2022")
    assert say(searcher, "有几篇文章", chosen=chosen) == "一共有1篇文章。"
    assert say(searcher, "有几篇文章", chosen=Filter(source="无")) == "还没有文章。"
    assert say(searcher, "有没有关于渡口的文章", chosen=chosen) == "没有找到关于“渡口”的文章。"
    only = Filter(articles=("lamp", "gone"))
    assert say(searcher, "有几篇文章", chosen=only) == "一共有1篇文章。"
    assert say(searcher, "这篇文章是谁写的", chosen=only) == "《渡口的灯》的作者是方小满。"


def test_this_article_is_the_one_asked_about_before(searcher: Searcher) -> None:
    assert say(searcher, "这篇文章是谁写的", "渡口的灯由谁看守？") == "《渡口的灯》的作者是方小满。"


def test_without_dates_there_is_no_newest(shelve: Shelve) -> None:
    searcher = shelve({"title": "甲", "text": "甲地有桥。"})
    assert say(searcher, "最新的文章是哪篇") == "文章都没有写明日期。"
    assert say(searcher, "有哪些来源") == "文章都没有写明来源。"
    assert say(searcher, "这篇文章是谁写的") == "《甲》没有写明作者。"
