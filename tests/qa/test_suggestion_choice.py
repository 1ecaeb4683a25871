"""Which questions are suggested: of different articles, in turns, and not what was asked."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library.catalogue import Catalogue, SuggestedQuestions
from index.library.content import SUGGESTIONS, Suggestion, questions_of
from qa.suggestion_choice import chosen, follow_ups, suggested, suggested_of
from tests.support.small_index import SmallIndex


def question(number: int, kind: str = "number", subject: str = "甲桥") -> Suggestion:
    return Suggestion(f"{subject}的第{number}个数是多少？", subject, f"{number}米", kind)


def put(corpus: SmallIndex, *questions: Sequence[Suggestion], source: str = "甲报") -> Catalogue:
    """Index an article for each sequence of questions, the newest first; return the catalogue."""
    corpus.put_lines(
        "articles.jsonl",
        *(
            {"id": str(at), "text": f"第{at}篇", "source": source, "published": str(2030 - at)}
            for at in range(len(questions))
        ),
    )
    corpus.rebuild()
    with closing(sqlite3.connect(corpus.store.library)) as db:
        for at, suggestions in enumerate(questions):
            db.execute(
                "INSERT INTO suggestions SELECT id, ?, ? FROM contents WHERE text = ?",
                (SUGGESTIONS, questions_of(suggestions), f"第{at}篇"),
            )
        db.commit()
    return corpus.catalogue()


@pytest.fixture
def corpus(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return SmallIndex(tmp_path_factory.mktemp("corpus"))


def test_each_is_of_another_article_and_eight_are_enough(corpus: SmallIndex) -> None:
    articles = [[question(10 * at), question(10 * at + 1)] for at in range(10)]
    assert suggested(put(corpus, *articles)) == [articles[at][0].question for at in range(8)]


def test_of_few_articles_more_are_taken_up_to_four(corpus: SmallIndex) -> None:
    articles = [[question(at) for at in range(3)], [question(at) for at in range(3, 9)]]
    assert len(suggested(put(corpus, *articles))) == 4


def test_types_take_turns(corpus: SmallIndex) -> None:
    articles = [[question(2 * at), question(2 * at + 1, "date")] for at in range(4)]
    assert suggested(put(corpus, *articles)) == [question(at).question for at in (0, 3, 4, 7)]


def test_a_language_comes_first_and_the_other_fills_up_to_four(corpus: SmallIndex) -> None:
    english = [Suggestion(f"How long is bridge {at}?", "X", "3 m", "number") for at in range(5)]
    catalogue = put(corpus, [question(0)], [english[0]], [question(1)], [english[1]], [question(2)])
    assert suggested(catalogue, chinese=True) == [
        *(question(at).question for at in range(3)),
        english[0].question,
    ]
    assert suggested(catalogue, chinese=False)[:2] == [english[0].question, english[1].question]
    assert len(suggested(catalogue)) == 5


def test_one_article_gives_up_to_four(corpus: SmallIndex) -> None:
    catalogue = put(corpus, [question(at) for at in range(6)], [question(9)], [])
    assert suggested_of(catalogue, "0") == [question(at).question for at in range(4)]
    assert suggested_of(catalogue, "1") == [question(9).question]
    assert suggested_of(catalogue, "2") == suggested_of(catalogue, "nobody's") == []


def test_the_same_question_of_two_articles_is_suggested_once(corpus: SmallIndex) -> None:
    assert suggested(put(corpus, [question(1)], [question(1)])) == [question(1).question]


def test_what_follows_was_not_asked_and_has_another_answer(corpus: SmallIndex) -> None:
    own = [question(at) for at in range(5)]
    catalogue = put(corpus, own)
    asked = ["甲桥的第0个数是多少", "甲桥的第1个数是多少?"]
    assert follow_ups(catalogue, "0", asked, "2米") == [own[3].question, own[4].question]
    assert follow_ups(catalogue, "0", ["甲桥?"], None) == [each.question for each in own[:3]]
    assert follow_ups(catalogue, "nobody's", ["甲桥?"], None) == []


def test_what_is_about_the_same_comes_first(corpus: SmallIndex) -> None:
    own = [question(0, subject="乙路"), question(1, subject="丙河"), question(2)]
    questions = follow_ups(put(corpus, own), "0", ["甲桥有多长？"], None)
    assert questions[0] == own[2].question


ARTICLES = st.lists(
    st.builds(
        SuggestedQuestions,
        st.uuids().map(str),
        st.sampled_from([None, "甲报", "乙报"]),
        st.lists(
            st.builds(question, st.integers(0, 20), st.sampled_from(["date", "who"])), max_size=5
        ),
    ),
    max_size=12,
)


@given(ARTICLES, st.integers(0, 10))
def test_whatever_there_is_no_question_is_chosen_twice(
    articles: list[SuggestedQuestions], most: int
) -> None:
    questions = chosen(articles, most)
    distinct = {each.question for article in articles for each in article.questions}
    assert len(questions) == len(set(questions)) <= most
    assert set(questions) <= distinct
    assert len(questions) >= min(len(distinct), most, sum(bool(a.questions) for a in articles), 1)
