"""What a question asks for, and which spans of a sentence are of that kind."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer_types import OF_ARTICLE, PATTERNS, SHORT, Kind, kind_of
from qa.entities.amounts import candidates
from tests.support.small_index import TEXTS


@given(st.text())
def test_every_question_asks_for_something(question: str) -> None:
    assert kind_of(question) in Kind


@given(st.sampled_from(sorted(PATTERNS)), TEXTS, TEXTS)
def test_candidates_are_ranges_of_the_text_in_order(kind: Kind, text: str, question: str) -> None:
    spans = candidates(kind, text, question)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(
    st.integers(1, 9999), st.sampled_from("万亿"), st.sampled_from(["美元", "元", "欧元", "英镑"])
)
def test_an_amount_is_found_whole_and_is_no_number(amount: int, scale: str, currency: str) -> None:
    text = f"甲国共投入{amount}{scale}{currency}，供98个城市使用。"
    assert [s.of(text) for s in candidates(Kind.MONEY, text)] == [f"{amount}{scale}{currency}"]
    assert [s.of(text) for s in candidates(Kind.NUMBER, text, "有多少个?")] == ["98个"]


@given(st.dates())
def test_a_date_is_found_whole(day: object) -> None:
    year, month, date = (int(part) for part in str(day).split("-"))
    if year < 1500 or year > 2099:
        return
    for form in (f"{year}年{month}月{date}日", f"{year}年{month}月", f"{year}年", str(day)):
        text = f"大桥于{form}通车，长3公里。"
        assert [s.of(text) for s in candidates(Kind.DATE, text)] == [form]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("投资了多少?", "money"),
        ("花了多少钱?", "money"),
        ("How much did it cost?", "money"),
        ("How many pilots?", "number"),
        ("多少个城市参加?", "number"),
        ("大桥有多长?", "number"),
        ("占比是多少?", "percent"),
        ("What percentage of cities?", "percent"),
        ("大桥是什么时候通车的?", "date"),
        ("大橋是什麼時候通車的?", "date"),
        ("When did it open?", "date"),
        ("谁提出了计划?", "who"),
        ("负责人是谁?", "person"),
        ("哪家公司承建?", "org"),
        ("Which company built it?", "org"),
        ("哪个国家参加?", "place"),
        ("Where is it?", "place"),
        ("有哪些城市?", "list"),
        ("Which three cities?", "list"),
        ("为什么合作?", "reason"),
        ("Why did it fail?", "reason"),
        ("如何加强?", "manner"),
        ("是否参加?", "yes/no"),
        ("Is it open?", "yes/no"),
        ("这篇文章的标题是什么?", "title"),
        ("What is the source of this article?", "source"),
        ("这篇报道是哪天发布的?", "published"),
        ("What is it?", "other"),
        ("", "other"),
    ],
)
def test_worked_questions(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize("verb", ["give", "donate", "raise"])
def test_how_much_is_money_where_one_gives(verb: str) -> None:
    assert kind_of(f"How much did Canada {verb}?") is Kind.MONEY


def test_a_mixed_sentence_is_taken_apart() -> None:
    text = "On May 5, 2018 they gave $3.5 million to 12 cities, 20 percent more than in 2016."
    assert {
        kind: [span.of(text) for span in candidates(kind, text)]
        for kind in (Kind.MONEY, Kind.PERCENT, Kind.DATE)
    } == {
        Kind.MONEY: ["$3.5 million"],
        Kind.PERCENT: ["20 percent"],
        Kind.DATE: ["May 5, 2018", "2016"],
    }


def test_a_number_has_the_measure_that_is_asked_for() -> None:
    text = "98个城市的30家公司铺了1,200公里。"
    for question, expected in [("多少家公司?", ["30家"]), ("多少公里?", ["1,200公里"])]:
        assert [s.of(text) for s in candidates(Kind.NUMBER, text, question)] == expected


def test_the_groups_of_kinds_do_not_overlap() -> None:
    assert PATTERNS < SHORT
    assert not SHORT & OF_ARTICLE


ASKED = [
    ("这篇文章是哪天发布的?", Kind.PUBLISHED),
    ("这篇文章讲的会议是什么时候召开的?", Kind.DATE),
    ("该报道提到的标准是何时发布的?", Kind.DATE),
    ("文章来源是什么?", Kind.SOURCE),
    ("Where in the article is NIST mentioned?", Kind.PLACE),
    ("What is the title of this article?", Kind.TITLE),
    ("When was this article published?", Kind.PUBLISHED),
    ("What happened when the bridge opened?", Kind.OTHER),
    ("Is it open when it rains?", Kind.YES_NO),
    ("How much electricity does it provide?", Kind.NUMBER),
    ("How deep is the harbour?", Kind.NUMBER),
    ("How many dollars were invested?", Kind.MONEY),
    ("How large was the investment?", Kind.MONEY),
    ("票价是多少?", Kind.MONEY),
    ("提供贷款多少?", Kind.MONEY),
    ("哪所大学参加了?", Kind.ORG),
    ("Which organizations joined?", Kind.ORG),
    ("总统是哪一位?", Kind.PERSON),
    ("何年通车?", Kind.DATE),
    ("会议召开了吗？？", Kind.YES_NO),
    ("原计划晚了多久开通?", Kind.PERIOD),
    ("設計使用壽命是多少年?", Kind.PERIOD),
    ("大桥建了几年?", Kind.PERIOD),
    ("是公元几年的事?", Kind.DATE),
    ("How long did construction take?", Kind.PERIOD),
    ("How many years did it last?", Kind.PERIOD),
    ("How long is the bridge?", Kind.NUMBER),
    ("什么是智慧城市?", Kind.DEFINITION),
    ("智慧城市是什么?", Kind.DEFINITION),
    ("“三步走”指的是什么?", Kind.DEFINITION),
    ("What is a smart city?", Kind.DEFINITION),
    ("What does CBAM stand for?", Kind.DEFINITION),
    ("NIST的全称是什么?", Kind.OTHER),
    ("What is the name of the standard?", Kind.OTHER),
    ("又被称为什么?", Kind.OTHER),
    ("这是因为什么?", Kind.REASON),
    ("由什么机构负责?", Kind.ORG),
    ("还有哪一个政党?", Kind.ORG),
    ("毕业于在哪所大学?", Kind.ORG),
    ("在哪个时期?", Kind.OTHER),
    ("在哪一個國家舉行?", Kind.PLACE),
    ("排名第几?", Kind.NUMBER),
    ("有几首歌?", Kind.NUMBER),
    ("What is the population of Oslo?", Kind.NUMBER),
    ("Which countries joined?", Kind.LIST),
    ("Which singer won?", Kind.PERSON),
    ("What state of mind was it?", Kind.OTHER),
    ("用什么方法测量?", Kind.MANNER),
    ("是怎样一场战争?", Kind.OTHER),
    ("代码需不需要修改?", Kind.YES_NO),
    ("能否进行栽培?", Kind.YES_NO),
]


@pytest.mark.parametrize(("question", "kind"), ASKED)
def test_what_is_asked_for_is_understood(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind
