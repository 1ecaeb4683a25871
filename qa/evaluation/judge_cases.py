"""Question lines: cases with known answers, asked over a store and judged."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.eval_cases import Case
from index.search.searcher import Searcher
from index.text.folding import fold_answer
from qa.answer import Answer, Citation
from qa.answerer import Answerer, Request
from qa.question.understand import Turn

_SPAN_TYPES = frozenset({"money", "number", "date", "place", "org"})
_LONGER_AT_MOST = 6  # characters that a short answer may have beside the expected one


@dataclass(frozen=True, slots=True)
class Result:
    """A case and what became of it; `reason` says why it failed and is empty where it passed."""

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
) -> list[Result]:
    """Asks every case and judges its answer."""
    results = []
    for done, case in enumerate(cases):
        progress("asking", done, len(cases))
        turns = tuple(Turn(turn.role, turn.content) for turn in case.history)
        answer = answerer.ask(Request(case.question, turns), searcher)
        results.append(Result(case, answer, _fault(case, answer, searcher)))
    progress("asking", len(cases), len(cases))
    return results


def _fault(case: Case, answer: Answer, searcher: Searcher) -> str:
    """Why an answer fails its case; empty where it does not."""
    wrong = [one for one in answer.citations if not _is_exact(one, searcher)]
    if wrong:
        return f"a quote is not the text at its range: {wrong[0].quote}"
    if answer.answered != case.answerable:
        return "answered, though the articles don't say" if answer.answered else "not answered"
    if not case.answerable:
        return ""
    return _fault_of_words(case, answer, searcher)


def _fault_of_words(case: Case, answer: Answer, searcher: Searcher) -> str:
    given, short = fold_answer(answer.answer), fold_answer(answer.short_answer or "")
    expected = [fold_answer(text) for text in case.answers]
    enough = all if case.match == "all" else any
    if expected and not enough(text in given for text in expected):
        return "the answer does not hold what was expected"
    evidence = case.evidence
    if evidence and not any(_overlaps(evidence, one, searcher) for one in answer.citations):
        return "no citation overlaps the evidence"
    if (
        case.type in _SPAN_TYPES
        and expected
        and not any(
            text in short and len(short) <= len(text) + _LONGER_AT_MOST for text in expected
        )
    ):
        return f"short answer: {answer.short_answer}"
    return ""


def _is_exact(citation: Citation, searcher: Searcher) -> bool:
    article = searcher.catalogue.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def _overlaps(evidence: str, citation: Citation, searcher: Searcher) -> bool:
    """Whether a citation touches a place where the evidence stands in its article, all folded."""
    article = searcher.catalogue.article(citation.article_id)
    if article is None:
        return False
    start = len(fold_answer(article.text[: citation.start]))
    end = start + len(fold_answer(citation.quote))
    places = re.finditer(re.escape(fold_answer(evidence)), fold_answer(article.text))
    return any(place.start() < end and start < place.end() for place in places)


def figures(results: Iterable[Result]) -> dict[str, dict[str, tuple[int, int]]]:
    """Passed and asked: in all, by type and by language."""
    table: dict[str, dict[str, tuple[int, int]]] = {"all": {}, "type": {}, "lang": {}}
    for result in results:
        for group, key in (
            ("all", "all"),
            ("type", result.case.type),
            ("lang", result.case.lang),
        ):
            passed, total = table[group].get(key, (0, 0))
            table[group][key] = (passed + result.passed, total + 1)
    return table
