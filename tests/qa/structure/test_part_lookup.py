"""The part that a question names is found in the article that it is about."""

import pytest

from index.search.searcher import Searcher
from qa.answerer import Answerer
from qa.retrieval import Request
from qa.structure.part_lookup import FoundPart, find_part
from tests.qa.conftest import Shelve

PARKING = """东溪镇停车管理办法

第一条 为了规范停车，制定本办法。
第二条 停车场由镇城管中队管理。
第三条 下列地方不得停车：
（一）消防通道；
（二）盲道。
第四条 停车费每小时三元，夜间免费。
"""
MARKETS = """东溪镇集市管理办法

第一条 为了管好集市，制定本办法。
第二条 逢五逢十开市。
第三条 摊位费每天五元。
"""
TEA = """炒青制作

鲜叶要当天采。做法是：1.摊晾六小时；2.杀青八分钟；3.揉捻二十分钟；4.烘干。
"""
NEWS = """停车案宣判

法院依据本省噪声条例第九条，判令停车场赔偿两千元。
"""


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    texts = [PARKING, MARKETS, TEA, NEWS]
    return shelve(*({"title": text.split("\n")[0], "text": text} for text in texts))


def ask(question: str, answerer: Answerer, searcher: Searcher) -> FoundPart | None:
    retrieval = answerer.retrieve(Request(question), searcher).retrieval
    return find_part(retrieval.question, retrieval.query.terms, retrieval.hits, searcher)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("停车管理办法第二条是什么?", ["第二条 停车场由镇城管中队管理。"]),
        ("《东溪镇集市管理办法》第3条的内容", ["第三条 摊位费每天五元。"]),
        ("停车管理办法第三条第二项是什么?", ["（二）盲道。"]),
        (
            "集市管理办法第一条和第二条",
            ["第一条 为了管好集市，制定本办法。", "第二条 逢五逢十开市。"],
        ),
        ("炒青制作的第三步做什么?", ["3.揉捻二十分钟；"]),
        ("炒青的最后一步是什么?", ["4.烘干。"]),
    ],
)
def test_a_part_is_found_whole(
    question: str, parts: list[str], answerer: Answerer, searcher: Searcher
) -> None:
    found = ask(question, answerer, searcher)
    assert found is not None
    assert found.whole
    assert [span.of(found.text) for span in found.spans] == parts


def test_what_stands_in_a_part_may_be_asked_for(answerer: Answerer, searcher: Searcher) -> None:
    found = ask("停车管理办法第四条规定的停车费是每小时多少钱?", answerer, searcher)
    assert found is not None
    assert not found.whole


@pytest.mark.parametrize(
    "question",
    ["停车管理办法第九条是什么?", "《东溪镇养犬管理办法》第二条是什么?", "炒青制作的第八步是什么?"],
)
def test_a_part_that_is_lacking_is_told(
    question: str, answerer: Answerer, searcher: Searcher
) -> None:
    found = ask(question, answerer, searcher)
    assert found is not None
    assert not found.spans


@pytest.mark.parametrize("question", ["停车费多少钱?", "噪声条例第九条判赔了多少?"])
def test_other_questions_are_left_to_the_sentences(
    question: str, answerer: Answerer, searcher: Searcher
) -> None:
    assert ask(question, answerer, searcher) is None
