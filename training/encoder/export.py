"""Stage 6: the shipped folder, which sentence-transformers loads and the server reads."""

import shutil
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer


def make(work: Path, folder: Path) -> None:
    """Writes the newest table in half precision. The model card beside it stays as it is."""
    table = np.load(work / "table.npy").astype(np.float16)
    # The unknown token says next to nothing; nothing at all would divide by zero on its own.
    table[0] = 0.01 / np.sqrt(table.shape[1])
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(table))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    made = work / "export"
    shutil.rmtree(made, ignore_errors=True)
    model.save(str(made), create_model_card=False)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"export: {folder}, {size / 1e6:.1f} MB")
