"""How sure an answer is: the probability that the first citation holds it."""

import math
from collections.abc import Callable, Mapping, Sequence

from index.folding import fold
from index.words import holds
from qa.evidence import Evidence
from qa.kinds import PATTERNS, SHORT
from qa.language import Language, is_han
from qa.names import is_acronym
from qa.question import Question

Parts = Callable[[str], list[str]]
"""Takes a name apart into terms, as the index does."""

# What a sentence matches tells most, its surroundings less. Set by hand on training questions.
_MATCHED, _AROUND, _BIAS = 5.0, 4.0, -4.2
# What is left of the confidence when something is missing: what the question must be about, an
# amount or date where one is asked for, a name where one is asked for (taggers miss many names).
_NOT_ABOUT = 0.2
_NO_AMOUNT = 0.2
_NO_NAME = 0.6
_ACROSS = 0.7  # at most, when the languages differ


class Judge:
    """Judges evidence for one question."""

    def __init__(self, question: Question, weights: Mapping[str, float], parts: Parts) -> None:
        self._question = question
        self._required = [(fold(name), parts(name)) for name in question.required]
        self._alike = _written_alike(question, weights)

    def confidence(self, evidence: Evidence) -> float:
        """The confidence in one sentence, between 0 and 1.

        Where question and article are in different languages only what both write alike can be
        compared: acronyms and numbers.
        """
        if (self._question.language is not Language.ENGLISH) != is_han(evidence.quote):
            return self._across_languages(evidence)
        logit = _MATCHED * evidence.matched + _AROUND * evidence.around + _BIAS
        sure = 1 / (1 + math.exp(-logit))
        context = fold(evidence.context)
        if not all(_is_about(context, name, parts) for name, parts in self._required):
            sure *= _NOT_ABOUT
        return sure * self._kind_fits(evidence)

    def _across_languages(self, evidence: Evidence) -> float:
        if not evidence.answers:
            return 0.0  # without its words only the kind of answer tells whether it answers
        quote = fold(evidence.quote)
        found = [term for term in self._alike if holds(quote, term)]
        if not found or (len(found) == 1 and found[0].isdigit()):
            return 0.0  # one number alone is no evidence
        share = sum(self._alike[term] for term in found) / sum(self._alike.values())
        return _ACROSS * share

    def _kind_fits(self, evidence: Evidence) -> float:
        if self._question.kind not in SHORT or evidence.answers:
            return 1.0
        return _NO_AMOUNT if self._question.kind in PATTERNS else _NO_NAME


def _written_alike(question: Question, weights: Mapping[str, float]) -> dict[str, float]:
    """The terms that any language writes the same: acronyms and numbers.

    Not those of two letters: US, EU and UK have names of their own in Chinese.
    """
    acronyms = {fold(name) for name in question.required if len(name) > 2 and is_acronym(name)}
    return {
        term: weight for term, weight in weights.items() if term in acronyms or term[0].isdigit()
    }


def _is_about(context: str, name: str, parts: Sequence[str]) -> bool:
    """Whether a name is there, whole or in all its parts: `法国开发署`, `法国…开发署`."""
    if holds(context, name):
        return True
    inner = [part for part in parts if part != name]
    return bool(inner) and all(holds(context, part) for part in inner)
