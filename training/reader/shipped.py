"""The weights that are shipped, read back so that teaching can go on from them.

They come back as they are served: in steps of 8 bits, which more teaching smooths again.
"""

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

_PRODUCT = re.compile(r"/(?P<module>.+)/(?:Gemm_)?MatMul_quant")


def shipped_weights(folder: Path) -> dict[str, Tensor]:
    """Return the weights of `reader.onnx` and `reader.npz`, by the names that torch gives them."""
    graph = onnx.load(folder / "reader.onnx").graph
    arrays = {item.name: numpy_helper.to_array(item) for item in graph.initializer}

    def whole(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        steps = arrays[f"{name}_quantized"].astype(np.float32)
        zero = arrays[f"{name}_zero_point"].astype(np.float32)
        return np.asarray((steps - zero) * arrays[f"{name}_scale"], dtype=np.float32)

    weights = {
        name: array
        for name, array in arrays.items()
        if name.endswith((".weight", ".bias")) and array.dtype == np.float32
    }
    weights["body.seg.weight"] = whole("body.seg.weight")
    for node in graph.node:
        product = _PRODUCT.fullmatch(node.name) if node.op_type == "MatMulInteger" else None
        if product:
            name = product["module"].replace("/", ".")
            weights[f"{name}.weight"] = whole(node.input[1].removesuffix("_quantized")).T
    with np.load(folder / "reader.npz") as file:
        weights["body.extra.weight"] = file["special"].astype(np.float32)
        weights["len"], weights["null"] = file["lengths"], file["null"]
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in weights.items()}
