"""Questions for the name in a clause, worked by hand."""

import pytest

from qa.entities.names import Names
from qa.suggestions.assertions import assertions
from qa.suggestions.name_questions import questions


def asked(sentence: str, names: Names) -> list[tuple[str, str]]:
    """Return the questions about a sentence, with their answers."""
    return [
        (draft.question, draft.answer.of(sentence))
        for assertion in assertions(sentence, names)
        for draft in questions(assertion, names)
    ]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("《满江红》由张艺谋执导。", "《满江红》由谁执导？", "张艺谋"),
        ("白鹤滩水电站由中国三峡集团建设。", "白鹤滩水电站由谁建设？", "中国三峡集团"),
        ("北京大学位于北京市海淀区。", "北京大学位于哪里？", "北京市海淀区"),
        ("国际奥委会总部设在洛桑。", "国际奥委会总部设在哪里？", "洛桑"),
        ("北京车展于4月25日在北京举行。", "北京车展在哪里举行？", "北京"),
        ("白鹤滩水电站是世界第二大水电站。", "世界第二大水电站是哪座？", "白鹤滩水电站"),
        ("世界上第一条高速铁路是东海道新干线。", "世界上第一条高速铁路是哪条？", "东海道新干线"),
        ("北斗工程的首任总设计师是孙家栋。", "北斗工程的首任总设计师是谁？", "孙家栋"),
    ],
)
def test_the_name_gives_way_to_what_asks_for_it(
    sentence: str, question: str, answer: str, names: Names
) -> None:
    assert (question, answer) in asked(sentence, names)


@pytest.mark.parametrize(
    "sentence",
    [
        "《鬼驱人》由导演吉尔·凯南执导的影片改编。",
        "习近平在北京为西哈莫尼举行欢迎仪式。",
        "中国和美国是南非两个最大的贸易伙伴。",
        "北京是中国最大的城市之一。",
        "北京大学是最好的。",
        "恒大集团董事最高酬金是7995.2万元。",
        "张三是第一批学生。",
    ],
)
def test_a_name_that_would_not_answer_is_left_alone(sentence: str, names: Names) -> None:
    assert asked(sentence, names) == []
