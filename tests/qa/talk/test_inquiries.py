"""Questions about the collection are told from questions to the articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import fold
from qa.talk.inquiries import Inquiry, Wanted, inquiry_of
from tests.qa.test_rule_cases import CASES as RULE_CASES
from tests.support.api import CASES as SAMPLE_CASES

ASKED = {
    Wanted.COUNT: [
        "有几篇文章", "这里一共有多少篇报道？", "你读过多少文章" , "文章总数是多少",
        "收录了几份文档", "資料庫裡有多少篇文章",
        "how many articles are there", "How many documents do you have?",
        "what is the number of articles",
    ],
    Wanted.LIST: [
        "列出所有文章", "有哪些文章？", "文章列表", "给我看看全部文章的标题", "目录",
        "都有什么报道", "請列出所有文章", "你这里收录了哪些文档",
        "list all articles", "show me the documents", "What articles do you have?",
        "which documents are available",
    ],
    Wanted.NEWEST: [
        "最新的是哪篇", "最新的文章是哪一篇", "哪篇文章最新？", "最近有什么新文章",
        "最近发布的文章是什么", "最新文章",
        "what is the latest article", "Which article is the newest?", "any new articles",
    ],
    Wanted.OLDEST: [
        "最早的文章是哪篇", "哪一篇最早发表", "what is the oldest article",
        "which article is the earliest",
    ],
    Wanted.SOURCES: [
        "都有哪些来源", "来源有哪些", "这些文章来自哪里", "文章的来源都有哪些",
        "你的资料是从哪里来的", "這些文章都來自哪裡",
        "what are the sources", "list the sources", "Where do the articles come from?",
    ],
}  # fmt: skip
ABOUT = [
    ("有没有关于{}的文章", "地铁"), ("有关于{}的报道吗？", "防汛"), ("哪些文章提到了{}", "水库"),
    ("关于{}的文章有哪些", "海塘"),
    ("哪篇文章讲{}", "高铁"), ("有多少篇关于{}的文章", "竹林"), ("找一下关于{}的报道", "灯会"),
    ("有没有{}的文章", "龙舟"), ("有{}的文章吗", "龙舟"), ("有没有文章讲{}", "灯会"),
    ("文章里有提到{}吗", "水库"),
    ("有讲{}的文章吗", "高铁"),
    ("有沒有關於{}的文章", "茶葉"), ("和{}有关的文章有哪些", "养老"), ("有没有跟{}相关的资料",
    "碳排放"),
    ("are there any articles about {}", "wind power"), ("Do you have anything about {}?", "tea"),
    ("which articles mention {}", "the harbour"), ("articles about {}", "ships"),
    ("list all articles on {}", "rice"),
]  # fmt: skip
AUTHOR = [
    ("谁写的{}", "渡口的灯"), ("{}是谁写的？", "渡口的灯"), ("{}的作者是谁", "渡口的灯"),
    ("这篇关于{}的文章是谁写的", "灯"),
    ("who wrote {}", "the lamp at the ferry"), ("Who is the author of {}?",
    "the lamp at the ferry"),
]  # fmt: skip
CONTENT = [
    "新闻报道了什么", "文章里写了哪些人",
    "公司有几份文件", "会议通过了几个文件", "办证需要什么材料", "申请材料有哪些",
    "法规的来源是什么", "石油来自哪里", "最新的设备是什么",
    "最新一届书展在哪里开", "水厂的资料由谁保管", "这项计划的文章标题怎么写", "数据来自哪里",
    "最早的缆车在哪里", "最近的车站是哪个",
    "局长发表了几篇论文", "谁发表了讲话", "新闻中心在几楼", "报道这件事的记者去了哪里",
    "资料费是多少", "文件由哪个部门发布",
    "how many documents were signed", "how many reports did the committee publish",
    "what is the newest ship",
    "which papers were accepted", "who wrote down the rules first and when",
    "where does the water come from",
    "what sources of energy are used", "list the members of the board",
]  # fmt: skip
QUESTIONS = [case.question for case in SAMPLE_CASES]
QUESTIONS += [case["question"] for case in RULE_CASES]
WORD = st.text(alphabet="甲乙丙丁戊桥河山城站灯塔", min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("wanted", "question"),
    [(wanted, question) for wanted, questions in ASKED.items() for question in questions],
)
def test_the_collection_is_asked_about(wanted: Wanted, question: str) -> None:
    assert inquiry_of(fold(question)) == Inquiry(wanted)


@pytest.mark.parametrize(("question", "subject"), ABOUT)
def test_articles_about_a_subject(question: str, subject: str) -> None:
    assert inquiry_of(fold(question.format(subject))) == Inquiry(Wanted.ABOUT, fold(subject))


@given(st.sampled_from([question for question, subject in ABOUT if not subject.isascii()]), WORD)
def test_any_subject_is_cut_out(question: str, subject: str) -> None:
    assert inquiry_of(fold(question.format(subject))) == Inquiry(Wanted.ABOUT, subject)


@pytest.mark.parametrize(("question", "subject"), AUTHOR)
def test_the_author_of_an_article(question: str, subject: str) -> None:
    inquiry = inquiry_of(fold(question.format(subject)))
    assert inquiry is not None
    assert inquiry.wanted is Wanted.AUTHOR
    assert fold(subject) in inquiry.about


@pytest.mark.parametrize("question", [*QUESTIONS, *CONTENT])
def test_a_question_to_the_articles_is_none_about_the_collection(question: str) -> None:
    inquiry = inquiry_of(fold(question))
    assert inquiry is None or inquiry.wanted is Wanted.AUTHOR


def test_files_may_be_those_that_were_asked_about_before() -> None:
    assert inquiry_of("有哪些材料") == Inquiry(Wanted.LIST)
    assert inquiry_of("有哪些材料", has_history=True) is None
    assert inquiry_of("作者是谁") == Inquiry(Wanted.AUTHOR)
    assert inquiry_of("作者是谁", has_history=True) is None
    assert inquiry_of("有哪些文章", has_history=True) == Inquiry(Wanted.LIST)


@given(st.text(max_size=60), st.sampled_from(["", "有没有关于", "谁写的", "articles about "]))
def test_any_text_is_looked_at(text: str, opening: str) -> None:
    folded = fold(opening + text)
    inquiry = inquiry_of(folded)
    assert inquiry is None or inquiry.about in folded
