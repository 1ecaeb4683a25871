"""Compare the names, quoted words and addresses of a sentence with those of what it cites."""

import re
from collections.abc import Collection, Iterator

from index.text.folding import fold, simplify
from index.text.function_words import FUNCTION_WORDS
from index.text.pinyin import names_spelled
from qa.entities.names import Names
from qa.entities.person_names import people
from qa.language import has_han
from qa.writing.checked_figures import numbers_in
from qa.writing.shared_meaning import SharedMeaning

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|org|io)\b")
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9.&+/-]*[A-Za-z0-9])?")
_OPENING = re.compile(r"[\"“'‘(]*(?P<word>[A-Z][a-z]+)")
_NO_NAME = FUNCTION_WORDS | frozenset(
    "according however since while although though before during both overall together "
    "meanwhile because despite".split()
)
_QUOTED = re.compile(r"[“「『《〈\"]([^”」』》〉\"]{2,60})[”」』》〉\"]")
_FIGURE = re.compile(r"[\d二三四五六七八九十百千万亿]")
_WORD = re.compile(r"[a-z0-9]+")
# Words that join what is said and add nothing to it; what they deny or bound is compared apart.
_LIGHT = frozenset(
    "曾 曾经 已 已经 共 共有 一共 均 约 达 达到 现 现有 正 即 便 据 其中 位于 目前 当时 同时 此外 "
    "因 因为 由于 因此 另外 分别 进行 成为 属于 包括 名为 称为 约为 具有 拥有 设有 其 "
    "located including total respectively currently meanwhile".split()
)
_SHORTEST_STEM = 4  # letters: `approves` is a form of `approved`
CLAUSE = re.compile(
    r"[,、:;。!?()\n]|\.(?:\s|$)|\b(?:and|but|while|whereas|although|which)\b|但|而且|并且"
)
"""What parts the clauses of a folded text."""


class NameCheck:
    """Finds what a sentence names and its citations don't. Threads may share it."""

    def __init__(self, names: Names, meaning: SharedMeaning) -> None:
        self._names, self._meaning = names, meaning

    def lacking(self, sentence: str, said: str, *, same_script: bool) -> bool:
        """Return whether a sentence names what a folded text does not.

        In another script a name may be translated, and words in quotation marks are not compared.
        """
        if self.lacks_address(sentence, said):
            return True
        if same_script and any(fold(match) not in said for match in _QUOTED.findall(sentence)):
            return True
        if same_script and _opens_with_another(sentence, said):
            return True
        return any(
            not self._is_said(name, said)
            and (same_script or not self._meaning.is_named(name, said))
            for name in self._named(sentence)
        )

    def lacks_address(self, sentence: str, said: str) -> bool:
        """Return whether a sentence has an address that a folded text has not."""
        addresses = _ADDRESS.findall(fold(sentence))
        return any(address.rstrip(".,;)") not in said for address in addresses)

    def shares(self, sentence: str, quoted: str, said: str, question: str) -> bool:
        """Return whether a sentence is about what a folded text says, in the same script.

        It has a word of the quotes, and of each clause, however the question puts it, more than
        three quarters of the words are in the text; half of them, or all but one, if it has a
        figure, which is compared by itself.
        """
        clauses = [self._terms(clause) for clause in CLAUSE.split(fold(sentence)) if clause]
        terms = set[str]().union(*(own for own, _ in clauses))
        if not terms:
            return True
        return any(term in quoted for term in terms) and all(
            _is_told(own, said, has_figure=has_figure)
            and _is_told(
                {term for term in own if term not in question}, said, has_figure=has_figure
            )
            for own, has_figure in clauses
        )

    def is_made_of(self, sentence: str, said: str) -> bool:
        """Return whether a folded text has every word of a sentence, or a form of it."""
        words, _ = self._terms(fold(sentence))
        return all(_lack_of(word, said) < 1 for word in words)

    def shares_any(self, sentence: str, quoted: str) -> bool:
        """Return whether a folded quote has a word or a figure of a sentence."""
        folded = fold(sentence)
        return any(fold(term) in quoted for term in self._names.parts(sentence)) or bool(
            numbers_in(folded) & numbers_in(quoted)
        )

    def named_in(self, text: str) -> set[str]:
        """Return the folded names of a text."""
        return {fold(name) for name in self._named(text)}

    def _terms(self, clause: str) -> tuple[set[str], bool]:
        """Return the words of a folded clause without figures, and whether it has a figure."""
        parts = map(fold, self._names.parts(clause))
        words = {term for term in parts if not any(map(str.isdigit, term))} - _LIGHT
        return words, _FIGURE.search(clause) is not None

    def _named(self, sentence: str) -> Iterator[str]:
        yield from (name.text for name in self._names.find(sentence))
        simplified = simplify(sentence)
        yield from (span.of(simplified) for span in people(simplified, self._names.tagged))
        if has_han(sentence):  # a Latin word in a Chinese sentence is a name or a code
            yield from _LATIN.findall(sentence)

    def _is_said(self, name: str, said: str) -> bool:
        """Return whether a folded text has a name, all its parts, or what it spells in pinyin."""
        folded = fold(name)
        if _has(said, folded):
            return True
        if has_han(name):
            parts = [fold(part) for part in self._names.parts(name)]
            return len(parts) > 1 and all(part in said for part in parts)
        words = _WORD.findall(folded)
        spelled = names_spelled(words)
        return bool(words) and all(
            _has(said, word) or any(name in said for name in spelled.get(word, ()))
            for word in words
        )


def _opens_with_another(sentence: str, said: str) -> bool:
    """Return whether an English sentence opens with a word that a folded text lacks.

    Its capital letter does not tell whether it is a name.
    """
    opening = _OPENING.match(sentence)
    if opening is None or has_han(sentence):
        return False
    word = opening["word"].lower()
    return word not in _NO_NAME and not _has(said, word)


def _is_told(terms: Collection[str], said: str, *, has_figure: bool) -> bool:
    """Return whether a folded text has most of some words, or half if there is a figure."""
    lacking = sum(_lack_of(term, said) for term in terms)
    if has_figure:
        return lacking <= max(len(terms) / 2, 1)
    return not lacking or lacking < min(len(terms) / 4, 1)


def _lack_of(term: str, said: str) -> float:
    """Return 0 for a term of a text, or a form of it, and 1 for one that it lacks.

    A Han one with half its characters, the first among them, counts a quarter: 建成 for 建于.
    """
    if term in said:
        return 0
    if has_han(term):
        has_half = term[0] in said and 2 * sum(char in said for char in term) >= len(term)
        return 0.25 if has_half else 1
    return 0 if term[: max(_SHORTEST_STEM, len(term) - 3)] in said else 1


def _has(said: str, name: str) -> bool:
    """Return whether a folded text has a folded name, Latin words as whole ones."""
    at = said.find(name)
    while at >= 0:
        before, behind = said[at - 1 : at], said[at + len(name) : at + len(name) + 1]
        cut_before = _is_latin(before) and _is_latin(name[:1])
        if not (cut_before or (_is_latin(behind) and _is_latin(name[-1:]))):
            return True
        at = said.find(name, at + 1)
    return False


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
