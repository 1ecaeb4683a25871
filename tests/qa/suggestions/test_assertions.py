"""Clauses that say by themselves what they are about."""

import pytest
from hypothesis import given

from index.text.folding import simplify
from qa.entities.names import Names
from qa.suggestions.assertions import assertions
from tests.support import answerers
from tests.support.small_index import TEXTS


@given(TEXTS)
def test_a_statement_is_made_of_the_words_of_its_sentence(text: str) -> None:
    for assertion in assertions(text, answerers.names()):
        plain = simplify(text)
        assert all(word.span.of(plain) == word.text for word in assertion.words)
        assert assertion.opening.of(plain)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("据介绍，北京地铁于1969年通车。", [("北京地铁", "于1969年通车")]),
        (
            "京沪高铁2008年4月18日全线开工，全长1318公里，总投资约2209亿元。",
            [
                ("京沪高铁", "2008年4月18日全线开工"),
                ("京沪高铁全长", "1318公里"),
                ("京沪高铁总投资", "约2209亿元"),
            ],
        ),
        (
            "港珠澳大桥全长55公里，总投资约1269亿元。",
            [("港珠澳大桥全长", "55公里"), ("港珠澳大桥总投资", "约1269亿元")],
        ),
        ("国际标准化组织(ISO)于1947年成立。", [("国际标准化组织", "于1947年成立")]),
        ("北京大学成立于1898年，它的校园很美。", [("北京大学", "成立于1898年")]),
    ],
)
def test_later_clauses_share_the_subject_of_the_first(
    sentence: str, expected: list[tuple[str, str]], names: Names
) -> None:
    stated = [(each.subject, each.predicate) for each in assertions(sentence, names)]
    assert stated == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "大桥全长55公里。",
        "他在北京工作了30年。",
        "该公司成立于1998年。",
        "北京今年建成3座桥。",
        "北京本次展出100件文物。",
        "我们在北京建成3座桥。",
        "北京建成3座桥了吗？",
        "“北京建成3座桥。",
        "如果北京建成3座桥就好了。",
        "北京",
        "",
    ],
)
def test_what_needs_its_article_to_be_understood_is_no_statement(
    sentence: str, names: Names
) -> None:
    assert list(assertions(sentence, names)) == []


def test_a_date_with_its_year_goes_with_what_it_introduces(names: Names) -> None:
    [assertion] = assertions("2022年，北京大学有1000名教师。", names)
    assert (assertion.when, assertion.subject) == ("2022年", "北京大学")
    [assertion] = assertions("5月6日，北京大学有1000名教师。", names)
    assert assertion.when == ""
    assert assertion.date is not None
