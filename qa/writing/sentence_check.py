"""Decide whether the citations of a sentence bear it out.

What is compared: figures and dates, names, negation and bounds, and whether both speak of the same.
How these are put together in a sentence is not.
"""

import re
from collections.abc import Sequence

from index.text.analyzer import bigrams_of_folded
from index.text.folding import fold
from index.text.function_words import FUNCTION_WORDS
from qa.answer import Citation
from qa.entities.names import Names
from qa.language import is_han
from qa.writing.checked_figures import Figures
from qa.writing.checked_names import NameCheck
from qa.writing.negation import bounds, denies

_CLAUSE = re.compile(
    r"[,、:;。!?\n]|\.(?:\s|$)|\b(?:and|but|while|whereas|although|which)\b|但|而且|并且"
)
_WORD = re.compile(r"[a-z]{2,}")
_DIGIT = re.compile(r"\d")


class SentenceCheck:
    """Compares sentences with what they cite. Threads may share it."""

    def __init__(self, names: Names) -> None:
        self._names = NameCheck(names)

    def holds(self, sentence: str, cited: Sequence[Citation], question: str) -> bool:
        """Return whether the citations bear a sentence out.

        What names their article's title and heading have may be said as well, and across languages
        those of the question.
        """
        quotes = "\n".join(citation.quote for citation in cited)
        if not (cited and self.translates(sentence, cited)):
            return False
        heads = (head for citation in cited for head in (citation.title, citation.heading))
        said = fold("\n".join([quotes, *filter(None, heads)]))
        same_script = is_han(sentence) == is_han(quotes)
        known = said if same_script else said + fold(f"\n{question}")
        if self._names.lacking(sentence, known, same_script=same_script):
            return False
        return not same_script or self._names.shares(sentence, fold(quotes), said, fold(question))

    def translates(self, text: str, cited: Sequence[Citation]) -> bool:
        """Return whether a text has the figures, dates and negation of what it cites.

        Its names can't be compared across languages.
        """
        figures = Figures.of((citation.quote, citation.published) for citation in cited)
        if figures.lack(text):
            return False
        quotes = "\n".join(citation.quote for citation in cited)
        if is_han(text) == is_han(quotes):
            return _agrees(fold(text), fold(quotes))
        folded, said = fold(text), fold(quotes)
        return denies(folded) == denies(said) and _bound_alike(folded, said)


def _agrees(sentence: str, said: str) -> bool:
    """Return whether each clause of a folded sentence denies what is denied, and nothing else."""
    clauses = [(clause, _units(clause)) for clause in _clauses(said)]
    for clause in _clauses(sentence):
        units = _units(clause)
        shared = [len(units & own) for _, own in clauses]
        most = max(shared, default=0)
        nearest = [own for (own, _), count in zip(clauses, shared, strict=True) if count == most]
        sharing = [own for (own, _), count in zip(clauses, shared, strict=True) if count]
        if denies(clause):
            if not any(map(denies, sharing)):
                return False
        elif most and all(map(denies, nearest)):
            return False
        if most and not any(_bound_alike(clause, own) for own in nearest):
            return False
    return True


def _bound_alike(text: str, said: str) -> bool:
    """Return whether the figures of two folded texts, if there are any, have the same bounds."""
    return _DIGIT.search(text) is None or bounds(text) == bounds(said)


def _clauses(folded: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(folded) if clause.strip()]


def _units(folded: str) -> set[str]:
    """Return what clauses are compared by: pairs of Han characters, and Latin words."""
    words = {word for word in _WORD.findall(folded) if word not in FUNCTION_WORDS}
    return {*bigrams_of_folded(folded), *words}
