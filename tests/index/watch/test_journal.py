"""A rebuild is told in a line with its time; of its details, those that are new."""

import re

from index.watch.journal import Journal
from index.watch.rebuild_command import RebuildOutcome

HEAD = "Index 000002: 1 added, 0 changed, 0 removed, 1 unchanged, 1 failed; 2 passages, 1.2 s."
FAILED = "  failed: /articles/a.txt: is empty."
OTHER = "  failed: /articles/b.txt: is empty."
FULL = "The disk is full."


def told(*notes: tuple[RebuildOutcome, bool]) -> list[str]:
    """Return what a journal tells of rebuilds, without the times."""
    lines: list[str] = []
    journal = Journal(lines.append, 60)
    for outcome, is_repeat in notes:
        journal.note(outcome, is_repeat=is_repeat)
    return [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", "… ", line) for line in lines]


def test_a_failed_file_is_told_when_it_is_new_and_again_after_it_was_sound() -> None:
    reports = ((HEAD, FAILED), (HEAD, FAILED, OTHER), (HEAD, OTHER), (HEAD, FAILED, OTHER))
    assert told(*((RebuildOutcome(report), False) for report in reports)) == [
        *(f"… {HEAD}", FAILED),
        *(f"… {HEAD}", OTHER),
        f"… {HEAD}",
        *(f"… {HEAD}", FAILED),
    ]


def test_a_rebuild_that_fails_is_told_with_what_happens_next() -> None:
    sentence = f"… The rebuild failed: {FULL} Tried again at the next change, or in 60 s."
    assert told((RebuildOutcome(failure=FULL), False)) == [sentence]
    assert (
        told((RebuildOutcome(failure=FULL), False), (RebuildOutcome(failure=FULL), False))
        == [sentence] * 2
    )


def test_a_repeat_is_told_only_if_it_goes_another_way() -> None:
    failures = [(RebuildOutcome(failure=FULL), False), *[(RebuildOutcome(failure=FULL), True)] * 3]
    assert len(told(*failures)) == 1
    assert len(told(*failures, (RebuildOutcome(failure="Another rebuild is at work."), True))) == 2
    assert told(*failures, (RebuildOutcome((HEAD, FAILED)), True))[1:] == [f"… {HEAD}", FAILED]


def test_a_rebuild_that_fails_does_not_make_failed_files_new() -> None:
    report = RebuildOutcome((HEAD, FAILED))
    lines = told((report, False), (RebuildOutcome(failure=FULL), False), (report, False))
    assert lines.count(FAILED) == 1
