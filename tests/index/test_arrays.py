"""Rows of unequal length come out as they went in."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays import Ragged, distinct, read_array, save_joined

ROWS = st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=5), max_size=8)


def listed(ragged: Ragged) -> list[list[int]]:
    """Return the rows as Python lists."""
    edges = ragged.starts.tolist()
    return [ragged.values[a:b].tolist() for a, b in pairwise(edges)]


@given(ROWS)
def test_rows_are_kept(rows: list[list[int]]) -> None:
    ragged = Ragged.of(rows)
    assert listed(ragged) == rows
    assert len(ragged) == len(rows)
    assert ragged.lengths.tolist() == [len(row) for row in rows]
    assert ragged.owners.tolist() == [at for at, row in enumerate(rows) for _ in row]


@given(ROWS, st.data())
def test_rows_can_be_taken_in_any_order(rows: list[list[int]], data: st.DataObject) -> None:
    places = st.lists(st.integers(0, len(rows) - 1)) if rows else st.just([])
    wanted = data.draw(places)
    taken = Ragged.of(rows).take(np.array(wanted, dtype=np.int64))
    assert listed(taken) == [rows[at] for at in wanted]


@given(ROWS, ROWS)
def test_parts_are_joined_in_order(rows: list[list[int]], other: list[list[int]]) -> None:
    assert listed(Ragged.joined([Ragged.of(rows), Ragged.of(other)])) == rows + other


@given(ROWS)
def test_values_can_be_left_out(rows: list[list[int]]) -> None:
    ragged = Ragged.of(rows)
    assert listed(ragged.where(ragged.values % 2 == 0)) == [
        [value for value in row if value % 2 == 0] for row in rows
    ]


@given(st.lists(st.integers(0, 300)))
def test_distinct_values_with_their_places(values: list[int]) -> None:
    used, places = distinct(np.array(values, dtype=np.int32))
    assert used.tolist() == sorted(set(values))
    assert used[places].tolist() == values


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=5), st.booleans())
def test_arrays_are_written_as_numpy_writes_them_joined(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[int]], is_flat: bool
) -> None:
    folder = tmp_path_factory.mktemp("arrays")
    parts = [np.array(row, dtype=np.int32) for row in rows]
    if not is_flat:
        parts = [np.stack([part, part], axis=1) for part in parts]
    save_joined(folder / "parts.npy", parts)
    np.save(folder / "whole.npy", np.concatenate(parts))
    assert (folder / "parts.npy").read_bytes() == (folder / "whole.npy").read_bytes()


def test_a_mapped_array_is_as_one_that_was_read(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(5))
    mapped = read_array(tmp_path / "array.npy", mapped=True)
    assert type(mapped) is np.ndarray
    assert mapped.tolist() == read_array(tmp_path / "array.npy").tolist() == [0, 1, 2, 3, 4]
