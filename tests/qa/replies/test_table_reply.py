"""A reply from a table cites its rows, and has the cell for its short answer."""

import pytest

from qa.answerer import Answerer
from qa.retrieval import Request
from tests.qa.conftest import Shelve

LONG = "，".join(f"第{number}种用途是浇灌" for number in range(1, 40))
TEXT = f"""青石水库月报

月份: 五月, 来水: 1,310, 放水: 900, 单位: 万方
月份: 六月, 来水: 2,480, 放水: 1,700, 单位: 万方

闸门: 东闸, 用途: {LONG[:150]}, 说明: {LONG[150:290]}, 孔数: 3孔
闸门: 西闸, 用途: {LONG[:150]}, 说明: {LONG[150:290]}, 孔数: 5孔
"""


def test_a_unit_that_the_row_states_follows_the_figure(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve({"title": "青石水库月报", "text": TEXT})
    answer = answerer.ask(Request("青石水库六月来水多少?"), searcher)
    assert answer.answered
    assert answer.short_answer == "2,480"
    assert answer.answer == "月份: 六月, 来水: 2,480（万方）, 放水: 1,700, 单位: 万方"
    [citation] = answer.citations
    assert citation.quote == "月份: 六月, 来水: 2,480, 放水: 1,700, 单位: 万方"


@pytest.mark.parametrize(("gate", "count"), [("东闸", "3孔"), ("西闸", "5孔")])
def test_of_a_long_row_the_cells_around_the_answer_are_quoted(
    gate: str, count: str, answerer: Answerer, shelve: Shelve
) -> None:
    searcher = shelve({"title": "青石水库月报", "text": TEXT})
    answer = answerer.ask(Request(f"青石水库{gate}的孔数是多少?"), searcher)
    assert answer.short_answer == count
    [citation] = answer.citations
    assert len(citation.quote) <= 200
    assert citation.quote.startswith("说明: ")
    assert citation.quote.endswith(f"孔数: {count}")
