"""A file that needs a password is told from one that does not, by its first bytes."""

from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.converted.ole_file import is_document, needs_password
from tests.conftest import ROOT

OFFICE = ROOT / "tests" / "data" / "office"


@pytest.mark.parametrize("name", ["password.doc", "password.xls"])
def test_a_file_that_was_saved_with_a_password_needs_it(name: str) -> None:
    data = (OFFICE / name).read_bytes()
    assert is_document(data)
    assert needs_password(data)


@pytest.mark.parametrize(
    ("name", "stream", "at"),
    [("password.doc", "WordDocument", 11), ("password.xls", "Workbook", 20)],
)
def test_without_its_sign_it_needs_none(tmp_path: Path, name: str, stream: str, at: int) -> None:
    path = tmp_path / name
    path.write_bytes((OFFICE / name).read_bytes())
    with olefile.OleFileIO(str(path), write_mode=True) as file:
        data = bytearray(file.openstream(stream).read())
        data[at] = 0
        file.write_stream(stream, bytes(data))
    assert is_document(path.read_bytes())
    assert not needs_password(path.read_bytes())


@given(st.data())
def test_a_damaged_file_is_no_error(data: st.DataObject) -> None:
    whole = (OFFICE / data.draw(st.sampled_from(["password.doc", "password.xls"]))).read_bytes()
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    at, junk = data.draw(st.integers(0, 2048)), data.draw(st.binary(max_size=64))
    damaged = cut[:at] + junk + cut[at + len(junk) :]
    assert is_document(damaged) or not needs_password(damaged)
    assert not is_document(junk)
