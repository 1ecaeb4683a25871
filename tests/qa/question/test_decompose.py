"""A question about several parties becomes one for each, which names no other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.entities.names import Names
from qa.question.decompose import asks_each, parts, parts_among
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
STEMS = st.text("稻香石桥云岭沙湾松江白塔柳泉南浦竹溪红旗星河金川", min_size=2, max_size=2)
NAMES = st.tuples(STEMS, st.sampled_from(["县", "中学", "医院", "剧团", "码头"])).map("".join)
LATIN = st.from_regex(r"[BDKLMPRT][aeiou][lmnrst][aeiou]x", fullmatch=True)
NAMES_EN = st.tuples(LATIN, st.sampled_from(["", " College", " Rail", " of Kent"])).map("".join)
HAN = st.lists(NAMES, min_size=2, max_size=4, unique_by=lambda name: name[:2])
ENGLISH = st.lists(NAMES_EN, min_size=2, max_size=4, unique_by=lambda name: name[:5])
LAST = st.sampled_from(["和", "与", "以及", "、"])
RESTS = st.sampled_from(["招了多少学生", "建于哪一年", "花了多少钱", "是谁设计的"])
ASKED_EN = st.sampled_from(
    [
        "How much did {} receive respectively?", "When were {} founded?", "Compare {}.",
        "How many members do {} each have?", "What is the budget of {} in 2019?",
    ]
)  # fmt: skip


def check(question: str, names: list[str]) -> None:
    """Check that each name has a question that names it alone."""
    named = parts(question)
    assert [part.party for part in named] == names
    for part in named:
        assert [name for name in names if name in part.question] == [part.party]
        assert part.question[-1] in "？?"


@FEW
@given(HAN, LAST, st.sampled_from(["分别", "各自", "都分别"]), RESTS)
def test_each_party_of_a_chinese_question_has_its_own(
    names: list[str], last: str, word: str, rest: str
) -> None:
    listed = "、".join(names[:-1]) + last + names[-1]
    check(f"{listed}{word}{rest}？", names)
    assert all(part.question == f"{part.party}{rest}？" for part in parts(f"{listed}{word}{rest}"))


@FEW
@given(HAN, LAST, st.sampled_from(["比较", "请对比一下"]), st.sampled_from(["面积", "票价"]))
def test_what_is_compared_is_asked_of_each(
    names: list[str], last: str, word: str, what: str
) -> None:
    listed = "、".join(names[:-1]) + last + names[-1]
    check(f"{word}{listed}的{what}", names)
    assert all(
        f"{part.party}的{what}" in part.question for part in parts(f"{word}{listed}的{what}")
    )


@FEW
@given(ENGLISH, st.sampled_from([" and ", ", and ", " or "]), ASKED_EN)
def test_each_party_of_an_english_question_has_its_own(
    names: list[str], last: str, asked: str
) -> None:
    check(asked.format(", ".join(names[:-1]) + last + names[-1]), names)


@FEW
@given(NAMES, RESTS, NAMES_EN, ASKED_EN)
def test_a_question_about_one_party_is_left_alone(
    name: str, rest: str, english: str, asked: str
) -> None:
    assert parts(f"{name}{rest}？") == []
    assert parts(f"{name}分别{rest}？") == []
    assert parts(asked.format(english)) == []


@FEW
@given(TEXTS)
def test_any_question_has_no_parts_or_several_that_name_their_parties(question: str) -> None:
    named = parts(question)
    assert len(named) != 1
    assert all(part.party in part.question for part in named)


@FEW
@given(HAN)
def test_parties_that_only_the_texts_name_are_asked_about_in_their_order(names: list[str]) -> None:
    counties = [f"{name[:2]}县" for name in names]
    texts = [f"{county}种了两千亩茶。" for county in counties]
    named = parts_among("各县分别种了多少茶？", "县", [*texts, *texts])
    assert [part.party for part in named] == counties
    assert [part.question for part in named] == [f"{county}种了多少茶？" for county in counties]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("省队和市队各有多少人?", ["省队有多少人？", "市队有多少人？"]),
        ("省隊與市隊分別拿了幾面獎牌？", ["省隊拿了幾面獎牌？", "市隊拿了幾面獎牌？"]),
        ("泰国和越南两国2019年分别出口多少?", ["泰国2019年出口多少？", "越南2019年出口多少？"]),
        ("恒河与湄公河的长度分别是多少?", ["恒河的长度是多少？", "湄公河的长度是多少？"]),
        ("和平饭店有多少房间?", []),
        ("玄奘是哪年出发和回国的?", []),
        (
            "How much did Thailand and Vietnam export in 2019, respectively?",
            ["How much did Thailand export in 2019?", "How much did Vietnam export in 2019?"],
        ),
        (
            "Compare the length of the Ganges and the Mekong",
            ["What are the length of the Ganges?", "What are the length of the Mekong?"],
        ),
        ("How long is the Ganges and who named it?", []),
    ],
)  # fmt: skip
def test_worked_cases(question: str, expected: list[str]) -> None:
    assert [part.question for part in parts(question)] == expected


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("各县分别种了多少茶？", "县"),
        ("各國投入多少？", "國"),
        ("How much did each school raise?", "school"),
        ("各种茶有什么区别？", None),
        ("How much does each cost?", None),
    ],
)
def test_a_question_about_each_of_a_kind_tells_the_kind(question: str, noun: str | None) -> None:
    assert asks_each(question) == noun


def test_a_name_may_begin_with_a_joint_and_how_they_compare_is_no_question_of_each() -> None:
    named = parts("和县与含山县分别有多少人?")
    assert [part.party for part in named] == ["和县", "含山县"]
    assert parts("How do Kent and Essex compare?") == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年北京和上海分别新增多少人?", ["2023年北京新增多少人？", "2023年上海新增多少人？"]),
        ("去年甲县与乙县分别产茶多少?", ["去年甲县产茶多少？", "去年乙县产茶多少？"]),
        ("2031年和2032年分别产茶多少?", ["2031年产茶多少？", "2032年产茶多少？"]),
        ("甲公司的产品A和产品B分别卖几元?", ["甲公司的产品A卖几元？", "甲公司的产品B卖几元？"]),
        ("甲校的校长和乙校的老师分别是谁?", ["甲校的校长是谁？", "乙校的老师是谁？"]),
        ("市一院和市三院各有几张床?", ["市一院有几张床？", "市三院有几张床？"]),
        ("甲社和乙社两家公司分别有几人?", ["甲社有几人？", "乙社有几人？"]),
        ("埃及和土耳其分别有多大?", ["埃及有多大？", "土耳其有多大？"]),
        ("呼和浩特和包头分别有多大?", ["呼和浩特有多大？", "包头有多大？"]),
        ("中华人民共和国和日本分别有多大?", ["中华人民共和国有多大？", "日本有多大？"]),
        ("及时雨公司及大雨公司分别有几人?", ["及时雨公司有几人？", "大雨公司有几人？"]),
        ("How much did Marks and Spencer earn?", []),
        ("When was Reed and Moss founded?", []),
    ],
)
def test_parties_keep_what_they_share_and_names_stay_whole(
    names: Names, question: str, expected: list[str]
) -> None:
    assert [part.question for part in parts(question)] == expected
    assert [part.question for part in parts(question, names)] == expected


def test_the_tagger_tells_names_that_hold_a_joint_and_people_nobody_owns(names: Names) -> None:
    named = parts("提及率和普及率分别是多少?", names)
    assert [part.party for part in named] == ["提及率", "普及率"]
    named = parts("王明的老师和李晨分别多大?", names)
    assert [part.question for part in named] == ["王明的老师多大？", "李晨多大？"]


def test_a_market_is_no_city() -> None:
    text = "大型超市和云岭市投入一万元。甲公司上市，股市大涨，沙湾市投入两万元。"
    assert [part.party for part in parts_among("各市投入多少?", "市", [text])] == [
        "云岭市",
        "沙湾市",
    ]
