"""A manifest says what a generation is, and refuses what it is not."""

import hashlib
from io import BufferedReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import MismatchError
from index.store.manifest import FileSums, Manifest, Quality


def manifest(files: dict[str, str]) -> Manifest:
    return Manifest(
        version="000001",
        rebuilt_at="2016-09-30T00:00:00+00:00",
        model="tiny@1",
        dim=32,
        tokenizer="words/1",
        splitter="sentences/1",
        articles=1,
        passages=2,
        files=files,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "segment").write_bytes(b"abc")
    (tmp_path / "vectors").write_bytes(b"defg")
    manifest(FileSums().all(tmp_path)).write(tmp_path)
    return tmp_path


def test_what_is_written_is_read_back(folder: Path) -> None:
    assert Manifest.read(folder) == manifest(FileSums().all(folder))
    Manifest.read(folder).check_files(folder, FileSums())


def test_lock_files_and_the_manifest_itself_do_not_count(folder: Path) -> None:
    (folder / "lexical" / ".writer.lock").write_bytes(b"")
    assert sorted(FileSums().all(folder)) == ["lexical/segment", "vectors"]


@given(at=st.integers(0, 6), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("generation")
    (folder / "file").write_bytes(b"content")
    written = manifest(FileSums().all(folder))
    data = bytearray(b"content")
    data[at] ^= 1 << bit
    (folder / "file").write_bytes(data)
    with pytest.raises(MismatchError, match="file file"):
        written.check_files(folder, FileSums())


def test_a_missing_and_an_added_file_are_refused(folder: Path) -> None:
    read = Manifest.read(folder)
    (folder / "extra").write_bytes(b"")
    with pytest.raises(MismatchError, match=r"file extra has checksum .* instead of None"):
        read.check_files(folder, FileSums())
    (folder / "extra").unlink()
    (folder / "vectors").unlink()
    with pytest.raises(MismatchError, match="has checksum None instead of"):
        read.check_files(folder, FileSums())


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b'{"format": 1}', b"[1]"])
def test_a_manifest_that_is_missing_or_damaged_is_refused(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(MismatchError) as refused:
        Manifest.read(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path}/manifest.json is missing or damaged. ")
    assert "yiju rebuild FOLDER" in str(refused.value)


def test_another_format_is_refused_with_both_values(folder: Path) -> None:
    Manifest.read(folder).model_copy(update={"format": 99}).write(folder)
    with pytest.raises(MismatchError, match="made with format 99, but now it is 3"):
        Manifest.read(folder)


def test_a_difference_is_told_whole() -> None:
    manifest({}).expect("model", "tiny@1", "tiny@1")
    with pytest.raises(MismatchError) as refused:
        manifest({}).expect("model", "tiny@1", "large@2")
    assert str(refused.value) == (
        "Index version 000001 was made with model tiny@1, but now it is large@2. Go back to the "
        "former setting, or make a new index with: yiju rebuild FOLDER"
    )


def test_a_sum_is_computed_once_while_the_file_is_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums, read = FileSums(), []
    digest = hashlib.file_digest

    def noted(file: BufferedReader, name: str) -> object:
        read.append(Path(file.name).name)
        return digest(file, name)

    monkeypatch.setattr("hashlib.file_digest", noted)
    first = sums.all(folder)
    assert (sums.all(folder), sorted(read)) == (first, ["segment", "vectors"])
    (folder / "linked").hardlink_to(folder / "vectors")
    assert sums.of(folder / "linked") == first["vectors"]
    assert len(read) == 2
    (folder / "vectors").write_bytes(b"other content")
    assert sums.of(folder / "vectors") == hashlib.sha256(b"other content").hexdigest()
    assert len(read) == 3


def test_a_file_of_the_same_size_that_took_anothers_place_is_read_again(folder: Path) -> None:
    sums = FileSums()
    before = sums.of(folder / "vectors")
    (folder / "next").write_bytes(b"DEFG")
    (folder / "next").replace(folder / "vectors")
    assert sums.of(folder / "vectors") == hashlib.sha256(b"DEFG").hexdigest() != before


def test_what_the_gate_found_is_written_and_read_back(folder: Path) -> None:
    verdict = Quality(questions="f" * 64, asked=50, recall=0.98, forced=True)
    Manifest.read(folder).model_copy(update={"quality": verdict}).write(folder)
    assert Manifest.read(folder).quality == verdict
