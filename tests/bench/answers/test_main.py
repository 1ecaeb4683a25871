"""Every set is measured on a data folder made for the test, and the table tells what was."""

import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.answers.__main__ import SETS, main
from bench.quality import STATUTES
from tests.support.reading_sets import context, squad, write

CITIES = ["甲市", "乙市", "丙市"]


def line(key: str, question: str, answer: str | None, **other: object) -> dict[str, Any]:
    """Return a question line; None for no answer."""
    answers = {"answers": [answer], "evidence": answer} if answer else {}
    common = {"id": key, "lang": "zh", "type": "date", "question": question}
    return {**common, "answerable": answer is not None, **answers, **other}


def put(path: Path, *values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    path.write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    shared = tmp_path / "shared"
    asked = line("w1", "甲市的地铁建于哪一年?", "1985年", style="keyword")
    refused = line("w2", "丙市有多少只孔雀?", None, type="number", style="natural")
    for name in ("news-dev", "natural-dev", "seed-dev"):
        put(shared / "eval" / f"{name}.jsonl", asked, refused)
    text = shared / "data" / "text"
    articles = [
        {"id": f"n{at}", "title": "", "text": context(city)} for at, city in enumerate(CITIES)
    ]
    put(text / "news.jsonl", *articles)
    (text / "news.jsonl.xz").write_bytes(lzma.compress((text / "news.jsonl").read_bytes()))
    (text / "news-10k.ids").write_text("n0\nn2\n", encoding="utf-8")
    seed = shared / "data" / "seed" / "smart-city.txt"
    seed.parent.mkdir(parents=True)
    seed.write_text("甲市\n\n" + context("甲市"), encoding="utf-8")
    for case in ("f01-years", "f12-files"):
        put(shared / "cases" / case / "questions.jsonl", asked)
    for name in ("f01-years", "f12-files"):
        (shared / "cases" / name / "articles").mkdir()
    station = shared / "cases" / "f01-years" / "articles" / "甲市.txt"
    station.write_text("甲市\n\n" + context("甲市"), encoding="utf-8")
    measure = shared / "data" / "measure"
    measure.mkdir(parents=True)
    for name in ("cmrc2018-dev", "xquad-dev-zh", "xquad-dev-en", "dureader-robust-dev"):
        write(measure / f"{name}.json.gz", squad(CITIES))
    mixed = squad(CITIES)
    mixed["data"][0]["paragraphs"][0]["qas"][0]["answers"] = []
    write(measure / "dureader-checklist-dev.json.gz", mixed)
    laws = (json.dumps({"id": f"l{at}", "text": f"第{at}条 制定本法。"}) for at in range(3))
    (shared / "data" / STATUTES).write_bytes(gzip.compress("\n".join(laws).encode()))
    return shared


def test_every_set_is_measured_and_kept(shared: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    arguments = ["--shared", str(shared), "--work", str(work)]
    done = CliRunner().invoke(main, [*arguments, "--json", "--failures", "2"])
    assert done.exit_code == 0, done.output
    value = json.loads(done.stdout)
    assert set(value["sets"]) == set(SETS)
    assert {file.stem for file in work.glob("*.json")} == set(SETS)
    figures = {name: part["figures"] for name, part in value["sets"].items()}
    assert figures["news-dev"]["right"] == figures["news-dev"]["refused"] == 1.0
    assert figures["cases"]["passed_share"] == 1.0
    assert figures["cases"]["passed_share_of_files"] == 0.0
    assert value["sets"]["cases"]["failures"][0]["reason"] == "no article was taken in"
    assert figures["cmrc"]["recall@1"] == 1.0
    assert figures["costs"]["memory"] > 10
    assert set(value["domains"]) == {"encyclopedia", "news", "small folder", "across languages"}
    rows = {(row["set"], row["figure"]): row for row in value["table"]}
    assert rows["news-dev, 10,000 articles", "answerable: rightly answered"]["reached"]

    # What is kept is told again, in lines, without being measured again.
    before = {file: file.stat().st_mtime_ns for file in work.iterdir()}
    again = CliRunner().invoke(main, [*arguments, "--resume", "--failures", "1"])
    assert again.exit_code == 0, again.output
    assert "| news-dev, 10,000 articles | answerable: rightly answered | 0.200 | **1.000** |" in (
        again.stdout
    )
    assert "[f12-files] 甲市的地铁建于哪一年? – no article was taken in" in again.stdout
    assert {file: file.stat().st_mtime_ns for file in work.iterdir()} == before


def test_only_the_sets_named_are_measured(shared: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    done = CliRunner().invoke(main, ["seed-dev", "--shared", str(shared), "--work", str(work)])
    assert done.exit_code == 0, done.output
    assert [file.name for file in work.iterdir()] == ["seed-dev.json"]
    assert "| seed-dev | passed of 30 | 26 | 2 | 29 |" in done.stdout
    assert "news-dev" not in done.stdout


def test_the_store_of_news_is_kept_if_wanted(shared: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    arguments = ["news-dev", "--shared", str(shared), "--work", str(work), "--keep-stores"]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    kept = work / "stores" / "news"
    assert (kept / "store" / "CURRENT").exists()
    (shared / "data" / "text" / "news.jsonl.xz").unlink()
    assert CliRunner().invoke(main, arguments).exit_code == 0


def test_a_sample_of_a_reading_set_is_spread_over_it(shared: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    arguments = ["--shared", str(shared), "--work", str(work), "--sample", "3", "--json"]
    done = CliRunner().invoke(main, ["xquad-zh", "dureader-checklist", *arguments])
    assert done.exit_code == 0, done.output
    sets = json.loads(done.stdout)["sets"]
    assert sets["xquad-zh"]["notes"] == ["3 of 6 questions"]
    assert sets["dureader-checklist"]["notes"] == ["4 of 6 questions"]
    kept = json.loads((work / "xquad-zh.json").read_text(encoding="utf-8"))
    assert [ask["id"] for ask in kept["asks"] if ask["answerable"]] == [
        f"{city}-1" for city in CITIES
    ]


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["--shared", str(tmp_path)])
    assert refused.exit_code == 1
    assert "has no folder eval" in refused.output
