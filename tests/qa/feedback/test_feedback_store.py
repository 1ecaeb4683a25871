"""Verdicts and questions are kept as they came, by whatever threads and processes they came."""

import multiprocessing
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UsageError
from index.eval_cases import Case, read_cases
from qa.feedback.asked_answer import AskedAnswer, question_id
from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.feedback_store import REMEMBERED_FOR, Capacity, FeedbackStore, Verdict
from qa.feedback.known_lines import case_of
from tests.qa.feedback.parts import NOW, QUOTE, asked, bare_store

WAYS = ("站在哪里?", "站在 哪里？", "站在哪裡?"), ("谁建的站?",), ("Who built it?", "who built it?")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = float(NOW)

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


def opened(
    root: Path, clock: Clock | None = None, capacity: Capacity | None = None
) -> FeedbackStore:
    """Open the feedback of a store that has no index."""
    store = bare_store(root)
    return FeedbackStore(FeedbackFile(store), store.questions, capacity, clock or Clock())


def remember(kept: FeedbackStore, *answers: AskedAnswer, questions: bool = False) -> None:
    """Remember answers for verdicts."""
    kept.remember(answers, for_verdicts=True, kept=questions)


Event = tuple[int, int, bool, bool | None, bool | None]
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.booleans(),
        st.sampled_from([None, True, False]),
        st.sampled_from([None, True, False]),
    ),
    max_size=12,
)
"""Questions, the way they are written, whether answered, and up to two verdicts on each answer."""


@settings(max_examples=60)
@given(EVENTS, st.booleans())
def test_what_is_kept_is_what_was_asked_and_judged(events: list[Event], keeps: bool) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as folder:
        kept = opened(Path(folder))
        for number, way, answered, *verdicts in events:
            ways = WAYS[number]
            answer = asked(ways[way % len(ways)], answered=answered)
            remember(kept, answer, questions=keeps)
            for helpful in (helpful for helpful in verdicts if helpful is not None):
                assert kept.judge(Verdict(answer.id, helpful))
            last = [helpful for helpful in verdicts if helpful is not None][-1:]
            is_kept = bool(last) or (keeps and not answered)
            key = question_id(answer.question)
            counts[key, "count"] += is_kept
            counts[key, "unsure"] += is_kept and not answered
            counts[key, "helpful"] += last == [True]
            counts[key, "unhelpful"] += last == [False]
        questions = kept.everything()
        assert sum(question.count for question in questions) == sum(
            count for (_, what), count in counts.items() if what == "count"
        )
        for question in questions:
            for what in ("count", "unsure", "helpful", "unhelpful"):
                assert getattr(question, what) == counts[question.id, what]
        page = kept.page(1, 50)
        open_ids = {question.id for question in questions if question.is_open}
        assert {question.id for question in page.questions} == open_ids
        assert page.total == len(open_ids)


def test_a_verdict_that_is_sent_again_replaces_the_first(tmp_path: Path) -> None:
    kept, answer = opened(tmp_path), asked("站在哪里?", answered=True)
    remember(kept, answer)
    assert kept.judge(Verdict(answer.id, helpful=False, comment="不对"))
    assert kept.judge(Verdict(answer.id, helpful=True))
    (question,) = kept.everything()
    assert (question.count, question.helpful, question.unhelpful) == (1, 1, 0)
    assert question.comments == []
    assert kept.page(1, 50).total == 0


def test_an_answer_is_forgotten_after_a_day_and_its_verdict_is_not(tmp_path: Path) -> None:
    clock = Clock()
    kept = opened(tmp_path, clock)
    judged, other = asked("站在哪里?"), asked("谁建的站?")
    remember(kept, judged, other)
    clock.seconds += REMEMBERED_FOR - 1
    assert kept.judge(Verdict(judged.id, helpful=False, comment="不对"))
    clock.seconds += 1
    for answer in (judged, other):
        assert not kept.judge(Verdict(answer.id, helpful=True))
    kept.forget()
    data = b"".join(path.read_bytes() for path in tmp_path.glob("feedback.sqlite*"))
    assert other.question.encode() not in data, "what is deleted is overwritten"
    (question,) = kept.everything()
    assert (question.answer.question, question.unhelpful) == (judged.question, 1)


def test_without_a_verdict_a_question_is_kept_only_where_that_is_switched_on(
    tmp_path: Path,
) -> None:
    kept = opened(tmp_path)
    remember(kept, asked("站在哪里?"), asked("谁建的站?", answered=True))
    assert kept.everything() == []
    first, second = asked("站在哪里?"), asked("站在哪裡?", at=NOW + 9)
    remember(kept, first, second, asked("谁建的站?", answered=True), questions=True)
    (question,) = kept.page(1, 50).questions
    assert (question.count, question.unsure) == (2, 2)
    assert (question.first, question.last) == (NOW, NOW + 9)
    assert question.languages == ["zh", "zh-Hant"]
    assert kept.judge(Verdict(first.id, helpful=False))
    assert kept.page(1, 50).questions[0].count == 2, "it was counted when it was asked"


def test_an_unknown_answer_is_told_and_nothing_is_made_for_it(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    assert not kept.judge(Verdict("nobody", helpful=True))
    assert not kept.delete("0" * 16)
    assert kept.question("0" * 16) is None
    assert (kept.everything(), kept.page(1, 50).total) == ([], 0)
    assert [path.name for path in tmp_path.iterdir()] == ["library.sqlite"]


def test_an_answer_that_another_process_is_writing_is_waited_for(tmp_path: Path) -> None:
    kept, answer = opened(tmp_path), asked("站在哪里?")
    with ThreadPoolExecutor() as pool:
        verdict = pool.submit(kept.judge, Verdict(answer.id, helpful=False))
        remember(opened(tmp_path), answer)
        assert verdict.result()


def test_a_choice_becomes_a_question_line_and_closes_the_question(tmp_path: Path) -> None:
    kept, answer = opened(tmp_path), asked("昆仑站建于哪一年?")
    remember(kept, answer, questions=True)
    case = case_of(answer.question, QUOTE, "2009年")
    assert kept.resolve(answer.question_id, case)
    assert list(read_cases(tmp_path / "questions.jsonl")) == [case]
    assert kept.page(1, 50).total == 0
    remember(kept, asked("昆仑站 建于哪一年？"), questions=True)
    assert kept.page(1, 50).total == 0, "who asks again does not open it again"
    (question,) = kept.everything()
    assert (question.line, question.count) == (case, 2)
    assert not kept.resolve("0" * 16, case)


def test_a_choice_for_lines_that_are_none_changes_nothing(tmp_path: Path) -> None:
    kept, answer = opened(tmp_path), asked("昆仑站建于哪一年?")
    remember(kept, answer, questions=True)
    (tmp_path / "questions.jsonl").write_text('{"id": 5}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"questions.jsonl, line 1 is no question line"):
        kept.resolve(answer.question_id, case_of(answer.question, QUOTE, None))
    assert (tmp_path / "questions.jsonl").read_text(encoding="utf-8") == '{"id": 5}\n'
    assert kept.page(1, 50).total == 1


def test_a_question_is_deleted_with_its_verdicts(tmp_path: Path) -> None:
    kept, answer = opened(tmp_path), asked("站在哪里?")
    remember(kept, answer)
    kept.judge(Verdict(answer.id, helpful=False, comment="不对"))
    assert kept.delete(answer.question_id)
    assert not kept.delete(answer.question_id)
    assert kept.everything() == []
    assert kept.judge(Verdict(answer.id, helpful=False)), "the answer is still remembered"
    assert kept.everything()[0].comments == []


def test_the_oldest_go_where_there_is_too_much(tmp_path: Path) -> None:
    clock = Clock()
    kept = opened(tmp_path, clock, Capacity(answers=3, questions=4, verdicts=2))
    answers = [asked(f"第{number}站在哪里?", at=NOW + number) for number in range(8)]
    remember(kept, *answers, questions=True)

    def judged(*numbers: int) -> list[int]:
        clock.seconds += 1
        verdicts = {number: Verdict(answers[number].id, helpful=False) for number in numbers}
        return [number for number, verdict in verdicts.items() if kept.judge(verdict)]

    def numbers() -> list[int]:
        return sorted(int(question.answer.question[1]) for question in kept.everything())

    assert judged(0) + judged(1) + judged(2) == [0, 1, 2]
    kept.forget()
    assert numbers() == [1, 2, 6, 7], "those with the two verdicts that are left, and the last"
    assert judged(*range(5)) == []
    assert judged(5) + judged(6) + judged(7) == [5, 6, 7]
    kept.forget()
    assert numbers() == [2, 5, 6, 7]


def _take_part(root: Path, answers: Sequence[AskedAnswer]) -> None:
    """Remember and judge answers, one after the other; in a process of its own."""
    kept = opened(root)
    for answer in answers:
        remember(kept, answer, questions=True)
        assert kept.judge(Verdict(answer.id, helpful=False, comment=answer.id))


def test_nothing_is_lost_of_what_several_processes_write_at_once(tmp_path: Path) -> None:
    parts = [[asked(WAYS[0][turn % 3]) for turn in range(25)] for _ in range(4)]
    context = multiprocessing.get_context("spawn")  # all begin by making the file
    processes = [context.Process(target=_take_part, args=(tmp_path, part)) for part in parts]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    (question,) = opened(tmp_path).everything()
    assert (question.count, question.unsure, question.unhelpful) == (100, 100, 100)


def test_choices_of_many_threads_are_all_among_the_lines(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    answers = [asked(f"第{number}站在哪里?") for number in range(24)]
    remember(kept, *answers, questions=True)

    def choose(answer: AskedAnswer) -> Case:
        case = case_of(answer.question, QUOTE, None)
        assert kept.resolve(answer.question_id, case)
        return case

    with ThreadPoolExecutor(8) as pool:
        cases = list(pool.map(choose, answers))
    lines = {case.id: case for case in read_cases(tmp_path / "questions.jsonl")}
    assert lines == {case.id: case for case in cases}
    assert not list(tmp_path.glob("*.next"))
