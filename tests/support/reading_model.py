"""A small model for extractive question answering, saved as transformers saves one."""

from pathlib import Path

CHARACTERS = (
    "甲乙丙市有什么桥河山园路站馆塔地铁建于哪一年这里出产苹果丝绸的很长人喜爱公0123456789?。，\n "
)


def save_reading_model(folder: Path, *, positions: int = 128, trained: bool = True) -> Path:
    """Save a BERT with random weights that reads characters; not trained, it lacks its head."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import (
        BertConfig,
        BertForQuestionAnswering,
        BertModel,
        PreTrainedTokenizerFast,
    )

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    characters = dict.fromkeys([*marks, *CHARACTERS])
    vocabulary = {char: at for at, char in enumerate(characters)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, initializer_range=1.0, max_position_embeddings=positions,
    )  # fmt: skip
    kind = BertForQuestionAnswering if trained else BertModel
    kind(config).save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)  # fmt: skip
    return folder
