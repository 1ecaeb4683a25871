"""No text of a measuring set reaches training."""

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.html import page_text
from training.articles import FOLDERS, articles
from training.data_folder import DATA, DOCUMENTS, ROOT, SHARED
from training.encoder import pairs
from training.encoder.config import Config
from training.leakage import (
    ASKED_RUN,
    LATIN_RUN,
    RUN,
    HeldOut,
    Leakage,
    asked_texts,
    comparable,
    document_texts,
    measuring,
    news_ids,
)

TEXT = "黑豹队的防守只丢了308分，在联赛中排名第六，同时也以24次拦截领先国家橄榄球联盟，入选职业碗。"
FILLER = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.replace("，", " ,\n"),
        "黑豹隊的防守只丟了３０８分，在聯賽中排名第六，同時也以24次攔截領先國家橄欖球聯盟，入選職業碗。",
        f"前面的话。{TEXT[3:40]}后面的话。",
    ],
)
def test_a_measuring_text_leaks_in_any_spelling(other: str) -> None:
    assert Leakage(iter([TEXT]))(other)


def test_a_short_text_leaks_only_whole() -> None:
    leaks = Leakage(iter(["你好，世界"]))
    assert leaks("你好世界!")
    assert not leaks("你好世界和平")


def test_a_run_in_the_middle_of_a_text_that_is_hardly_longer_leaks() -> None:
    text = comparable(TEXT)[: RUN + 9]
    assert Leakage(iter([text]))(FILLER[:7] + text[5 : 5 + RUN] + FILLER)


@given(st.integers(0, len(comparable(TEXT))), st.integers(0, 45), st.integers(0, 40))
def test_exactly_the_runs_that_are_long_enough_leak(start: int, length: int, before: int) -> None:
    leaks = Leakage(iter([TEXT]))
    run = comparable(TEXT)[start : start + length]
    assert leaks((FILLER * 2)[:before] + run + FILLER) == (len(run) >= RUN)


EVIDENCE = "这座体育馆在翻修以后有看台座位一万二千八百个，比以前多三成。"
DOCUMENT = "锅炉房每日巡查两次，压力超过一点二兆帕的时候立即停炉并报告值班工程师，不得自行处理。"
ENGLISH = "The rebuilt arena seats twelve thousand eight hundred people, a third more than it did."


@pytest.fixture
def held_out(tmp_path: Path) -> HeldOut:
    """What is held out of training where little is measured with."""
    data, lines = tmp_path / "data", tmp_path / "eval" / "dev.jsonl"
    (data / "text").mkdir(parents=True)
    (data / "text" / "news-10k.ids").write_text("n3\nn8\n", encoding="utf-8")
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "facts.jsonl").write_text(json.dumps({"document": "m99.md"}), encoding="utf-8")
    (documents / "m99.md").write_text(f"# 须知\n\n{DOCUMENT}\n", encoding="utf-8")
    articles = tmp_path / "cases" / "f99-seats" / "articles"
    articles.mkdir(parents=True)
    (articles / "case.txt").write_text(f"公告\n\n{TEXT}\n", encoding="utf-8")
    for path in (lines, articles.parent / "questions.jsonl"):
        path.parent.mkdir(exist_ok=True)
        asked = [("看台有几个座位?", EVIDENCE), ("How many?", ENGLISH), ("谁建的?", None)]
        values = ({"question": question, "evidence": evidence} for question, evidence in asked)
        path.write_text("\n".join(map(json.dumps, values)) + "\n", encoding="utf-8")
    return HeldOut(tmp_path, documents)


def test_documents_to_read_are_held_out_by_runs_of_thirty(held_out: HeldOut) -> None:
    folded = comparable(DOCUMENT)
    assert held_out(FILLER + folded[5 : 5 + RUN] + FILLER)
    assert not held_out(FILLER + folded[5 : 4 + RUN] + FILLER)


@pytest.mark.parametrize("text", [EVIDENCE, ENGLISH, TEXT])
def test_what_is_asked_and_cited_is_held_out_by_shorter_runs(held_out: HeldOut, text: str) -> None:
    folded = comparable(text)
    run = LATIN_RUN if text.isascii() else ASKED_RUN
    for start in range(0, len(folded) - run + 1, 3):
        assert held_out(FILLER + folded[start : start + run] + FILLER)
        assert not held_out(FILLER + folded[start : start + run - 1] + FILLER)


def test_questions_are_held_out_whole_and_each_text_is_told(held_out: HeldOut) -> None:
    texts = ["看台有几个座位？", "看台有几个座位可以坐?", "谁建的", "看台有几个座位？"]
    assert held_out.leaking(texts) == [True, False, True, True]
    assert held_out.news_ids == {"n3", "n8"}


@pytest.mark.skipif(not (SHARED / "cases").is_dir(), reason=f"needs {SHARED}")
def test_every_question_and_evidence_of_the_evaluation_is_held_out() -> None:
    held_out = HeldOut(SHARED)
    texts = [text for text in asked_texts(SHARED) if comparable(text)]
    assert len(texts) > 300
    assert all(held_out.leaking(texts))
    assert len(held_out.news_ids) == len(news_ids(DATA)) > 9_000


def test_nothing_in_the_repository_to_train_on_shares_a_run_with_a_document_to_read() -> None:
    leaks = Leakage(document_texts(DOCUMENTS))
    pages = (ROOT / "tests" / "data" / "pages").glob("*.html")
    texts = [page_text(path.read_bytes()) for path in pages]
    texts += [f"{item.title}\n{item.text}" for item in articles(DATA, FOLDERS)]
    assert len(texts) == 72 + 720
    assert not any(map(leaks, texts))


@pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
def test_no_pair_contains_a_measuring_text() -> None:
    """Check in another way than the stage: look up each run of a pair in the texts."""
    settings, chance = Config.read().pairs, random.Random(3)
    measured = "\n".join(map(comparable, measuring(DATA)))
    leaks = Leakage(measuring(DATA))
    columns = pairs.questions(DATA, settings, chance)
    kept, dropped = pairs.without_leaks(columns, leaks)
    assert dropped > 0
    assert len(kept["question"]) + dropped == len(columns["question"])
    for text in chance.sample(kept["paragraph"], 100):
        folded = comparable(text)
        assert not any(
            folded[at : at + RUN] in measured for at in range(max(1, len(folded) - RUN + 1))
        )


@pytest.mark.skipif(not DATA.is_dir(), reason=f"needs {DATA}")
def test_no_stage_opens_a_measuring_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = gzip.open

    def spy(path: Path, mode: str, encoding: str) -> object:
        opened.append(str(path))
        return real(path, mode, encoding=encoding)

    monkeypatch.setattr(gzip, "open", spy)
    settings, chance = Config.read().pairs, random.Random(3)
    for family in (pairs.english, pairs.bitext, pairs.documents, pairs.parts):
        family(DATA, settings, chance)
    assert len(opened) > 5
    assert not [path for path in opened if "measure" in path]
