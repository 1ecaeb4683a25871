"""FAISS finds what a plain numpy search finds."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.search.vectors import VectorIndex, VectorPart, VectorWriter

IDS = st.lists(st.integers(0, 2**62), min_size=1, max_size=40, unique=True)


NONE: Int64Array = np.zeros(0, dtype=np.int64)


def written(
    path: Path, vectors: Vectors, numbers: list[int], dropped: Int64Array = NONE
) -> VectorPart:
    writer = VectorWriter(vectors.shape[1])
    for at in range(0, len(numbers), 7):
        writer.add(vectors[at : at + 7])
    np.testing.assert_array_equal(writer.rows(), vectors)
    writer.write(path)
    return VectorPart(path, np.array(numbers, dtype=np.int64), dropped)


def unit(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@settings(max_examples=40, deadline=None)
@given(IDS, st.integers(1, 9), st.integers(0, 2**32 - 1), st.integers(1, 50), st.data())
def test_search_agrees_with_numpy_also_over_a_part_and_past_what_was_dropped(
    ids: list[int], dim: int, seed: int, limit: int, data: st.DataObject
) -> None:
    allowed = data.draw(st.none() | st.sets(st.sampled_from([*ids, 2**62 + 1])))
    dropped = data.draw(st.sets(st.sampled_from([*ids, 2**62 + 1])))
    ids = sorted(ids)
    vectors, question = unit(len(ids), dim, seed), unit(1, dim, seed + 1)
    with tempfile.TemporaryDirectory() as name:
        gone = np.array(sorted(dropped), dtype=np.int64)
        index = VectorIndex([written(Path(name) / "vectors.faiss", vectors, ids, gone)])
        found = index.search(question, limit, allowed)
        assert (len(index), index.dim) == (len(set(ids) - dropped), dim)
        np.testing.assert_array_equal(index.vectors(ids[::-1]), vectors[::-1])
    cosines = dict(zip(ids, (vectors @ question[0]).tolist(), strict=True))
    whole = [n for n in ids if n not in dropped and (allowed is None or n in allowed)]
    best = sorted((cosines[number] for number in whole), reverse=True)[:limit]
    assert [score for _, score in found] == pytest.approx(best, abs=1e-5)
    assert all(score == pytest.approx(cosines[n], abs=1e-5) for n, score in found)
    assert len({number for number, _ in found}) == len(found)
    assert {number for number, _ in found} <= set(whole)


def test_the_nearest_stands_first_whichever_segment_it_is_of(tmp_path: Path) -> None:
    one, other = np.split(np.eye(2, dtype=np.float32), 2)
    parts = [written(tmp_path / "1", one, [7]), written(tmp_path / "2", other, [5])]
    for index in (VectorIndex(parts), VectorIndex(parts[::-1])):
        found = index.search(np.array([[0.6, 0.8]], np.float32), 2)
        assert [number for number, _ in found] == [5, 7]
        assert [score for _, score in found] == pytest.approx([0.8, 0.6])
        assert index.search(np.array([[0.6, 0.8]], np.float32), 1) == found[:1]


def test_a_number_that_is_not_there_is_told(tmp_path: Path) -> None:
    index = VectorIndex([written(tmp_path / "v", np.eye(2, dtype=np.float32), [5, 7])])
    with pytest.raises(KeyError, match="6"):
        index.vectors([6])


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = written(tmp_path / "v", np.zeros((0, 4), dtype=np.float32), [])
    for index, dim in ((VectorIndex([empty]), 4), (VectorIndex([]), None)):
        assert (len(index), index.dim) == (0, dim)
        assert index.search(np.ones((1, 4), np.float32), 3) == []


def test_a_disk_that_is_full_is_told_as_such() -> None:
    with pytest.raises(OSError, match="No space left on device"):
        VectorWriter(2).write(Path("/dev/full"))
