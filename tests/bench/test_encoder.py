"""The encoder's benchmark: ranks and recall worked by hand."""

import gzip
import json
from pathlib import Path

import numpy as np

from bench.encoder import by_best_sentence, by_vector, format_recall, matching, ranks, read
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder


def test_a_tie_counts_against_us() -> None:
    scores = np.array([[0.9, 0.1, 0.5], [0.3, 0.3, 0.1], [0.2, 0.4, 0.6]], dtype=np.float32)
    found_at = ranks(scores, np.array([0, 1, 0]))
    assert found_at.tolist() == [1, 2, 3]
    assert format_recall(found_at, 1, 2, 3) == "0.333 / 0.667 / 1.000"


def test_a_set_is_read_asked_and_ranked(tmp_path: Path) -> None:
    contexts = ["甲市在2016年建了地铁，很长。", "公园里有三百只孔雀。大家都爱看。"]
    questions = [["哪一年建了地铁?"], ["公园里有多少孔雀?", "How many peacocks are in the park?"]]
    paragraphs = [
        {"context": context, "qas": [{"question": question, "answers": []} for question in group]}
        for context, group in zip(contexts, questions, strict=True)
    ]
    path = tmp_path / "set.json.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump({"data": [{"paragraphs": paragraphs}]}, file)
    collection = read(path)
    assert collection.passages == contexts
    assert collection.answers.tolist() == [0, 1, 1]
    encoder = StaticEncoder(model_folder(BUNDLED))
    assert by_best_sentence(encoder, collection).tolist() == [1, 1, 1]
    assert by_vector(encoder, collection.among(["第一条 为了规范市场，制定本法。"])).tolist() == [
        1,
        1,
        1,
    ]


def test_translations_are_matched_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("The cat sleeps.\t猫在睡觉。\nThe tax law was changed.\t税法修改了。\n")
    assert matching(StaticEncoder(model_folder(BUNDLED)), path) == 1.0
