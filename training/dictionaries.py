"""Readers of the dictionaries: jieba's word counts, CC-CEDICT and ECDICT."""

import gzip
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]+")
_ENTRY = re.compile(r"\S+ (\S+) \[[^\]]*\] /(.*)/")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_SENSE = re.compile(
    r"(variant of|old variant|surname|CL:|see |abbr\. for|also written|used in|Taiwan pr|also pr)"
)
_MARKS = re.compile(r"\[[^\]]*\]|\([^)]*\)|（[^）]*）|<[^>]*>")
_PART_OF_SPEECH = re.compile(
    r"^(n|v|vt|vi|a|adj|adv|ad|prep|pron|conj|int|num|abbr|pl|art|aux)\.\s*"
)


def jieba_counts() -> dict[str, int]:
    """Return the words of jieba's dictionary, in lower case, with their corpus counts."""
    lines = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word.lower(): int(count) for word, count, *_ in map(str.split, lines)}


def cedict(data: Path) -> dict[str, list[str]]:
    """Return CC-CEDICT's English senses of each simplified word, without remarks."""
    senses: dict[str, list[str]] = {}
    with gzip.open(data / "dictionary" / "cc-cedict.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _ENTRY.match(line)
            if entry is None:
                continue
            kept = senses.setdefault(entry[1], [])  # the word counts even if no sense is left
            for sense in entry[2].split("/"):
                cleaned = _ASIDE.sub("", sense).strip().removeprefix("to ").strip()
                if cleaned and not _NO_SENSE.match(sense) and cleaned not in kept:
                    kept.append(cleaned)
    return senses


def ecdict(data: Path) -> Iterator[tuple[str, str, int]]:
    """Yield ECDICT's headwords, each with a Chinese translation and its place in the entry.

    Translations collected from the web (`[网络]`) are placed five further down.
    """
    with gzip.open(data / "dictionary" / "ecdict.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            headword, _, entry = line.rstrip("\n").partition("\t")
            if len(headword) > 30 or not re.fullmatch(r"[A-Za-z][A-Za-z '\-]*", headword):
                continue
            place = 0
            for part in re.split(r"\\n", entry):
                cleaned = _PART_OF_SPEECH.sub("", _MARKS.sub("", part).strip())
                for word in re.split(r"[，,；;、。\s]+", cleaned):
                    stem = word.removesuffix("的") if len(word) > 2 else word
                    if HAN.fullmatch(stem):
                        yield headword, stem, place + (5 if "[网络]" in part else 0)
                    place += 1
