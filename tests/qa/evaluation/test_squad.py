"""SQuAD-style files are read, joined and refused plainly."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from index.errors import UsageError
from qa.evaluation.squad import is_reading_set, read_set
from qa.evaluation.suite import Suite
from tests.support.reading_sets import FACTS, context, squad, write

CITIES = list(FACTS)[:3]


@pytest.mark.parametrize("name", ["set.json", "set.json.gz"])
def test_contexts_are_kept_once_and_questions_know_theirs(tmp_path: Path, name: str) -> None:
    twice = squad([*CITIES, "丁市"])
    group = twice["data"][0]["paragraphs"]
    group[3]["context"] = group[0]["context"]  # the same text is the same article
    reading_set = read_set(write(tmp_path / name, twice))
    assert reading_set.contexts == tuple(map(context, CITIES))
    assert len(reading_set.questions) == 8
    assert reading_set.questions[-1].context == context("甲市")
    assert reading_set.questions[0].answers == ("1985年",)
    assert (reading_set.name, reading_set.without_answer) == (name, 0)


def test_questions_without_an_answer_are_counted_and_not_asked(tmp_path: Path) -> None:
    value = squad(CITIES)
    qas = value["data"][0]["paragraphs"][0]["qas"]
    qas[0]["answers"] = []
    qas[1]["answers"] = [{"text": " ,"}, {"text": "苹果"}, {"text": "苹果"}]
    reading_set = read_set(write(tmp_path / "a.json", value))
    assert reading_set.without_answer == 1
    assert reading_set.questions[0].answers == ("苹果",)


def test_a_second_file_is_joined_by_id(tmp_path: Path) -> None:
    first = write(tmp_path / "zh.json", squad(CITIES))
    words = {"甲市-2": "What does Jia make?"}
    second = write(tmp_path / "en.json", squad([*reversed(CITIES), "丁市"], **words))
    reading_set = read_set(first, second)
    assert [gold.id for gold in reading_set.questions][:2] == ["甲市-1", "甲市-2"]
    assert reading_set.questions[1].question == "What does Jia make?"
    assert reading_set.questions[1].answers == ("苹果",)
    assert reading_set.name == "zh.json asked by en.json"
    with pytest.raises(UsageError) as refused:
        read_set(second, first)
    assert str(refused.value) == (
        f"{first} does not go with {second}: it lacks 2 of 8 question ids (丁市-1, 丁市-2)."
    )


def without(value: dict[str, Any], key: str) -> dict[str, Any]:
    paragraph = value["data"][0]["paragraphs"][0]
    (paragraph if key in paragraph else paragraph["qas"][0]).pop(key)
    return value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "is no SQuAD-style JSON: the file: "),
        ({}, "is no SQuAD-style JSON: data: Field required."),
        (without(squad(CITIES), "context"), "data.0.paragraphs.0.context: Field required."),
        (without(squad(CITIES), "id"), "data.0.paragraphs.0.qas.0.id: Field required."),
        (squad(CITIES, **{"甲市-1": " "}), "qas.0.question: String should have at least 1"),
        (without(squad(["甲市"]), "qas"), "qas: Field required."),
        (squad([]), "holds no question with an answer."),
        (squad(["甲市", "甲市"]), "has two questions with the id “甲市-1”."),
    ],
)
def test_another_format_is_refused_in_one_sentence(
    tmp_path: Path, value: object, message: str
) -> None:
    path = write(tmp_path / "set.json", value)
    with pytest.raises(UsageError) as refused:
        read_set(path)
    assert str(refused.value).startswith(f"{path} ")
    assert message in str(refused.value)


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.json.gz").write_bytes(b"not packed")
    (tmp_path / "c.json.gz").write_bytes(gzip.compress(b"{}")[:-4])
    (tmp_path / "d.json").mkdir()
    for name in ("a.json", "b.json.gz", "c.json.gz", "d.json", "none.json"):
        with pytest.raises(UsageError) as refused:
            read_set(tmp_path / name)
        assert str(tmp_path / name) in str(refused.value)


def test_the_format_is_inferred_from_the_name() -> None:
    names = {"a.json": True, "A.JSON.GZ": True, "a.jsonl": False, "a.jsonl.gz": False, "a": False}
    for name, expected in names.items():
        assert is_reading_set(Path(name)) == expected


def test_a_suite_refuses_options_and_files_that_do_not_apply(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="There is no question in"):
        Suite.of([lines], None, left_out=False, among=())
    for options in ({"left_out": True, "among": ()}, {"left_out": False, "among": (tmp_path,)}):
        with pytest.raises(UsageError, match="are for SQuAD-style files"):
            Suite.of([lines], None, **options)  # type: ignore[arg-type]
    both = Suite.of(
        [write(tmp_path / "a.json", squad(CITIES)), lines], None, left_out=True, among=()
    )
    assert (len(both.sets), both.cases) == (1, [])
