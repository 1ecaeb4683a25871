"""The contract of dense retrieval: every engine finds what a plain numpy search finds."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.search.dense.dense_index import DenseIndex
from index.search.dense.vectors import VectorIndex, VectorPart, VectorWriter
from tests.support.milvus_lite import needs_milvus, vectors_in_milvus

Engine = Callable[[Path, Mapping[int, Vectors]], DenseIndex]
"""Makes an index of vectors, by the numbers of their passages, with a folder to itself."""

NUMBERS = st.lists(st.integers(0, 2**62), min_size=1, max_size=40, unique=True)
ABSENT = 2**62 + 1


def part(path: Path, vectors: Mapping[int, Vectors], dropped: Int64Array) -> VectorPart:
    """Write a segment of FAISS."""
    numbers = sorted(vectors)
    writer = VectorWriter(len(vectors[numbers[0]]))
    writer.add(np.stack([vectors[number] for number in numbers]))
    writer.write(path)
    return VectorPart(path, np.array(numbers, dtype=np.int64), dropped)


def faiss_in_one_segment(folder: Path, vectors: Mapping[int, Vectors]) -> DenseIndex:
    """Write one segment, from which nothing was dropped."""
    return VectorIndex([part(folder / "1", vectors, np.zeros(0, np.int64))] if vectors else [])


def faiss_in_two_segments(folder: Path, vectors: Mapping[int, Vectors]) -> DenseIndex:
    """Write all vectors to one segment, then drop half of it in favour of a second segment."""
    moved = np.array(sorted(vectors)[1::2], dtype=np.int64)
    parts = [part(folder / "1", vectors, moved)] if vectors else []
    if len(moved):
        second = {number: vectors[number] for number in moved.tolist()}
        parts.append(part(folder / "2", second, np.zeros(0, np.int64)))
    return VectorIndex(parts)


def milvus(_folder: Path, vectors: Mapping[int, Vectors]) -> DenseIndex:
    """Write a collection of Milvus."""
    return vectors_in_milvus(vectors)


ENGINES = [faiss_in_one_segment, faiss_in_two_segments, pytest.param(milvus, marks=needs_milvus)]
every_engine = pytest.mark.parametrize("engine", ENGINES)


def ascending(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Int64Array]:
    return st.sets(numbers).map(lambda chosen: np.array(sorted(chosen), dtype=np.int64))


def unit(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)  # as they are kept


@every_engine
@settings(max_examples=25, deadline=None)
@given(NUMBERS, st.integers(1, 9), st.integers(1, 50), st.data())
def test_a_search_agrees_with_numpy_also_among_allowed_passages(
    engine: Engine, numbers: list[int], dim: int, limit: int, data: st.DataObject
) -> None:
    allowed = data.draw(st.none() | ascending(st.sampled_from([*numbers, ABSENT])))
    seed = data.draw(st.integers(0, 2**32 - 1))
    vectors, question = unit(len(numbers), dim, seed), unit(1, dim, seed + 1)
    with tempfile.TemporaryDirectory() as name:
        index = engine(Path(name), dict(zip(numbers, vectors, strict=True)))
        hits = index.search(question, limit, allowed)
        assert (len(index), index.dim) == (len(numbers), dim)
        np.testing.assert_array_equal(index.vectors(numbers[::-1]), vectors[::-1])
    cosines = dict(zip(numbers, (vectors @ question[0]).tolist(), strict=True))
    wanted = [number for number in numbers if allowed is None or number in allowed]
    best = sorted((cosines[number] for number in wanted), reverse=True)[:limit]
    assert [cosine for _, cosine in hits] == pytest.approx(best, abs=1e-5)
    assert all(cosine == pytest.approx(cosines[number], abs=1e-5) for number, cosine in hits)
    assert len({number for number, _ in hits}) == len(hits)
    assert {number for number, _ in hits} <= set(wanted)


@every_engine
def test_the_nearest_comes_first(engine: Engine, tmp_path: Path) -> None:
    index = engine(tmp_path, dict(zip([7, 5], np.eye(2, dtype=np.float32), strict=True)))
    question = np.array([[0.6, 0.8]], np.float32)
    hits = index.search(question, 2)
    assert [number for number, _ in hits] == [5, 7]
    assert [cosine for _, cosine in hits] == pytest.approx([0.8, 0.6])
    assert index.search(question, 1) == hits[:1]


@every_engine
def test_a_number_without_a_vector_is_an_error(engine: Engine, tmp_path: Path) -> None:
    index = engine(tmp_path, dict(zip([5, 7], np.eye(2, dtype=np.float32), strict=True)))
    with pytest.raises(KeyError, match="6"):
        index.vectors([6])


@every_engine
def test_an_empty_index_finds_nothing(engine: Engine, tmp_path: Path) -> None:
    index = engine(tmp_path, {})
    assert (len(index), index.search(np.ones((1, 4), np.float32), 3)) == (0, [])
