"""Questions for the amount of a clause, worked by hand."""

import pytest

from qa.entities.names import Names
from qa.suggestions.amount_questions import questions
from qa.suggestions.assertions import assertions


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
        ("港珠澳大桥全长55公里。", "港珠澳大桥有多长？", "55公里"),
        ("北京大兴机场总面积约为140万平方米。", "北京大兴机场总面积有多大？", "约为140万平方米"),
        ("上海中心大厦高632米。", "上海中心大厦有多高？", "632米"),
        ("东方明珠塔高468米。", "东方明珠塔有多高？", "468米"),
        ("2022年，北京大学总收入为20亿元。", "2022年北京大学总收入是多少？", "20亿元"),
        ("华为手环的售价为399元。", "华为手环的售价是多少？", "399元"),
        ("北京大学拥有36个院系。", "北京大学拥有多少个院系？", "36个"),
        ("北京大学设有3个校区。", "北京大学设有几个校区？", "3个"),
        ("上海迪士尼乐园建成公园100个。", "上海迪士尼乐园建成多少个公园？", "100个"),
        ("港珠澳大桥建设历时9年。", "港珠澳大桥建设历时多久？", "9年"),
        ("中国已和99个国家缔结互免签证协定。", "中国和多少个国家缔结互免签证协定？", "99个"),
        ("微软公司捐款5000万美元。", "微软公司捐款多少钱？", "5000万美元"),
        ("北京大学女生占全校学生的45%。", "北京大学女生占全校学生的百分之多少？", "45%"),
    ],
)
def test_the_amount_gives_way_to_what_asks_for_it(
    sentence: str, question: str, answer: str, names: Names
) -> None:
    assert (question, answer) in asked(sentence, names)


@pytest.mark.parametrize(
    "sentence",
    [
        "北京大学有一个图书馆。",  # nobody asks how many
        "北京大学有数百名教师。",  # nobody knows how many
        "北京大学有3个校区和36个院系。",  # two amounts
        "北京大学2022年有36个院系。",  # of a year
        "腾讯控股股价上涨1.65%。",  # of a day
        "广东有41个台风预警生效。",
        "腾讯控股营收同比增长9%。",  # of a time that is not said
        "北京大学估计有3000名教师。",
        "北京大学的教师比清华大学多300名。",
        "王宽总共抚养了6个。",  # six of what?
        "北京大学从3个校区增加到5个校区。",
        "华润置地报34港元/股。",
    ],
)
def test_an_amount_that_nobody_would_ask_for_is_left_alone(sentence: str, names: Names) -> None:
    assert asked(sentence, names) == []
