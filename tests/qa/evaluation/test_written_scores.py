"""What a model writes is judged beside the extracted answers."""

from index.eval_cases import Case
from index.progress import silent
from qa.answerer import Answerer
from qa.evaluation.judge_cases import evaluate
from qa.evaluation.written_scores import WrittenTally, written_lines
from qa.writing.writer import Writer
from tests.qa.conftest import Shelve
from tests.support import answerers, small_index
from tests.support.models.model_site import ModelSite, writes

TEXT = "青石渡口建于1902年。渡口由商会出资。"
YEAR, FOUNDER = "青石渡口建于哪一年？", "谁出资建了青石渡口？"
CASES = [
    Case(id="1", lang="zh", type="date", question=YEAR, answerable=True, answers=["1902"]),
    Case(id="2", lang="zh", type="org", question=FOUNDER, answerable=True, answers=["商会"]),
    Case(id="3", lang="zh", type="other", question="火星上有几只猫？", answerable=False),
]


def test_right_answers_dropped_sentences_and_costs_are_counted(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve({"id": "a.txt", "title": "青石渡口", "text": TEXT})
    with ModelSite(writes("渡口建于1902年[1]。渡口建于1903年[1]。", tokens=500)) as site:
        tally = WrittenTally(
            Writer(site.client(), answerers.names(), small_index.bundled_encoder(), 3000)
        )
        results = evaluate(CASES, answerer, searcher, silent, tally)
        scores = tally.scores()
    asked = sum(result.answer.answered for result in results)
    assert not results[2].answer.answered
    assert (scores.asked, scores.tokens) == (asked, 500)
    assert scores.right is not None
    assert 0 < scores.right <= 1
    assert scores.extracted_right == 1
    assert scores.dropped == asked
    assert scores.held is not None
    assert list(scores.seconds) == ["p50", "p95", "p99"]
    assert len(list(written_lines(scores))) == 3
    assert tally.scores().asked == 0, "the next set is judged by itself"


def test_without_a_question_to_write_about_there_are_no_scores() -> None:
    with ModelSite(writes("")) as site:
        scores = WrittenTally(
            Writer(site.client(), answerers.names(), small_index.bundled_encoder(), 3000)
        ).scores()
    assert (scores.right, scores.held, scores.tokens, scores.seconds) == (None, None, None, {})
    assert list(written_lines(scores))[-1] == "    – s; – tokens a question"
