"""Compare the names, quoted words and addresses of a sentence with those of what it cites."""

import re
from collections.abc import Iterator

from index.text.folding import fold, simplify
from index.text.pinyin import names_spelled
from qa.entities.names import Names
from qa.entities.person_names import people
from qa.language import has_han

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|org|io)\b")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+/-]*[A-Za-z0-9]")
_QUOTED = re.compile(r"[“「『《〈\"]([^”」』》〉\"]{2,60})[”」』》〉\"]")
_FIGURE = re.compile(r"[\d二三四五六七八九十百千万亿]")
_WORD = re.compile(r"[a-z0-9]+")


class NameCheck:
    """Finds what a sentence names and its citations don't. Threads may share it."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def lacking(self, sentence: str, said: str, *, same_script: bool) -> bool:
        """Return whether a sentence names what a folded text does not.

        In another script, only words that are in quotation marks there as well are not compared.
        """
        folded = fold(sentence)
        if any(address.rstrip(".,;)") not in said for address in _ADDRESS.findall(folded)):
            return True
        if same_script and any(fold(match) not in said for match in _QUOTED.findall(sentence)):
            return True
        named = (name for name in self._named(sentence) if not self._is_said(name, said))
        return next(named, None) is not None

    def shares(self, sentence: str, quoted: str, said: str, question: str) -> bool:
        """Return whether a sentence is about what a folded text says, in the same script.

        It has a word of the quotes, and at least half of its words that the question lacks are in
        the text, or all but one if it has a figure, which is compared by itself.
        """
        parts = (fold(part) for part in self._names.parts(sentence))
        terms = {term for term in parts if not any(map(str.isdigit, term))}
        if not terms:
            return True
        own = {term for term in terms if term not in question}
        lacking = sum(not _is_borne_out(term, said) for term in own)
        most = max(len(own) // 2, 1 if _FIGURE.search(fold(sentence)) else 0)
        return any(term in quoted for term in terms) and lacking <= most

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


def _is_borne_out(term: str, said: str) -> bool:
    """Return whether a text has a term, or half the characters of a Han one: 建成 for 建于."""
    return term in said or (has_han(term) and 2 * sum(char in said for char in term) >= len(term))


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
