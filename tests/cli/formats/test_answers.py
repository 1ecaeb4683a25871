"""Answers and passages are told with what a reader needs to find and check them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.ocr.scanned_page import as_pdf
from cli.formats.answers import format_answer, format_hits
from qa.answer import (
    Answer,
    Citation,
    FoundPassage,
    Possible,
    Translation,
    Written,
    WrittenSentence,
)
from tests.conftest import run_yiju
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet

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


def test_what_a_model_wrote_is_marked_and_its_sources_are_listed_below() -> None:
    further = Citation("b.txt", "灯塔", None, None, None, 0, 8, "The lamp is new.", None)
    written = Written(
        "tiny",
        "灯塔高20米[1]，灯是新的[2]。",
        [WrittenSentence("灯塔高20米，灯是新的。", [0, 1])],
        [CITED, further],
        [Translation(1, "灯是新的。")],
    )
    answer = Answer(
        id="1",
        answered=True,
        answer="灯塔高二十米。",
        short_answer="二十米",
        confidence=0.9,
        interpreted_question=None,
        index_version="000001",
        citations=[CITED],
        written=written,
    )
    lines = format_answer(answer).splitlines()
    assert lines[:8] == [
        "二十米",
        "灯塔高二十米。",
        "",
        "由模型根据下列原文写成： (tiny)",
        "灯塔高20米[1]，灯是新的[2]。",
        "[2] 由模型翻译：",
        "    灯是新的。",
        "",
    ]
    assert "[1] 渡口 · 湖畔晚报" in lines
    assert "[2] 灯塔" in lines
    failed = replace(answer, written=Written("tiny", failed="模型没有按时写完，这里只给出原文。"))
    assert format_answer(failed).splitlines()[3] == "模型没有按时写完，这里只给出原文。"
    assert "[1] 渡口 · 湖畔晚报" in format_answer(failed).splitlines()


PASSAGE = FoundPassage("a.txt", "渡口", 0, 10, "灯塔高\n二十米。" * 40, 0.2, 1, 1)


def test_where_nothing_is_answered_the_nearest_three_passages_are_listed() -> None:
    answer = Answer(
        id="1",
        answered=False,
        answer="没有找到有把握的答案。",
        short_answer=None,
        confidence=0.05,
        interpreted_question=None,
        index_version="000001",
        passages=[replace(PASSAGE, start=start) for start in range(5)],
    )
    lines = format_answer(answer).splitlines()
    assert lines[:5] == ["没有找到有把握的答案。", "", "最接近的段落：", "", "[1] 渡口"]
    assert lines[5] == "    a.txt 0–10"
    assert lines[6].startswith("    灯塔高 二十米。")
    assert lines[6].endswith(" …")
    assert [line[:3] for line in lines if line.startswith("[")] == ["[1]", "[2]", "[3]"]


def test_a_citation_and_a_passage_of_an_article_with_pages_name_the_page() -> None:
    answer = Answer(
        id="1",
        answered=True,
        answer="灯塔高二十米。",
        short_answer=None,
        confidence=0.9,
        interpreted_question=None,
        index_version="000001",
        citations=[replace(CITED, page=3)],
    )
    assert "    a.txt 第 3 页" in format_answer(answer).splitlines()
    english = replace(PASSAGE, text="The lamp is new.")
    assert format_hits([PASSAGE, english], [2, 4]).splitlines()[1::4] == [
        "    a.txt 第 2 页",
        "    a.txt page 4",
    ]
    assert format_hits([], []) == "No passage was found."


def test_a_question_without_an_answer_ends_with_three(sample_store: Path) -> None:
    for options in ([], ["--json"]):
        done = run_yiju("ask", "火星上有几家茶馆?", "--store", sample_store, *options)
        assert (done.returncode, done.stderr) == (3, "")
        assert "没有找到有把握的答案。" in done.stdout


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
