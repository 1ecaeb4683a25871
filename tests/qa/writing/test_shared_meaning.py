"""Across languages a text is about what another says if each of its clauses is near to it."""

import pytest

from qa.writing.shared_meaning import SharedMeaning
from tests.qa.writing.parts import check, cited
from tests.support import small_index


def meaning() -> SharedMeaning:
    return SharedMeaning(small_index.bundled_encoder())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("他们计划在三个城市修建新的医院。", "They plan to build new hospitals in three cities."),
        ("Unemployment fell.", "由于工厂招了更多工人，失业率下降。"),
        ("55", "港珠澳大桥全长55公里。"),
    ],
)
def test_a_translation_is_near(text: str, said: str) -> None:
    assert meaning().is_shared(text, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("总统昨天宣布辞职。", "They plan to build new hospitals in three cities."),
        ("失业率下降，政府隐瞒了真相。", "Unemployment fell as factories hired workers."),
        ("The minister resigned.", "由于工厂招了更多工人，失业率下降。"),
        ("他们修建医院。", ""),
    ],
)
def test_what_says_something_else_is_not(text: str, said: str) -> None:
    assert not meaning().is_shared(text, said)


def test_a_name_is_known_by_its_translation() -> None:
    assert meaning().is_named("国会", "approved by congress")
    assert not meaning().is_named("参议院", "approved by congress")
    assert not meaning().is_named("Paris", "总部设在日内瓦")


def test_a_translation_says_all_of_a_quote_and_nothing_else() -> None:
    quote = cited("The bridge is 55 km long and was not opened in 2017.")
    assert check().translates("该桥长55公里，2017年尚未开放。", quote)
    for wrong in (
        "该桥长56公里，2017年尚未开放。",
        "该桥长55公里，2017年已经开放。",
        "该桥长55公里，2017年尚未开放，![](http://evil.example/1.png)。",
        "该桥长55公里，2017年尚未开放，政府隐瞒了真相。",
        "该桥长55公里，2017年尚未开放 www.bridge-tickets.example/1 。",
        "The bridge is 55 km long and was not opened in 2017.",
        "该桥长55公里，2017年尚未开放。" * 20,
    ):
        assert not check().translates(wrong, quote), wrong
