"""Format the questions that are kept, as lines for people and as question lines."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from index.eval_cases import Case
from qa.feedback.kept_questions import KeptQuestion
from qa.feedback.known_lines import guessed_line, known_line


def question_list(kept: Sequence[KeptQuestion], *, resolved: bool) -> str:
    """Format the questions that need their owner, or with `resolved` all, as lines."""
    listed = [question for question in kept if resolved or question.is_open]
    if not listed:
        return "No question is open."
    return "\n\n".join("\n".join(_described(question)) for question in listed)


def question_lines(kept: Sequence[KeptQuestion], *, guessed: bool) -> list[str]:
    """Format the questions whose answer is known as question lines.

    With `guessed` also the others, with their last answer as if it were right, marked as such.
    """
    known = [(question, known_line(question)) for question in kept]
    lines = [json.dumps(_value(line), ensure_ascii=False) for _, line in known if line]
    if guessed:
        lines += [
            json.dumps({**_value(guessed_line(question)), "judged": False}, ensure_ascii=False)
            for question, line in known
            if line is None
        ]
    return lines


def _value(line: Case) -> dict[str, Any]:
    return line.model_dump(exclude_defaults=True)


def _described(question: KeptQuestion) -> Iterator[str]:
    answer = question.answer
    day = datetime.fromtimestamp(question.last, UTC).date().isoformat()
    yield answer.question
    yield (
        f"  asked {question.count}, not sure {question.unsure}, last on {day}; "
        f"helpful {question.helpful}, not helpful {question.unhelpful}"
    )
    if answer.best:
        sure = "answered" if answer.answered else "possibly"
        yield f"  {sure} ({answer.best.confidence:.0%}): {answer.best.answer}"
        for citation in answer.best.citations:
            yield f"    {citation.article_id} {citation.start}–{citation.end}"
    if answer.nearest:
        yield f"  near: {', '.join(near.id for near in answer.nearest)}"
    for said in question.comments:
        yield f"  {'+' if said.helpful else '-'} {said.comment}"
    if question.line:
        answers = ", ".join(question.line.answers) or question.line.evidence
        yield f"  chosen: {answers or 'the articles do not say'}"
