"""What is kept is listed for people, and as question lines that can be asked."""

import json
from pathlib import Path

from cli.formats.feedback import question_lines, question_list
from index.eval_cases import read_cases
from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.feedback_store import FeedbackStore, Verdict
from qa.feedback.kept_questions import KeptQuestion
from qa.feedback.known_lines import case_of
from tests.conftest import run_afresh, run_yiju
from tests.qa.feedback.parts import NOW, QUOTE, asked, bare_store

HELPED, WRONG, CHOSEN = "昆仑站建于哪一年?", "昆仑站是谁建的?", "昆仑站有多高?"


def filled(root: Path) -> list[KeptQuestion]:
    """Keep a question whose answer helped, one whose did not, and one that was resolved."""
    store = bare_store(root)
    kept = FeedbackStore(FeedbackFile(store), store.questions, clock=lambda: NOW)
    answers = [asked(HELPED, answered=True), asked(WRONG), asked(CHOSEN, best=False)]
    kept.remember(answers, for_verdicts=True, kept=False)
    for answer in answers:
        verdict = Verdict(answer.id, helpful=answer.answered, comment="\x1b[2J看过了")
        assert kept.judge(verdict)
    assert kept.resolve(answers[2].question_id, case_of(CHOSEN, None, None))
    return kept.everything()


def test_people_see_what_is_open_or_all(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    assert question_list(kept, resolved=False) == (
        f"{WRONG}\n"
        "  asked 1, not sure 1, last on 2027-01-15; helpful 0, not helpful 1\n"
        f"  possibly (30%): {QUOTE}\n"
        "    kunlun.txt 5–15\n"
        "  near: kunlun.txt\n"
        "  - \x1b[2J看过了"
    )
    everything = question_list(kept, resolved=True)
    assert f"  answered (90%): {QUOTE}" in everything
    assert "  + \x1b[2J看过了" in everything
    assert "  chosen: the articles do not say" in everything
    assert question_list([], resolved=True) == "No question is open."


def test_lines_are_those_whose_answer_is_known_and_the_guesses_are_marked(tmp_path: Path) -> None:
    kept, path = filled(tmp_path), tmp_path / "lines.jsonl"
    path.write_text("\n".join(question_lines(kept, guessed=False)), encoding="utf-8")
    assert {(case.question, case.answerable) for case in read_cases(path)} == {
        (HELPED, True),
        (CHOSEN, False),
    }
    lines = [json.loads(line) for line in question_lines(kept, guessed=True)]
    assert [line["question"] for line in lines if line.get("judged") is False] == [WRONG]
    assert len(lines) == 3


def test_the_command_prints_both_and_cannot_steer_the_terminal(tmp_path: Path) -> None:
    filled(tmp_path)
    listed = run_afresh("feedback", "--store", tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert WRONG in listed.stdout
    assert "\\u001b[2J看过了" in listed.stdout
    assert CHOSEN in run_yiju("feedback", "--all", "--store", tmp_path).stdout
    lines = run_yiju("feedback", "--jsonl", "--store", tmp_path).stdout
    assert [json.loads(line)["id"][:6] for line in lines.splitlines()] == ["asked-"] * 2
    empty = run_yiju("feedback", "--store", tmp_path / "none")
    assert empty.returncode == 1
    assert "There is no index in" in empty.stderr
