"""A question prepared for search: terms, weights, other forms, vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.models.encoder import Vectors
from index.search.lexical_index import Alternatives
from index.text.analyzer import occurs
from index.text.folding import FoldedText

ABBREVIATED = {
    "us": ("美国",), "usa": ("美国",), "uk": ("英国",), "eu": ("欧盟",), "un": ("联合国",),
}  # fmt: skip
"""Names so short that the encoder takes them for other words (us), so that no vector helps."""


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A question's folded terms with their weights and `other_forms`.

    Other forms are words of the other script with a near vector (`india`, 印度), and synonyms that
    the articles or the user define. `passages` is the number of passages that the weights are of.
    """

    weights: Mapping[str, float]
    other_forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: int = 1

    def occurs(self, folded: str, term: str) -> bool:
        """Return whether a term, or another form of it, occurs in a folded text."""
        forms = (term, *self.other_forms.get(term, ()))
        return any(occurs(folded, form) for form in forms)

    def coverage(self, folded: str) -> float:
        """Return the weight share of the terms in a folded text; 0 without terms."""
        total = sum(self.weights.values())
        if total == 0:
            return 0.0
        return self.covered_weight(folded) / total

    def covered_weight(self, folded: str) -> float:
        """Return the summed weight of the terms that occur in a folded text."""
        return sum(weight for term, weight in self.weights.items() if self.occurs(folded, term))

    def heaviest_missing(self, folded: str) -> float:
        """Return the weight share of the heaviest term missing from a folded text."""
        total = sum(self.weights.values()) or 1.0
        missing = (weight for term, weight in self.weights.items() if not self.occurs(folded, term))
        return max(missing, default=0.0) / total


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question prepared for search in one generation; `Searcher.query` makes it once.

    `alternatives` are the words of the lexical query, each with its spellings; `vector` is the
    question's embedding, shape `(1, dim)`.
    """

    question: FoldedText
    terms: QueryTerms
    alternatives: Sequence[Alternatives]
    bigrams: Sequence[str]
    vector: Vectors

    @property
    def text(self) -> str:
        """The question as it was put."""
        return self.question.text

    @property
    def weights(self) -> Mapping[str, float]:
        """The terms of the question with their inverse document frequencies."""
        return self.terms.weights
