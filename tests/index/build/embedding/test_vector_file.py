"""A file of vectors gives back what was added, or says in a sentence what is wrong with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.build.embedding.vector_file import VectorFile, vector_files
from index.errors import UsageError

VECTORS = np.arange(12, dtype=np.float32).reshape(3, 4)
HASHES = [bytes([number]) * 32 for number in range(3)]


@pytest.fixture
def file(tmp_path: Path) -> VectorFile:
    vectors = VectorFile(tmp_path / "1.vectors", "a-model", 4)
    vectors.begin()
    vectors.add(HASHES[:2], VECTORS[:2])
    return vectors


def test_what_was_added_comes_back_in_batches(file: VectorFile) -> None:
    file.add(HASHES[2:], VECTORS[2:])
    first, second = file.batches()
    assert (first[0], second[0]) == (HASHES[:2], HASHES[2:])
    np.testing.assert_array_equal(np.concatenate([first[1], second[1]]), VECTORS)
    assert file.hashes() == set(HASHES)


def test_a_file_that_is_there_is_gone_on_with(file: VectorFile) -> None:
    VectorFile(file.path, "a-model", 4).begin()
    assert file.hashes() == set(HASHES[:2])


@pytest.mark.parametrize("model", [("b-model", 4), ("a-model", 8)])
def test_vectors_of_another_model_are_refused(file: VectorFile, model: tuple[str, int]) -> None:
    with pytest.raises(UsageError, match=r"has vectors of the model a-model, but now it is "):
        VectorFile(file.path, *model).begin()
    with pytest.raises(UsageError, match=r"set YIJU_MODEL to that one\."):
        vector_files([file.path], *model)


def test_a_changed_number_a_cut_and_another_file_are_damage(file: VectorFile) -> None:
    whole = file.path.read_bytes()
    with closing(sqlite3.connect(file.path)) as db, db:
        db.execute("UPDATE batches SET vectors = ?", (VECTORS[1:].tobytes(),))
    for data in (file.path.read_bytes(), whole[: len(whole) // 2], b"no file of vectors", b""):
        file.path.write_bytes(data)
        with pytest.raises(UsageError) as error:
            vector_files([file.path], "a-model", 4)
        assert str(error.value) == (
            f"{file.path} is damaged, or no file of vectors. Copy it again, or make it anew with: "
            "yiju embed"
        )


def test_a_folder_stands_for_its_files_and_a_missing_one_is_told(file: VectorFile) -> None:
    folder = file.path.parent
    assert [vectors.path for vectors in vector_files([folder], "a-model", 4)] == [file.path]
    with pytest.raises(UsageError, match=r"gone is not there; make it with: yiju embed"):
        vector_files([folder / "gone"], "a-model", 4)
