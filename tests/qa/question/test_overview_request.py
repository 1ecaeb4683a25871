"""What an overview is asked of, in three languages; questions for a fact ask for none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText, traditional
from qa.question.overview_request import Subject, subject_of
from tests.qa.test_rule_cases import CASES as RULE_CASES
from tests.support.api import CASES as SAMPLE_CASES

CHINESE = [
    "介绍一下{}", "请简单介绍一下{}的情况", "介绍{}", "能不能给我讲讲{}", "说说{}吧", "科普一下{}",
    "总结一下{}", "请概括{}的主要内容",
    "归纳一下{}的要点", "{}是什么样的", "{}是个什么样的地方", "{}是怎么回事", "{}讲了什么",
    "{}主要讲的是什么", "{}有哪些要点",
    "{}的主要内容是什么？", "{}的概况", "关于{}，你知道些什么", "我想了解一下{}",
    "介绍一下《{}》这篇文章",
]  # fmt: skip
ENGLISH = [
    "Tell me about {}", "Could you please tell me more about {}?", "Describe {}.", "Summarize {}",
    "please summarise {}",
    "Give me a short overview of {}", "summary of {}", "What is {} about?",
    "What do you know about {}?", "introduce {}",
    "What are the key points of {}?", "the main points of {}", "What does {} say?",
]  # fmt: skip
LAST = [
    "总结一下", "请总结这篇文章", "有哪些要点？", "主要内容是什么", "概括一下全文", "介绍一下它",
    "這篇文章講了什麼",
    "Summarize", "summarize this article", "What are the main points?",
    "What is this article about?",
]  # fmt: skip
FACTS = [
    "长江大桥有多长", "谁设计了大桥", "介绍信怎么开", "古树条例第六条的主要内容是什么",
    "介绍费是多少", "大桥为什么拆了",
    "大桥的总结报告由谁写", "长城在哪里", "Who described the bridge first?",
    "What is the summary fee?", "How long is the bridge",
]  # fmt: skip
WORD = st.text(alphabet="甲乙丙丁戊桥河山城站灯塔", min_size=2, max_size=8)


@given(st.sampled_from(CHINESE), WORD)
def test_a_subject_is_cut_out_of_a_chinese_request(request: str, word: str) -> None:
    assert subject_of(FoldedText.of(request.format(word)), ()) == Subject(word)


@pytest.mark.parametrize("request_", CHINESE)
def test_it_is_given_as_it_was_written(request_: str) -> None:
    question = traditional(request_).format("韓國銀行")
    assert subject_of(FoldedText.of(question), ()) == Subject("韓國銀行")


@pytest.mark.parametrize("request_", ENGLISH)
def test_a_subject_is_cut_out_of_an_english_request(request_: str) -> None:
    question = request_.format("the Harbour Bridge")
    assert subject_of(FoldedText.of(question), ()) == Subject("Harbour Bridge")


@pytest.mark.parametrize("request_", LAST)
def test_what_points_back_is_about_the_question_before(request_: str) -> None:
    forms = FoldedText.of(request_)
    assert subject_of(forms, ["长江大桥有多长？"]) == Subject("长江大桥有多长？", is_last=True)
    assert subject_of(forms, ()) == Subject("", is_last=True)


@given(WORD, st.sampled_from(["", "？", "。", " ", "!"]))
def test_a_name_alone_is_bare(word: str, end: str) -> None:
    assert subject_of(FoldedText.of(word + end), ()) == Subject(word, is_bare=True)
    assert subject_of(FoldedText.of(f"《{word}》{end}"), ()) == Subject(word, is_bare=True)


@pytest.mark.parametrize("question", FACTS)
def test_a_question_for_a_fact_asks_for_no_overview(question: str) -> None:
    assert subject_of(FoldedText.of(question), ()) is None


def test_the_questions_of_the_tests_ask_for_facts() -> None:
    questions = [case.question for case in SAMPLE_CASES]
    questions += [case["question"] for case in RULE_CASES]
    subjects = {question: subject_of(FoldedText.of(question), ()) for question in questions}
    assert {question for question, subject in subjects.items() if subject} <= {
        question for question, subject in subjects.items() if subject and subject.is_bare
    }


@given(st.text(max_size=90))
def test_a_subject_is_part_of_the_question(text: str) -> None:
    subject = subject_of(FoldedText.of(text), ())
    assert subject is None or subject.text in text
