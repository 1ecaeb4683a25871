"""Names meet their short and foreign forms where articles define them, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.synonyms import Synonyms, names, read, write
from index.text.abbreviations import definitions
from index.text.folding import FoldedText, fold
from tests.support import small_index
from tests.support.small_index import TEXTS, SmallIndex

MARKED = st.text(
    alphabet="国家标准化研究所，（）()，简称“”NISTand Science和的、·《》：", max_size=60
)


@given(TEXTS | MARKED)
def test_both_forms_of_a_definition_are_in_the_text(text: str) -> None:
    for name, short in definitions(text, small_index.analyzer()):
        assert name in text
        assert short in text
        assert len(name) > 1 < len(short)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), TEXTS)
def test_alternatives_are_of_forms_that_the_question_contains(
    pairs: list[tuple[str, str]], question: str
) -> None:
    named = [(fold(name), fold(short)) for name, short in pairs]
    for form, others in Synonyms(named).alternatives(FoldedText.of(question)).items():
        assert form in fold(question)
        assert others
        assert form not in others
        assert all(other == fold(other) for other in others)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("美国通过国家标准和技术研究所(NIST)提供", "国家标准和技术研究所=NIST"),
        (
            "国家标准与技术研究院（National Institute of Standards and Technology，NIST）",
            "National Institute of Standards and Technology=NIST "
            "国家标准与技术研究院=National Institute of Standards and Technology "
            "国家标准与技术研究院=NIST",
        ),
        (
            "The National Institute of Standards and Technology (NIST) gave",
            "National Institute of Standards and Technology=NIST",
        ),
        ("the General Services Administration (GSA)", "General Services Administration=GSA"),
        ("加入世界卫生组织（简称世卫组织）后", "世界卫生组织=世卫组织"),
        ("由世界卫生组织（以下简称“世卫组织”）负责", "世界卫生组织=世卫组织"),
        ("中国的國際乒乓球聯合會，簡稱國際乒聯，是", ""),
        ("国际乒乓球联合会，简称国际乒联，是", "国际乒乓球联合会=国际乒联"),
        ("总部位于日内瓦的国际标准化组织(ISO)", "国际标准化组织=ISO"),
        ("由国家科学基金会(NSF)和能源部门(DOE)", "国家科学基金会=NSF 能源部门=DOE"),
        ("保罗·艾伦名下的火神公司（Vulcan）", "火神公司=Vulcan"),
        ("出版《武者归来》（英语：Returner）", "武者归来=Returner"),
    ],
)  # fmt: skip
def test_what_is_defined_is_found(text: str, pairs: str) -> None:
    defined = [f"{name}={short}" for name, short in definitions(text, small_index.analyzer())]
    assert " ".join(defined) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "上海某某有限公司（以下简称公司）应当",
        "本市行政区域内的中小学校（以下简称学校）",
        "上海市、江苏省（以下简称两省一市）",
        "差异显著(P＜0.05)",
        "三氯化铬(III)",
        "见附表(A)",
        "联合国教育、科学及文化组织(UNESCO)",
        "We met our friends (NIST) there",
        "在1997年（Q1）",
        "（NIST）",
        "提出(NIST)",
    ],
)
def test_uncertain_definitions_are_left_out(text: str) -> None:
    assert list(definitions(text, small_index.analyzer())) == []


def definitions_of(texts: list[str]) -> list[tuple[str, str]]:
    """Return the definitions of several articles."""
    return [pair for text in texts for pair in definitions(text, small_index.analyzer())]


def test_a_short_form_of_many_meanings_is_no_name() -> None:
    texts = [f"位于{name}国家公园(GJGY)" for name in ("泰山", "黄山", "华山", "衡山")]
    assert names(definitions_of(texts)) == []
    texts = [f"{name}管理委员会（简称{name}管委）" for name in ("香山", "临港")]
    assert names(definitions_of(texts)) == [
        ("临港管理委员会", "临港管委"),
        ("香山管理委员会", "香山管委"),
    ]


def test_forms_are_found_whole_and_the_longest_first() -> None:
    known = Synonyms(
        [("世界卫生组织", "who"), ("国际组织", "io")], [("世界", "world", "the Globe")]
    )
    assert known.alternatives(FoldedText.of("世界衛生組織在世界上?")) == {
        "世界卫生组织": ["who"],
        "世界": ["world", "the globe"],
    }
    assert known.alternatives(FoldedText.of("Who met the WHO?")) == {"who": ["世界卫生组织"]}
    assert known.alternatives(FoldedText.of("who is it, a worldwide io2?")) == {}
    assert known.alternatives(FoldedText.of("投给WHO的")) == {"who": ["世界卫生组织"]}


def test_a_form_of_one_character_is_found_anywhere() -> None:
    known = Synonyms(groups=[("磅", "lb"), ("磅秤", "scale")])
    for question in ("五磅是多少", "磅是什么", "多少磅"):
        assert known.alternatives(FoldedText.of(question)) == {"磅": ["lb"]}
    assert known.alternatives(FoldedText.of("磅秤在哪里")) == {"磅秤": ["scale"]}


def test_a_rebuild_writes_what_its_articles_define(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "国家标准和技术研究所(NIST)得到了一千万美元。")
    corpus.rebuild()
    question = FoldedText.of("NIST得到多少?")
    assert corpus.open().synonyms.alternatives(question) == {"nist": ["国家标准和技术研究所"]}
    corpus.put("a.txt", "国家标准和技术研究所得到了一千万美元。")
    corpus.rebuild()
    assert corpus.open().synonyms.alternatives(question) == {}


def test_what_is_written_is_read_back(corpus: SmallIndex) -> None:
    pairs = [('甲"国', "\u2028a"), ("b", "c")]
    corpus.articles.mkdir(exist_ok=True)
    write(corpus.articles, pairs)
    assert read(corpus.articles) == pairs
