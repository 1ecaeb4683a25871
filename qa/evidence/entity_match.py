"""Tells whether a sentence is about what the question asks about, or about another of its sort."""

import re
from collections.abc import Sequence

from index.search.query import QueryTerms
from index.text.folding import fold
from qa.answer_types import AnswerType
from qa.entities.names import Names, is_acronym
from qa.question.understand import Question

_OPENING = 16  # characters
_ENDING = 2
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ACTING = frozenset({AnswerType.PLACE, AnswerType.ORG, AnswerType.PERSON})


def places_and_years(question: Question, names: Names, *, latin: bool) -> list[str]:
    """What of a question articles must mention to be able to answer it: all of it stands alone.

    Places that a dictionary tags, acronyms, years; names in Latin letters where these are the
    articles' (`latin`), as elsewhere they may be written otherwise. Other Han names are often cut
    wrong.
    """
    found = [
        name.text
        for name in names.find(question.text)
        if is_acronym(name.text)
        or (latin and name.text.isascii())
        or (name.answer_type is AnswerType.PLACE and not name.text.isascii())
    ]
    return [*dict.fromkeys(found), *(one for one in question.required if _YEAR.fullmatch(one))]


class EntityMatcher:
    """The names and numbers that one question requires."""

    def __init__(self, question: Question, terms: QueryTerms, names: Names) -> None:
        self._terms = terms
        self._names = names
        self._asked = fold(question.text)
        self._required = [(fold(name), names.parts(name)) for name in question.required]
        found = names.find(question.text)
        kinds = {name.answer_type for name in found if name.answer_type in _ACTING}
        # Countries and organisations both act: 澳大利亚, 韩国政府.
        self._kinds = kinds | (
            {AnswerType.PLACE, AnswerType.ORG} if kinds - {AnswerType.PERSON} else set()
        )
        self._acting = [(fold(name.text), names.parts(name.text)) for name in found]

    def share(self, folded: str) -> float:
        """The share of what is required that a folded text holds; 1 where nothing is required."""
        there = [self._is_there(folded, name, parts) for name, parts in self._required]
        return sum(there) / len(there) if there else 1.0

    def names_a_rival(self, folded: str) -> bool:
        """Whether a sentence is about another one of a name's sort: another year, another city.

        Told by the year, and by how names in Han characters end.
        """
        return any(self._is_rival(folded, name, parts) for name, parts in self._required)

    def opens_with_another(self, quote: str) -> bool:
        """Whether a sentence opens with a name of the question's kinds that is none of its own.

        As the dictionary tags names, which takes a while: for the best sentences only.
        """
        folded = fold(quote)
        if not self._kinds or any(self._is_there(folded, *one) for one in self._acting):
            return False
        return any(
            name.answer_type in self._kinds and fold(name.text) not in self._asked
            for name in self._names.find(quote[:_OPENING])
            if name.span.start == 0
        )

    def opens(self, quote: str) -> bool:
        """Whether a sentence opens with a name that the question has."""
        folded = fold(quote[:_OPENING])
        return any(self._is_there(folded, *one) for one in self._acting)

    def _is_there(self, folded: str, name: str, parts: Sequence[str]) -> bool:
        """Whether a name is there, whole or in all its parts: `法国开发署`, `法国…开发署`."""
        if self._terms.occurs(folded, name):
            return True
        inner = [part for part in parts if part != name]
        return bool(inner) and all(self._terms.occurs(folded, part) for part in inner)

    def _is_rival(self, folded: str, name: str, parts: Sequence[str]) -> bool:
        if self._is_there(folded, name, parts):
            return False
        if _YEAR.fullmatch(name):
            return _YEAR.search(folded) is not None
        ending = name[-_ENDING:]
        if len(name) <= _ENDING or _HAN.fullmatch(ending) is None:
            return False
        # 该银行, 这所大学 may well be the very one.
        return re.search(rf"(?![该这那本此其所个家座])[\u4e00-\u9fff]{ending}", folded) is not None
