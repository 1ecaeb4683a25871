"""Questions for the date of a clause, worked by hand."""

import pytest

from qa.entities.names import Names
from qa.suggestions.assertions import assertions
from qa.suggestions.date_questions import questions


def asked(sentence: str, names: Names) -> list[tuple[str, str]]:
    """Return the questions about a sentence, with their answers."""
    return [
        (draft.question, draft.answer.of(sentence))
        for assertion in assertions(sentence, names)
        for draft in questions(assertion)
    ]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "港珠澳大桥于2018年10月24日正式通车。",
            "港珠澳大桥什么时候正式通车？",
            "2018年10月24日",
        ),
        ("2018年10月24日，港珠澳大桥正式通车。", "港珠澳大桥什么时候正式通车？", "2018年10月24日"),
        ("北京大学创办于1898年。", "北京大学创办于哪一年？", "1898年"),
        ("《流浪地球》将于8月29日上映。", "《流浪地球》什么时候上映？", "8月29日"),
        (
            "《上海市数据条例》自2022年1月1日起施行。",
            "《上海市数据条例》从什么时候起施行？",
            "2022年1月1日",
        ),
        ("北京地铁1965年7月1日动工。", "北京地铁什么时候动工？", "1965年7月1日"),
        ("《西游记》最早在1986年播出。", "《西游记》最早在哪一年播出？", "1986年"),
        ("张晓刚2015年至2017年担任ISO主席。", "张晓刚什么时候担任ISO主席？", "2015年至2017年"),
    ],
)
def test_the_date_gives_way_to_what_asks_for_it(
    sentence: str, question: str, answer: str, names: Names
) -> None:
    assert (question, answer) in asked(sentence, names)


@pytest.mark.parametrize(
    "sentence",
    [
        "北京大学于8月15日召开会议。",  # which one?
        "8月15日，北京大学发布通知。",
        "北京大学8月15日表示愿意合作。",
        "8月12日，北京大学发生一起事故。",
        "北京大学从2002年每年举办音乐节。",
        "2019年，北京大学获得3亿元资助。",  # the amount is what is told
        "《流浪地球》将于2024年夏天上映。",  # no whole date
        "微软公司2015年推出的系统很好用。",
        "2008年8月1日，北京奥运会开幕前一周。",
    ],
)
def test_a_date_of_no_event_of_its_own_is_left_alone(sentence: str, names: Names) -> None:
    assert asked(sentence, names) == []
