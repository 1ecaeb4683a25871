"""Compare the clauses of a sentence with those of what it cites.

A clause is held against the clauses nearest to it: those that share most words and figures. What
of it is denied, bounded, directed or uncertain has to be so there. In the same script, too, its
figures and its predicate have to be told of the same, and two names keep their order.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.article import Span
from index.text.analyzer import bigrams_of_folded
from index.text.folding import fold
from index.text.function_words import FUNCTION_WORDS
from qa.entities.names import Names
from qa.writing.checked_figures import numbers_in
from qa.writing.checked_names import CLAUSE
from qa.writing.claim_words import contradicts, hedges, is_about, overstates
from qa.writing.negation import bounds, denies

_WORD = re.compile(r"[a-z]{2,}")
_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]+")
_NO_UNITS = FUNCTION_WORDS | frozenset("hundred thousand million billion trillion".split())
# A clause that says only when, of what the next one tells.
_TIME = re.compile(r"[到自从至截今去上下明前后\d年月日度半起止内间末底初中旬季\s]+")
_JOINT = re.compile(r"\s*(?:[和与及跟同、,]|以及|and|&)\s*")
_LONGEST_LEAD = 10  # characters of a clause that only says who thinks so: 专家认为


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A folded clause with what it is compared by; `before` is its quote up to its end.

    `lead` is the clause before it, if that only says how sure it is.
    """

    text: str
    before: str
    units: frozenset[str]
    figures: frozenset[str]
    lead: str = ""

    def nearness(self, other: "ComparedClause") -> float:
        """Return how much two clauses share; a figure weighs as much as five words."""
        return len(self.units & other.units) + 5 * len(self.figures & other.figures)


Nearness = Callable[[ComparedClause, ComparedClause], float]


def clauses_of(text: str) -> list[ComparedClause]:
    """Cut a text into clauses."""
    folded, clauses, end = fold(text), list[ComparedClause](), 0
    pieces = [match.span() for match in CLAUSE.finditer(folded)]
    for start, stop in [*pieces, (len(folded), len(folded))]:
        piece = folded[end:start]
        end = stop
        if piece.strip():
            before = clauses[-1].text if clauses else ""
            figures = frozenset(numbers_in(piece))
            lead = before if _leads(before) else ""
            clauses.append(ComparedClause(piece, folded[:start], units_of(piece), figures, lead))
    return clauses


def units_of(folded: str) -> frozenset[str]:
    """Return the words that clauses are compared by: pairs of Han characters, and Latin words."""
    words = {word for word in _WORD.findall(folded) if word not in _NO_UNITS}
    return frozenset({*bigrams_of_folded(_NUMERAL.sub(" ", folded)), *words})


def agrees(
    sentence: str, quotes: Sequence[str], known: str, nearness: Nearness = ComparedClause.nearness
) -> bool:
    """Return whether each clause of a sentence says what the nearest clauses of the quotes say.

    `known` is the folded text of quotes, titles and headings.
    """
    said = [clause for quote in quotes for clause in clauses_of(quote)]
    return all(_clause_agrees(clause, said, known, nearness) for clause in clauses_of(sentence))


def _clause_agrees(
    clause: ComparedClause, said: Sequence[ComparedClause], known: str, nearness: Nearness
) -> bool:
    shared = [nearness(clause, own) for own in said]
    most = max(shared, default=0)
    sharing = [own for own, count in zip(said, shared, strict=True) if count]
    if denies(clause.text) and not any(denies(own.text) for own in sharing):
        return False
    if not most:
        return not overstates(clause.text, "", known)
    nearest = [own for own, count in zip(said, shared, strict=True) if count == most]
    return any(_says(own, clause, known) for own in nearest)


def _says(own: ComparedClause, clause: ComparedClause, known: str) -> bool:
    """Return whether a clause that is near says as much as another."""
    if own.text == clause.text:
        return True
    if denies(own.text) and not denies(clause.text):
        return False
    if clause.figures and bounds(clause.text) != bounds(own.text):
        return False
    if clause.figures & own.figures and is_about(own.text) and not is_about(clause.text):
        return False
    said, claim = own.lead + own.text, clause.lead + clause.text
    return not (contradicts(clause.text, said) or overstates(claim, said, known))


def _leads(folded: str) -> bool:
    """Return whether a clause only says how sure the next one is: 专家认为, 预计."""
    return len(folded) <= _LONGEST_LEAD and hedges(folded)


def tells_of_another(sentence: str, quotes: Sequence[str], exempt: str, names: Names) -> bool:
    """Return whether a sentence tells of one thing what the quotes tell of another.

    The words beside a figure must not come only behind it there, nor all belong to other figures;
    and a predicate must not have a subject there that the sentence lacks. The words of `exempt`,
    which names what all is about, may stand anywhere.
    """
    said = [clauses_of(quote) for quote in quotes]
    return any(
        any(_is_of_others(clause, figure, said, exempt) for figure in clause.figures)
        or _has_the_predicate_of_another(clause, said, exempt, names)
        for clause in clauses_of(sentence)
    )


def _is_of_others(
    clause: ComparedClause, figure: str, said: Sequence[Sequence[ComparedClause]], exempt: str
) -> bool:
    words = {unit for unit in clause.units if unit not in exempt}
    bearing = [
        own
        for quote in said
        for own in quote
        if figure in own.figures and not _TIME.fullmatch(own.text)
    ]
    reaching = [own for quote in said for own in quote if clause.figures & own.figures]
    if not bearing or not words:
        return False
    reach = "\n".join(own.before for own in reaching)
    everywhere = "\n".join(quote[-1].before for quote in said if quote)
    if any(word in everywhere and word not in reach for word in words):
        return True
    if any(words & own.units for own in bearing):
        return False
    others = (own for quote in said for own in quote if own.figures - clause.figures)
    return any(words & own.units for own in others)


def _has_the_predicate_of_another(
    clause: ComparedClause, said: Sequence[Sequence[ComparedClause]], exempt: str, names: Names
) -> bool:
    """Return whether a clause mixes what is told of two subjects: 学生免费 of 学生半价，老人免费.

    What the nearest clause lacks may come from one before it, unless it has a subject of its own,
    and from one behind it, unless that has.
    """
    every = [own for quote in said for own in quote]
    most = max(map(clause.nearness, every), default=0)
    words = {unit for unit in clause.units if unit not in exempt}
    if not most:
        return False

    def mixes(own: ComparedClause) -> bool:
        beside = [other for other in every if words & (other.units - own.units)]
        behind = [other for other in beside if every.index(other) > every.index(own)]
        return any(
            _has_another_subject(opening, clause, names) for opening in [own, *behind] if beside
        )

    return all(mixes(own) for own in every if clause.nearness(own) == most)


def _has_another_subject(own: ComparedClause, clause: ComparedClause, names: Names) -> bool:
    """Return whether a clause opens with a noun of which another has nothing."""
    for word, tag, _ in names.tagged(own.text):
        if tag == "v":
            return False
        if tag.startswith("n") and len(word) > 1:
            return not units_of(word) & clause.units
    return False


def names_are_swapped(sentence: str, quotes: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether two folded names stand in a clause of a sentence in another order."""
    whole = [fold(quote) for quote in quotes]
    said = [clause.text for quote in quotes for clause in clauses_of(quote)]
    for clause in clauses_of(sentence):
        here = [name for name in names if clause.text.count(name) == 1]
        for first, second in combinations(here, 2):
            ordered = list(_orders(first, second, [clause.text]))
            theirs = list(_orders(first, second, said)) or list(_orders(first, second, whole))
            if ordered and theirs and ordered[0] not in theirs:
                return True
    return False


def _orders(first: str, second: str, texts: Sequence[str]) -> Iterator[bool]:
    """Yield for each text with two names whether they are in order; both, if they are joined."""
    for text in texts:
        if text.count(first) != 1 or text.count(second) != 1:
            continue
        ahead, behind = (
            Span(text.find(name), text.find(name) + len(name)) for name in (first, second)
        )
        if ahead.overlaps(behind):
            continue
        is_ordered = ahead.start < behind.start
        early, late = (ahead, behind) if is_ordered else (behind, ahead)
        yield is_ordered
        if _JOINT.fullmatch(text[early.end : late.start]):
            yield not is_ordered
