"""The words that articles are sought by, and where they stand in a folded text.

Chinese is found wherever it stands. Words of letters are whole, and compared by their stems;
numbers are whole. White space and marks between the parts of a word don't matter: `8月16日` is
found in `8 月 16 日`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.article import Span
from index.text.analyzer import RUN, latin_terms
from index.text.folding import fold
from index.text.scripts import HAN, LATIN_FOLDED

_MOST = 16  # words
_QUOTES = '"“”「」『』'
_WORD = re.compile(r'"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|(\S+)')
_TOKEN = re.compile(rf"{RUN.pattern}|(?P<other>(?:(?![{HAN}{LATIN_FOLDED}])[^\W_])+)")
_IS_HAN = re.compile(f"[{HAN}]")
_IS_LATIN = re.compile(f"[{LATIN_FOLDED}]")
_GAP = r"(?:[^\w\n\r\u2028\u2029]|_){0,3}"
_LETTER = f"[{LATIN_FOLDED}]"


@dataclass(frozen=True)
class WantedWord:
    """A folded word, or words in quotes, that an article must have; `parts` are what it is of."""

    text: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "WantedWord":
        """Take a folded word apart.

        >>> WantedWord.of("gb/t1.1标准").parts
        ('gb', 't1', '1', '标准')
        """
        parts: list[str] = []
        for token in _TOKEN.finditer(text):
            parts += latin_terms(token["latin"])[1:] or [token[0]] if token["latin"] else [token[0]]
        return cls(text, tuple(parts))

    @property
    def indexed(self) -> tuple[str, ...]:
        """The parts by which the index of words finds it, all of which a passage must have."""
        known = [part for part in self.parts if _IS_HAN.match(part) or _IS_LATIN.match(part)]
        # A single Chinese character takes long to look up, and hardly narrows what others find.
        telling = [part for part in known if len(part) > 1 or not _IS_HAN.match(part)]
        return tuple(telling or known)

    @property
    def is_exact(self) -> bool:
        """Whether a passage with the indexed parts surely has the word itself."""
        [part, *others] = self.parts or [""]
        if others or not part or part.isdigit():
            return False
        return len(part) <= 2 if _IS_HAN.match(part) else bool(_IS_LATIN.match(part))

    def places(self, folded: str, stem: Callable[[str], str]) -> Iterator[Span]:
        """Yield where a folded text has the word, in order and without overlaps."""
        stems = [stem(part) for part in self.parts if _is_word(part)]
        end = 0
        for match in self._pattern.finditer(folded):
            [whole, *words] = match.groups()
            if match.start() >= end and whole and [stem(word) for word in words] == stems:
                end = match.end(1)
                yield Span(*match.span(1))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Looked ahead for, as places overlap of which only the stems tell which is one.
        return re.compile(f"(?=({_GAP.join(map(_pattern_of, self.parts))}))")


def wanted_words(query: str) -> tuple[WantedWord, ...]:
    """Return the words of a query, each once; words in quotes belong together.

    Many words are sought as if the whole query stood in quotes: it is a title, or a sentence.

    >>> [word.text for word in wanted_words('港珠澳大橋 "Golden  Gate"')]
    ['港珠澳大桥', 'golden  gate']
    """
    words = (next(filter(None, match.groups())) for match in _WORD.finditer(fold(query)))
    texts = (word.strip().strip(_QUOTES) for word in words)
    distinct = tuple(WantedWord.of(text) for text in dict.fromkeys(texts) if text)
    return distinct if len(distinct) <= _MOST else (WantedWord.of(fold(query).strip()),)


def _is_word(part: str) -> bool:
    """Return whether a part is a word of letters, which has a stem."""
    return _IS_LATIN.match(part) is not None and not part[0].isdigit()


def _pattern_of(part: str) -> str:
    """Return the pattern of a part; a group of its own, if it is a word of letters."""
    if _is_word(part):
        return f"(?<!{_LETTER})({_LETTER}+)"
    if _IS_LATIN.match(part):  # not a part of a longer number
        return rf"(?<!{_LETTER})(?<!\d\.){re.escape(part)}(?!{_LETTER})(?!\.\d+(?![\d.]))"
    return re.escape(part)
