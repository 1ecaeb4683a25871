"""The output of commands keeps its shape for programs that read it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.ocr.scanned_page import as_pdf
from cli.output import format_answer, format_report, report_json
from index.article import Failure, PartlyRead
from index.build.near_duplicates import NearDuplicate
from index.build.report import Report
from qa.answer import Answer, Citation, Possible
from tests.conftest import run_yiju
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet


def test_a_report_as_json_names_near_duplicates_and_failures_by_their_public_keys() -> None:
    report = Report(
        added=1,
        changed=0,
        removed=0,
        unchanged=1,
        failed=[Failure("b.pdf", "it is empty")],
        passages=2,
        index_version="000001",
        seconds=1.0,
        embedded=2,
        repeats=[NearDuplicate("b.txt", "a.txt", 0.9)],
        unread=[PartlyRead("c.docx", "2 comments")],
    )
    values = report_json(report)
    assert values["repeats"] == [{"article": "b.txt", "like": "a.txt", "share": 0.9}]
    assert values["failed"] == [{"path": "b.pdf", "reason": "it is empty"}]
    assert values["unread"] == [{"path": "c.docx", "what": "2 comments"}]
    assert "  not read: c.docx: 2 comments" in format_report(report).splitlines()


CITED = Citation("a.txt", "渡口", "湖畔晚报", None, None, 0, 10, "灯塔高二十米。", None)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("灯塔高二十米。", "由扫描件识别，可信度 93%，请核对原件"),
        ("It is 20 m high.", "recognised in a scan, 93% sure: compare it with the original"),
    ],
)
def test_a_citation_of_a_scan_says_so(said: str, note: str) -> None:
    answer = Answer(
        id="1",
        answered=True,
        answer=said,
        short_answer=None,
        confidence=0.9,
        interpreted_question=None,
        index_version="000001",
        citations=[replace(CITED, recognised=0.93), replace(CITED, start=20)],
    )
    lines = format_answer(answer).splitlines()
    assert [line.strip() for line in lines].count(note) == 1
    assert lines[lines.index("    a.txt 0–10") + 1] == f"    {note}"


def test_a_possible_answer_is_set_apart_from_an_answer() -> None:
    answer = Answer(
        id="1",
        answered=False,
        answer="没有找到有把握的答案。",
        short_answer=None,
        confidence=0.3,
        interpreted_question=None,
        index_version="000001",
        possible=Possible("灯塔高二十米。", "二十米", 0.3, [CITED]),
    )
    lines = format_answer(answer).splitlines()
    assert lines[0] == "没有找到有把握的答案。"
    assert lines[2] == "可能是：二十米 (30%)"
    assert lines[3] == "灯塔高二十米。"
    assert "[1] 渡口 · 湖畔晚报" in lines


@READS_SCANS
def test_a_scanned_notice_answers_and_says_that_it_was_recognised(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    sheet = Sheet().write("青湖大桥封闭施工的通知", 180, 72, 18)
    sheet.write_lines(["各单位：", "一、工程总投资为4860万元。", "二、公交改走望月桥。"], 130)
    (articles / "通知.pdf").write_bytes(as_pdf([sheet.image], DPI))
    refused = run_yiju("rebuild", articles, "--store", store)
    assert (refused.returncode, "yiju rebuild --ocr" in refused.stderr) == (1, True)
    done = run_yiju("rebuild", articles, "--store", store, "--ocr", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    asked = run_yiju("ask", "工程总投资是多少?", "--store", store).stdout.splitlines()
    assert asked[0] == "4860万元"
    assert "    由扫描件识别，可信度 99%，请核对原件" in asked
    kept = run_yiju("rebuild", articles, "--store", store)
    assert " 0 removed, 1 unchanged, 0 failed" in kept.stdout
