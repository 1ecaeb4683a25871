"""Synonyms: NIST and 国家标准和技术研究所, defined by the articles or by the user.

Extracting definitions from a text is left to `index.text.abbreviations`, doing so for all articles
to `index.build.name_definitions`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.library.definitions import Pair
from index.text.folding import FoldedText, fold
from index.text.function_words import FUNCTION_WORDS

NAME = "synonyms.json"
_MAX_MEANINGS = 3  # a short form with more meanings is a word of single articles, no name


class Synonyms:
    """Other forms of names, as articles define them, and of words, as the user does.

    The names come folded, as they are stored: ten thousand of them take 0.4 s.
    """

    def __init__(self, pairs: Iterable[Pair] = (), groups: Iterable[Sequence[str]] = ()) -> None:
        self._others: dict[str, list[str]] = defaultdict(list)
        for name, short in pairs:
            self._join(name, short)
        for group in groups:
            forms = [fold(form) for form in group]
            for form in forms:
                for other in forms:
                    self._join(form, other)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._others, key=len, reverse=True):
            self._by_start[form[:2]].append(form)

    def alternatives(self, question: FoldedText) -> dict[str, list[str]]:
        """Return the other written forms of a question's names and words.

        Keys occur in the folded question, leftmost and longest first, and never overlap; values are
        folded too, may be in another language and may consist of several words. An English function
        word counts as a name only in capitals: WHO, but not who.

        >>> forms = Synonyms([("国家标准和技术研究所", "nist")])
        >>> forms.alternatives(FoldedText.of("NIST花了多少?"))
        {'nist': ['国家标准和技术研究所']}
        """
        folded, at = question.folded, 0
        alternatives: dict[str, list[str]] = {}
        while at < len(folded):
            form = self._form_at(folded, at)
            if form and (form not in FUNCTION_WORDS or form.upper() in question.text):
                alternatives[form] = list(self._others[form])
            at += len(form) or 1
        return alternatives

    def _form_at(self, folded: str, at: int) -> str:
        """Return the longest form at an offset, or an empty string."""
        starts = (folded[at : at + 2], folded[at])  # a form of one character starts with itself
        for form in (form for start in starts for form in self._by_start.get(start, ())):
            end = at + len(form)
            if folded.startswith(form, at) and not (
                _within(folded[at - 1 : at + 1]) or _within(folded[end - 1 : end + 1])
            ):
                return form
        return ""

    def _join(self, first: str, second: str) -> None:
        for form, other in ((first, second), (second, first)):
            if form != other and other not in self._others[form]:
                self._others[form].append(other)


def _within(pair: str) -> bool:
    """Return whether two neighbouring characters belong to the same Latin word or number."""
    return len(pair) == 2 and all(char.isalnum() and char < "\u0250" for char in pair)


def names(pairs: Iterable[Pair]) -> list[Pair]:
    """Drop the pairs of a form with too many meanings for a name."""
    pairs = set(pairs)
    meanings: dict[str, set[str]] = defaultdict(set)
    for name, short in pairs:
        meanings[short].add(name)
        meanings[name].add(short)
    return sorted(
        pair for pair in pairs if all(len(meanings[form]) <= _MAX_MEANINGS for form in pair)
    )


def write(folder: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs into a generation's folder."""
    (folder / NAME).write_text(json.dumps(pairs, ensure_ascii=False, indent=0), encoding="utf-8")


def read(folder: Path) -> list[Pair]:
    """Read pairs back; the manifest has checked the file."""
    return [
        (name, short) for name, short in json.loads((folder / NAME).read_text(encoding="utf-8"))
    ]
