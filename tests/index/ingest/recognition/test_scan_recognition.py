"""Pages are told as they are recognised, and no more of them are than may be."""

import numpy as np
import pytest

from index.errors import ArticleError
from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition, untold
from tests.index.ingest.scans import READS_SCANS

BLANK = np.full((64, 64), 255, np.uint8)


@READS_SCANS
def test_each_page_is_told() -> None:
    parts: list[tuple[int, int]] = []
    recognition = ScanRecognition(Recogniser(), lambda done, pages: parts.append((done, pages)))
    for number in range(3):
        recognition.lines(BLANK, number, 3)
    assert parts == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_document_with_too_many_pages_is_refused_before_any_is_recognised() -> None:
    recognition = ScanRecognition(Recogniser(), untold, 5)
    recognition.expect(3)
    with pytest.raises(ArticleError) as error:
        recognition.expect(3)
    assert str(error.value) == (
        "has 3 scanned pages, too many for one upload; send it in parts, or use yiju rebuild --ocr."
    )
    recognition.expect(2)
    with pytest.raises(ArticleError, match="too many"):
        recognition.expect(1)
    ScanRecognition(Recogniser(), untold).expect(5000)
