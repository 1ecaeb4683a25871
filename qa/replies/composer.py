"""Compose the reply to one question from what was retrieved for it."""

import re
from collections.abc import Sequence

from index.article import Span
from index.search.query import QueryTerms
from index.search.searcher import Searcher
from index.text.folding import fold
from qa.answer_types import OF_ARTICLE
from qa.entities.comparisons import work_out
from qa.evidence.confidence import Calibrator
from qa.evidence.entity_match import places_and_years
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.language import is_han
from qa.question.understand import Question
from qa.replies.article_facts import cite_fact, fact_value
from qa.replies.conflicts import Confidence, find_conflicts
from qa.replies.overview import overview
from qa.replies.part_reply import reply_of_part
from qa.replies.reply import (
    NOTHING,
    Reply,
    reply_of_conflict,
    reply_of_figure,
    reply_of_sentence,
    reply_with_list,
)
from qa.replies.short_answer import best_span, short_answer
from qa.replies.structured_reply import reply_of_structure, within_part
from qa.retrieval import READ, Retrieval
from qa.structure.newest import SeriesPick, in_series
from qa.structure.part_lookup import FoundPart, find_part

_UNMENTIONED = 0.1
_LACKING_PART = 0.05
"""Confidence where the article has no part of the number that is asked for."""

_SHORTEST = 2  # characters of a name, and letters of an acronym that any words may have
_FACT_CONFIDENCE = 0.9  # its range was noted when the article was read


class Composer:
    """Composes replies, however unsure. Threads may share it."""

    def __init__(self, ranker: SentenceRanker, calibrator: Calibrator) -> None:
        self._ranker = ranker
        self._calibrator = calibrator

    def reply(self, retrieval: Retrieval, searcher: Searcher, *, decide: bool) -> Reply:
        """Reply with an article fact, a summary, or with evidence.

        Without `decide`, the short answer is the best span, even if another is nearly as good.
        """
        question, terms = retrieval.question, retrieval.query.terms
        part = find_part(question, terms, retrieval.hits[:READ], searcher)
        if reply := _of_structure_or_article(retrieval, searcher, part):
            return reply
        evidence = self._ranker.rank(question, retrieval.query, retrieval.hits[:READ])
        pick = in_series(question, terms, within_part(evidence, part))
        if not pick.evidence:
            return reply_of_part(part) if part and part.spans else NOTHING
        most = _LACKING_PART if part and not part.spans else 1.0
        return self._of_evidence(retrieval, searcher, pick, most, decide=decide)

    def _of_evidence(
        self,
        retrieval: Retrieval,
        searcher: Searcher,
        pick: SeriesPick,
        most: float,
        *,
        decide: bool,
    ) -> Reply:
        """Reply with evidence, of at most some confidence."""
        question, terms, evidence = retrieval.question, retrieval.query.terms, pick.evidence

        def confidence(ordered: Sequence[Evidence]) -> float:
            # A sentence is no answer to a question about the article itself.
            if question.answer_type in OF_ARTICLE:
                return 0.0
            return self._calibrator.confidence(question, terms, ordered)

        likely = min(max(confidence(evidence), pick.least), most)
        if _is_elsewhere(retrieval, evidence[0], searcher):
            likely = min(likely, _UNMENTIONED)
        if whole := reply_with_list(question, terms, evidence, searcher, likely):
            return whole
        if figures := _of_figures(question, terms, evidence, confidence, likely):
            return figures
        short = _short(retrieval, evidence[0], decide=decide)
        return reply_of_sentence(question, evidence, short, likely)


def _of_figures(
    question: Question,
    terms: QueryTerms,
    evidence: Sequence[Evidence],
    confidence: Confidence,
    likely: float,
) -> Reply | None:
    """Reply with a figure that is worked out, or with several that differ."""
    if worked_out := work_out(question.forms, evidence[0].quote, question.answer_type):
        return reply_of_figure(question, evidence, worked_out, likely)
    if conflicting := find_conflicts(question, terms, evidence, confidence):
        return reply_of_conflict(question, conflicting, likely)
    return None


def _short(retrieval: Retrieval, first: Evidence, *, decide: bool) -> Span | None:
    if decide:
        return short_answer(retrieval.question, retrieval.query.terms, first)
    return best_span(retrieval.question, first)


def _is_elsewhere(retrieval: Retrieval, first: Evidence, searcher: Searcher) -> bool:
    """Return whether what is asked about is not in the articles, or not where the evidence is."""
    return _is_unmentioned(retrieval.question, first, searcher) or _lacks_subject(retrieval, first)


def _is_unmentioned(question: Question, first: Evidence, searcher: Searcher) -> bool:
    """Return whether no article mentions the question's place or year."""
    latin = not is_han(first.quote)
    if latin and is_han(question.text):
        return False
    return not all(
        any(map(searcher.mentions, _forms(name))) or _spells_out(first.context, name)
        for name in places_and_years(question, latin=latin)
    )


def _spells_out(text: str, acronym: str) -> bool:
    """Return whether words of a text have an acronym's initials: Chief Information Officer, CIO."""
    if len(acronym) <= _SHORTEST or not acronym.isascii() or not acronym.isalpha():
        return False
    words = r"[\w-]*\s+(?:(?:of|and|the|for)\s+)*".join(acronym)
    return re.search(rf"\b{words}", text, re.IGNORECASE) is not None


def _forms(name: str) -> list[str]:
    """Return a name and, of a place, the name without what kind of place it is: 柳泉 of 柳泉市."""
    return [name, name[:-1]] if name[-1] in "市省县州国" and len(name) > _SHORTEST else [name]


def _lacks_subject(retrieval: Retrieval, first: Evidence) -> bool:
    """Return whether an overview is asked of something that the best sentence does not name."""
    subject = retrieval.subject
    if subject is None or subject.is_bare:
        return False
    return retrieval.query.terms.coverage(fold(first.context)) < 1


def _of_structure_or_article(
    retrieval: Retrieval, searcher: Searcher, part: FoundPart | None
) -> Reply | None:
    """Reply with a fact, a part, a cell or a summary, if one is asked for."""
    if retrieval.question.answer_type in OF_ARTICLE:
        return _fact(retrieval, searcher)
    if structured := reply_of_structure(retrieval, searcher, part):
        return structured
    subject = None if part else retrieval.subject
    return overview(subject, retrieval, searcher) if subject else None


def _fact(retrieval: Retrieval, searcher: Searcher) -> Reply | None:
    """Reply with a fact of the article meant, if it is clear which."""
    citation = cite_fact(retrieval, searcher)
    if citation is None:
        return None
    value = fact_value(retrieval.question, citation)
    if value is None or value in citation.quote:
        return Reply(citation.quote, [citation], value, _FACT_CONFIDENCE)
    return Reply(value, [citation], None, _FACT_CONFIDENCE)
