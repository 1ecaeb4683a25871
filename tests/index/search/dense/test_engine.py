"""An engine is chosen by size and by the recall that was measured, and any may be asked for."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import Int64Array
from index.engine_names import AUTO, EXACT, PQ
from index.models.encoder import Vectors
from index.search.dense import engine
from index.search.dense.codes import LEAST, Codes
from index.search.dense.engine import AMONG, CODES, WANTED_RECALL, prepare
from index.search.dense.vectors import Coded, VectorPart, VectorWriter
from index.search.segments import Segments, SegmentWriter
from index.store.manifest import EXACT_ENGINE

DIM = 8
RANDOM = np.random.default_rng(20161115)


def units(count: int, dim: int = DIM) -> Vectors:
    vectors = RANDOM.normal(size=(count, dim)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def generation(root: Path, at: int, count: int, base: Segments | None = None) -> Segments:
    """Write a generation of the passages 1 to `count`."""
    writer = SegmentWriter(root / f"{at:06}", f"{at:06}", base)
    numbers: Int64Array = np.arange(1, count + 1)
    added = numbers if base is None else np.setdiff1d(numbers, base.numbers)
    writer.add(added, units(len(added)), None)
    writer.finish(numbers)
    return Segments(root / f"{at:06}")


def codes_in(segments: Segments) -> list[Path]:
    return [path for path in (part.folder / CODES for part in segments.all) if path.exists()]


def asked() -> Vectors:
    return units(20)


def none_asked() -> Vectors:
    raise AssertionError("recall is measured again")


def test_few_vectors_are_all_compared(tmp_path: Path) -> None:
    segments = generation(tmp_path, 1, 200)
    assert prepare(segments, AUTO, EXACT_ENGINE, none_asked) == EXACT_ENGINE
    assert codes_in(segments) == []


def test_many_vectors_get_codes_with_the_wanted_recall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MANY", 1000)
    segments = generation(tmp_path, 1, 3000)
    chosen = prepare(segments, AUTO, EXACT_ENGINE, asked)
    assert (chosen.name, chosen.questions) == (PQ, 20)
    assert chosen.recall >= WANTED_RECALL
    assert len(codes_in(segments)) == 1
    exact, coded = segments.vectors(), segments.vectors(chosen)
    both = [
        {number for number, _ in exact.search(question[np.newaxis], AMONG)}
        & {number for number, _ in coded.search(question[np.newaxis], AMONG)}
        for question in asked()
    ]
    assert np.mean([len(numbers) for numbers in both]) >= 0.95 * AMONG


def test_codes_that_lose_too_much_are_dropped_unless_they_were_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MANY", 1000)
    monkeypatch.setattr(engine, "WANTED_RECALL", 1.1)
    segments = generation(tmp_path, 1, 1200)
    assert prepare(segments, AUTO, EXACT_ENGINE, asked) == EXACT_ENGINE
    assert codes_in(segments) == []
    assert prepare(segments, PQ, EXACT_ENGINE, asked).name == PQ
    assert len(codes_in(segments)) == 1


def test_a_small_change_measures_nothing_and_shares_the_codes(tmp_path: Path) -> None:
    first = generation(tmp_path, 1, 400)
    before = prepare(first, PQ, EXACT_ENGINE, asked)
    second = generation(tmp_path, 2, 403, first)
    assert len(second.all) == 2
    assert prepare(second, PQ, before, none_asked) == before
    assert [path.stat().st_ino for path in codes_in(second)] == [
        path.stat().st_ino for path in codes_in(first)
    ]


def test_another_engine_leaves_the_earlier_generation_its_codes(tmp_path: Path) -> None:
    first = generation(tmp_path, 1, 400)
    before = prepare(first, PQ, EXACT_ENGINE, asked)
    second = generation(tmp_path, 2, 403, first)
    assert prepare(second, EXACT, before, none_asked) == EXACT_ENGINE
    assert (len(codes_in(first)), codes_in(second)) == (1, [])


@settings(max_examples=30, deadline=None)
@given(st.integers(LEAST, 900), st.integers(1, 60), st.integers(2, 9), st.data())
def test_by_codes_only_what_is_allowed_and_live_is_found_best_first(
    tmp_path_factory: pytest.TempPathFactory, count: int, limit: int, dim: int, data: st.DataObject
) -> None:
    numbers = np.arange(0, 3 * count, 3)
    chosen = st.sets(st.sampled_from(numbers.tolist()))
    dropped, allowed = data.draw(chosen), data.draw(st.none() | chosen)
    vectors, question = units(count, dim), units(1, dim)
    path = tmp_path_factory.mktemp("segment") / "vectors.faiss"
    writer = VectorWriter(dim)
    writer.add(vectors)
    writer.write(path)
    codes = Codes.trained_on(vectors)
    codes.add(vectors)
    part = VectorPart(path, numbers, np.array(sorted(dropped), np.int64), Coded(codes, 8))
    only = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    hits = part.search(question, limit, only)
    wanted = set(numbers.tolist()) - dropped
    wanted &= wanted if allowed is None else allowed
    assert {number for number, _ in hits} <= wanted
    assert min(limit, len(wanted)) / 2 <= len(hits) <= limit
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    cosines = {number: float(vectors[number // 3] @ question[0]) for number in wanted}
    assert all(score == pytest.approx(cosines[number], abs=2e-3) for number, score in hits)


def test_codes_that_are_damaged_are_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "codes.faiss").write_bytes(b"IxPq")
    with pytest.raises(OSError, match=r"codes\.faiss"):
        Codes.read(tmp_path / "codes.faiss")
