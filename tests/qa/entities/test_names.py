"""Names are exact ranges of the text, the longest where they are nested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import occurs
from index.text.folding import FoldedText, fold
from qa.answer_types import AnswerType
from qa.entities.names import Names, is_acronym, required_entities
from tests.support import small_index
from tests.support.small_index import TEXTS


def entities(question: str) -> list[str]:
    """Return what evidence for a question must be about."""
    names = Names(small_index.analyzer()).find(question)
    return required_entities(FoldedText.of(question), names)


@given(
    TEXTS
    | st.text(alphabet="國家科學基金會臺灣美国博斯公司NIST World Bank of the，1,000", max_size=30)
)
def test_names_are_the_text_at_their_ranges_in_order(text: str) -> None:
    found = Names(small_index.analyzer()).find(text)
    assert all(name.span.of(text) == name.text and name.text for name in found)
    assert [n.span.start for n in found] == sorted(n.span.start for n in found)


@given(TEXTS)
def test_of_one_kind_no_name_lies_in_another(text: str) -> None:
    spans = [name.span for name in Names(small_index.analyzer()).of_kind(AnswerType.ORG, text)]
    assert not any(a != b and a.start <= b.start and b.end <= a.end for a in spans for b in spans)


@given(TEXTS)
def test_what_evidence_must_be_about_stands_in_the_question_once(question: str) -> None:
    required = entities(question)
    assert all(name in question or occurs(fold(question), name) for name in required)
    assert len(set(required)) == len(required)


def test_numbers_are_required_by_their_value() -> None:
    assert entities("谁投入1.6亿?") == ["160000000"]
    assert entities("谁在二〇一六年投入25万?") == ["2016", "250000"]


def test_what_nobody_sees_is_not_required() -> None:
    assert entities("“\u200b\u200b”和“  ”是什么?") == []


def test_a_word_of_the_dictionary_is_known_from_a_slip(names: Names) -> None:
    assert names.is_word("佛冈")
    assert not names.is_word("佛岗桥")


def test_an_organisation_has_all_its_words(names: Names) -> None:
    found = [(name.text, name.answer_type) for name in names.find("美国博斯公司和丹麦")]
    assert {
        ("美国", AnswerType.PLACE),
        ("美国博斯公司", AnswerType.ORG),
        ("丹麦", AnswerType.PLACE),
    } <= set(found)


@pytest.mark.parametrize(
    ("answer_type", "expected"),
    [
        (AnswerType.PLACE, ["新加坡"]),
        (AnswerType.ORG, ["世界银行", "国家科学基金会", "NIST"]),
    ],
)
def test_names_of_a_kind(names: Names, answer_type: AnswerType, expected: list[str]) -> None:
    text = "世界银行、国家科学基金会、NIST都去了新加坡。"
    assert [name.text for name in names.of_kind(answer_type, text)] == expected


def test_names_in_traditional_characters_are_kept_as_written(names: Names) -> None:
    found = names.of_kind(AnswerType.ORG, "國家科學基金會投入資金。")
    assert [name.text for name in found] == ["國家科學基金會"]


def test_names_quotes_and_years_of_a_question_are_required() -> None:
    asked = entities("美国在2016年通过NIST和“智慧首尔”投资了多少?")
    assert {"美国", "NIST", "智慧首尔", "2016"} <= set(asked)
    asked = entities("How much did the World Bank give to Brazil in 2018?")
    assert set(asked) == {"World Bank", "Brazil", "2018"}


@pytest.mark.parametrize("name", ["NIST", "CityMart", "GB-T", "iPhone", "EUs"])
def test_an_acronym_is_spelled_alike_in_all_languages(name: str) -> None:
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["Brazil", "World Bank", "a", "甲国", "", "2016"])
def test_a_plain_name_is_no_acronym(name: str) -> None:
    assert not is_acronym(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲市的桥有多长?", "甲市"),
        ("癸市投资了多少?", "癸市"),
        ("铜岭县和柳湾村", "柳湾村"),
        ("石门村的养老驿站", "石门村"),
    ],
)
def test_places_missing_from_the_dictionary_are_recognized_by_their_ending(
    text: str, expected: str
) -> None:
    assert expected in {name.text for name in Names(small_index.analyzer()).find(text)}


@pytest.mark.parametrize("text", ["全市有多少人", "股市和超市", "省市两级", "人民市场", "公司上市"])
def test_common_words_with_such_an_ending_are_no_places(text: str) -> None:
    assert Names(small_index.analyzer()).find(text) == []


@pytest.mark.parametrize("word", ["长度", "深度", "明白", "小姐", "城市", "东西"])
def test_a_common_word_is_no_name(names: Names, word: str) -> None:
    assert word not in [name.text for name in names.find(f"北京的{word}是什么")]
