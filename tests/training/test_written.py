"""The written questions: their ranges fit, the parts stay apart, the right sentences answer."""

import json
from dataclasses import replace

import pytest

from index.article import Span
from index.library.catalogue import PassageRecord
from training.articles import NEWS, TrainingArticle
from training.data_folder import DATA, SHARED
from training.leakage import HeldOut
from training.written import FILE, WrittenQuestion, written
from training.written_answers import AnswerJudge, tells_the_same

TEXT = "青石镇去年翻修了体育馆。翻修花了三千万元，比预算少。镇上的人说看台宽敞。"
ARTICLE = TrainingArticle("a1", "青石镇翻修体育馆", TEXT)
START = TEXT.index("三千万元")
ASKED = WrittenQuestion(ARTICLE, NEWS, "翻修体育馆用了多少钱", Span(START, START + 4), "plain")


def passage(article: str, text: str) -> PassageRecord:
    return PassageRecord(article, "", None, None, None, None, 0, len(text), text)


@pytest.mark.parametrize(
    ("article", "quote", "is_right"),
    [
        ("a1", "翻修花了三千万元，比预算少。", True),
        ("a1", "镇上的人说三千万元不算多。", False),
        ("a2", "据报道，翻修花了三千万元。", True),
        ("a2", "小学得到三千万元。", False),
        ("a1", "青石镇去年翻修了体育馆。", False),
    ],
)
def test_the_own_sentence_answers_and_what_says_alike_elsewhere(
    article: str, quote: str, is_right: bool
) -> None:
    assert AnswerJudge(ASKED).is_right(passage(article, quote), quote) is is_right


def test_nothing_answers_a_question_without_an_answer() -> None:
    unanswered = replace(ASKED, answer=Span(0, 0))
    judge = AnswerJudge(unanswered)
    assert not judge.is_right(passage("a1", TEXT), TEXT)


def test_another_article_tells_the_same_story() -> None:
    retold = "青石镇翻修了体育馆。翻修花了三千万元。"
    assert tells_the_same(passage("a2", retold), ASKED)
    assert not tells_the_same(passage("a1", retold), ASKED)
    assert not tells_the_same(passage("a2", "小学的运动会昨天举行，天气很好。"), ASKED)


def test_an_article_is_for_the_reader_or_for_the_rankers() -> None:
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    by_part: dict[str, set[str]] = {"reader": set(), "rankers": set()}
    for line in lines:
        by_part[line["part"]].add(line["article"])
        for item in line["questions"]:
            assert item["question"].strip() == item["question"] != ""
            assert 0 <= item["start"] <= item["end"] <= item["start"] + 80
    assert not by_part["reader"] & by_part["rankers"]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
def test_answers_stand_in_their_articles_and_nothing_is_measured_with() -> None:
    held_out = HeldOut(SHARED)
    found = [*written(DATA, "reader"), *written(DATA, "rankers")]
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    asked = sum(len(line["questions"]) for line in lines)
    assert len(found) == asked  # nothing that leaks was in the file
    assert not any(held_out.leaking(item.question for item in found))
    for item in found:
        assert item.answer.end <= len(item.article.text)
        assert item.text.strip() == item.text
        assert not (item.source == NEWS and item.article.id in held_out.news_ids)
