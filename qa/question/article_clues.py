"""What the articles tell about a question: whether they tell of two things together."""

import re
from collections.abc import Collection

from index.search.searcher import Hit, Searcher
from index.text.analyzer import occurs
from index.text.folding import FoldedText, fold, simplify
from qa.question.topic import ASKED

_PASSAGES = 3
_COVERED = 0.6
"""The share, by weight, of what is asked that a passage about the topic must tell of."""

_SHARE = 3
"""One in so many of the words asked must be in the articles at all."""

_ASKED = re.compile(ASKED)


class ArticleClues:
    """Clues from the articles of one generation. Threads may share it."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def together(self, about: str, asked: str) -> bool:
        """Return whether a passage names a topic and tells of what is asked of it.

        Words that no article has (钱, where all write 元) say nothing, unless most are such.
        """
        stated = _ASKED.sub(" ", simplify(asked))
        query = self._searcher.query(FoldedText.of(f"{about} {stated}"))
        folded = fold(about)
        owners = [term for term in query.weights if occurs(folded, term)]
        others = [term for term in query.weights if term not in owners]
        known = [term for term in others if self._searcher.mentions(term)]
        tells_little = _SHARE * len(known) < len(others) or max(map(len, known), default=0) < 2
        if not owners or tells_little:
            return False

        def tells(hit: Hit) -> bool:
            passage = hit.passage
            context = fold(passage.context)

            def weight(terms: Collection[str]) -> float:
                return sum(query.weights[term] for term in terms)

            found = [term for term in known if query.terms.occurs(context, term)]
            is_named = all(query.terms.occurs(context, term) for term in owners)
            return is_named and weight(found) >= _COVERED * weight(known)

        return any(map(tells, self._searcher.search(query, _PASSAGES)))
