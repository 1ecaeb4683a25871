"""Analyze text into search terms, with jieba for the Han part; the only home of jieba.

Names, acronyms, numbers and numbers with their scale (NIST, 1.6亿) stay whole; numbers are also
indexed by their value.

Two implementations of jieba share one dictionary. rjieba, in Rust, cuts terms: without the hidden
Markov model it agrees with jieba (on 11,112 of 11,112 passages of statutes, abstracts and an
encyclopedia) and is seven times as fast. jieba tags parts of speech, where rjieba differs.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index.text.folding import FoldedText, fold
from index.text.function_words import FUNCTION_WORDS
from index.text.numbers import values, without_numbers
from index.text.scripts import HAN, LATIN_FOLDED
from index.text.word_list import WordList

if TYPE_CHECKING:
    from jieba import Tokenizer
    from jieba.posseg import POSTokenizer
    from rjieba import Jieba as Cutter

TOKENIZER = "rjieba-0.2.2/3"
"""Id of these rules; questions must be analyzed by the rules that made the index."""

_LETTERS = f"[{LATIN_FOLDED}]"
RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<latin>{_LETTERS}+(?:[.\-'/_&+]{_LETTERS}+)*)")
_HAN = re.compile(f"[{HAN}]+")
# Possessive, and from a number's first digit on: a text of digits alone is read once, not squared.
_SCALED = re.compile(r"\d(?<!\d\d)\d*+(?:\.\d++)?[百千万亿兆]+")
_PARTS = re.compile(r"[.\-'/_&+]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_VALUE = re.compile(r"\d+(?:\.\d+)?%?")

_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")
# Single characters that the tagger may join to words: 1 ms each, and no sentence has as many.
_MAX_JOINED = 100
_QUESTION_PHRASE = re.compile(r"哪.*|第?几[个家年天月日种条项座位届次人名类处]")


class Analyzer:
    """Tokenizer and part-of-speech tagger by one dictionary and the user's words. Thread-safe.

    The dictionary is loaded when first used, which takes half a second.
    """

    def __init__(self) -> None:
        self._common: Analyzer | None = None
        self._user_words: tuple[str, ...] = ()
        self._mixed_user_words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the rules, the user's words included."""
        if not self._user_words:
            return TOKENIZER
        digest = hashlib.sha256("\n".join(self._user_words).encode()).hexdigest()
        return f"{TOKENIZER}+{digest[:12]}"

    def with_user_words(self, words: Iterable[str]) -> "Analyzer":
        """Return an analyzer that keeps these words whole; `self` if it already does.

        The dictionary is copied, which takes a hundredth of a second, not loaded again.
        """
        folded = {fold(word) for word in words}
        added = sorted(word for word in folded if " " not in word and word not in self.terms(word))
        if not added:
            return self
        analyzer = Analyzer()
        analyzer._common, analyzer._user_words = self, tuple(added)
        analyzer._mixed_user_words = tuple(word for word in added if not _HAN.fullmatch(word))
        return analyzer

    def load(self) -> None:
        """Load the dictionary and the tagger now rather than on first use."""
        _ = self._cutter, self._tagger

    @cached_property
    def _cutter(self) -> "Cutter":
        import rjieba

        cutter = rjieba.Jieba()
        for word in self._user_words:
            cutter.add_word(word, None, "nz")
        return cutter

    @cached_property
    def _jieba(self) -> "Tokenizer":
        import jieba

        dictionary = jieba.Tokenizer()
        if self._common is None:
            words = self._words
            dictionary.FREQ, dictionary.total = words.frequencies, words.total
        else:
            common = self._common._jieba
            dictionary.FREQ, dictionary.total = dict(common.FREQ), common.total
        # Not by `initialize`, which unmarshals a file from a folder that anybody may write to.
        dictionary.initialized = True
        for word in self._user_words:
            dictionary.add_word(word, tag="nz")
        return dictionary

    @cached_property
    def _words(self) -> WordList:
        import jieba

        with jieba.Tokenizer().get_dict_file() as file:
            return WordList.of(file.read().decode("utf-8"))

    @cached_property
    def _tagger(self) -> "POSTokenizer":
        common = self._common
        tags = dict(common._tagger.word_tag_tab) if common else self._words.tags
        # Not by its constructor, which would read the dictionary again.
        tagger: POSTokenizer = object.__new__(_tagger_class(tags))
        tagger.tokenizer, tagger.word_tag_tab = self._jieba, tags
        return tagger

    def terms(self, text: str) -> list[str]:
        """Return the index terms of a text: words, the shorter words within them, number values.

        >>> Analyzer().terms("國家標準(NIST)投入1.6亿")
        ['国家', '标准', '国家标准', 'nist', '投入', '1.6', '亿', '1.6亿', '160000000']
        """
        return self.terms_of_folded(fold(text))

    def terms_of_folded(self, folded: str) -> list[str]:
        """Return the index terms of a text that is folded already."""
        return [*self._words_of(folded), *_SCALED.findall(folded), *values(folded)]

    def _words_of(self, folded: str) -> list[str]:
        words, runs = list[str](), RUN.findall(folded)
        # All at once takes half the time, and no word reaches across the end of a line.
        lines = "\n".join(han for han, _ in runs if han)
        cut = iter(self._cutter.cut_for_search(lines, hmm=False))
        for han, latin in runs:
            words += iter(cut.__next__, "\n") if han else latin_terms(latin)
        return words + [word for word in self._mixed_user_words if occurs(folded, word)]

    def content_terms(self, text: str) -> list[str]:
        """Return the distinct terms of a question, without question and function words.

        In capitals, `US` and `WHO` are names. A number is returned by its value alone (`160000000`
        for `1.6亿`), however the articles write it.

        >>> Analyzer().content_terms("美国通过NIST投资了多少?")
        ['美国', '通过', 'nist', '投资']
        """
        return self.content_terms_of_folded(FoldedText.of(text))

    def content_terms_of_folded(self, question: FoldedText) -> list[str]:
        """Return the content terms of a question that is folded already."""
        text, folded = question.text, question.folded
        terms = [*self._words_of(without_numbers(folded)), *values(folded)]
        acronyms = (
            {word.lower() for word in _CAPITALS.findall(text)} if text != text.upper() else ()
        )
        return [
            term
            for term in dict.fromkeys(terms)
            if (term not in FUNCTION_WORDS or term in acronyms)
            and not _QUESTION_PHRASE.fullmatch(term)
        ]

    def pieces(self, text: str) -> list[str]:
        """Split an unfolded text into words, so that their lengths add up to its length.

        Unlike `tagged`, it does not load the tagger, which takes a second.
        """
        return list(self._cutter.cut(text, hmm=True))

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """Split an unfolded text into words with jieba's part-of-speech tags.

        Words that the dictionary lacks are found in the text's first part only, if more than a
        hundred single characters (`年年年…`) are to be judged.

        >>> Analyzer().tagged("新加坡提出")
        [('新加坡', 'ns'), ('提出', 'v')]
        """
        end = self._judged(text)
        tagger = self._tagger
        pairs = chain(tagger.cut(text[:end]), tagger.cut(text[end:], HMM=False))
        return [(pair.word, pair.flag) for pair in pairs]

    def _judged(self, text: str) -> int:
        """Return the end of the part in which the tagger's model may look for new words."""
        if len(text) <= _MAX_JOINED:
            return len(text)
        end = joined = 0
        for word in self._cutter.cut(text, hmm=False):
            joined += len(word) == 1 and _HAN.match(word) is not None
            if joined > _MAX_JOINED:
                return end
            end += len(word)
        return end


def bigrams(text: str) -> list[str]:
    """Return the character bigrams of the Han parts, which match words missing from the dictionary.

    >>> bigrams("博斯公司A")
    ['博斯', '斯公', '公司']
    """
    return bigrams_of_folded(fold(text))


def bigrams_of_folded(folded: str) -> list[str]:
    """Return the bigrams of a folded text; a lone Han character counts as a bigram."""
    return [
        pair
        for run in _HAN.findall(folded)
        for pair in (map("".join, pairwise(run)) if len(run) > 1 else [run])
    ]


def occurs(folded: str, term: str) -> bool:
    """Return whether a term occurs in a folded text: Han anywhere, Latin as a word or its start.

    The start of a word counts from four letters on (`invest` in `invested`). Numbers must be whole,
    also with a scale (`1.6亿` is not in `11.6亿`). A value occurs in any form of it.

    >>> occurs("投入11.6亿", "1.6亿"), occurs("共1000万元", "10000000")
    (False, True)
    """
    if term and (term in folded or term[:-1] in folded):
        pattern = _term_pattern(term)
        if term in folded if pattern is None else pattern.search(folded):
            return True
    return term[:1].isdigit() and _VALUE.fullmatch(term) is not None and term in values(folded)


def _tagger_class(tags: dict[str, str]) -> "type[POSTokenizer]":
    """Import jieba's tagger, whose own instance gets the tags that it would read line by line."""
    import jieba

    if jieba.dt.dictionary is not None or "jieba.posseg" in sys.modules:  # another program's
        import jieba.posseg
    else:
        jieba.dt.dictionary = os.devnull
        try:
            import jieba.posseg
        finally:
            jieba.dt.dictionary = None
        jieba.posseg.dt.word_tag_tab = dict(tags)
    return jieba.posseg.POSTokenizer  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def _term_pattern(term: str) -> re.Pattern[str] | None:
    """Return a pattern for a term with its word boundaries; None for Han, which has none."""
    if term[0].isdigit():
        after = r"(?!\d|\.\d)" if _NUMBER.fullmatch(term) else ""
        return re.compile(rf"(?<!\d)(?<!\d\.){re.escape(term)}{after}")
    if not re.fullmatch(_LETTERS, term[0]):
        return None
    stem = term[:-1] if len(term) > 4 and term[-1] in "es" else term
    after = "" if len(term) >= 4 else f"(?!{_LETTERS})"
    return re.compile(f"(?<!{_LETTERS}){re.escape(stem)}{after}")


def latin_terms(run: str) -> list[str]:
    """Return a word or number and its parts.

    >>> latin_terms("gb/t"), latin_terms("1.6")
    (['gb/t', 'gb', 't'], ['1.6'])
    """
    parts = [part for part in _PARTS.split(run) if part]
    if len(parts) < 2 or _NUMBER.fullmatch(run):
        return [run]
    return [run, *parts]
