"""Small talk is recognized in three languages, and never taken for a question with content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText, traditional
from qa.talk.phrases import Topic
from qa.talk.small_talk import topic_of, without_small_talk
from tests.qa.test_rule_cases import CASES as RULE_CASES
from tests.support.api import CASES as SAMPLE_CASES

PHRASES = {
    Topic.GREETING: [
        "你好", "妳好", "您好", "大家好", "早上好", "嗨", "在吗", "有人吗", "最近好吗", "新年快乐",
        "hi", "hello there", "good evening", "How are you?", "What's up?", "anyone here?",
    ],
    Topic.THANKS: [
        "谢谢", "非常感谢", "多谢您的解答", "辛苦了", "麻烦你了", "好的谢谢", "不用了谢谢",
        "谢谢谢谢", "感谢你们的耐心解答", "太谢谢了",
        "thanks", "Thank you so much!", "many thanks for your help", "appreciate it",
    ],
    Topic.GOODBYE: [
        "再见", "拜拜", "下次再聊", "我先走了", "没有别的问题了", "晚安", "祝您生活愉快",
        "bye", "See you later", "good night", "that's all for now", "no more questions",
    ],
    Topic.PRAISE: [
        "真厉害", "你太棒了", "回答得很好", "很有帮助", "说得很清楚", "给你点赞", "学到了",
        "great answer", "That's very helpful", "well done", "I love it", "wow",
    ],
    Topic.COMPLAINT: [
        "你说错了", "这个答案不对", "答非所问", "胡说八道", "太差了", "没有回答我的问题",
        "完全没用",
        "That's wrong", "your answer is not correct", "this doesn't help", "you made that up",
    ],
    Topic.IDENTITY: [
        "你是谁", "你叫什么名字", "你是机器人吗", "你是真人还是机器", "介绍一下你自己",
        "谁开发的你",
        "这是什么网站", "你用的是什么模型",
        "who are you", "What is your name?", "Are you a bot?", "who made you", "introduce yourself",
    ],
    Topic.HELP: [
        "你能做什么", "你会什么", "你们可以提供什么服务", "我可以问什么", "怎么提问",
        "能帮我什么忙",
        "我想问个问题", "你有什么功能", "帮助", "这个系统怎么用", "有什么可以问的",
        "help", "What can you do?", "how do I use this?", "what can I ask you", "I have a question",
        "can you help me", "how does this work",
    ],
    Topic.ASSENT: ["好的", "知道了", "明白", "嗯嗯", "原来如此", "ok", "Got it", "I see", "yes"],
}  # fmt: skip
SAID = [(topic, phrase) for topic, phrases in PHRASES.items() for phrase in phrases]
MARKS = st.text(alphabet="!！。.~～…、，, ?？😊🙏", max_size=4)
SOUNDS = st.sampled_from(["", "呀", "啊", "哦", "哈", "呢", "啦"])
QUESTIONS = [case.question for case in SAMPLE_CASES]
QUESTIONS += [case["question"] for case in RULE_CASES]
NO_SMALL_TALK = [
    "你好用日语怎么说", "谢谢的繁体怎么写", "再见爱人是什么节目", "早稻田大学在哪里",
    "厉害的剑客是谁",
    "他是谁", "它有什么功能", "谁开发了这套系统", "你认识的第一位局长是谁", "帮助农户的资金有多少",
    "感谢信是谁写的", "机器人有几台", "什么模型最大", "新年晚会有几个节目", "公司能做什么零件",
    "好望角有多高", "晚安镇在哪里", "大家好公司的总部在哪里", "错了的数字是多少",
    "没用完的经费有多少",
    "who was the first director", "what is the name of the bridge", "how does the pump work",
    "what can the pump do", "who made the bridge", "hello kitty was designed by whom",
    "how are the pumps tested", "is the bridge right", "what are you required to file",
]  # fmt: skip


@pytest.mark.parametrize(("topic", "phrase"), SAID)
def test_a_phrase_is_of_its_topic(topic: Topic, phrase: str) -> None:
    assert topic_of(FoldedText.of(phrase)) is topic
    assert topic_of(FoldedText.of(traditional(phrase))) is topic
    assert topic_of(FoldedText.of(phrase.upper())) is topic


@given(st.sampled_from(SAID), MARKS, SOUNDS, MARKS)
def test_marks_and_sounds_change_nothing_of_a_chinese_phrase(
    said: tuple[Topic, str], before: str, sound: str, after: str
) -> None:
    topic, phrase = said
    message = before + phrase + (sound if not phrase.isascii() else "") + after
    assert topic_of(FoldedText.of(message)) is not None
    if not {"😊", "🙏"} & set(before + after):
        assert topic_of(FoldedText.of(message)) is topic


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=3))
def test_of_several_topics_the_first_decides(said: list[tuple[Topic, str]]) -> None:
    message = "，".join(phrase for _, phrase in said)
    if len(message) <= 80:
        first = min((topic for topic, _ in said), key=lambda topic: topic.value)
        assert topic_of(FoldedText.of(message)) is first


@pytest.mark.parametrize("question", [*QUESTIONS, *NO_SMALL_TALK])
def test_a_question_with_content_is_no_small_talk(question: str) -> None:
    assert topic_of(FoldedText.of(question)) is None


@given(st.sampled_from(SAID), st.sampled_from([*QUESTIONS, *NO_SMALL_TALK]), st.booleans())
def test_small_talk_around_a_question_does_not_hide_it(
    said: tuple[Topic, str], question: str, is_first: bool
) -> None:
    message = f"{said[1]}，{question}" if is_first else f"{question} {said[1]}"
    assert topic_of(FoldedText.of(message)) is None
    core = FoldedText.of(question).folded.rstrip(" ?!。.")
    assert core in without_small_talk(FoldedText.of(message))


@given(st.text(max_size=90))
def test_any_text_is_looked_at(text: str) -> None:
    message = FoldedText.of(text)
    is_talk = topic_of(message, has_history=True) is not None
    assert not (is_talk and len(text) > 80)
    assert without_small_talk(message) in message.folded


def test_what_may_follow_on_a_question_is_about_yiju_only_without_one() -> None:
    for phrase in ("怎么用？", "有什么功能", "使用说明"):
        assert topic_of(FoldedText.of(phrase)) is Topic.HELP
        assert topic_of(FoldedText.of(phrase), has_history=True) is None


def test_marks_alone_ask_for_help() -> None:
    for marks in ("？", "...", "  ", "请问"):
        assert topic_of(FoldedText.of(marks)) is Topic.HELP
    assert topic_of(FoldedText.of("👍👍")) is Topic.PRAISE
    assert topic_of(FoldedText.of("🙂")) is Topic.ASSENT


def test_small_talk_is_taken_off_at_both_ends_only() -> None:
    assert without_small_talk(FoldedText.of("您好！有几篇文章？谢谢")) == "有几篇文章?"
    assert without_small_talk(FoldedText.of("甲说：“谢谢”，乙说什么")) == "甲说:“谢谢”,乙说什么"
    assert without_small_talk(FoldedText.of("你好，谢谢")) == ""
