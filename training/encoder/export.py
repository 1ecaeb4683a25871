"""Stage 6: export to the folder that ships, which sentence-transformers can load too."""

import shutil
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer


def make(work: Path, folder: Path) -> None:
    """Write the trained table in half precision; leave the model card beside it as it is."""
    table = np.load(work / "table.npy").astype(np.float16)
    # The unknown token weighs next to nothing; a zero vector would make a text of it divide by 0.
    table[0] = 0.01 / np.sqrt(table.shape[1])
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(table))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    exported = work / "export"
    shutil.rmtree(exported, ignore_errors=True)
    model.save(str(exported), create_model_card=False)
    shutil.copytree(exported, folder, dirs_exist_ok=True)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"export: {folder}, {size / 1e6:.1f} MB")
