"""The facts and their documents; texts written by hand have the facts, spoiled ones don't."""

from collections import Counter

import pytest

from bench.documents.facts import KINDS, Fact, read_facts
from bench.documents.read_text import ReadText
from training.data_folder import DOCUMENTS

BY_HAND = {path.stem: path.read_text("utf-8") for path in (DOCUMENTS / "by-hand").glob("*.txt")}


def facts_of(document: str) -> list[Fact]:
    return [fact for fact in read_facts() if fact.document.startswith(document)]


def test_the_documents_of_four_sets_have_ten_facts_each() -> None:
    facts = read_facts()
    assert len({fact.id for fact in facts}) == 2160
    assert {fact.kind for fact in facts} == KINDS.keys()
    counts = Counter(fact.document for fact in facts)
    assert set(counts.values()) == {10}
    others = {"README.md", "by-hand", "facts.jsonl"}
    assert counts.keys() == {path.name for path in DOCUMENTS.iterdir()} - others
    sixties = dict.fromkeys(("first sixty", "second sixty", "third sixty"), 600)
    assert Counter(fact.set for fact in facts) == {**sixties, "fourth set": 360}


def test_no_fact_holds_of_a_document_that_was_not_read() -> None:
    for text in (ReadText(""), ReadText("  \n (空)")):
        assert not any(fact.holds(text) for fact in read_facts())


@pytest.mark.parametrize("document", sorted(BY_HAND))
def test_texts_written_by_hand_have_every_fact(document: str) -> None:
    text = ReadText(BY_HAND[document])
    assert [fact.id for fact in facts_of(document) if not fact.holds(text)] == []


@pytest.mark.parametrize(
    ("document", "old", "new", "lost"),
    [
        ("w01", "穆子昂,联系电话 0573-6620118", "裘晚晴,联系电话 0573-6620118", ["w01-02"]),
        ("w01", "(一)10月1日至5日", "10月1日至5日", ["w01-07"]),
        ("w05", "| 0.48 | 0.66 | 1.35 |", "| 1.35 | 0.48 | 0.66 |", ["w05-01"]),
        ("w05", "| 氨(以N计) | mg/L", "| mg/L", ["w05-02"]),
        ("p08", '<td rowspan="3">操作费</td>', "", ["p08-02", "p08-03"]),
        ("p08", "2024年4月20日", "\n以上为客户资料\n2024年4月20日", ["p08-07"]),
        ("h02", "一般企业 > 单位比例 = 6%~12%", "一般企业 = 6%~12%", ["h02-02"]),
        ("h02", "[1] 夫妻双方均缴存的", "关于夫妻双方均缴存的", []),
        ("x04", "米面粮油\t丰谷农贸\t28,816.40", "米面粮油\t28,816.40\t丰谷农贸", ["x04-04"]),
    ],
)
def test_a_spoiled_text_lacks_what_was_spoiled(
    document: str, old: str, new: str, lost: list[str]
) -> None:
    assert old in BY_HAND[document]
    text = ReadText(BY_HAND[document].replace(old, new))
    assert [fact.id for fact in facts_of(document) if not fact.holds(text)] == lost
