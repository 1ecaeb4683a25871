"""Question lines are read and judged, with every rule applied in both directions."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UsageError
from index.eval_cases import Case, read_cases
from index.progress import silent
from index.search.searcher import Searcher
from qa.answer import Answer, Citation
from qa.answerer import Answerer
from qa.evaluation.judge_cases import CaseResult, evaluate, pass_counts
from qa.retrieval import Request
from tests.qa.conftest import Shelve

TEXT = "甲国在2016年通过NIST投资了1,000万美元。乙国没有投资。"


class Parrot(Answerer):
    """Returns a fixed answer: the judge is under test, not the answerer."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, request: Request, searcher: Searcher) -> Answer:  # noqa: ARG002
        """Return the fixed answer."""
        return self._answer


QUOTE = TEXT[: TEXT.index("。") + 1]
CITATION = Citation("a", "", None, None, None, 0, len(QUOTE), QUOTE, None)
ANSWER = Answer(
    id="1",
    answered=True,
    answer=QUOTE,
    short_answer="1,000万美元",
    confidence=0.9,
    interpreted_question=None,
    index_version="000001",
    citations=[CITATION],
)
REFUSAL = replace(
    ANSWER, answered=False, answer="没有找到有把握的答案。", short_answer=None, citations=[]
)
CASE = Case(
    id="1",
    lang="zh",
    type="money",
    question="甲国投资了多少?",
    answerable=True,
    answers=["1000万美元", "10 million"],
    evidence="通过NIST投资了1000 萬美元",
)


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve({"id": "a", "text": TEXT})


def reason(searcher: Searcher, case: Case = CASE, answer: Answer = ANSWER) -> str:
    [result] = evaluate([case], Parrot(answer), searcher, silent)
    assert result.passed == (result.reason == "")
    return result.reason


def changed(**fields: object) -> Case:
    return CASE.model_copy(update=fields)


def test_a_right_answer_passes_whatever_its_width_and_separators(searcher: Searcher) -> None:
    assert reason(searcher) == ""
    assert reason(searcher, changed(answers=["１０００萬美元"])) == ""


def test_an_inexact_quote_fails_before_all_else(searcher: Searcher) -> None:
    for inexact in (replace(CITATION, end=3), replace(CITATION, article_id="b")):
        assert reason(searcher, answer=replace(ANSWER, citations=[CITATION, inexact])) == (
            f"a quote is not the text at its range: {QUOTE}"
        )


def test_answering_and_not_are_judged_both_ways(searcher: Searcher) -> None:
    unanswerable = changed(answerable=False, answers=[], evidence=None)
    assert reason(searcher, answer=REFUSAL) == "not answered"
    assert reason(searcher, unanswerable) == "answered, though the articles don't say"
    assert reason(searcher, unanswerable, REFUSAL) == ""


def test_an_expected_word_must_be_in_the_answer(searcher: Searcher) -> None:
    missing = "the answer does not hold what was expected"
    assert reason(searcher, changed(answers=["九万元"])) == missing
    listed = {"type": "list", "answers": ["NIST", "九万元"]}
    assert reason(searcher, changed(**listed)) == ""
    assert reason(searcher, changed(**listed, match="all")) == missing
    assert reason(searcher, changed(type="list", answers=["NIST", "2016"], match="all")) == ""


@pytest.mark.parametrize(
    ("evidence", "overlaps"),
    [
        (None, True),
        ("投资了1000万", True),
        (QUOTE + "乙国没有投资。", True),
        ("前文。" + QUOTE + "后文。", False),
        ("1000万美元。乙国没有", True),
        ("先前的话。甲国在2016年", False),
        ("乙国没有投资。", False),
        ("完全不同的一句话。", False),
    ],
)
def test_the_evidence_must_overlap_a_citation(
    searcher: Searcher, evidence: str | None, overlaps: bool
) -> None:
    expected = "" if overlaps else "no citation overlaps the evidence"
    assert reason(searcher, changed(evidence=evidence)) == expected


@pytest.mark.parametrize("case_type", ["money", "number", "date", "place", "org"])
def test_span_types_want_a_short_answer_at_most_six_longer(
    searcher: Searcher, case_type: str
) -> None:
    case = changed(type=case_type)
    assert reason(searcher, case, replace(ANSWER, short_answer=None)) == "short answer: None"
    assert reason(searcher, case, replace(ANSWER, short_answer="共计人民币约1,000万美元")) == ""
    longer = "一共计人民币约1,000万美元"
    assert reason(searcher, case, replace(ANSWER, short_answer=longer)) == f"short answer: {longer}"
    assert reason(searcher, changed(type="reason"), replace(ANSWER, short_answer=None)) == ""


def test_history_is_asked_along_and_every_step_is_reported(
    answerer: Answerer, searcher: Searcher
) -> None:
    steps: list[tuple[str, int, int]] = []
    turns = [{"role": "user", "content": "英国通过NIST投资了多少?"}]
    case = Case.model_validate(CASE.model_dump() | {"question": "那德国呢?", "history": turns})
    [result] = evaluate([case], answerer, searcher, lambda *step: steps.append(step))
    assert result.answer.interpreted_question == "德国通过NIST投资了多少?"
    assert steps == [("asking", 0, 1), ("asking", 1, 1)]


def test_passes_are_counted_overall_by_type_and_by_language() -> None:
    results = [
        CaseResult(CASE, ANSWER, ""),
        CaseResult(changed(lang="en"), ANSWER, "not answered"),
        CaseResult(changed(type="list"), ANSWER, ""),
        CaseResult(changed(type="", lang=""), ANSWER, ""),
    ]
    assert pass_counts(results) == {
        "all": {"all": (3, 4)},
        "type": {"money": (1, 2), "list": (1, 1)},
        "lang": {"zh": (2, 2), "en": (0, 1)},
    }


LINE = '{"id": "1", "lang": "zh", "type": "money", "question": "多少?", "answerable": false}'


def test_question_lines_are_read_with_what_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    lines = [LINE, "", f'{LINE[:-1]}, "match": "all", "note": 1}}', '{"question": "多少?"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    plain, full, bare = read_cases(path)
    assert (plain.match, plain.answers, plain.evidence, plain.history) == ("any", [], None, [])
    assert full.match == "all"
    assert (bare.id, bare.answerable) == ("line 4", True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no question line: the line: Invalid JSON"),
        (LINE.replace("false", "3"), "line 2 is no question line: answerable: "),
        (LINE.replace("多少?", ""), "line 2 is no question line: question: "),
        ('{"id": "1"}', "line 2 is no question line: question: Field required."),
    ],
)
def test_a_damaged_line_is_reported_by_file_and_number(
    tmp_path: Path, line: str, message: str
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{LINE}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        list(read_cases(path))
    assert str(refused.value).startswith(f"{path}, {message}")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path, tmp_path / "latin.jsonl"):
        if path.suffix and "latin" in path.name:
            path.write_bytes(b"\xff\xff")
        with pytest.raises(UsageError, match="can't be read as UTF-8 question lines"):
            list(read_cases(path))


def test_a_line_separator_inside_a_string_does_not_end_the_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(LINE.replace("多少?", "多\u2028少?") + "\n", encoding="utf-8")
    assert [case.question for case in read_cases(path)] == ["多\u2028少?"]


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(LINE + "\n", encoding="utf-8-sig")
    assert len(list(read_cases(path))) == 1
