"""Writes the files that the product reads: the network in whole numbers of 8 bits, and vectors."""

import warnings
from pathlib import Path

import numpy as np
import torch

from index.models.encoder import Vectors
from qa.reader.features import FEATURES
from training.reader.network import WIDTH, SpanNetwork

_OPSET = 17
_NAMES = ("vectors", "segments", "features", "real")


def export(network: SpanNetwork, rarity: Vectors, folder: Path) -> None:
    """Write `reader.onnx` and `reader.npz`."""
    full = folder / "reader-full.onnx"
    write_onnx(network, full)
    quantize(full, folder / "reader.onnx")
    full.unlink()
    with (folder / "reader.npz").open("wb") as file:
        np.savez_compressed(
            file,
            special=network.body.extra.weight.detach().numpy().astype(np.float16),
            lengths=network.len.detach().numpy(),
            null=network.null.detach().numpy(),
            rarity=np.round(rarity * 100).astype(np.uint8),
        )


def write_onnx(network: SpanNetwork, path: Path) -> None:
    """Write the network in full precision."""
    rows, tokens = 2, 16
    sample = (
        torch.randn(rows, tokens, WIDTH),
        torch.ones(rows, tokens, dtype=torch.long),
        torch.zeros(rows, tokens, len(FEATURES)),
        torch.ones(rows, tokens, dtype=torch.bool),
    )
    axes = {name: {0: "rows", 1: "tokens"} for name in (*_NAMES, *_OUTPUTS[:4])}
    with warnings.catch_warnings():
        # The newer exporter needs one more package for the same file; sizes are constants here.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", torch.jit._trace.TracerWarning)
        _export(network, sample, path, axes)


def _export(
    network: SpanNetwork,
    sample: tuple[torch.Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
) -> None:
    torch.onnx.export(
        network.eval(),
        sample,
        str(path),
        input_names=_NAMES,
        output_names=_OUTPUTS,
        dynamic_axes=axes | {"none": {0: "rows"}},
        opset_version=_OPSET,
        dynamo=False,
    )


_OUTPUTS = ("starts", "ends", "firsts", "lasts", "none")


def quantize(full: Path, path: Path) -> None:
    """Write the network with weights of 8 bits.

    The range is reduced by a bit: processors without VNNI add up pairs of products in 16 bits,
    which would overflow, and the same question would have another answer there.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
