"""What is remembered of an answer says what was asked, and no more than the owner needs."""

from hypothesis import given
from hypothesis import strategies as st

from index.listing.article_filter import Filter
from qa.answer import Answer, Citation, FoundPassage, Possible
from qa.feedback.asked_answer import AskedAnswer, NearArticle, question_id
from qa.language import Language
from qa.question.understand import Turn
from qa.retrieval import Request
from tests.qa.feedback.parts import NOW
from tests.support.small_index import TEXTS

CITED = [Citation("a", "题", None, None, None, at, at + 1, "文", None) for at in range(5)]
NEAR = [FoundPassage(article, article * 2, 0, 1, "文", 0.5, 1, None) for article in "aabcdefa"]
TOLD = [Turn("user", "NIST投资了多少?"), Turn("assistant", "1.6亿")]


def answer(*, answered: bool, interpreted: str | None = None, possible: bool = False) -> Answer:
    """Return an answer, or a possible one."""
    best = Possible("也许", None, 0.3, CITED) if possible else None
    given = ("答", None, 0.9 if answered else 0.3, interpreted, "000003")
    return Answer(
        "id", answered, *given, CITED if answered else [], passages=NEAR, possible=best
    )  # fmt: skip


def test_an_answer_is_remembered_with_its_first_citations_and_nearest_articles() -> None:
    sure = AskedAnswer.of(Request("问?"), answer(answered=True), NOW)
    assert sure.best == Possible("答", None, 0.9, CITED[:3])
    assert sure.nearest == [NearArticle(article, article * 2) for article in "abcde"]
    assert (sure.answered, sure.is_open, sure.index_version) == (True, False, "000003")
    unsure = AskedAnswer.of(Request("问?"), answer(answered=False, possible=True), NOW)
    assert unsure.best == Possible("也许", None, 0.3, CITED[:3])
    assert AskedAnswer.of(Request("问?"), answer(answered=False), NOW).best is None


def test_only_a_question_to_all_articles_is_open() -> None:
    nothing = answer(answered=False)
    assert AskedAnswer.of(Request("问?"), nothing, NOW).is_open
    assert AskedAnswer.of(Request("问?", articles=Filter()), nothing, NOW).is_open
    assert not AskedAnswer.of(Request("问?", articles=Filter("源")), nothing, NOW).is_open
    assert not AskedAnswer.of(Request("问?", decide=False), nothing, NOW).is_open


def test_a_question_that_leans_on_others_is_remembered_as_it_was_understood() -> None:
    whole = answer(answered=False, interpreted="韩国投资了多少?")
    assert AskedAnswer.of(Request("韩国呢?", TOLD), whole, NOW).question == "韩国投资了多少?"
    # A slip that was mended, or a story that was cut, is still what was asked.
    assert AskedAnswer.of(Request("寒国投资了多少?"), whole, NOW).question == "寒国投资了多少?"
    plain = answer(answered=False)
    assert AskedAnswer.of(Request("韩国呢?", TOLD), plain, NOW).question == "韩国呢?"


def test_all_ways_to_write_a_question_have_one_id() -> None:
    for other in ("港珠澳大橋全長多少?", "港珠澳大桥，全长 多少？", "港珠澳大桥全长多少?"):
        assert question_id(other) == question_id("港珠澳大桥全长多少?")
    assert question_id("港珠澳大桥全长多少") != question_id("港珠澳大桥全高多少")


def test_what_an_earlier_yiju_wrote_is_read() -> None:
    read = AskedAnswer.from_json(
        '{"id":"a","at":7,"question":"问?","answered":true,"is_open":false,"confidence":0.9,'
        '"index_version":"000003","best":{"answer":"答","short_answer":null,"confidence":0.9,'
        '"citations":[{"article_id":"a","title":"题","source":null,"published":null,"url":null,'
        '"start":0,"end":1,"quote":"文","heading":null,"page":null}]},'
        '"nearest":[{"id":"a","title":"aa"}]}'
    )
    best = Possible("答", None, 0.9, CITED[:1])
    near = [NearArticle("a", "aa")]
    assert read == AskedAnswer("a", 7, "问?", True, False, 0.9, "000003", best, near)


@given(TEXTS, st.booleans(), st.booleans())
def test_what_is_written_is_read_again(question: str, answered: bool, possible: bool) -> None:
    remembered = AskedAnswer.of(Request(question), answer(answered=answered, possible=possible), 7)
    assert AskedAnswer.from_json(remembered.to_json()) == remembered
    assert remembered.language in Language
