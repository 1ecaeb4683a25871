"""The owner's page has the questions that need the owner, most asked first."""

from pathlib import Path

from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.feedback_store import FeedbackStore, Verdict
from qa.feedback.known_lines import case_of
from tests.qa.feedback.parts import NOW, asked, bare_store


def opened(root: Path) -> FeedbackStore:
    """Return the feedback of a store that has no index."""
    store = bare_store(root)
    return FeedbackStore(FeedbackFile(store), store.questions, clock=lambda: NOW + 60)


def test_questions_come_by_how_often_they_were_asked_then_the_latest_first(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    rare, often, late = "站在哪里?", "谁建的站?", "何时建的站?"
    answers = [asked(often), asked(rare, at=NOW + 1), asked(often), asked(late, at=NOW + 2)]
    kept.remember(answers, for_verdicts=True, kept=True)
    pages = [kept.page(number, 2) for number in (1, 2, 3)]
    texts = [[question.answer.question for question in page.questions] for page in pages]
    assert texts == [[often, late], [rare], []]
    assert [page.total for page in pages] == [3] * 3


def test_what_helped_or_was_resolved_needs_nobody_but_is_kept(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    helped, wrong, chosen = asked("甲?", answered=True), asked("乙?", answered=True), asked("丙?")
    kept.remember([helped, wrong, chosen], for_verdicts=True, kept=False)
    kept.judge(Verdict(helped.id, helpful=True, comment="好"))
    kept.judge(Verdict(wrong.id, helpful=False))
    kept.judge(Verdict(chosen.id, helpful=True))
    assert kept.resolve(chosen.question_id, case_of("丙?", None, None))
    (question,) = kept.page(1, 50).questions
    assert (question.answer.question, question.unhelpful) == ("乙?", 1)
    everything = {question.answer.question: question for question in kept.everything()}
    assert list(everything) == sorted(everything, key=lambda text: everything[text].id)
    assert everything["甲?"].comments[0].comment == "好"
    assert everything["甲?"].helped == helped
    assert everything["丙?"].line == case_of("丙?", None, None)
    assert [everything[text].is_open for text in "甲? 乙? 丙?".split()] == [False, True, False]


def test_of_many_comments_the_latest_are_listed(tmp_path: Path) -> None:
    store = bare_store(tmp_path)
    clock = iter(range(NOW, NOW + 1000))
    kept = FeedbackStore(FeedbackFile(store), store.questions, clock=lambda: next(clock))
    answers = [asked("甲?", at=NOW + number) for number in range(30)]
    kept.remember(answers, for_verdicts=True, kept=False)
    for number, answer in enumerate(answers):
        assert kept.judge(Verdict(answer.id, helpful=False, comment=f"第{number}"))
    (question,) = kept.page(1, 50).questions
    assert question.unhelpful == 30
    comments = [said.comment for said in question.comments]
    assert comments == [f"第{number}" for number in range(29, 9, -1)]
