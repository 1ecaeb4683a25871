"""A new generation is opened, counted and sampled first; a wrong one is refused."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from index.arrays import Int64Array
from index.batches import Workload
from index.build.generation_writer import GenerationWriter
from index.errors import MismatchError, StoreError
from index.models.encoder import Vectors
from index.search.lexical import LexicalWriter
from index.search.lexical_index import PassageTerms
from index.search.segments import SegmentWriter
from index.search.sentence_index import Sentences
from index.store.manifest import Manifest
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder, texts_by_id


@pytest.fixture
def bad(changing: SmallIndex, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Assert that a rebuild with a broken method is refused, and succeeds once it is restored."""

    def refused(error: type[StoreError], where: type, name: str, broken: object) -> str:
        before, texts = (
            bytes_of(changing.store.root / "generations"),
            texts_by_id(changing.catalogue()),
        )
        with monkeypatch.context() as breaking:
            breaking.setattr(where, name, broken)
            with pytest.raises(error) as raised:
                changing.rebuild()
        assert changing.store.current() == "000001"
        assert bytes_of(changing.store.root / "generations") == before
        assert texts_by_id(changing.catalogue()) == texts
        assert changing.rebuild().index_version > "000001"
        changing.open()
        return str(raised.value)

    return refused


def test_vectors_that_were_swapped_are_refused(
    changing: SmallIndex, bad: Callable[..., str]
) -> None:
    changing.workload = Workload()
    add = SegmentWriter.add

    def swapped(
        self: SegmentWriter, numbers: Int64Array, vectors: Vectors, sentences: Sentences | None
    ) -> None:
        add(self, numbers, vectors[::-1], sentences)

    first, last = TinyEncoder().embed_passages(
        ["这是第二版，说了别的事情。", "这也是新的一篇，说了新的事情。"]
    )
    assert bad(StoreError, SegmentWriter, "add", swapped) == (
        "The vectors of index version 000002 are not those of the model tiny@1 (cosine "
        f"{first @ last:.3f}); it was not made current, and the vectors kept for this model were "
        "dropped. Make all of it anew with: yiju rebuild FOLDER --full"
    )


def test_wrong_vectors_in_the_library_are_gone_after_they_were_refused(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    with closing(sqlite3.connect(corpus.store.library)) as db, db:
        wrong = TinyEncoder().embed_passages(["另外的一句话。"])[0].astype("<f4").tobytes()
        db.execute("UPDATE embeddings SET vector = ?", (wrong,))
    with pytest.raises(StoreError, match="the vectors kept for this model were dropped"):
        corpus.rebuild(full=True)
    assert corpus.store.current() == "000001"
    assert corpus.rebuild(full=True).embedded == 1
    corpus.open()


def test_a_file_that_came_out_damaged_is_refused(bad: Callable[..., str]) -> None:
    write = GenerationWriter.write

    def badly(self: GenerationWriter, previous: str | None) -> Manifest:
        manifest = write(self, previous)
        (self.folder / "segments" / "000002" / "vectors.faiss").write_bytes(b"damaged")
        return manifest

    message = bad(MismatchError, GenerationWriter, "write", badly)
    assert message.startswith(
        "Index version 000002 is damaged: file segments/000002/vectors.faiss has checksum "
    )


def test_passages_that_are_missing_from_the_words_are_refused(bad: Callable[..., str]) -> None:
    add = LexicalWriter.add

    def without_first(self: LexicalWriter, passages: Iterable[tuple[int, PassageTerms]]) -> None:
        add(self, list(passages)[1:])

    assert bad(MismatchError, LexicalWriter, "add", without_first) == (
        "Index version 000002 was made with number of passages 6, but now it is 3. Go back to the "
        "former setting, or make a new index with: yiju rebuild FOLDER"
    )


def test_passages_that_are_missing_from_the_segments_are_refused(bad: Callable[..., str]) -> None:
    finish = SegmentWriter.finish

    def without_one(self: SegmentWriter, wanted: Int64Array) -> None:
        finish(self, wanted[1:])

    assert bad(MismatchError, SegmentWriter, "finish", without_one) == (
        "Index version 000002 was made with number of vectors 6, but now it is 5. Go back to the "
        "former setting, or make a new index with: yiju rebuild FOLDER"
    )


def test_a_disk_that_is_full_leaves_the_index_as_it_was(bad: Callable[..., str]) -> None:
    def full(self: LexicalWriter) -> None:  # noqa: ARG001
        raise OSError(28, "No space left on device")

    assert bad(StoreError, LexicalWriter, "finish", full) == (
        "Index version 000002 can't be written: No space left on device. Make room on the disk and "
        "run the command again; nothing is lost."
    )


def test_a_text_without_a_direction_is_like_itself(corpus: SmallIndex) -> None:
    class Wordless(TinyEncoder):
        """Knows no word of one of the texts."""

        def _vectors(self, texts: Any) -> Vectors:  # noqa: ANN401
            known = np.array([["无人知" not in text] for text in texts])
            return np.asarray(super()._vectors(texts) * known, dtype=np.float32)

    corpus.put("a.txt", "无人知道的事情。")
    corpus.put("b.txt", "大家知道的事情。")
    assert corpus.rebuild(Wordless()).added == 2


def test_of_many_passages_a_sample_is_embedded_again(corpus: SmallIndex) -> None:
    for number in range(40):
        corpus.put(f"{number}.txt", f"第{number}个人说了一些事情。")
    encoder = TinyEncoder()
    assert corpus.rebuild(encoder).embedded == 40
    sample = encoder.embedded[40:]
    assert len(sample) == len(set(sample)) == 16
    assert {sample[0], sample[-1]} == {encoder.embedded[0], encoder.embedded[39]}
