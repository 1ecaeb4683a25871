"""FAISS keeps what it is given, in segments, and says what a disk says."""

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.search.dense.vectors import VectorIndex, VectorPart, VectorWriter

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


@given(st.sets(st.integers(0, 99), min_size=1), st.sets(st.integers(0, 99)))
def test_what_was_dropped_is_neither_counted_nor_found_but_kept(
    tmp_path_factory: pytest.TempPathFactory, numbers: set[int], dropped: set[int]
) -> None:
    ids = sorted(numbers)
    vectors = np.eye(len(ids), dtype=np.float32)
    path = tmp_path_factory.mktemp("segment") / "vectors.faiss"
    part = written(path, vectors, ids, np.array(sorted(dropped), dtype=np.int64))
    index = VectorIndex([part])
    hits = index.search(np.ones((1, len(ids)), np.float32), len(ids))
    assert {number for number, _ in hits} == numbers - dropped
    assert len(index) == len(numbers - dropped)
    np.testing.assert_array_equal(part.rows(0, len(part)), vectors)


def test_the_order_of_segments_plays_no_part(tmp_path: Path) -> None:
    first, second = np.split(np.eye(2, dtype=np.float32), 2)
    parts = [written(tmp_path / "1", first, [7]), written(tmp_path / "2", second, [5])]
    for index in (VectorIndex(parts), VectorIndex(parts[::-1])):
        hits = index.search(np.array([[0.6, 0.8]], np.float32), 2)
        assert [number for number, _ in hits] == [5, 7]


def test_a_segment_without_vectors_has_a_dimension(tmp_path: Path) -> None:
    empty = written(tmp_path / "v", np.zeros((0, 4), dtype=np.float32), [])
    for index, dim in ((VectorIndex([empty]), 4), (VectorIndex([]), None)):
        assert (len(index), index.dim) == (0, dim)
        assert index.search(np.ones((1, 4), np.float32), 3) == []


def test_vectors_that_an_earlier_yiju_wrote_in_32_bits_are_read(tmp_path: Path) -> None:
    vectors = np.eye(3, dtype=np.float32)
    index = faiss.IndexFlatIP(3)
    index.add(vectors)
    faiss.write_index(index, str(tmp_path / "vectors.faiss"))
    part = VectorPart(tmp_path / "vectors.faiss", np.array([4, 5, 9]), NONE)
    np.testing.assert_array_equal(part.rows(0, 3), vectors)
    np.testing.assert_array_equal(part.at_rows(np.array([2, 0])), vectors[[2, 0]])
    assert part.search(vectors[1:2], 1, None) == [(5, 1.0)]


def test_a_full_disk_is_reported_as_such() -> None:
    with pytest.raises(OSError, match="No space left on device"):
        VectorWriter(2).write(Path("/dev/full"))
