"""What is said in answer, and what it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Span
from index.search.searcher import Searcher
from index.text.sentences import sentences
from qa.answer import Citation, PartyAnswer
from qa.answer_types import AnswerType
from qa.entities.amount_forms import other_form
from qa.entities.lists import Series, series_at
from qa.evidence.sentence_ranker import Evidence
from qa.language import Language, is_han
from qa.question.understand import Question
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.conflicts import says_when, time_of

_ALSO_CITED = 0.5  # at most so far behind the best one's score: then a sentence is cited beside it
_CITATIONS = 3
_LISTS_AMONG = 3  # sentences
_ITEMS = 40  # more are no list to read
_EXPLAINED = frozenset({AnswerType.REASON, AnswerType.MANNER})
"""Where the sentence that tells of it has no sign of why or how, the next one may."""

_SPACE = {True: "", False: " "}
_LISTED = frozenset({AnswerType.LIST, AnswerType.MANNER})


@dataclass(frozen=True, slots=True)
class Reply:
    """What was found to say: the text, its citations, the short answer, how sure it is."""

    text: str
    citations: list[Citation]
    short: str | None
    sure: float
    entries: tuple[PartyAnswer, ...] = ()


NOTHING = Reply("", [], None, 0.0)


def sentence(
    question: Question, evidence: Sequence[Evidence], short: Span | None, sure: float
) -> Reply:
    """The best sentence, beside those that are nearly as good.

    An amount in another form than the reader's has that one behind it, in brackets.
    """
    first = evidence[0]
    near = [one for one in evidence if one.score >= first.score - _ALSO_CITED]
    distinct: dict[str, Evidence] = {}
    for one in near:
        distinct.setdefault(one.quote, one)
    cited = [cite(one) for one in list(distinct.values())[:_CITATIONS]]
    if (
        question.answer_type in _EXPLAINED
        and first.features["cue"] <= 0
        and (then := _following(first))
    ):
        quote = then.of(first.passage.text)
        place = first.passage.start
        following = _cite(first, Span(place + then.start, place + then.end), quote)
        others = [one for one in cited[1:] if one != following]
        cited = [cited[0], following, *others][:_CITATIONS]
        return Reply(f"{first.quote}{_SPACE[is_han(quote)]}{quote}", cited, None, sure)
    if short is None:
        return Reply(first.quote, cited, None, sure)
    said = short.of(first.quote)
    form = other_form(said, question.language)
    text = first.quote
    if form is not None:
        text = text[: short.end] + _in_brackets(form, text) + text[short.end :]
    return Reply(text, cited, said, sure)


def _following(evidence: Evidence) -> Span | None:
    """The sentence behind one, in its passage; where it is short enough to be shown whole."""
    end = evidence.span.end - evidence.passage.start
    behind = (span for span in sentences(evidence.passage.text) if span.start >= end)
    found = next(behind, None)
    return found if found and found.end - found.start <= QUOTE_AT_MOST else None


def listed(
    question: Question, evidence: Sequence[Evidence], searcher: Searcher, sure: float
) -> Reply | None:
    """The whole of the list that the sentence is a part of, each item cited; None without one.

    Where a list is asked for and the best sentence has none, the next ones may be of one.
    """
    first = evidence[0]
    if question.answer_type not in _LISTED and not first.quote.endswith((":", "：")):
        return None
    wanting = question.answer_type is AnswerType.LIST and first.features["cue"] <= 0
    for one in evidence[: _LISTS_AMONG if wanting else 1]:
        article = searcher.catalogue.article(one.passage.article_id)
        series = series_at(article.text, one.span) if article else None
        if article is not None and series is not None:
            return _whole(one, article.text, series, sure)
    return None


def _whole(one: Evidence, text: str, series: Series, sure: float) -> Reply:
    parts = _led(series)[:_ITEMS]
    cited = [_cite(one, span, span.of(text)) for span in parts]
    leads = next((at for at, span in enumerate(parts) if _overlap(span, one.span)), 0)
    # The most important citation stands first: the sentence that was found.
    ordered = [cited[leads], *cited[:leads], *cited[leads + 1 :]]
    return Reply("\n".join(each.quote for each in cited), ordered, None, sure)


def disagreeing(question: Question, differing: Sequence[Evidence], sure: float) -> Reply:
    """Each sentence, dated by its article where it doesn't tell its year.

    `sure` is that of the likeliest of them.
    """
    colon = ": " if question.language is Language.ENGLISH else "："
    lines = [
        one.quote if says_when(one) else f"{time_of(one)}{colon}{one.quote}" for one in differing
    ]
    return Reply("\n".join(lines), [cite(one) for one in differing], None, sure)


def of_parties(
    question: Question, parties: Sequence[str], replies: Sequence[Reply], no: str
) -> Reply:
    """An entry a party, each with its citation; `no` is said where the articles don't say."""
    colon = ": " if question.language is Language.ENGLISH else "："
    cited: list[Citation] = []
    entries = []
    for party, reply in zip(parties, replies, strict=True):
        if not reply.citations:
            entries.append(PartyAnswer(party, no, None, None))
            continue
        cited += (one for one in reply.citations if one not in cited)
        place = cited.index(reply.citations[0])
        entries.append(PartyAnswer(party, reply.text, reply.short, place))
    lines = [f"{one.party}{colon}{one.short_answer or one.answer}" for one in entries]
    sure = next(reply.sure for reply in replies if reply.citations)
    return Reply("\n".join(lines), cited, None, sure, tuple(entries))


def cite(evidence: Evidence) -> Citation:
    """The citation of a sentence."""
    return _cite(evidence, evidence.span, evidence.quote)


def _cite(evidence: Evidence, span: Span, quote: str) -> Citation:
    place = evidence.passage
    return Citation(
        place.article_id,
        place.title,
        place.source,
        place.published,
        place.url,
        span.start,
        span.end,
        quote,
        place.heading,
    )


def _led(series: Series) -> list[Span]:
    return [*([series.lead] if series.lead else []), *series.items]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _in_brackets(form: str, text: str) -> str:
    return f"（{form}）" if is_han(text) else f" ({form})"
