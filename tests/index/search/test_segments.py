"""Whatever the history of a generation, its segments equal those written at once."""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.arrays import Int64Array, Ragged, cumulated
from index.models.encoder import Vectors
from index.search.segments import LARGEST, Segments, SegmentWriter
from index.search.sentence_index import Sentences
from tests.support.article_folder import bytes_of

DIM = 5
NUMBERS = st.sets(st.integers(1, 40))
TABLE = np.random.default_rng(20160930).normal(size=(3000, DIM)).astype(np.float32)
TABLE /= np.linalg.norm(TABLE, axis=1, keepdims=True)
TABLE = TABLE.astype(np.float16).astype(np.float32)  # as vectors are kept


def vectors_of(numbers: Int64Array) -> Vectors:
    """Return a vector of its own for each number."""
    return np.asarray(TABLE[numbers])


def sentences_of(numbers: Iterable[int]) -> Sentences:
    """Return sentences of its own for each number: one to three, of one to five tokens."""
    passages = [[[n * 10 + s] * (1 + (n + s) % 5) for s in range(1 + n % 3)] for n in numbers]
    firsts = cumulated(np.array([len(rows) for rows in passages], dtype=np.int64))
    rows = [row for passage in passages for row in passage]
    norms = np.array([[len(row), row[0]] for row in rows], dtype=np.float32).reshape(-1, 2)
    return Sentences(Ragged.of(rows), firsts, norms)


def write(
    root: Path,
    at: int,
    wanted: Iterable[int],
    *,
    static: bool = True,
    batch: int = 7,
    largest: int = LARGEST,
) -> Segments:
    """Write the generation `at`, based on the one before it if there is one."""
    generation, before = root / f"{at:06}", root / f"{at - 1:06}"
    base = Segments(before) if before.exists() else None
    numbers = np.array(sorted(wanted), dtype=np.int64)
    writer = SegmentWriter(generation, f"{at:06}", base, largest)
    added = numbers if base is None else np.setdiff1d(numbers, base.numbers)
    for start in range(0, len(added), batch):
        part = added[start : start + batch]
        writer.add(part, vectors_of(part), sentences_of(part) if static else None)
    writer.finish(numbers)
    return Segments(generation)


def names_of(segments: Segments) -> list[str]:
    return [segment.folder.name for segment in segments.all]


def inodes(folder: Path) -> set[int]:
    return {path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=120, deadline=None)
@given(
    st.lists(NUMBERS, min_size=1, max_size=9),
    st.integers(1, 50),
    st.sampled_from([8, 20, LARGEST]),
    st.data(),
)
def test_over_any_history_search_and_sentences_are_those_of_what_is_live(
    history: list[set[int]], limit: int, largest: int, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        for at, wanted in enumerate(history, 1):
            segments = write(Path(name), at, wanted, largest=largest)
            assert all(len(segment.numbers) <= largest for segment in segments.all)
            live = sorted(wanted)
            assert segments.numbers.tolist() == live
            index = segments.vectors()
            assert len(index) == len(live)
            allowed = data.draw(st.none() | NUMBERS)
            only = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
            question = TABLE[2999:]
            cosines = {
                n: float(TABLE[n] @ question[0]) for n in live if not allowed or n in allowed
            }
            if allowed is not None and not allowed:
                cosines = {}
            hits = index.search(question, limit, only)
            best = sorted(cosines, key=lambda number: -cosines[number])[:limit]
            assert [number for number, _ in hits] == best
            assert [score for _, score in hits] == pytest.approx(
                [cosines[number] for number in best], abs=1e-5
            )
            if live:
                drawn = data.draw(st.lists(st.sampled_from(live), min_size=1, max_size=9))
                np.testing.assert_array_equal(index.vectors(drawn), TABLE[drawn])
                assert_same(segments.sentences().take(drawn), sentences_of(drawn))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sets(st.integers(1, 400)), max_size=9))
@example([set(range(20)), set(range(23)), {*range(5), 20, 21, 22, 99}])
def test_each_segment_is_more_than_twice_as_large_as_the_next(history: list[set[int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for at, wanted in enumerate(history, 1):
            sizes = [len(segment.numbers) for segment in write(Path(name), at, wanted).all]
            assert all(size > 2 * after for size, after in pairwise(sizes))
            assert all(sizes)


def test_passages_added_one_at_a_time_make_few_segments(
    tmp_path: Path,
) -> None:
    counts = [len(write(tmp_path, at, range(1, at + 1)).all) for at in range(1, 200)]
    assert max(counts) <= 8
    assert len(write(tmp_path, 200, range(1, 1001)).all) == 1


def test_what_is_beyond_the_largest_goes_into_further_segments(tmp_path: Path) -> None:
    segments = write(tmp_path, 1, range(1, 51), largest=21)
    assert names_of(segments) == ["000001", "000001-2", "000001-3"]
    assert [len(segment.numbers) for segment in segments.all] == [21, 21, 8]
    segments = write(tmp_path, 2, range(1, 53), largest=21)
    assert names_of(segments) == ["000001", "000001-2", "000001-3", "000002"]
    segments = write(tmp_path, 3, range(1, 60), largest=21)
    assert names_of(segments) == ["000001", "000001-2", "000003"]


def test_what_is_kept_is_linked_and_its_bytes_are_never_changed(tmp_path: Path) -> None:
    write(tmp_path, 1, range(1, 101))
    before = bytes_of(tmp_path / "000001")
    segments = write(tmp_path, 2, {*range(2, 101), 101})
    assert names_of(segments) == ["000001", "000002"]
    kept = tmp_path / "000002" / "segments" / "000001"
    assert inodes(kept) == inodes(tmp_path / "000001" / "segments" / "000001")
    assert len(inodes(kept)) == 7
    dropped = tmp_path / "000002" / "dropped"
    assert [path.name for path in dropped.iterdir()] == ["000001.npy"]
    assert np.load(dropped / "000001.npy").tolist() == [1]
    assert bytes_of(tmp_path / "000001") == before


def test_a_passage_that_comes_back_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, 1, range(1, 101))
    write(tmp_path, 2, range(2, 101))
    segments = write(tmp_path, 3, range(1, 101))
    assert names_of(segments) == ["000001", "000003"]
    hits = segments.vectors().search(TABLE[1:2], 100)
    assert sorted(number for number, _ in hits) == list(range(1, 101))
    assert hits[0][0] == 1
    assert hits[0][1] == pytest.approx(1.0, abs=1e-3)


def test_a_segment_of_which_more_than_half_was_dropped_is_written_anew(tmp_path: Path) -> None:
    write(tmp_path, 1, range(1, 101))
    assert names_of(write(tmp_path, 2, range(1, 51))) == ["000001"]
    segments = write(tmp_path, 3, range(1, 50))
    assert names_of(segments) == ["000003"]
    assert segments.all[0].numbers.tolist() == list(range(1, 50))
    assert_same(segments.sentences().take(range(1, 50)), sentences_of(range(1, 50)))


def test_a_generation_without_passages_has_no_segment(tmp_path: Path) -> None:
    for at, wanted in enumerate(([], [1], []), 1):
        segments = write(tmp_path, at, wanted)
        assert len(segments.all) == len(segments.numbers) == len(wanted)
    assert (segments.vectors().dim, len(segments.sentences())) == (None, 0)


def test_only_a_static_model_writes_sentences(tmp_path: Path) -> None:
    for at, wanted in enumerate((range(1, 10), range(1, 12)), 1):
        segments = write(tmp_path, at, wanted, static=False)
        assert not any(segment.has_sentences for segment in segments.all)
        assert [path.name for path in sorted(segments.all[0].folder.iterdir())] == [
            "passages.npy",
            "vectors.faiss",
        ]


@pytest.mark.parametrize("order", [(3, 1, 2), (9, 8, 7), (1, 2, 3)])
def test_passages_may_be_added_in_any_order_of_numbers(
    tmp_path: Path, order: Sequence[int]
) -> None:
    writer = SegmentWriter(tmp_path / "000001", "000001", None)
    for number in order:
        part = np.array([number], dtype=np.int64)
        writer.add(part, vectors_of(part), sentences_of(part))
    writer.finish(np.array(sorted(order), dtype=np.int64))
    segments = Segments(tmp_path / "000001")
    np.testing.assert_array_equal(segments.vectors().vectors(order), TABLE[list(order)])
    assert_same(segments.sentences().take(order), sentences_of(order))


def assert_same(one: Sentences, other: Sentences) -> None:
    """Check that both are the same passages."""
    np.testing.assert_array_equal(one.firsts, other.firsts)
    np.testing.assert_array_equal(one.tokens.values, other.tokens.values)
    np.testing.assert_array_equal(one.tokens.starts, other.tokens.starts)
    np.testing.assert_array_equal(one.norms, other.norms)
