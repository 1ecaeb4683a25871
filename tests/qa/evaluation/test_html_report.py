"""The report is a single page that fetches nothing, and all text in it is escaped."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from index.errors import UsageError
from index.eval_cases import Case
from qa.answer import Answer
from qa.evaluation import charts
from qa.evaluation.html_report import render, write_report
from qa.evaluation.judge_cases import CaseResult
from qa.evaluation.metrics import CalibrationBin, RiskCoverage
from qa.evaluation.run import RANKINGS, Outcome, Prediction
from qa.evaluation.scores import Evaluation, scores_of
from qa.evaluation.squad import GoldQuestion, ReadingSet

BAD = "<script src='http://evil.test/x.js'></script>谁?"
RIGHT = Prediction("苹果", "出产苹果。", "a", 0.9, True, True)
WRONG = Prediction(None, "<img src=x onerror=alert(1)>", "b", 0.2, False, False)


def evaluation(*, left_out: bool) -> Evaluation:
    questions = [
        GoldQuestion("1", "出产什么?", ("苹果",), "甲"),
        GoldQuestion("2", BAD, ("</td><b>",), "乙"),
    ]
    outcomes = [
        Outcome(
            gold, dict.fromkeys(RANKINGS, rank), prediction, 3.0, 1.0, WRONG if left_out else None
        )
        for gold, rank, prediction in zip(questions, (1, None), (RIGHT, WRONG), strict=True)
    ]
    unanswerable = (GoldQuestion("3", "谁建的?", (), "甲"),)
    reading_set = ReadingSet(f"{BAD}.json", ("甲", "乙"), tuple(questions), unanswerable)
    return Evaluation(reading_set, outcomes, scores_of(outcomes, 0.5), 2, 2, [f"{BAD}: no file"])


def results() -> list[CaseResult]:
    case = Case(id="1", lang="zh", type=BAD, question=BAD, answerable=True, answers=["<i>"])
    answer = Answer("1", True, BAD, None, 0.4, None, "000001")
    return [CaseResult(case, answer, f"short answer: {BAD}"), CaseResult(case, answer, "")]


def parsed(html: str) -> Any:  # noqa: ANN401 - the stubs know less than lxml
    return lxml.html.document_fromstring(html)


def addresses(page: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield each URL that a browser would fetch or follow."""
    for element in page.iter():
        for name, value in element.attrib.items():
            if re.sub("^{.*}", "", name) in {"src", "href", "data", "action", "poster", "srcset"}:
                yield value
            yield from re.findall(r"url\((?!#)[^)]*\)", value)
        if element.tag == "style":
            yield from re.findall(r"@import.*|url\([^)]*\)|https?:[^\s\"']+", element.text or "")


@pytest.mark.parametrize("left_out", [False, True])
def test_nothing_is_fetched_and_nothing_runs(left_out: bool) -> None:
    html = render(results(), [evaluation(left_out=left_out)])
    page = parsed(html)
    assert list(addresses(page)) == []
    unwanted = {"script", "link", "iframe", "img", "object", "embed", "form", "foreignobject"}
    assert not unwanted & {str(element.tag).lower() for element in page.iter()}
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert "default-src 'none'" in html
    assert len(page.xpath("//figure/*")) == 3 + left_out
    assert set(re.findall(r"https?://[\w./]+", html)) == {
        "http://www.w3.org/2000/svg",  # names, never fetched
        "http://www.w3.org/1999/xlink",
        "http://evil.test/x.js",  # escaped, as asserted above
    }


def test_every_score_and_every_error_is_there_as_text() -> None:
    page = parsed(render(results(), [evaluation(left_out=True)]))
    rows = [[cell.text_content() for cell in row.iter("td")] for row in page.iter("tr")]
    assert ["fusion", "0.500", "0.500", "0.500", "0.500", "0.500", "0.500"] in rows
    assert ["the first citation holds a gold answer", "0.500"] in rows
    assert ["half the articles left out", "0.500", "0.500", "1.000"] in rows
    error = next(row for row in rows if "article not found" in row)
    assert error == [BAD, "</td><b>", "–", WRONG.quote, "article not found", "–", "0.200"]
    assert ["all", "1", "2"] in rows
    failed = next(row for row in rows if row and row[-1].startswith("short answer: "))
    assert failed == [BAD, "<i>", BAD, "–", "0.400", f"short answer: {BAD}"]
    assert "1 failed" in page.text_content()
    assert BAD in page.text_content()


def test_a_report_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "报告.html"
    path.write_text("before", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
        with pytest.raises(OSError, match="full"):
            write_report(path, results(), [])
    assert [path.name for path in tmp_path.iterdir()] == ["报告.html"]
    assert path.read_text(encoding="utf-8") == "before"
    write_report(path, results(), [])
    assert "1 failed" in path.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.html"]


def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "no" / "r.html", "there is no folder"),
        (tmp_path, "a folder"),
    ):
        with pytest.raises(UsageError, match=message):
            write_report(path, [], [])


def test_charts_draw_extreme_values() -> None:
    perfect = evaluation(left_out=False).outcomes[:1]
    pictures = [
        charts.recall_chart(scores_of(perfect, 0.5)),
        charts.risk_chart([RiskCoverage(0.5, 1.0, 0.0)]),
        charts.risk_chart([RiskCoverage(1 - at / 900, at / 900, 0.1) for at in range(1, 901)]),
        charts.reliability_chart([CalibrationBin(0.9, 1.0, 1, 1.0, 1.0)]),
        charts.latency_chart([0.0]),
        charts.latency_chart([1.0, 5.0, 900.0]),
    ]
    for picture in pictures:
        assert picture.startswith("<svg")
        assert "<script" not in picture
        assert "nan" not in picture.lower()
