"""Make question lines of questions whose answer is known, and put them into a file."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.article import Article, Span
from index.errors import unusable
from index.eval_cases import Case, cases_in, read_lines
from index.store.store import sync
from index.text.folding import FoldedText, fold_answer
from index.text.splitter import split
from qa.answer import Possible
from qa.feedback.asked_answer import question_id
from qa.feedback.kept_questions import KeptQuestion
from qa.language import language_of
from qa.question.asked.asked_type import classify


def case_of(question: str, evidence: str | None, short: str | None) -> Case:
    """Return the question line of a question; without evidence the articles do not say."""
    forms = FoldedText.of(question)
    return Case(
        id=f"asked-{question_id(question)}",
        lang=language_of(forms).value,
        type=classify(forms).value,
        question=question,
        answerable=evidence is not None,
        answers=[short] if short else [],
        evidence=evidence,
    )


def evidence_in(article: Article, span: Span, short: str | None) -> str | None:
    """Return the text of a range that a passage can be found by, None if there is none.

    The quality gate asks for passages, so of a range that touches several the longest piece in one
    counts, of those that have the short answer, if any.
    """
    pieces = (
        article.text[max(passage.start, span.start) : min(passage.end, span.end)]
        for passage in split(article.text, article.sections)
    )
    having = (piece for piece in pieces if fold_answer(short or "") in fold_answer(piece))
    return max(having, key=len, default="").strip() or None


def known_line(kept: KeptQuestion) -> Case | None:
    """Return the line that was chosen for a question, or else that of an answer that helped.

    None if nobody chose one, and no more readers were helped than not.
    """
    if kept.line is not None:
        return kept.line
    if kept.helped is None or kept.helpful <= kept.unhelpful:
        return None
    return _line_of(kept.helped.question, kept.helped.best)


def guessed_line(kept: KeptQuestion) -> Case:
    """Return what a question's line would be if its last answer were right."""
    answer = kept.answer
    return _line_of(answer.question, answer.best) or case_of(answer.question, None, None)


def put_case(path: Path, case: Case) -> None:
    """Put a line into a file of question lines, in place of those that ask the same.

    The other lines stay as they are, and the file is replaced whole. Writers must take turns.

    Raises:
        StoreError: the file can't be written.
        UsageError: it has a line that is no question line.
    """
    path = path.resolve()
    waiting = path.with_name(f"{path.name}.next")
    lines = _other_lines(path, case) if path.exists() else []
    try:
        with waiting.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(
                f"{line}\n" for line in (*lines, case.model_dump_json(exclude_defaults=True))
            )
        if path.exists():
            shutil.copymode(path, waiting)
        sync(waiting)
        waiting.replace(path)
        sync(path.parent)
    except OSError as error:
        with suppress(OSError):  # what is wrong is told already
            waiting.unlink()
        raise unusable(waiting, error) from error


def _line_of(question: str, best: Possible | None) -> Case | None:
    if best is None or not best.citations:
        return None
    return case_of(question, best.citations[0].quote, best.short_answer)


def _other_lines(path: Path, case: Case) -> Iterable[str]:
    key = fold_answer(case.question)
    return [
        line.rstrip("\r")
        for other, line in cases_in(read_lines(path), path)
        if other.id != case.id and (other.history or fold_answer(other.question) != key)
    ]
