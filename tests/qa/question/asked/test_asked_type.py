"""The answer types of questions, however they are put, and the spans of each type."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.answer_types import OF_ARTICLE, PATTERNS, SHORT, AnswerType
from qa.entities.amounts import candidates
from qa.question.asked.asked_type import _COMPILED, classify
from tests.support.small_index import TEXTS


@given(st.text())
def test_every_question_asks_for_something(question: str) -> None:
    assert classify(FoldedText.of(question)) in AnswerType


@given(st.sampled_from(sorted(PATTERNS)), TEXTS, TEXTS)
def test_candidates_are_ranges_of_the_text_in_order(
    answer_type: AnswerType, text: str, question: str
) -> None:
    spans = candidates(answer_type, text, FoldedText.of(question))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(
    st.integers(1, 9999), st.sampled_from("万亿"), st.sampled_from(["美元", "元", "欧元", "英镑"])
)
def test_an_amount_is_found_whole_and_is_no_number(amount: int, scale: str, currency: str) -> None:
    text = f"甲国共投入{amount}{scale}{currency}，供98个城市使用。"
    assert [s.of(text) for s in candidates(AnswerType.MONEY, text)] == [
        f"{amount}{scale}{currency}"
    ]
    asked = FoldedText.of("有多少个?")
    assert [s.of(text) for s in candidates(AnswerType.NUMBER, text, asked)] == ["98个"]


@given(st.dates())
def test_a_date_is_found_whole(day: object) -> None:
    year, month, date = (int(part) for part in str(day).split("-"))
    if year < 1500 or year > 2099:
        return
    for form in (f"{year}年{month}月{date}日", f"{year}年{month}月", f"{year}年", str(day)):
        text = f"大桥于{form}通车，长3公里。"
        assert [s.of(text) for s in candidates(AnswerType.DATE, text)] == [form]


WORKED = [
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
]


@pytest.mark.parametrize(("question", "answer_type"), WORKED)
def test_worked_questions(question: str, answer_type: str) -> None:
    assert classify(FoldedText.of(question)) == answer_type


@pytest.mark.parametrize("verb", ["give", "donate", "raise"])
def test_how_much_is_money_with_verbs_of_giving(verb: str) -> None:
    assert classify(FoldedText.of(f"How much did Canada {verb}?")) is AnswerType.MONEY


def test_a_sentence_with_amounts_of_several_types_is_split() -> None:
    text = "On May 5, 2018 they gave $3.5 million to 12 cities, 20 percent more than in 2016."
    assert {
        kind: [span.of(text) for span in candidates(kind, text)]
        for kind in (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.DATE)
    } == {
        AnswerType.MONEY: ["$3.5 million"],
        AnswerType.PERCENT: ["20 percent"],
        AnswerType.DATE: ["May 5, 2018", "2016"],
    }


def test_a_number_has_the_measure_that_is_asked_for() -> None:
    text = "98个城市的30家公司铺了1,200公里。"
    for question, expected in [("多少家公司?", ["30家"]), ("多少公里?", ["1,200公里"])]:
        numbers = candidates(AnswerType.NUMBER, text, FoldedText.of(question))
        assert [span.of(text) for span in numbers] == expected


def test_the_groups_of_answer_types_do_not_overlap() -> None:
    assert PATTERNS < SHORT
    assert not SHORT & OF_ARTICLE


ASKED = [
    ("这篇文章是哪天发布的?", AnswerType.PUBLISHED),
    ("What is the date of this article?", AnswerType.PUBLISHED),
    ("这篇文章讲的会议是什么时候召开的?", AnswerType.DATE),
    ("该报道提到的标准是何时发布的?", AnswerType.DATE),
    ("文章来源是什么?", AnswerType.SOURCE),
    ("这篇报道转自哪里?", AnswerType.SOURCE),
    ("Where was this article published?", AnswerType.SOURCE),
    ("Where in the article is NIST mentioned?", AnswerType.PLACE),
    ("What is the title of this article?", AnswerType.TITLE),
    ("When was this article published?", AnswerType.PUBLISHED),
    ("What happened when the bridge opened?", AnswerType.OTHER),
    ("Is it open when it rains?", AnswerType.YES_NO),
    ("How much electricity does it provide?", AnswerType.NUMBER),
    ("How deep is the harbour?", AnswerType.NUMBER),
    ("What was the unemployment rate?", AnswerType.PERCENT),
    ("How many dollars were invested?", AnswerType.MONEY),
    ("What was the budget of the bridge?", AnswerType.MONEY),
    ("What fine did it pay?", AnswerType.MONEY),
    ("How much money was lost?", AnswerType.MONEY),
    ("How large was the investment?", AnswerType.MONEY),
    ("票价是多少?", AnswerType.MONEY),
    ("提供贷款多少?", AnswerType.MONEY),
    ("哪所大学参加了?", AnswerType.ORG),
    ("Which organizations joined?", AnswerType.ORG),
    ("总统是哪一位?", AnswerType.PERSON),
    ("何年通车?", AnswerType.DATE),
    ("会议召开了吗？？", AnswerType.YES_NO),
    ("原计划晚了多久开通?", AnswerType.PERIOD),
    ("設計使用壽命是多少年?", AnswerType.PERIOD),
    ("大桥建了几年?", AnswerType.PERIOD),
    ("是公元几年的事?", AnswerType.DATE),
    ("How long did construction take?", AnswerType.PERIOD),
    ("How many years did it last?", AnswerType.PERIOD),
    ("How long was the war?", AnswerType.PERIOD),
    ("How long is the bridge?", AnswerType.NUMBER),
    ("什么是智慧城市?", AnswerType.DEFINITION),
    ("智慧城市是什么?", AnswerType.DEFINITION),
    ("“三步走”指的是什么?", AnswerType.DEFINITION),
    ("What is a smart city?", AnswerType.DEFINITION),
    ("What does CBAM stand for?", AnswerType.DEFINITION),
    ("NIST的全称是什么?", AnswerType.OTHER),
    ("What is the name of the standard?", AnswerType.OTHER),
    ("又被称为什么?", AnswerType.OTHER),
    ("这是因为什么?", AnswerType.REASON),
    ("What is the reason for the delay?", AnswerType.REASON),
    ("由什么机构负责?", AnswerType.ORG),
    ("还有哪一个政党?", AnswerType.ORG),
    ("毕业于在哪所大学?", AnswerType.ORG),
    ("在哪个时期?", AnswerType.OTHER),
    ("在哪一個國家舉行?", AnswerType.PLACE),
    ("排名第几?", AnswerType.NUMBER),
    ("有几首歌?", AnswerType.NUMBER),
    ("What is the population of Oslo?", AnswerType.NUMBER),
    ("Which city hosted it?", AnswerType.PLACE),
    ("Which countries joined?", AnswerType.LIST),
    ("改革的三个特点是什么?", AnswerType.LIST),
    ("What were the causes?", AnswerType.LIST),
    ("Which singer won?", AnswerType.PERSON),
    ("Who was the founder?", AnswerType.PERSON),
    ("What state of mind was it?", AnswerType.OTHER),
    ("用什么方法测量?", AnswerType.MANNER),
    ("是怎样一场战争?", AnswerType.OTHER),
    ("代码需不需要修改?", AnswerType.YES_NO),
    ("能否进行栽培?", AnswerType.YES_NO),
    ("灯塔是几几年修的?", AnswerType.DATE),
    ("茶馆早上几点开门?", AnswerType.DATE),
    ("古樟今年几岁?", AnswerType.NUMBER),
    ("剧院建院几周年?", AnswerType.NUMBER),
    ("领奖的老人叫什么名字?", AnswerType.PERSON),
    ("新来的馆长姓什么?", AnswerType.PERSON),
    ("桂花糕怎么卖?", AnswerType.MONEY),
    ("门票几块钱?", AnswerType.MONEY),
    ("What fee did the museum charge?", AnswerType.MONEY),
    ("What amount does the garage charge?", AnswerType.MONEY),
    ("What top speed was reached?", AnswerType.NUMBER),
    ("在哪座机场降落?", AnswerType.PLACE),
    ("是哪个镇的人?", AnswerType.PLACE),
    ("由哪支乐队演奏?", AnswerType.ORG),
    ("收藏了多少幅油画?", AnswerType.NUMBER),
    ("动用了多少起重机?", AnswerType.NUMBER),
    ("一共花费多少?", AnswerType.MONEY),
    ("筹集了多少养老资金?", AnswerType.MONEY),
    ("音叉的频率是多少?", AnswerType.NUMBER),
    ("录取率是多少?", AnswerType.PERCENT),
    ("入住率从60%升到多少?", AnswerType.PERCENT),
    ("批发价是多少?", AnswerType.MONEY),
    ("保质期是多少?", AnswerType.PERIOD),
    ("出版日期是多少?", AnswerType.DATE),
    ("茶厂地址是什么?", AnswerType.PLACE),
    ("茶厂电话是什么?", AnswerType.NUMBER),
    ("顾清源是谁?", AnswerType.DEFINITION),
    ("Who is Ada Lovelace?", AnswerType.DEFINITION),
    ("穆怀远是干什么的?", AnswerType.DEFINITION),
    ("怎么会停电?", AnswerType.REASON),
    ("赢了没有?", AnswerType.YES_NO),
    ("停车费怎么收?", AnswerType.MONEY),
    ("奖金最高多少?", AnswerType.MONEY),
    ("报名费要交多少?", AnswerType.MONEY),
    ("How much is the ferry?", AnswerType.MONEY),
    ("能退票么?", AnswerType.YES_NO),
]


@pytest.mark.parametrize(("question", "answer_type"), ASKED)
def test_questions_are_classified(question: str, answer_type: AnswerType) -> None:
    assert classify(FoldedText.of(question)) is answer_type


COLLOQUIAL = [
    ("灯会啥时候开始", AnswerType.DATE),
    ("灯会多会儿开始", AnswerType.DATE),
    ("係幾時開幕的?", AnswerType.DATE),
    ("展覽是哪一天開幕的？", AnswerType.DATE),
    ("為啥停航?", AnswerType.REASON),
    ("咋预约", AnswerType.MANNER),
    ("票根放哪儿", AnswerType.PLACE),
    ("這家店在哪邊?", AnswerType.PLACE),
    ("老板今年多大了", AnswerType.NUMBER),
    ("塔有多高呀", AnswerType.NUMBER),
    ("便當一個多少錢呢？", AnswerType.MONEY),
    ("花了几多钱", AnswerType.MONEY),
    ("培訓多久？", AnswerType.PERIOD),
    ("有沒有停車場？", AnswerType.YES_NO),
    ("哪一間公司印刷的？", AnswerType.ORG),
    ("How old is the tree?", AnswerType.NUMBER),
    ("How far is the lake from the village?", AnswerType.NUMBER),
    ("Whose idea was the festival?", AnswerType.WHO),
    ("In what year did the mill close?", AnswerType.DATE),
    ("What percentage of pupils walk?", AnswerType.PERCENT),
]


@pytest.mark.parametrize(("question", "answer_type"), COLLOQUIAL)
def test_colloquial_and_taiwanese_wording_is_understood(
    question: str, answer_type: AnswerType
) -> None:
    assert classify(FoldedText.of(question)) is answer_type


def test_every_pattern_decides_an_example() -> None:
    questions = [FoldedText.of(question) for question, _ in (*WORKED, *ASKED)]
    plain = [question.folded.rstrip("?!.。 ") for question in questions]
    deciding = {
        next((pattern for _, pattern in _COMPILED if pattern.search(text)), None) for text in plain
    }
    assert not {pattern for _, pattern in _COMPILED} - deciding
