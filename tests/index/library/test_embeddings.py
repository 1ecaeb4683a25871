"""Vectors are stored by the hash of their text and by their model."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.library.library_file import LibraryFile

VECTORS = np.arange(6, dtype=np.float32).reshape(3, 2)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LibraryFile]:
    with closing(LibraryFile(tmp_path / "library.sqlite", create=True)) as opened:
        yield opened


def test_vectors_come_back_by_their_text_and_their_model(library: LibraryFile) -> None:
    vectors, other = library.register_encoder("m"), library.register_encoder("n")
    vectors.add([b"a", b"b", b"c"], VECTORS)
    other.add([b"a"], VECTORS[2:])
    by_hash = vectors.of([b"c", b"a", b"x"])
    assert sorted(by_hash) == [b"a", b"c"]
    np.testing.assert_array_equal(by_hash[b"a"], VECTORS[0])
    np.testing.assert_array_equal(by_hash[b"c"], VECTORS[2])
    np.testing.assert_array_equal(other.of([b"a"])[b"a"], VECTORS[2])
    assert (len(vectors), len(other), len(library.register_encoder("o"))) == (3, 1, 0)
    assert len(library.register_encoder("m")) == 3


def test_what_is_there_already_stays(library: LibraryFile) -> None:
    vectors = library.register_encoder("m")
    vectors.add([b"a"], VECTORS[:1])
    vectors.add([b"a", b"b"], VECTORS[1:])
    np.testing.assert_array_equal(vectors.of([b"a"])[b"a"], VECTORS[0])
    np.testing.assert_array_equal(vectors.of([b"b"])[b"b"], VECTORS[2])


def test_as_many_hashes_as_vectors_or_none_is_stored(library: LibraryFile) -> None:
    vectors = library.register_encoder("m")
    with pytest.raises(ValueError, match="zip"):
        vectors.add([b"a", b"b"], VECTORS[:1])
    assert (len(vectors), vectors.of([b"a"])) == (0, {})
