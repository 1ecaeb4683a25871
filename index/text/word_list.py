"""The words of jieba's dictionary, in the form that its tokenizer and its tagger take.

Read at once, as here, they take half the time that jieba takes for them line by line, and each word
is in memory once.
"""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordList:
    """The frequency of every word and, 0, of every beginning of one; their sum; words' tags."""

    frequencies: dict[str, int]
    total: int
    tags: dict[str, str]

    @classmethod
    def of(cls, text: str) -> "WordList":
        """Read lines of a word, its frequency and its part of speech.

        >>> WordList.of("中国人 5 n").frequencies == {"中": 0, "中国": 0, "中国人": 5}
        True
        """
        fields = text.split()
        words, counts = fields[::3], list(map(int, fields[1::3]))
        tags = dict(zip(words, map(sys.intern, fields[2::3]), strict=True))
        frequencies = dict.fromkeys(_beginnings(words), 0)
        frequencies.update(zip(words, counts, strict=True))
        return cls(frequencies, sum(counts), tags)


def _beginnings(words: list[str]) -> set[str]:
    """Return what words begin with, each without its last character, last two, and so on."""
    beginnings, shorter = set[str](), {word[:-1] for word in words}
    while shorter:
        beginnings |= shorter
        shorter = {word[:-1] for word in shorter} - beginnings
    return beginnings - {""}
