"""Cases are told apart by their number, and facts asked in several ways are grouped."""

from hypothesis import given
from hypothesis import strategies as st

from bench.answers.question_lines import is_of_files, same_facts
from index.eval_cases import Case


def case(key: int, evidence: str | None, *answers: str, answerable: bool = True) -> Case:
    return Case(
        id=str(key),
        lang="zh",
        type="date",
        question="问?",
        answerable=answerable,
        answers=list(answers),
        evidence=evidence,
    )


def test_cases_of_files_are_those_between_the_numbers() -> None:
    assert not is_of_files("f09-label-value-tables")
    assert is_of_files("f10-html")
    assert is_of_files("f29-files-2")
    assert not is_of_files("f30-article-numbers")
    assert not is_of_files("another")


def test_a_fact_is_told_by_its_evidence_and_an_answer_in_common() -> None:
    longer = "甲线1985年动工，1990年通车"
    same = [
        case(1, "1990年通车", "1990年"),
        case(2, "1990 年 通車", "1990年", "九十年代"),
        case(3, longer, "1990年"),
        case(4, "1990年通车", "九十年代", "1990年"),
    ]
    others = [
        case(5, longer, "1985年"),
        case(6, None, "1990年"),
        case(7, "1990年通车", answerable=False),
    ]
    assert same_facts([*others, *same]) == [same]


@given(st.lists(st.integers(0, 5)))
def test_every_fact_has_enough_ways_and_each_question_one_fact(facts: list[int]) -> None:
    cases = [case(at, f"第{fact}号。", f"第{fact}号") for at, fact in enumerate(facts)]
    grouped = same_facts(cases)
    assert sorted(len(fact) for fact in grouped) == sorted(
        count for fact in set(facts) if (count := facts.count(fact)) >= 4
    )
    members = [case.id for fact in grouped for case in fact]
    assert len(set(members)) == len(members)
