"""Compose replies: the text of an answer and the citations that support it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.article import Span
from index.search.query import QueryTerms
from index.search.searcher import Searcher
from index.text.folding import fold
from index.text.sentences import sentences
from qa.answer import Citation, Kind, PartyAnswer
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.amount_forms import whole_amount_form
from qa.entities.comparisons import WorkedOut
from qa.entities.lists import Series, chain_at, series_at
from qa.evidence.agreement import is_same
from qa.evidence.sentence_ranker import Evidence
from qa.language import Language, is_han
from qa.question.understand import Question
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.citations import cite, cite_evidence
from qa.replies.conflicts import says_when, time_of
from qa.structure.asked_lists import asks_openly, is_about_all, least_confidence

_ALSO_CITED = 0.5
"""Score by which a sentence may be behind the best and still be cited beside it."""

_AGREEING_CITED = 4.0
"""The same for a sentence that has the same value."""

_AGREEING_READ = math.log(0.01)
"""Least log-probability that the answer is in a sentence that is cited for its same value."""

_CITATIONS = 5
_LISTS_AMONG = 3  # sentences
_ITEMS = 40  # a list of more is not read
_EXPLAINED = frozenset({AnswerType.REASON, AnswerType.MANNER})
"""Types whose answer may follow a sentence that has no cue word of why or how."""

_SPACE = {True: "", False: " "}
_LISTED = frozenset({AnswerType.LIST, AnswerType.MANNER})


@dataclass(frozen=True, slots=True)
class Reply:
    """The text of an answer, its citations, the short answer and the confidence."""

    text: str
    citations: list[Citation]
    short: str | None
    confidence: float
    entries: tuple[PartyAnswer, ...] = ()
    kind: Kind = "quotation"


NOTHING = Reply("", [], None, 0.0)


def reply_of_sentence(
    question: Question, evidence: Sequence[Evidence], short: Span | None, confidence: float
) -> Reply:
    """Reply with the best sentence, and cite nearly as good ones beside it.

    Beside an amount or a date only those with the same are cited, for another would contradict it.
    An amount in another form than the reader's is followed by the reader's form in brackets.
    """
    first = evidence[0]
    distinct: dict[str, Evidence] = {}
    for item in evidence:
        distance = _AGREEING_CITED if _agrees(item, first) else _ALSO_CITED
        differs = question.answer_type in PATTERNS and _differs(item, first)
        if item.score >= first.score - distance and not differs:
            distinct.setdefault(item.quote, item)
    cited = [cite_evidence(item) for item in list(distinct.values())[:_CITATIONS]]
    if (
        question.answer_type in _EXPLAINED
        and first.signals.answer_type.cue <= 0
        and (behind := _following(first))
    ):
        return _with_following(first, behind, cited, confidence)
    if short is None:
        return Reply(first.quote, cited, None, confidence)
    text = first.quote
    if bracket := whole_amount_form(text, short, question.language, question.answer_type):
        end, form = bracket
        text = text[:end] + _in_brackets(form, text) + text[end:]
    return Reply(text, cited, short.of(first.quote), confidence)


def _agrees(evidence: Evidence, first: Evidence) -> bool:
    """Return whether another sentence was read as giving the same value."""
    own, other = evidence.agreement.value, first.agreement.value
    is_likely = evidence.signals.reading.spans >= _AGREEING_READ
    return is_likely and own is not None and other is not None and is_same(own, other)


def _differs(evidence: Evidence, first: Evidence) -> bool:
    """Return whether a sentence gives another value."""
    own, other = evidence.agreement.value, first.agreement.value
    return own is not None and other is not None and not is_same(own, other)


def _following(evidence: Evidence) -> Span | None:
    """Return the passage's next sentence; None if it is too long to quote."""
    end = evidence.span.end - evidence.passage.start
    behind = (span for span in sentences(evidence.passage.text) if span.start >= end)
    following = next(behind, None)
    if following is None or following.end - following.start > QUOTE_AT_MOST:
        return None
    return following


def _with_following(
    first: Evidence, behind: Span, cited: Sequence[Citation], confidence: float
) -> Reply:
    quote, start = behind.of(first.passage.text), first.passage.start
    following = cite(first.passage, Span(start + behind.start, start + behind.end), quote)
    others = [citation for citation in cited[1:] if citation != following]
    text = f"{first.quote}{_SPACE[is_han(quote)]}{quote}"
    return Reply(text, [cited[0], following, *others][:_CITATIONS], None, confidence)


def reply_of_figure(
    question: Question, evidence: Sequence[Evidence], worked_out: WorkedOut, confidence: float
) -> Reply:
    """Reply with the sentence, and in brackets what was worked out from it, if anything was."""
    reply = reply_of_sentence(question, evidence, worked_out.stated, confidence)
    if worked_out.figure is None:
        return reply
    figure = _in_brackets(worked_out.figure, evidence[0].quote)
    return replace(reply, text=reply.text + figure)


def reply_with_list(
    question: Question,
    terms: QueryTerms,
    evidence: Sequence[Evidence],
    searcher: Searcher,
    confidence: float,
) -> Reply | None:
    """Reply with the whole list around the sentence, each item cited; else None.

    If a list is asked for and the best sentence has none, the next ones may be part of one.
    """
    first = evidence[0]
    wanted = question.answer_type in _LISTED or first.quote.endswith((":", "："))
    if not wanted and not asks_openly(question.forms):
        return None
    # Where no list is sure to be asked for, only one that the question is about counts.
    lacking = question.answer_type is AnswerType.LIST and first.signals.answer_type.cue <= 0
    for item in evidence[: _LISTS_AMONG if lacking or not wanted else 1]:
        article = searcher.catalogue.article(item.passage.article_id)
        series = _series(question, terms, item, article.text) if article else None
        if article is None or series is None:
            continue
        title = item.passage.title
        if wanted or is_about_all(terms, series, article.text, title):
            least = least_confidence(terms, series, article.text, title)
            return _whole(item, article.text, series, max(confidence, least))
    return None


def _series(question: Question, terms: QueryTerms, evidence: Evidence, text: str) -> Series | None:
    """Return the list around a sentence; if one is asked for, a chain of clauses is one."""
    series = series_at(text, evidence.span)
    if series is not None or question.answer_type is not AnswerType.LIST:
        return series
    chain = chain_at(text, evidence.span)
    if chain is None or chain.items[0].overlaps(evidence.span):
        return chain
    # A later clause that alone has a word of the question is about something of its own.
    others = fold(
        " ".join(item.of(text) for item in chain.items if not item.overlaps(evidence.span))
    )
    own = fold(evidence.quote)
    alone = any(
        terms.occurs(own, term) and not terms.occurs(others, term) for term in terms.weights
    )
    return None if alone else chain


def _whole(evidence: Evidence, text: str, series: Series, confidence: float) -> Reply:
    parts = series.parts[:_ITEMS]
    cited = [cite(evidence.passage, span, span.of(text)) for span in parts]
    own = next((at for at, span in enumerate(parts) if span.overlaps(evidence.span)), 0)
    # The most important citation comes first: the sentence that was ranked first.
    ordered = [cited[own], *cited[:own], *cited[own + 1 :]]
    return Reply("\n".join(citation.quote for citation in cited), ordered, None, confidence)


def reply_of_conflict(
    question: Question, conflicting: Sequence[Evidence], confidence: float
) -> Reply:
    """Reply with each conflicting sentence, dated by its article if it states no year.

    `confidence` is that of the likeliest sentence.
    """
    colon = _colon(question)
    lines = [
        item.quote if says_when(item) else f"{time_of(item)}{colon}{item.quote}"
        for item in conflicting
    ]
    return Reply("\n".join(lines), list(map(cite_evidence, conflicting)), None, confidence)


def reply_of_parties(
    question: Question, parties: Sequence[str], replies: Sequence[Reply], not_answered: str
) -> Reply:
    """Reply with an entry per party; `not_answered` if nothing is known of it."""
    colon = _colon(question)
    cited: list[Citation] = []
    entries = []
    for party, reply in zip(parties, replies, strict=True):
        if not reply.citations:
            entries.append(PartyAnswer(party, not_answered, None, None))
            continue
        cited += (citation for citation in reply.citations if citation not in cited)
        place = cited.index(reply.citations[0])
        entries.append(PartyAnswer(party, reply.text, reply.short, place))
    lines = [f"{entry.party}{colon}{entry.short_answer or entry.answer}" for entry in entries]
    confidence = next(reply.confidence for reply in replies if reply.citations)
    return Reply("\n".join(lines), cited, None, confidence, tuple(entries))


def _colon(question: Question) -> str:
    return ": " if question.language is Language.ENGLISH else "："


def _in_brackets(form: str, text: str) -> str:
    return f"（{form}）" if is_han(text) else f" ({form})"
