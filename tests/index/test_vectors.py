"""FAISS finds what a plain numpy search finds."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import Vectors
from index.vectors import VectorIndex

IDS = st.lists(st.integers(0, 2**62), min_size=1, max_size=40, unique=True)


def unit(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@settings(max_examples=40, deadline=None)
@given(IDS, st.integers(1, 9), st.integers(0, 2**32 - 1), st.integers(1, 50), st.data())
def test_search_agrees_with_numpy_also_over_a_part(
    ids: list[int], dim: int, seed: int, limit: int, data: st.DataObject
) -> None:
    allowed = data.draw(st.none() | st.sets(st.sampled_from([*ids, 2**62 + 1])))
    vectors, question = unit(len(ids), dim, seed), unit(1, dim, seed + 1)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "vectors.faiss"
        VectorIndex.write(path, ids, vectors)
        index = VectorIndex.open(path)
        found = index.search(question, limit, allowed)
        assert (len(index), index.dim) == (len(ids), dim)
    cosines = dict(zip(ids, (vectors @ question[0]).tolist(), strict=True))
    whole = [number for number in ids if allowed is None or number in allowed]
    best = sorted((cosines[number] for number in whole), reverse=True)[:limit]
    assert [score for _, score in found] == pytest.approx(best, abs=1e-5)
    assert all(score == pytest.approx(cosines[n], abs=1e-5) for n, score in found)
    assert len({number for number, _ in found}) == len(found)
    assert {number for number, _ in found} <= set(whole)


def test_the_nearest_stands_first(tmp_path: Path) -> None:
    VectorIndex.write(tmp_path / "v", [7, 5], np.eye(2, dtype=np.float32))
    index = VectorIndex.open(tmp_path / "v")
    found = index.search(np.array([[0.6, 0.8]], np.float32), 2)
    assert [number for number, _ in found] == [5, 7]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6])


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    VectorIndex.write(tmp_path / "v", [], np.zeros((0, 4), dtype=np.float32))
    index = VectorIndex.open(tmp_path / "v")
    assert (len(index), index.dim) == (0, 4)
    assert index.search(np.ones((1, 4), np.float32), 3) == []
