"""The one institution of a collection is known by 公司, 我们医院 or 院长."""

import pytest
from hypothesis import given

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.institution import named
from tests.support import small_index
from tests.support.small_index import TEXTS

FACTORY = ["北岸阀门有限公司简介", "北岸阀门有限公司成立于2003年。公司有三个车间。"]
CANTEEN = ["通知", "公司宿舍周一开门。"]
CLINIC = ["湖东区第五医院", "湖东区第五医院有床位300张，院长是白丁香。"]
RIVAL = ["南岸水泵有限公司", "南岸水泵有限公司成立于2001年。"]


@given(TEXTS, TEXTS)
def test_any_question_is_named_by_a_name_that_was_found(question: str, text: str) -> None:
    whole = named(FoldedText.of(question), {"a": [text]}, Names(small_index.analyzer()))
    assert whole is None or whole


@pytest.mark.parametrize(
    ("question", "texts", "whole"),
    [
        ("公司是哪一年成立的?", [FACTORY, CANTEEN], "北岸阀门有限公司是哪一年成立的?"),
        ("我们公司的总部在哪里?", [FACTORY], "北岸阀门有限公司的总部在哪里?"),
        ("本公司地址是什么?", [FACTORY], "北岸阀门有限公司地址是什么?"),
        ("院长是谁?", [CLINIC], "湖东区第五医院的院长是谁?"),
        ("醫院的地址在哪裡？", [CLINIC], "湖东区第五医院的地址在哪裡？"),
        ("公司宿舍几点开门?", [FACTORY, CANTEEN], None),
        ("公司是哪一年成立的?", [FACTORY, RIVAL], None),
        ("公司是哪一年成立的?", [FACTORY, CANTEEN, CLINIC], None),
        ("医院的地址在哪里?", [FACTORY], None),
        ("南岸公司是哪一年成立的?", [FACTORY], None),
    ],
)
def test_worked_collections(
    names: Names, question: str, texts: list[list[str]], whole: str | None
) -> None:
    found = {str(number): list(article) for number, article in enumerate(texts)}
    assert named(FoldedText.of(question), found, names) == whole
