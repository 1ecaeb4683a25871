"""What a clause is about: where the name ends, and whether it is known by itself."""

import pytest

from index.article import Span
from qa.entities.names import Names
from qa.suggestions.clause_subject import Word, names_its_subject, subject_length


def words_of(text: str, names: Names) -> list[Word]:
    return [Word(word, tag, Span(span.start, span.end)) for word, tag, span in names.tagged(text)]


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("港珠澳大桥全长55公里", "港珠澳大桥全长"),
        ("纽约地铁1904年10月27日开通", "纽约地铁"),
        ("《2012》在北京上映", "《2012》"),
        ("中国第一条特高压线路是晋东南线", "中国第一条特高压线路"),
        ("北斗三号系统正式开通", "北斗三号系统"),
        ("北京是中国的首都", "北京"),
        ("国务院印发通知", "国务院"),
        ("港珠澳大桥开通仪式在珠海举行", "港珠澳大桥开通仪式"),
        ("已经通车", ""),
        ("北京", ""),
    ],
)
def test_a_subject_ends_before_the_verb_and_before_an_amount(
    clause: str, subject: str, names: Names
) -> None:
    words = words_of(clause, names)
    assert "".join(word.text for word in words[: subject_length(clause, words)]) == subject


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("港珠澳大桥", True),
        ("《流浪地球》", True),
        ("白鹤滩水电站", True),
        ("世界上第一条高速铁路", True),
        ("国家标准化管理委员会", True),
        ("三峡工程", True),
        ("大桥", False),
        ("公司", False),
        ("毛利润", False),
        ("联盟成员单位", False),
        ("PS5版本", False),
        ("《流浪地球", False),
    ],
)
def test_a_subject_is_known_by_itself_or_needs_the_article(
    phrase: str, expected: bool, names: Names
) -> None:
    assert names_its_subject(words_of(phrase, names), names) is expected
