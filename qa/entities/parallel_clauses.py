"""Choose among the values of parallel clauses: 出料速度 in `进料速度为9m/s，出料速度为6m/s`.

Each value has a label, the rest of its clause. The value asked for is that whose label says least
that the question does not: 出料速度 says nothing else, 进料速度 does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from index.article import Span
from index.text.folding import FoldedText, plain
from qa.entities.designators import is_about_another
from qa.entities.measures import COUNTERS

_MARKS = re.compile(
    r"[，；;、。]|,(?!\d{3})|\sand\s|(?:和|以及|及|与)(?=[\d一二两三四五六七八九十百])"
)
_SENTENCE = re.compile("[；;。]")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?=年)")
_PIECES = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\d+")
_SMALL = re.compile("[是为有达共约近逾超由任叫]|分别|达到|共有|包括|其中|另外")
_ASKED = re.compile(
    rf"(?:是|为|有|达)?(?:(?:多少|几)(?:[{COUNTERS}天年米吨元])|多少|几|[什甚]么|哪一?[家位个所年天]?|谁|"
    r"多[长大高宽重深远快厚]|多久)|[?？]"
)
_BEGINNING = 2
"""Characters by which the beginnings of two names differ."""

# 该校 and 这所大学 may well be the thing itself.
_NAMING = re.compile("[\u4e00-\u9fff]+")
_ANOTHER = re.compile("[\u4e00-\u9fff][\u4e00-\u9fff](?<![该这那本此其所个家座])")
_CLEARER = 1.4
"""How many times more of its label the question must share than of the next."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with its values; `topics` are its text and those of the clauses that it goes on."""

    span: Span
    topics: tuple[str, ...]
    values: list[Span]


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A value with the share of its label that the question has, and how much that is."""

    value: Span
    share: float
    shared: int


def value_of_clause(quote: str, typed: Sequence[Span], question: FoldedText) -> Span | None:
    """Return the value whose clause is about what the question asks; None if none clearly is.

    >>> quote = "进料速度为9m/s，出料速度为6m/s。"
    >>> span = value_of_clause(quote, [Span(5, 9), Span(15, 19)], FoldedText.of("出料速度多快?"))
    >>> span.of(quote) if span else None
    '6m/s'
    """
    text = plain(quote)
    clauses = [
        clause for clause in _clauses(text, typed) if not _is_of_another(question.lowered, clause)
    ]
    labels = [_label(text, clause) for clause in clauses]
    common = frozenset.intersection(*labels) if len(labels) > 1 else frozenset()
    known = _pairs(_ASKED.sub(" ", question.lowered))
    labelled = [
        _Labelled(clause.values[0], len(own & known) / len(own), len(own & known))
        for clause, label in zip(clauses, labels, strict=True)
        if len(clause.values) == 1 and (own := label - common)
    ]
    ordered = sorted(labelled, key=_by_share, reverse=True)
    if not ordered or not ordered[0].shared:
        return None
    best = ordered[0]
    next_best = ordered[1] if len(ordered) > 1 else _Labelled(best.value, 0.0, 0)
    clear = best.share >= _CLEARER * next_best.share
    full = best.share == next_best.share and best.shared > next_best.shared
    return best.value if clear or full else None


def is_of_another(quote: str, typed: Sequence[Span], question: FoldedText, span: Span) -> bool:
    """Return whether a range has values, all in clauses about another year or thing.

    >>> quote = "2031年产值为7亿元，2032年达到9亿元。"
    >>> amounts = [Span(8, 11), Span(19, 22)]
    >>> is_of_another(quote, amounts, FoldedText.of("2032年产值多少?"), amounts[0])
    True
    """
    clauses = [
        clause for clause in _clauses(plain(quote), typed) if any(map(span.overlaps, clause.values))
    ]
    return bool(clauses) and all(_is_of_another(question.lowered, clause) for clause in clauses)


def value_of_namesake(
    quote: str, typed: Sequence[Span], question: FoldedText, span: Span
) -> Span | None:
    """Return the value of the thing asked about, if a range is in a clause about its namesake.

    A namesake's name ends like that of the thing and begins otherwise: 西湖电厂1号机.

    >>> quote = "东湖电厂1号机2011年投产，西湖电厂1号机则在2014年投产。"
    >>> years = [Span(7, 12), Span(22, 27)]
    >>> asked = FoldedText.of("东湖电厂1号机哪年投产?")
    >>> span = value_of_namesake(quote, years, asked, years[1])
    >>> span.of(quote) if span else None
    '2011年'
    """
    text = plain(quote)
    clauses = _clauses(text, typed)
    told = [clause for clause in clauses if any(map(span.overlaps, clause.values))]
    if len(told) != 1:
        return None
    for clause in clauses:
        name = _shared(question.lowered, clause.topics[0])
        if (
            clause is not told[0]
            and len({value.of(quote) for value in clause.values}) == 1
            and _has_namesake(told[0].topics[0], name)
        ):
            return clause.values[0]
    return None


def _has_namesake(text: str, name: str) -> bool:
    """Return whether a text has not a name, but one that ends like it."""
    if name in text:
        return False
    endings = (name[cut:] for cut in range(_BEGINNING, len(name) - 1))
    ending = next((ending for ending in endings if ending in text), "")
    begins = name.removesuffix(ending)[-_BEGINNING:]
    before = text[: text.index(ending)][-_BEGINNING:]
    are_names = _NAMING.fullmatch(begins + ending[:1]) and _ANOTHER.fullmatch(before)
    return bool(ending) and are_names is not None and before != begins


def _shared(asked: str, text: str) -> str:
    """Return the longest piece of a text that the question has."""
    match = SequenceMatcher(None, asked, text, autojunk=False).find_longest_match()
    return text[match.b : match.b + match.size]


def _is_of_another(question: str, clause: _Clause) -> bool:
    return is_about_another(question, clause.topics) or _is_of_another_year(question, clause.topics)


def _by_share(labelled: _Labelled) -> tuple[float, int]:
    return labelled.share, labelled.shared


def _is_of_another_year(question: str, topics: Sequence[str]) -> bool:
    """Return whether a clause, or else the one it goes on, has years but none of the question."""
    asked, years = set(_YEAR.findall(question)), _YEAR.findall("".join(topics))
    return bool(asked and years) and years[0] not in asked


def _clauses(text: str, typed: Sequence[Span]) -> list[_Clause]:
    """Return the clauses that have values."""
    inside = [
        mark.end()
        for mark in _MARKS.finditer(text)
        if not any(span.start < mark.end() and mark.start() < span.end for span in typed)
    ]
    clauses: list[_Clause] = []
    topics: tuple[str, ...] = ()
    edges = [0, *inside, len(text)]
    # A clause that is but its value goes with the next: 2031年4月，甲国与乙国签署……
    bare = {
        end
        for start, end in pairwise(edges)
        for span in typed
        if start <= span.start and span.end <= end and not _PIECES.search(
            text[start : span.start] + text[span.end : end]
        )
    }  # fmt: skip
    for start, end in pairwise([edge for edge in edges if edge not in bare or edge == edges[-1]]):
        topics = (text[start:end], *(() if _SENTENCE.match(text, max(start - 1, 0)) else topics))
        values = [span for span in typed if start <= span.start < end]
        if values:
            clauses.append(_Clause(Span(start, end), topics, values))
    return clauses


def _label(text: str, clause: _Clause) -> frozenset[str]:
    """Return what a clause says beside its value."""
    value = clause.values[0]
    before, after = text[clause.span.start : value.start], text[value.end : clause.span.end]
    return frozenset(_pairs(_SMALL.sub(" ", f"{before} {after}")))


def _pairs(text: str) -> set[str]:
    """Return the pairs of Han characters, the words and the numbers of a text."""
    pairs: set[str] = set()
    for piece in _PIECES.findall(text):
        if piece[0] < "\u4e00" or len(piece) == 1:
            pairs.add(piece)
        else:
            pairs |= {first + second for first, second in pairwise(piece)}
    return pairs
