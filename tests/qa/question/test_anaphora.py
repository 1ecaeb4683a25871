"""A follow-up is completed from the question before; a complete question is left alone."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.rewrite import stand_alone
from qa.question.topic import THINGS, statement, topic
from tests.conftest import ROOT
from tests.support import small_index
from tests.support.small_index import TEXTS
from training.data_folder import DATA

NIST = "美国通过NIST投资了多少?"
BRIDGE = "港珠澳大桥全长多少公里?"
WHO = "第一位担任ISO主席的中国人是谁?"
INVEST = "How much did the US invest through NIST?"
UNRELATED = (NIST, BRIDGE, WHO, INVEST, "Who is the director of NIST?", "谁提出了智慧国家计划?")
TRIAL = DATA / "reading" / "cmrc2018-trial.json.gz"
ASKING = st.text(
    alphabet="它他其该这那是的在谁哪年多少为什么时候有事投资计划itwhenod ?", max_size=20
)


def rewritten(questions: list[str]) -> list[str]:
    """Return the questions that any unrelated history changes."""
    names = Names(small_index.analyzer())
    return [
        question
        for question in questions
        if any(stand_alone(FoldedText.of(question), [before], names) for before in UNRELATED)
    ]


@given(TEXTS | ASKING, TEXTS | ASKING | st.sampled_from(UNRELATED))
def test_any_two_questions_give_a_question_or_none(question: str, before: str) -> None:
    names = Names(small_index.analyzer())
    whole = stand_alone(FoldedText.of(question), [before], names)
    assert whole is None or whole.strip()
    assert all(part in before for part in [topic(FoldedText.of(before), THINGS, names)] if part)
    assert len(statement(FoldedText.of(before)).text) <= len(before) + len("的人")


def test_questions_that_stand_alone_are_left_alone() -> None:
    lines = (ROOT / "tests" / "data" / "sample-questions.jsonl").read_text(encoding="utf-8")
    assert rewritten([json.loads(line)["question"] for line in lines.splitlines()]) == []


@pytest.mark.skipif(not TRIAL.exists(), reason="needs the reading sets beside the project")
def test_of_questions_about_encyclopedia_articles_hardly_any_is_touched() -> None:
    data = json.loads(gzip.decompress(TRIAL.read_bytes()))["data"]
    paragraphs = [paragraph for article in data for paragraph in article["paragraphs"]]
    asked = [entry["question"] for paragraph in paragraphs for entry in paragraph["qas"]]
    assert len(rewritten(asked[:500])) <= 5  # those that say 它, 其 or 这个计划


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("是哪一年的事?", NIST, "美国通过NIST投资是哪一年的事?"),
        ("那是什麼時候的事？", NIST, "美国通过NIST投资是什麼時候的事？"),
        ("为什么?", NIST, "为什么美国通过NIST投资?"),
        ("这是为什么呢?", NIST, "为什么美国通过NIST投资呢?"),
        ("在哪里?", BRIDGE, "港珠澳大桥在哪里?"),
        ("是谁提出的?", "“智慧国家2025”是哪个国家的计划?", "“智慧国家2025”是谁提出的?"),
        ("那是多少?", "深中通道的总投资是什么时候公布的?", "深中通道的总投资公布是多少?"),
        ("一共花了多少钱?", BRIDGE, "港珠澳大桥一共花了多少钱?"),
        ("它有多长?", BRIDGE, "港珠澳大桥有多长?"),
        ("它有多長?", "港珠澳大橋在哪裡?", "港珠澳大橋有多長?"),
        ("其总部在哪里?", NIST, "NIST的总部在哪里?"),
        ("该机构有多少人?", NIST, "NIST有多少人?"),
        ("这个计划是谁提出的?", "新加坡的智慧国家计划分几步?", "智慧国家计划是谁提出的?"),
        ("他是哪年上任的?", WHO, "第一位担任ISO主席的中国人是哪年上任的?"),
        ("他是谁?", "李晨因参加什么综艺节目而走红?", "李晨是谁?"),
        ("为什么它这么贵?", "雅万高铁哪天开通的?", "为什么雅万高铁这么贵?"),
        ("When was that?", INVEST, "When did the US invest through NIST?"),
        ("And where?", INVEST, "Where did the US invest through NIST?"),
        ("Why?", "When did the Suzhou bridge open?", "Why did the Suzhou bridge open?"),
        ("When was that?", "Who founded ISO?", "Founded ISO: when was that?"),
        ("Is it open?", "When did the Suzhou bridge open?", "Is the Suzhou bridge open?"),
        ("Who founded it?", "Where is the headquarters of ISO?", "Who founded ISO?"),
        ("What is its budget?", INVEST, "What is NIST's budget?"),
        ("Is she old?", "Who is the director of NIST?", "Is the director of NIST old?"),
    ],
)  # fmt: skip
def test_what_is_missing_is_taken_from_before(
    names: Names, question: str, before: str, whole: str
) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) == whole


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("他是谁?", BRIDGE),
        ("When was she born?", INVEST),
        ("那又怎么样呢?", NIST),
        ("其他国家投资了多少?", NIST),
        ("How long does it take to build a bridge?", INVEST),
        ("Is it true that Canada left?", INVEST),
        ("那个城市在哪里?", "怎么办?"),
        ("是哪一年的事?", "为什么?"),
        ("When was that?", "Who is the director of NIST?"),
    ],
)
def test_what_cannot_be_filled_is_left(names: Names, question: str, before: str) -> None:
    assert stand_alone(FoldedText.of(question), [before], names) is None


def test_it_goes_on_through_the_history(names: Names) -> None:
    asked = [NIST, "那国家科学基金会呢?", "是哪一年的事?"]
    assert (
        stand_alone(FoldedText.of("为什么?"), asked, names) == "为什么美国通过国家科学基金会投资?"
    )
