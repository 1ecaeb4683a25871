"""A courtesy around a question changes nothing of it, and what asks about the word stays."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.folding import FoldedText, traditional
from qa.entities.names import Names
from qa.question.courtesy import bare
from qa.question.understand import Turn, understand
from qa.question.wording import Wording
from tests.conftest import ROOT
from tests.support import small_index
from tests.support.small_index import TEXTS

LINES = (ROOT / "tests" / "data" / "sample-questions.jsonl").read_text(encoding="utf-8")
SAMPLES = [json.loads(line) for line in LINES.splitlines()]
CHINESE = st.sampled_from([line["question"] for line in SAMPLES if line["lang"] != "en"])
ENGLISH = st.sampled_from([line["question"] for line in SAMPLES if line["lang"] == "en"])
BEFORE = st.lists(
    st.sampled_from(
        [
            "您好，",
            "你好！",
            "请问",
            "请问一下，",
            "麻烦问一下，",
            "打扰一下，",
            "不好意思，",
            "辛苦了，",
            "我想问一下，",
            "我想知道",
            "想咨询一下：",
            "老师好，",
            "帮我看看",
            "请帮我查一下",
            "早上好～",
            "我有个问题想请教一下，",
            "麻烦您告诉我",
            "谢谢，",
        ]
    ),
    max_size=3,
).map("".join)
BEHIND = st.lists(
    st.sampled_from(
        [
            "谢谢",
            "谢谢您！",
            "，多谢",
            " 感谢解答",
            "，麻烦您了。",
            "，辛苦了",
            "！在线等",
            "，急",
            "谢谢啦～",
            "，您知道吗？",
        ]
    ),
    max_size=2,
).map("".join)
BEFORE_EN = st.lists(
    st.sampled_from(["Hi, ", "Hello! ", "Excuse me, ", "Good morning. ", "Quick question: "]),
    max_size=2,
).map("".join)
BEHIND_EN = st.lists(
    st.sampled_from([" Thanks!", " Thank you very much.", " Thanks in advance", " thx"]),
    max_size=2,
).map("".join)
FEW = settings(max_examples=200)


def stripped(text: str) -> str:
    return bare(Wording.of(FoldedText.of(text))).text


def same(put: str, question: str) -> bool:
    """Return whether two texts are understood alike."""
    names = Names(small_index.analyzer())
    understood, expected = understand(put, (), names), understand(question, (), names)
    return (
        understood.text.rstrip("?？!！。") == expected.text.rstrip("?？")
        and understood.answer_type is expected.answer_type
        and understood.required == expected.required
        and understood.names == expected.names
    )


@FEW
@given(BEFORE, CHINESE, BEHIND, st.booleans())
def test_courtesy_around_a_chinese_question_changes_nothing(
    before: str, question: str, behind: str, written_traditionally: bool
) -> None:
    if written_traditionally:
        before, behind = traditional(before), traditional(behind)
    assert same(before + question + behind, question)


@FEW
@given(BEFORE_EN, ENGLISH, BEHIND_EN)
def test_courtesy_around_an_english_question_changes_nothing(
    before: str, question: str, behind: str
) -> None:
    assert same(before + question + behind, question)


@FEW
@given(TEXTS)
def test_something_is_left_of_any_text(text: str) -> None:
    assert bool(stripped(text)) is bool(text)


@pytest.mark.parametrize(
    ("put", "question"),
    [
        ("能告诉我灯塔有多高吗？", "灯塔有多高？"),
        ("请问您知道灯塔有多高吗？", "灯塔有多高？"),
        ("有没有人知道灯塔多高呀？在线等，急！", "灯塔多高？"),
        ("请教一下各位，灯塔多高", "灯塔多高"),
        ("灯塔有多高你知道吗？", "灯塔有多高"),
        ("可以问一下票价是多少吗？谢谢您！🙏", "票价是多少？"),
        ("Could you please tell me how long the pier is? Thanks!", "How long is the pier?"),
        ("Do you know who built the pier?", "Who built the pier?"),
        ("Sorry to bother you, but could you tell me who built it?", "Who built it?"),
        ("I was wondering if the pier is open", "The pier is open"),
        (
            "I'd like to know what the price of the ticket is, please",
            "What is the price of the ticket",
        ),
    ],
)
def test_what_is_wrapped_is_taken_out(put: str, question: str) -> None:
    assert stripped(put) == question


@pytest.mark.parametrize(
    "question",
    [
        "谢谢！",
        "你好",
        "你好用日语怎么说",
        "“谢谢”用日语怎么说",
        "谢谢是什么意思",
        "日语里怎么说谢谢",
        "谁知道密码?",
        "你知道云岭大桥吗",
        "问题一共有几个?",
        "咨询电话是多少",
        "查询费用是多少",
        "可以看电影吗",
        "要找谁投诉？",
        "急诊室在哪里",
        "感谢信是谁写的",
        "介绍一下云岭大桥",
        "帮我列出所有文章",
        "那价格呢？",
        "Can you tell me about the pier?",
        "",
    ],
)
def test_what_is_no_courtesy_stays(question: str) -> None:
    assert stripped(question) == question


@pytest.mark.parametrize(
    ("put", "question"),
    [
        ("请教一下，灯塔多高？谢", "灯塔多高？"),
        ("灯塔有多高呢？", "灯塔有多高？"),
        ("谁是新来的校长呢?", "谁是新来的校长?"),
        ("Ok everyone, how tall is it?", "How tall is it?"),
        ("So how tall is it?", "How tall is it?"),
        *(
            (kept, kept)
            for kept in (
                "什么是新陈代谢?",
                "牡丹什么时候凋谢",
                "哪位院长姓谢?",
                "怎样向乡亲们表示感谢？",
                "请教育局长介绍哪项工作?",
                "想请教师节来的人是谁?",
                "So Paulo played where?",
                "Ok Tedi is a mine where?",
                "那几年呢?",
                "那多哈去年呢?",
            )
        ),
    ],
)
def test_what_only_looks_like_courtesy_stays(put: str, question: str) -> None:
    assert stripped(put) == question


@pytest.mark.parametrize(
    ("before", "put", "question"),
    [
        ("2031年甲县投入多少?", "那2032年呢?", "2032年甲县投入多少?"),
        ("2031年甲县投入多少?", "去年呢?", "去年甲县投入多少?"),
        ("北岸小学在哪里?", "那校长呢?", "北岸小学的校长是谁？"),
        ("云岭县教育局有多少人?", "局长呢？", "云岭县教育局的局长是谁？"),
        ("云岭大桥什么时候通车?", "全长呢?", "云岭大桥的全长是多少？"),
    ],
)
def test_a_topic_with_a_particle_follows_on_what_was_asked(
    names: Names, before: str, put: str, question: str
) -> None:
    assert understand(put, [Turn("user", before)], names).text == question
