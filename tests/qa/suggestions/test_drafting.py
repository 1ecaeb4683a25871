"""The questions of an article: in its language and script, without their answers, in turns."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from qa.entities.names import Names
from qa.language import has_han
from qa.suggestions.drafting import drafted
from tests.support import answerers
from tests.support.small_index import TEXTS

ARTICLE = """京沪高铁2008年4月18日全线开工，2011年6月30日开通运营，全长1318公里，总投资约2209亿元。
京沪高铁由中国铁路总公司运营。2020年1月16日，京沪高铁公司在上海证券交易所挂牌上市。
《上海市数据条例》自2022年1月1日起施行。"""
SENTENCES = st.sampled_from([*ARTICLE.split("。"), "北京大学位于北京市。", "Paris opened in 1900."])


def asked(text: str, names: Names, title: str = "") -> list[tuple[str, str]]:
    """Return the questions of an article with their answers, in order."""
    return [
        (each.draft.question, each.draft.answer.of(each.sentence.of(text)))
        for each in drafted(Article("a", title, text), names)
    ]


@given(st.lists(SENTENCES | TEXTS, max_size=5).map("。".join), TEXTS)
def test_whatever_the_article_a_question_is_short_and_does_not_tell_its_answer(
    text: str, title: str
) -> None:
    for question, answer in asked(text, answerers.names(), title):
        assert answer.strip()
        assert answer not in question
        assert len(question) <= 31 if has_han(question) else len(question.split()) <= 12
        assert question[-1] in "？?"


def test_types_sentences_and_subjects_take_turns(names: Names) -> None:
    questions = [question for question, _ in asked(ARTICLE, names, "京沪高铁")]
    assert questions[0] == "京沪高铁由谁运营？"
    assert set(questions[:4]) >= {"京沪高铁有多长？", "京沪高铁总投资是多少？"}
    assert len(questions) == len(set(questions)) == 6


def test_questions_are_in_the_script_of_the_article(names: Names) -> None:
    text = "港珠澳大橋於2018年10月24日正式通車。港珠澳大橋全長55公里。"
    assert asked(text, names) == [
        ("港珠澳大橋什麼時候正式通車？", "2018年10月24日"),
        ("港珠澳大橋有多長？", "55公里"),
    ]


def test_what_an_article_mentions_in_passing_is_not_asked_for(names: Names) -> None:
    text = "游客来自各地。北京大学创办于1898年。"
    assert asked(text, names) == []
    assert asked(text, names, "北京大学简介") == [("北京大学创办于哪一年？", "1898年")]
    assert asked("这部书名叫《西游记》。《西游记》由吴承恩创作。", names) == [
        ("《西游记》由谁创作？", "吴承恩")
    ]
