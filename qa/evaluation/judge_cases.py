"""Judge the answers to question lines over a user's store."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.eval_cases import Case
from index.search.searcher import Searcher
from index.text.folding import fold_answer
from qa.answer import Answer, Citation
from qa.answerer import Answerer
from qa.evaluation.written_scores import WrittenTally
from qa.question.understand import Turn
from qa.retrieval import Request

_SPAN_TYPES = frozenset({"money", "number", "date", "place", "org"})
_LONGER_AT_MOST = 6  # characters of a short answer beyond the expected text


class Statement(Protocol):
    """What an answer, and a possible one, tell: a text with its citations."""

    @property
    def answer(self) -> str:
        """The text."""

    @property
    def citations(self) -> Sequence[Citation]:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, its answer and the reason of its failure, empty if passed."""

    case: Case
    answer: Answer
    reason: str

    @property
    def passed(self) -> bool:
        """Whether the case passed."""
        return not self.reason


def evaluate(
    cases: Sequence[Case],
    answerer: Answerer,
    searcher: Searcher,
    progress: Callable[[str, int, int], None],
    tally: WrittenTally | None = None,
) -> list[CaseResult]:
    """Ask every case and judge its answer; `tally`, if any, has a model write beside it."""
    results = []
    for done, case in enumerate(cases):
        progress("asking", done, len(cases))
        turns = tuple(Turn(turn.role, turn.content) for turn in case.history)
        request = Request(case.question, turns)
        answer = answerer.ask(request, searcher)
        if tally:
            tally.add(answerer.retrieve(request, searcher), answer, case.answers)
        results.append(judged(case, answer, searcher))
    progress("asking", len(cases), len(cases))
    return results


def judged(case: Case, answer: Answer, searcher: Searcher) -> CaseResult:
    """Judge the answer to a case."""
    return CaseResult(case, answer, _fault(case, answer, searcher))


def _fault(case: Case, answer: Answer, searcher: Searcher) -> str:
    """Return why an answer fails its case, empty if it passes."""
    inexact = [citation for citation in answer.citations if not _is_exact(citation, searcher)]
    if inexact:
        return f"a quote is not the text at its range: {inexact[0].quote}"
    if answer.answered != case.answerable:
        return "answered, though the articles don't say" if answer.answered else "not answered"
    if not case.answerable:
        return ""
    return evidence_fault(case, answer, searcher) or _short_answer_fault(case, answer)


def evidence_fault(case: Case, reply: Statement, searcher: Searcher) -> str:
    """Return why a text and its citations are no answer to a case, empty if they are.

    Whether the reply counts as answered and what its short answer is does not matter here.
    """
    text = fold_answer(reply.answer)
    expected = [fold_answer(gold) for gold in case.answers]
    enough = all if case.match == "all" else any
    if expected and not enough(gold in text for gold in expected):
        return "the answer does not hold what was expected"
    evidence, citations = case.evidence, reply.citations
    if evidence and not any(_overlaps(evidence, citation, searcher) for citation in citations):
        return "no citation overlaps the evidence"
    return ""


def _short_answer_fault(case: Case, answer: Answer) -> str:
    short = fold_answer(answer.short_answer or "")
    expected = [fold_answer(gold) for gold in case.answers]
    if (
        case.type in _SPAN_TYPES
        and expected
        and not any(
            gold in short and len(short) <= len(gold) + _LONGER_AT_MOST for gold in expected
        )
    ):
        return f"short answer: {answer.short_answer}"
    return ""


def _is_exact(citation: Citation, searcher: Searcher) -> bool:
    article = searcher.catalogue.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def _overlaps(evidence: str, citation: Citation, searcher: Searcher) -> bool:
    """Return whether a citation overlaps an occurrence of the evidence in its article, folded."""
    article = searcher.catalogue.article(citation.article_id)
    if article is None:
        return False
    start = len(fold_answer(article.text[: citation.start]))
    end = start + len(fold_answer(citation.quote))
    places = re.finditer(re.escape(fold_answer(evidence)), fold_answer(article.text))
    return any(place.start() < end and start < place.end() for place in places)


def pass_counts(results: Iterable[CaseResult]) -> dict[str, dict[str, tuple[int, int]]]:
    """Count the passed and all cases: overall, by type and by language where lines have them."""
    table: dict[str, dict[str, tuple[int, int]]] = {"all": {}, "type": {}, "lang": {}}
    for result in results:
        for group, key in (
            ("all", "all"),
            ("type", result.case.type),
            ("lang", result.case.lang),
        ):
            if key:
                passed, total = table[group].get(key, (0, 0))
                table[group][key] = (passed + result.passed, total + 1)
    return table
