"""Recognise the words in a picture of a page with RapidOCR, the optional extra `ocr`.

RapidOCR 3.10 (Apache-2.0) brings its networks in its package, PP-OCRv6 small: lines are found by
one of 10 MB, read by one of 21 MB that knows simplified and traditional Chinese, Japanese and
Latin script. They are opened by their paths there, since by name it would download what is missing.
PP-OCRv4, which `rapidocr-onnxruntime` 1.4.4 brings, read 92% of a traditional page right where this
one read 99.9%, and took more time; it is not for Python 3.13 either. Tesseract, for which Python
needs a program of the system, was not tried.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import UsageError
from index.ingest.recognition.upright import Quad, ScanLine, upright

Pixels = npt.NDArray[np.uint8]
"""A picture in grey, of shape `(height, width)`."""

_MISSING = (
    "Reading scans needs the package rapidocr, which is not installed. Install it with: "
    "pip install 'yiju[ocr]'"
)
# Lines are found in a smaller picture: lone short lines are not found in a larger one, letters of 6
# points are in this one. The usual thresholds, 0.3 and 0.5, lost 5 of 176 short cells of tables.
_FINDING_SIDE = 960
_INK, _LINE = 0.2, 0.4
_OPTIONS = {
    "Global.log_level": "critical",
    "Global.max_side_len": 20_000,  # pictures come in a size that fits
    "Global.text_score": 0.0,  # what is unsure is counted here
    # It would turn lines that it takes for upside down: one of 117 that were not.
    "Global.use_cls": False,
    "Det.limit_type": "max",
    "Det.limit_side_len": _FINDING_SIDE,
    "Det.thresh": _INK,
    "Det.box_thresh": _LINE,
    # Several lines at once take 400 MB more and as much time, since short ones are filled up.
    "Rec.rec_batch_num": 1,
    # A rebuild has a process for each core already, and threads that wait would use it up.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_NETWORKS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}


class Recogniser:
    """Recognises lines of text. Its networks are loaded with the first picture."""

    def __init__(self) -> None:
        self._engine: Any = None

    def lines(self, pixels: Pixels) -> list[ScanLine]:
        """Return the lines on a picture, in no order, turned upright.

        Raises:
            MemoryError: the networks lacked memory.
        """
        if self._engine is None:
            self._engine = _engine()
        centre = pixels.shape[1] / 2, pixels.shape[0] / 2
        return upright(self._read(np.repeat(pixels[:, :, None], 3, axis=2)), centre)

    def _read(self, colours: Pixels) -> list[tuple[Quad, str, float]]:
        import cv2
        from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

        try:
            result = self._engine(colours)
        except (ONNXRuntimeError, cv2.error) as error:  # all of one kind of picture: no memory
            raise MemoryError from error
        if result.txts is None:
            return []
        return list(zip(result.boxes, result.txts, map(float, result.scores), strict=True))


def check_installed() -> None:
    """Refuse to go on where RapidOCR is not installed.

    Raises:
        UsageError: it is not.
    """
    if find_spec("rapidocr") is None:
        raise UsageError(_MISSING)


def _engine() -> Any:  # noqa: ANN401 - its types are imported with it
    """Load the networks, in a second."""
    import cv2
    import rapidocr

    cv2.setNumThreads(1)
    networks = Path(rapidocr.__file__).parent / "models"
    paths = {option: str(networks / name) for option, name in _NETWORKS.items()}
    return rapidocr.RapidOCR(params={**_OPTIONS, **paths})
