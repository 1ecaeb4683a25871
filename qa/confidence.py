"""How sure an answer is: the probability that the first citation holds it."""

import math
from collections.abc import Callable, Mapping

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


def confidence(
    question: Question, evidence: Evidence, weights: Mapping[str, float], parts: Parts
) -> float:
    """Between 0 and 1.

    Where question and article are in different languages only what both write alike can be
    compared: acronyms and numbers.
    """
    if (question.language is not Language.ENGLISH) != is_han(evidence.quote):
        return _across_languages(question, evidence, weights)
    logit = _MATCHED * evidence.matched + _AROUND * evidence.around + _BIAS
    sure = 1 / (1 + math.exp(-logit))
    context = fold(evidence.context)
    if not all(_is_about(context, name, parts) for name in question.required):
        sure *= _NOT_ABOUT
    return sure * _kind_fits(question, evidence)


def _across_languages(
    question: Question, evidence: Evidence, weights: Mapping[str, float]
) -> float:
    acronyms = {fold(name) for name in question.required if is_acronym(name)}
    shared = {
        term: weight for term, weight in weights.items() if term in acronyms or term[0].isdigit()
    }
    quote = fold(evidence.quote)
    found = [term for term in shared if holds(quote, term)]
    if not found or (len(found) == 1 and found[0].isdigit()):
        return 0.0  # one number alone is no evidence
    if not evidence.answers:
        return 0.0  # without its words only the kind of answer tells whether a sentence answers
    return 0.7 * sum(shared[term] for term in found) / sum(shared.values())


def _kind_fits(question: Question, evidence: Evidence) -> float:
    if question.kind not in SHORT or evidence.answers:
        return 1.0
    return _NO_AMOUNT if question.kind in PATTERNS else _NO_NAME


def _is_about(context: str, name: str, parts: Parts) -> bool:
    """Whether a name is there, whole or in all its parts: `法国开发署`, `法国…开发署`."""
    folded = fold(name)
    if holds(context, folded):
        return True
    inner = [part for part in parts(name) if part != folded]
    return bool(inner) and all(holds(context, part) for part in inner)
