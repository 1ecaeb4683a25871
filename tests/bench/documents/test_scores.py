"""Facts are counted by format and by kind; formats that a system doesn't know are left out."""

from bench.documents.facts import read_facts
from bench.documents.scores import failure_lines, judged, table_lines
from bench.documents.systems import Reading
from training.data_folder import DOCUMENTS

BY_HAND = (DOCUMENTS / "by-hand" / "w01.txt").read_text(encoding="utf-8")
NAME = "w01_国庆值班通知.docx"


def test_what_was_read_counts_and_what_was_not_is_told() -> None:
    facts = [fact for fact in read_facts() if fact.document.startswith(("w01", "p08"))]
    whole = judged(facts, Reading("whole", {NAME: BY_HAND}, {}, frozenset({"docx"})))
    spoiled = BY_HAND.replace("乔若谷", "邰静姝")
    partly = judged(facts, Reading("partly", {NAME: spoiled}, {"p08.pdf": "is torn."}))
    assert [line.split() for line in table_lines([whole, partly]) if line] == [
        ["whole", "partly"],
        ["all", "10/10", "1.000", "9/20", "0.450"],
        ["first", "sixty", "10/10", "1.000", "9/20", "0.450"],
        ["docx", "10/10", "1.000", "9/10", "0.900"],
        ["pdf", "–", "0/10", "0.000"],
        ["absent", "1/1", "1.000", "1/1", "1.000"],
        ["cell", "6/6", "1.000", "5/12", "0.417"],
        ["list", "1/1", "1.000", "1/2", "0.500"],
        ["order", "1/1", "1.000", "1/1", "1.000"],
        ["pair", "–", "0/3", "0.000"],
        ["sentence", "1/1", "1.000", "1/1", "1.000"],
        ["whole", "documents", "1/1", "1.000", "0/2", "0.000"],
    ]
    lines = list(failure_lines(partly))
    assert lines[:3] == [
        "partly:",
        "  p08.pdf was not read: is torn.",
        "  w01-01 [cell] w01_国庆值班通知.docx: "
        "10月1日（周二） · 白班(8:30—17:30) · 带班领导 = 乔若谷",
    ]
    assert list(failure_lines(whole)) == ["whole:"]
