"""Of a series of like articles the one that the question means answers."""

import pytest

from index.search.searcher import Searcher
from index.text.folding import FoldedText
from qa.answerer import Answerer
from qa.question.understand import understand
from qa.retrieval import Request
from qa.structure.newest import Place, asked_place
from tests.qa.conftest import Shelve
from tests.support import answerers


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("最近一届花市有几个摊位?", Place.NEWEST),
        ("最新一期报告说了什么?", Place.NEWEST),
        ("最近的一次检修在哪天?", Place.NEWEST),
        ("本届花市有几个摊位?", Place.NEWEST),
        ("现任馆长是谁?", Place.NEWEST),
        ("Who won the latest race?", Place.NEWEST),
        ("上一届花市有几个摊位?", Place.PREVIOUS),
        ("上次检修花了多少钱?", Place.PREVIOUS),
        ("首届花市有几个摊位?", Place.OLDEST),
        ("最早一次检修在哪天?", Place.OLDEST),
        ("第12届花市有几个摊位?", Place.NUMBERED),
        ("最近的车站叫什么?", None),
        ("花市有几个摊位?", None),
        ("本次数据有多少条?", None),
        ("新任馆长何时上任?", None),
        ("本任务何时完成?", None),
        ("这期间有几次检修?", None),
        ("What is the rated electric current?", None),
        ("Who is the current director?", Place.NEWEST),
    ],
)
def test_a_question_tells_which_it_means(question: str, place: Place | None) -> None:
    assert asked_place(understand(question, [], answerers.names())) is place


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    years = [("三", 2020, 52, "4万元"), ("四", 2021, 61, "5万元"), ("五", 2022, 77, "9万元")]
    return shelve(
        *(
            {
                "title": f"桂湖第{n}届花市开幕",
                "text": f"桂湖第{n}届花市开幕\n\n本届花市共设{stalls}个摊位。花市的投入是{cost}。",
                "published": f"{year}-02-01",
            }
            for n, year, stalls, cost in years
        )
    )


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("最近一届桂湖花市共设多少个摊位?", "77个"),
        ("上一届桂湖花市共设多少个摊位?", "61个"),
        ("最早一届桂湖花市共设多少个摊位?", "52个"),
        ("第四届桂湖花市共设多少个摊位?", "61个"),
        ("最新一届桂湖花市的投入是多少钱?", "9万元"),
    ],
)
def test_one_of_a_series_answers(
    question: str, short: str, answerer: Answerer, searcher: Searcher
) -> None:
    answer = answerer.ask(Request(question), searcher)
    assert answer.answered
    assert answer.short_answer == short
    assert len(answer.citations) == 1


def test_what_one_text_tells_in_order_is_a_series(answerer: Answerer, shelve: Shelve) -> None:
    text = "老戏台大修记\n\n老戏台第一次大修在1951年，用木料80方。第二次大修在1987年，用木料95方。"
    searcher = shelve({"title": "老戏台大修记", "text": text})
    answer = answerer.ask(Request("老戏台最近一次大修是哪一年?"), searcher)
    assert answer.short_answer == "1987年"


def test_what_is_counted_in_another_way_has_another_number(
    answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve(
        {"title": "桂湖第三期简报", "text": "桂湖第三期简报\n\n桂湖会议有61人参加。"},
        {"title": "桂湖第三次会议", "text": "桂湖第三次会议\n\n桂湖会议有77人参加。"},
    )
    answer = answerer.ask(Request("桂湖第三次会议有多少人参加?"), searcher)
    assert answer.short_answer == "77人"


def test_a_place_is_read_in_traditional_characters() -> None:
    assert FoldedText.of("上一屆").folded == "上一届"
