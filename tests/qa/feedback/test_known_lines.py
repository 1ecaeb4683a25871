"""Lines of known answers can be asked, judged, and found by the quality gate."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Span
from index.build.quality_gate import QualityGate
from index.errors import FULL, StoreError
from index.eval_cases import Case, read_cases
from index.progress import silent
from index.text.splitter import split
from qa.feedback.kept_questions import KeptQuestion
from qa.feedback.known_lines import case_of, evidence_in, guessed_line, known_line, put_case
from tests.qa.feedback.parts import NOW, QUOTE, asked
from tests.support.command_line_index import fill_up, mounted
from tests.support.small_index import TEXTS, SmallIndex, TinyEncoder

LONG = "昆仑站在南极。" * 40 + "\n\n" + "中山站在海边。" * 40


def article(text: str) -> Article:
    """Return an article of a text."""
    return Article("a", "题", text)


@given(TEXTS, st.integers(0, 200), st.integers(1, 200))
def test_evidence_is_text_of_the_range_that_one_passage_has(
    text: str, start: int, length: int
) -> None:
    span = Span(start, start + length)
    evidence = evidence_in(article(text), span, None)
    if evidence is None:
        assert not span.of(text).strip()
    else:
        assert evidence in span.of(text)
        assert any(evidence in text[part.start : part.end] for part in split(text))


def test_of_several_passages_the_one_with_the_short_answer_counts() -> None:
    text = f"{LONG}它建于1989年。"
    whole = Span(0, len(text))
    first = evidence_in(article(text), whole, None)
    assert first is not None
    assert "1989" not in first
    assert "建于1989年" in (evidence_in(article(text), whole, "1989 年") or "")
    assert evidence_in(article(text), whole, "1990年") is None
    assert evidence_in(article("甲 \n\n 乙"), Span(1, 4), None) is None


def test_a_line_has_the_language_and_the_type_of_its_question() -> None:
    case = case_of("港珠澳大橋造價多少錢?", "造价1269亿元", "1269亿元")
    assert (case.lang, case.type, case.answerable) == ("zh-Hant", "money", True)
    assert (case.answers, case.evidence) == (["1269亿元"], "造价1269亿元")
    assert case_of("港珠澳大桥造价多少钱?", None, None).id == case.id
    none = case_of("Who sells barometers?", None, None)
    assert (none.lang, none.answerable, none.answers, none.evidence) == ("en", False, [], None)


def test_lines_are_put_among_others_in_place_of_the_same_question(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    own = {"id": "q1", "lang": "zh", "type": "fact", "question": "谁建的站?", "answerable": True}
    turns = {"history": [{"role": "user", "content": "昆仑站"}]}
    others = [
        json.dumps({**own, "note": "我的"}, ensure_ascii=False),
        json.dumps({**own, "id": "q2", **turns}),
        json.dumps({**own, "id": "q3", "question": "站在哪里?"}),
    ]
    path.write_bytes("\ufeff{}\r\n{}\n\n{}".format(*others).encode())
    path.chmod(0o600)
    put_case(path, case_of("站在 哪裡？", QUOTE, None))
    put_case(path, case_of("谁建的？", None, None))
    put_case(path, case_of("谁建的?", QUOTE, None))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == others[:2], "lines of others stay as they are"
    cases = list(read_cases(path))
    assert [case.question for case in cases[2:]] == ["站在 哪裡？", "谁建的?"]
    assert [case.answerable for case in cases[2:]] == [True, True]
    assert "谁建的?" in path.read_text(encoding="utf-8"), "Chinese is not escaped"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["questions.jsonl"]


def test_a_file_that_is_linked_to_is_replaced_where_it_is(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "store" / "questions.jsonl"
    link.parent.mkdir()
    real.touch()
    link.symlink_to(real)
    put_case(link, case_of("谁建的?", QUOTE, None))
    assert link.is_symlink()
    assert len(list(read_cases(real))) == 1


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl.next").mkdir()
    with pytest.raises(StoreError, match=r"questions.jsonl.next can't be used: Is a directory"):
        put_case(tmp_path / "questions.jsonl", case_of("谁建的?", QUOTE, None))
    with mounted(tmp_path / "disk", "size=64k"):
        path = tmp_path / "disk" / "questions.jsonl"
        put_case(path, case_of("谁建的?", QUOTE, None))
        fill_up(tmp_path / "disk" / "free")
        before = path.read_bytes()
        with pytest.raises(StoreError, match=re.escape(FULL)):
            put_case(path, case_of("站在哪里?", "长" * 2000, None))
        assert path.read_bytes() == before
        assert sorted(entry.name for entry in path.parent.iterdir()) == ["free", path.name]


def test_the_quality_gate_finds_what_was_chosen(tmp_path: Path) -> None:
    corpus = SmallIndex(tmp_path)
    text = f"{LONG}它建于1989年，位于拉斯曼丘陵。"
    corpus.put("a.txt", f"标题\n\n{text}")
    corpus.put("b.txt", "别的站\n\n这里说的是别的事情。")
    corpus.rebuild()
    read = corpus.searcher().catalogue.article("a.txt")
    assert read is not None
    evidence = evidence_in(read, Span(0, len(read.text)), "拉斯曼丘陵")
    put_case(corpus.store.questions, case_of("它位于拉斯曼丘陵吗?", evidence, "拉斯曼丘陵"))
    put_case(corpus.store.questions, case_of("谁付的钱?", None, None))
    gate = QualityGate(corpus.store.questions, TinyEncoder(), silent)
    quality = gate.judge(corpus.open(), None, None, force=False)
    assert (quality.asked, quality.recall) == (1, 1.0)


def kept(
    helpful: int, unhelpful: int, *, line: Case | None = None, best: bool = True
) -> KeptQuestion:
    """Return a question with verdicts on its answer."""
    answer = asked("昆仑站建于哪一年?", best=best)
    counts = ("0" * 16, ["zh"], NOW, NOW, 1, 1)
    return KeptQuestion(*counts, answer, helpful, unhelpful, [], answer if helpful else None, line)


def test_an_answer_is_known_where_it_was_chosen_or_helped_more_than_not() -> None:
    chosen = case_of("昆仑站建于哪一年?", None, None)
    assert known_line(kept(3, 0, line=chosen)) == chosen
    helped = known_line(kept(2, 1))
    assert helped is not None
    assert (helped.answers, helped.evidence) == (["2009年"], QUOTE)
    for unknown in (kept(0, 0), kept(1, 1), kept(0, 2), kept(1, 0, best=False)):
        assert known_line(unknown) is None
    assert guessed_line(kept(0, 1)) == helped
    assert guessed_line(kept(0, 1, best=False)) == replace_answer(helped)


def replace_answer(case: Case) -> Case:
    """Return the line of a question that the articles do not answer."""
    return case.model_copy(update={"answerable": False, "answers": [], "evidence": None})
