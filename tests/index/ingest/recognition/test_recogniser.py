"""Words in a picture are read with networks that are on this machine, or not at all."""

import subprocess
import sys

import numpy as np
import pytest

from index.errors import UsageError
from index.ingest.recognition.recogniser import Recogniser, check_installed
from tests.conftest import ROOT
from tests.index.ingest.scans import READS_SCANS, Sheet, as_bytes

# Any look beyond this machine ends the program.
OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
import io
import numpy as np
from PIL import Image
from index.ingest.recognition.recogniser import Recogniser

pixels = np.asarray(Image.open(io.BytesIO(sys.stdin.buffer.read())))
print(*(line.text for line in Recogniser().lines(pixels)))
"""


@READS_SCANS
def test_lines_are_read_where_they_stand_and_nothing_else() -> None:
    sheet = Sheet(400, 200).write("青湖大桥封闭施工", 60, 40, 18).write("NIST 2016", 60, 120, 14)
    lines = sorted(Recogniser().lines(np.asarray(sheet.image)), key=lambda line: line.box[1])
    assert [line.text for line in lines] == ["青湖大桥封闭施工", "NIST 2016"]
    assert all(0.9 < line.confidence <= 1 for line in lines)
    assert lines[0].box[0] == pytest.approx(60 * 150 / 72, abs=6)
    assert lines[0].size == pytest.approx(18 * 150 / 72, rel=0.1)
    assert Recogniser().lines(np.full((300, 300), 255, np.uint8)) == []


@READS_SCANS
def test_nothing_is_fetched_to_read_a_picture() -> None:
    picture = as_bytes(Sheet(400, 100).write("繁體中文與简体中文", 40, 30, 18).image, "PNG")
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE], input=picture, capture_output=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout.decode().strip()) == (0, "繁體中文與简体中文"), done.stderr


def test_who_has_not_installed_it_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UsageError) as error:
        check_installed()
    assert str(error.value) == (
        "Reading scans needs the package rapidocr, which is not installed. Install it with: "
        "pip install 'yiju[ocr]'"
    )
