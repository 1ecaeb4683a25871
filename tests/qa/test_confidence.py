"""Confidence is a probability that falls with everything that is missing."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.catalogue import Place
from qa.confidence import Judge
from qa.evidence import Evidence
from qa.kinds import Kind
from qa.language import Language
from qa.names import Names
from qa.question import Question, understand
from tests.index import tiny
from tests.index.tiny import TEXTS

SHARE = st.floats(0, 1)


def evidence(quote: str, matched: float, around: float, *answers: str, title: str = "") -> Evidence:
    place = Place("a.txt", title, None, None, None, None, 0, len(quote), quote)
    return Evidence(place, Span(0, len(quote)), quote, matched, around, answers, 1.0)


def sure(question: Question, one: Evidence) -> float:
    weights = dict.fromkeys(tiny.words().content(question.text), 1.0)
    return Judge(question, weights, tiny.words().content).confidence(one)


@given(TEXTS, TEXTS, SHARE, SHARE, st.lists(TEXTS, max_size=2))
def test_it_is_a_probability(
    text: str, quote: str, matched: float, around: float, answers: list[str]
) -> None:
    question = understand(text, [], Names(tiny.words()))
    assert 0 <= sure(question, evidence(quote, matched, around, *answers)) <= 1


@given(SHARE, SHARE, SHARE)
def test_it_never_falls_when_more_is_matched(one: float, other: float, around: float) -> None:
    question = Question("怎样建桥", Language.SIMPLIFIED, Kind.MANNER, ())
    low, high = sorted((one, other))
    for less, more in [((low, around), (high, around)), ((around, low), (around, high))]:
        quote = "大桥这样建。"
        assert sure(question, evidence(quote, *less)) <= sure(question, evidence(quote, *more))


def test_a_missing_name_year_or_amount_costs_most_of_it() -> None:
    question = Question("NIST投资了多少", Language.SIMPLIFIED, Kind.MONEY, ("NIST",))
    quote = "NIST投资了100万美元。"
    whole = sure(question, evidence(quote, 1, 1, "100万美元"))
    assert whole > 0.9
    assert sure(question, evidence(quote, 1, 1)) < whole / 2
    assert sure(question, evidence("财团投资了100万美元。", 1, 1, "100万美元")) < whole / 2


def test_a_name_may_stand_in_the_title() -> None:
    question = Question("NIST投资了多少", Language.SIMPLIFIED, Kind.MONEY, ("NIST",))
    one = evidence("投资了100万美元。", 1, 1, "100万美元", title="NIST的计划")
    assert sure(question, one) > 0.9


def test_across_languages_only_what_both_write_alike_counts() -> None:
    question = Question("How much did NIST invest?", Language.ENGLISH, Kind.MONEY, ("NIST",))
    assert sure(question, evidence("NIST投资了100万美元。", 0.3, 0.3, "100万美元")) > 0
    assert sure(question, evidence("财团投资了100万美元。", 0.3, 0.3, "100万美元")) == 0
