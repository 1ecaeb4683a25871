"""Question lines, asked over their articles and judged: news, sample articles, cases."""

import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.answers.records import Ask, SetResult, counted, share
from bench.answers.workbench import Workbench
from bench.processes import ROOT
from index.errors import ArticleError
from index.eval_cases import Case, read_cases
from index.search.searcher import Searcher
from index.text.folding import fold_answer
from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.evaluation.judge_cases import evidence_fault, judged
from qa.question.understand import Turn
from qa.retrieval import Request

ARTICLES = ROOT / "articles"
SAMPLES = ROOT / "tests" / "data" / "sample-questions.jsonl"

_OF_FILES = range(10, 30)  # the numbers of the cases about reading files, not about questions
_NUMBER = re.compile(r"f(\d+)-")
_WAYS = 4  # in which a fact is asked at the least, to be counted as asked in several ways


@dataclass(frozen=True, slots=True)
class Answerers:
    """An answerer as users have it, and one that answers however unsure it is."""

    deciding: Answerer
    bold: Answerer

    @classmethod
    def of(cls, bench: Workbench) -> "Answerers":
        """Return both, loaded."""
        return cls(bench.answerer(), bench.answerer(Thresholds(0.0, 0.0)))


def news(bench: Workbench) -> SetResult:
    """Ask the questions about real news over ten thousand articles."""
    articles = bench.folder("news") / "news.jsonl"
    if not articles.exists():
        write_news(bench.data / "text", articles)
    questions = bench.shared / "eval" / "news-dev.jsonl"
    return _measured(bench, "news-dev", questions, articles, kept="news")


def natural(bench: Workbench) -> SetResult:
    """Ask everyday questions over the sample articles; look at facts asked in several ways."""
    file = bench.shared / "eval" / "natural-dev.jsonl"
    result = _measured(bench, "natural-dev", file, ARTICLES)
    passed = {ask.id: ask.passed for ask in result.asks}
    facts = same_facts(list(read_cases(file)))
    alike = [[passed[case.id] for case in cases] for cases in facts]
    notes = [
        f"{sum(ways)} of {len(ways)} ways right: {cases[0].question}"
        for cases, ways in zip(facts, alike, strict=True)
    ]
    figures = {**result.figures, "all_ways_right": share([all(ways) for ways in alike])}
    return SetResult(result.name, figures, result.asks, notes, details=result.details)


def samples(bench: Workbench) -> SetResult:
    """Ask the sample questions, which belong to the repository."""
    return _measured(bench, "samples", SAMPLES, ARTICLES)


def seed(bench: Workbench) -> SetResult:
    """Ask about the article that Yiju was first made for."""
    file = bench.shared / "eval" / "seed-dev.jsonl"
    return _measured(bench, "seed-dev", file, bench.data / "seed" / "smart-city.txt")


def cases(bench: Workbench) -> SetResult:
    """Ask the question lines of every case over a store of its own."""
    answerers = Answerers.of(bench)
    asks: list[Ask] = []
    notes: list[str] = []
    for file in sorted((bench.shared / "cases").glob("*/questions.jsonl")):
        folder, lines = file.parent, list(read_cases(file))
        try:
            searcher = bench.searcher([folder / "articles"])
        except ArticleError as error:
            notes.append(f"{folder.name}: {error}")
            asks += [_not_taken_in(case, folder.name) for case in lines]
        else:
            asks += asked(lines, {case.id: folder.name for case in lines}, answerers, searcher)
    of_files = [ask for ask in asks if is_of_files(ask.kind)]
    of_questions = [ask for ask in asks if not is_of_files(ask.kind)]
    figures = {
        "passed_share": share([ask.passed for ask in of_questions]),
        "passed_share_of_files": share([ask.passed for ask in of_files]),
        **counted(of_questions),
    }
    return SetResult("cases", figures, asks, notes, details=_by_kind(asks))


def is_of_files(case: str) -> bool:
    """Return whether a case is about reading files, by its number.

    >>> is_of_files("f12-raised-figures"), is_of_files("f46-another")
    (True, False)
    """
    number = _NUMBER.match(case)
    return number is not None and int(number[1]) in _OF_FILES


def write_news(texts: Path, file: Path) -> None:
    """Write the articles over which news is asked, as JSON lines."""
    ids = set((texts / "news-10k.ids").read_text(encoding="utf-8").split())
    waiting = file.with_suffix(".part")  # whatever is at the file's own name is whole
    with (
        lzma.open(texts / "news.jsonl.xz", "rt", encoding="utf-8") as lines,
        waiting.open("w", encoding="utf-8") as output,
    ):
        output.writelines(line for line in lines if json.loads(line)["id"] in ids)
    waiting.replace(file)


def same_facts(cases: Sequence[Case]) -> list[list[Case]]:
    """Group the answerable questions that ask for one fact; leave out what has few ways.

    Two of them ask for one fact if they share an expected answer and the evidence of the one holds
    that of the other.
    """
    facts: list[list[Case]] = []
    for case in cases:
        if not (case.answerable and case.evidence):
            continue
        fact = next((fact for fact in facts if _is_same_fact(fact[0], case)), None)
        if fact is None:
            facts.append([case])
        else:
            fact.append(case)
    return [fact for fact in facts if len(fact) >= _WAYS]


def _is_same_fact(left: Case, right: Case) -> bool:
    first, second = fold_answer(left.evidence or ""), fold_answer(right.evidence or "")
    answers = set(map(fold_answer, left.answers)) & set(map(fold_answer, right.answers))
    return bool(answers) and (first in second or second in first)


def _measured(
    bench: Workbench, name: str, lines: Path, articles: Path, kept: str = ""
) -> SetResult:
    """Ask a file of question lines over the articles of a path."""
    styles = dict(_styles(lines))
    searcher = bench.searcher([articles], kept)
    questions, answerers = list(read_cases(lines)), Answerers.of(bench)
    asks: list[Ask] = []
    for done, case in enumerate(questions):
        bench.progress(f"asking {name}", done, len(questions))
        asks += asked([case], styles, answerers, searcher)
    bench.progress(f"asking {name}", len(questions), len(questions))
    return SetResult(name, counted(asks), asks, details=_by_kind(asks))


def _styles(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the style of each line, or its type where it has no style."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            value = json.loads(line)
            yield value["id"], value.get("style") or value["type"]


def asked(
    cases: Sequence[Case], kinds: Mapping[str, str], answerers: Answerers, searcher: Searcher
) -> list[Ask]:
    """Ask each case as users do, and what is refused once more, however unsure."""
    asks = []
    for case in cases:
        turns = tuple(Turn(turn.role, turn.content) for turn in case.history)
        request = Request(case.question, turns)
        answer = answerers.deciding.ask(request, searcher)
        best = answer if answer.answered else answerers.bold.ask(request, searcher)
        asks.append(_ask(case, kinds[case.id], answer, best, searcher))
    return asks


def _ask(case: Case, kind: str, answer: Answer, best: Answer, searcher: Searcher) -> Ask:
    result = judged(case, answer, searcher)
    as_expected = answer.answered == case.answerable
    is_right = case.answerable and bool(best.citations) and not evidence_fault(case, best, searcher)
    possible = answer.possible
    return Ask(
        id=case.id,
        question=case.question,
        lang=case.lang,
        kind=kind,
        answerable=case.answerable,
        answered=answer.answered,
        passed=result.passed,
        passed_by_text=as_expected and (not case.answerable or is_right),
        likely_right=is_right,
        confidence=answer.confidence,
        expected=tuple(case.answers),
        short_answer=best.short_answer,
        quote=best.citations[0].quote if best.citations else None,
        reason=result.reason,
        possible=None
        if possible is None
        else case.answerable and not evidence_fault(case, possible, searcher),
        right_if_answered=case.answerable and judged(case, best, searcher).passed,
    )


def _not_taken_in(case: Case, kind: str) -> Ask:
    return Ask(
        case.id,
        case.question,
        case.lang,
        kind,
        answerable=case.answerable,
        answered=False,
        passed=False,
        passed_by_text=False,
        likely_right=False,
        confidence=0.0,
        expected=tuple(case.answers),
        reason="no article was taken in",
    )


def _by_kind(asks: Sequence[Ask]) -> dict[str, dict[str, float | None]]:
    """Count passed and all asks of each kind."""
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.kind, []).append(ask)
    return {
        kind: {"passed": float(sum(ask.passed for ask in members)), "asked": float(len(members))}
        for kind, members in sorted(groups.items())
    }
