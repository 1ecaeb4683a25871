"""Match a question's entities in sentences, and recognize rivals."""

import re
from collections.abc import Sequence

from index.library.catalogue import PassageRecord
from index.search.query import QueryTerms
from index.text.folding import fold, simplify
from index.text.numbers import values
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.date_forms import has_day, with_plain_dates
from qa.entities.designators import is_about_another, is_about_asked
from qa.entities.names import Names, is_acronym
from qa.evidence.named_parts import names_a_part, names_itself
from qa.language import Language
from qa.question.understand import Question

_OPENING = 16  # characters
_ENDING = 2
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# 1800万元 and 1600人 are no years.
_YEAR_TOLD = re.compile(
    r"(?<![\d.])(?:(?:1[5-9]|20)\d\d(?!\d|[.,]\d|\s?[万亿千百元余多人吨米公平个台辆户名件家亩度克])"
    r"|[一二][〇零○一二三四五六七八九]{3}(?=年))"
)
_YEARS_TO = re.compile(r"((?:1[5-9]|20)\d\d)年?\s?[-—–~至到]+\s?((?:1[5-9]|20)\d\d)(?!\d)")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# The year of a thing's beginning is not the time that is asked about; nor is the text's.
_BEGUN = re.compile(
    r"年[^，,。]{0,6}(?:成立|建成|创办|创建|出生|竣工|投产|开业|开工|建立|通车|落成|以来|起)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ATTRIBUTE_ASKED = re.compile(
    r"的(?P<name>[\u4e00-\u9fff]{2,4}?)(?:是|为|有|达)?(?:多少|几)[\u4e00-\u9fff]{0,3}[?？]?$"
)
_ATTRIBUTE = re.compile(r"的([\u4e00-\u9fff]{2,4})(?:为|是|达|约为)(?:每[\u4e00-\u9fff]{1,3})?\d")
_ACTING = frozenset({AnswerType.PLACE, AnswerType.ORG, AnswerType.PERSON})


def places_and_years(question: Question, *, latin: bool) -> list[str]:
    """Return the entities that an article must mention to answer the question.

    These are places that the dictionary tags, acronyms and years; names in Latin letters only if
    the articles are written in them (`latin`), as elsewhere they may be written otherwise. So may
    the acronyms of an English question: RNC is 共和党全国委员会. Other Han names are often cut
    wrong.
    """
    is_english = question.language is Language.ENGLISH
    names = [
        name.text
        for name in question.names
        if (is_acronym(name.text) and (latin or not is_english))
        or (latin and name.text.isascii())
        or (name.answer_type is AnswerType.PLACE and not name.text.isascii())
    ]
    years = (entity for entity in question.required if _YEAR.fullmatch(entity))
    return [*dict.fromkeys(names), *years]


def is_of_another(question: Question, passage: PassageRecord, quote: str) -> bool:
    """Return whether a sentence, or else its heading or title, is about another of the kind.

    A sentence about 丙料场 is no evidence of what there is in 乙料场.
    """
    texts = (quote, passage.heading or "", passage.title)
    return is_about_another(
        question.forms.folded, [folded_for(question, text) for text in texts]
    ) or _is_of_another_year(question, passage, quote)


def _is_of_another_year(question: Question, passage: PassageRecord, quote: str) -> bool:
    """Return whether a sentence is told of other years than those asked for.

    It has years, but neither it nor what is around has one asked for; or it has none, and its
    heading, or else its title, has others.
    """
    asked = _years(question.forms.folded)
    around = fold("\n".join((passage.title, passage.heading or "", passage.text)))
    if not asked or asked & _years(fold(passage.text)):
        return False
    if _years(fold(quote)):
        around = f"{around}\n{passage.published or ''}"
        return not asked & {*_years(around), *values(around)}
    if _BEGUN.search(question.forms.folded):
        return False
    for text in map(fold, (passage.heading or "", passage.title)):
        if years := _years(text):
            return not asked & years and not _BEGUN.search(text)
    return False


def _years(folded: str) -> set[str]:
    """Return the years in a folded text, in digits, with those between two: 2029—2031年."""
    years = {match.translate(_HAN_DIGITS) for match in _YEAR_TOLD.findall(folded)}
    for first, last in _YEARS_TO.findall(folded):
        years.update(map(str, range(int(first), int(last) + 1)))
    return years


def is_of_a_part(question: Question, quote: str) -> bool:
    """Return whether a sentence is about a part, as a line is of a railway, of what is asked."""
    return names_a_part(question.forms.folded, fold(quote))


def is_of_the_whole(question: Question, part: str, quote: str) -> bool:
    """Return whether a sentence names what is asked, unlike one that names a part of it."""
    return names_itself(question.forms.folded, fold(part), fold(quote))


def is_of_the_same(question: Question, passage: PassageRecord) -> bool:
    """Return whether a passage, its heading or its title names all that a question designates."""
    texts = (passage.text, passage.heading or "", passage.title)
    return is_about_asked(question.forms.folded, [folded_for(question, text) for text in texts])


def states_another_attribute(question: Question, passage: PassageRecord, quote: str) -> bool:
    """Return whether a sentence only states another attribute of the thing: 转速, not 风压.

    Attributes that share a character (长度, 全长) may be the same, and so may one that the passage
    mentions elsewhere.
    """
    asked = _ATTRIBUTE_ASKED.search(question.forms.simplified)
    stated = _ATTRIBUTE.findall(simplify(quote))
    if asked is None or not stated or question.answer_type not in PATTERNS:
        return False
    around = simplify(f"{passage.title}{passage.heading or ''}{passage.text}")
    return asked["name"] not in around and not any(
        set(asked["name"]) & set(attribute) for attribute in stated
    )


def folded_for(question: Question, text: str) -> str:
    """Fold a text for matching, its dates in the question's writing if that has a day."""
    return fold(with_plain_dates(simplify(text)) if has_day(question.forms.folded) else text)


class EntityMatcher:
    """Matches the names and numbers that one question requires."""

    def __init__(self, question: Question, terms: QueryTerms, names: Names) -> None:
        self._terms = terms
        self._names = names
        self._question = question.forms.folded
        self._required = [(fold(entity), names.parts(entity)) for entity in question.required]
        self._acting = [(fold(name.text), names.parts(name.text)) for name in question.names]
        types = {name.answer_type for name in question.names if name.answer_type in _ACTING}
        # Countries and organisations both act: 澳大利亚, 韩国政府.
        self._types = types | (
            {AnswerType.PLACE, AnswerType.ORG} if types - {AnswerType.PERSON} else set()
        )

    def share(self, folded: str) -> float:
        """Return the share of the required entities in a folded text; 1 if none is required."""
        matches = [self._has(folded, name, parts) for name, parts in self._required]
        return sum(matches) / len(matches) if matches else 1.0

    def names_a_rival(self, folded: str) -> bool:
        """Return whether a text has a rival in place of a required entity: another year.

        Years are recognized as such, names in Han characters by their ending, and one of several
        of a kind by its designator.
        """
        return any(
            self._has_rival(folded, name, parts) for name, parts in self._required
        ) or is_about_another(self._question, [folded])

    def opens(self, quote: str) -> bool:
        """Return whether a sentence opens with a name that the question has."""
        return self._has_acting(fold(quote[:_OPENING]))

    def opens_with_another(self, quote: str) -> bool:
        """Return whether a sentence opens with a rival name and has no acting name of the question.

        Tagging takes a while, so this is only for the best sentences.
        """
        if not self._types or self._has_acting(fold(quote)):
            return False
        return any(
            name.answer_type in self._types and fold(name.text) not in self._question
            for name in self._names.find(quote[:_OPENING])
            if name.span.start == 0
        )

    def _has_acting(self, folded: str) -> bool:
        return any(self._has(folded, name, parts) for name, parts in self._acting)

    def _has(self, folded: str, name: str, parts: Sequence[str]) -> bool:
        """Return whether a text has a name, or all its parts: `法国开发署`, `法国…开发署`."""
        if self._terms.occurs(folded, name):
            return True
        inner = [part for part in parts if part != name]
        return bool(inner) and all(self._terms.occurs(folded, part) for part in inner)

    def _has_rival(self, folded: str, name: str, parts: Sequence[str]) -> bool:
        if self._has(folded, name, parts):
            return False
        if _YEAR.fullmatch(name):
            return _YEAR.search(folded) is not None
        ending = name[-_ENDING:]
        if len(name) <= _ENDING or _HAN.fullmatch(ending) is None or ending not in folded:
            return False
        # 该银行, 这所大学 may well refer to the entity itself.
        return re.search(rf"(?![该这那本此其所个家座])[\u4e00-\u9fff]{ending}", folded) is not None
