"""Make files of old kinds with the LibreOffice of this machine, and programs in its place."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None,
    reason="needs LibreOffice: apt-get install --no-install-recommends "
    "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui",
)


def saved_as(suffix: str, data: bytes, source: str) -> bytes:
    """Return a document of the kind `source` as LibreOffice saves it in another kind."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a{source}").write_bytes(data)
        subprocess.run(
            [
                *(SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
                *("--convert-to", suffix[1:], "--outdir", name, str(folder / f"a{source}")),
            ],
            capture_output=True,
            check=True,
        )
        return (folder / f"a{suffix}").read_bytes()


def in_its_place(path: Path, script: str) -> Path:
    """Write a program of the shell that is started in place of LibreOffice."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
