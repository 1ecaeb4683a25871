"""Choose what a model may cite: what was cited already, and what Yiju's search found relevant.

Where nothing was answered, only what no single sentence can answer is written about: an overview of
a subject that several passages tell of, or a comparison of parties each of which is told of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.article import Span
from index.library.catalogue import PassageRecord
from index.search.searcher import Hit
from index.text.folding import fold
from index.text.sentences import clauses, sentences
from qa.answer import Answer, Citation
from qa.language import Language, is_han
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.citations import checked, cite
from qa.retrieval import READ, Party, Retrieval, Retrieved

_ALL_NAMED = 0.99
"""Coverage from which a passage names all of a subject, as when an article is summed up."""

_TOLD = 0.65
"""Coverage from which a passage tells of what is asked, as when a slip is mended."""

_LEAST_PASSAGES = 2  # that name a subject: a single one may do so in passing
_TRANSLATED = 2  # quotes at most: they cost as much as the answer


@dataclass(frozen=True, slots=True)
class WritingTask:
    """What a model is to write about: a question that stands alone, and what it may cite.

    The first `own` of the evidence are citations of the answer. `foreign` are the numbers, from
    0, of quotes to be translated into the question's language.
    """

    question: str
    language: Language
    evidence: list[Citation]
    own: int
    foreign: list[int]


def task_of(retrieved: Retrieved, answer: Answer, most_tokens: int) -> WritingTask | None:
    """Return what to write about, of at most some tokens of evidence; None if nothing is to be.

    The evidence begins with the citations of the answer.

    Raises:
        StoreError: a quote is not the text of its article.
    """
    # What was not decided on is a guess, which a model would only dress up.
    if answer.kind == "page" or not retrieved.request.decide:
        return None
    further = _beside(retrieved, answer) if answer.answered else _instead(retrieved)
    evidence = _within(most_tokens, _distinct(answer.citations, further))
    if not evidence:
        return None
    evidence = checked(evidence, retrieved.searcher)
    question = retrieved.question
    wants_han = question.language is not Language.ENGLISH
    own = min(len(answer.citations), len(evidence))
    foreign = [at for at in range(own) if is_han(evidence[at].quote) != wants_han]
    return WritingTask(question.text, question.language, evidence, own, foreign[:_TRANSLATED])


def tokens_of(text: str) -> int:
    """Estimate how many tokens a text is, rather too many than too few.

    >>> tokens_of("大桥"), tokens_of("bridge")
    (2, 2)
    """
    ascii_letters = sum(map(str.isascii, text))
    return len(text) - ascii_letters + -(-ascii_letters // 3)


def _beside(retrieved: Retrieved, answer: Answer) -> Iterator[Citation]:
    """Yield what may be cited beside an answer: the sentences around, or all that tell more."""
    hits = retrieved.retrieval.hits[:READ]
    if answer.kind == "summary":
        own = {citation.article_id for citation in answer.citations}
        telling = _naming_all(retrieved.retrieval)
        for hit in hits:
            if hit.passage.article_id in own or hit in telling:
                yield from _sentences(hit.passage)
        return
    for citation in answer.citations:
        for hit in hits:
            yield from _around(hit.passage, citation)


def _instead(retrieved: Retrieved) -> Iterable[Citation]:
    """Return what may be cited where no sentence answers; nothing if one could have."""
    if retrieved.parties:
        return _compared(retrieved.parties)
    subject = retrieved.retrieval.subject
    telling = _naming_all(retrieved.retrieval)
    if subject is None or subject.is_bare or len(telling) < _LEAST_PASSAGES:
        return ()
    return [citation for hit in telling for citation in _sentences(hit.passage)]


def _compared(parties: Sequence[Party]) -> Iterator[Citation]:
    """Yield sentences about each party in turn; none if there is a party that nothing tells of."""
    passages = [_telling_of(party) for party in parties]
    told = [list(_sentences(passage)) for passage in passages if passage is not None]
    if len(told) < len(parties):
        return
    for row in zip_longest(*told):
        yield from (citation for citation in row if citation is not None)


def _telling_of(party: Party) -> PassageRecord | None:
    """Return the best passage that names a party and tells of most of what is asked about it."""
    terms = party.retrieval.query.terms
    for hit in party.retrieval.hits[:READ]:
        context = fold(hit.passage.context)
        if fold(party.name) in context and terms.coverage(context) >= _TOLD:
            return hit.passage
    return None


def _naming_all(retrieval: Retrieval) -> list[Hit]:
    terms = retrieval.query.terms
    return [
        hit
        for hit in retrieval.hits[:READ]
        if terms.weights and terms.coverage(fold(hit.passage.context)) >= _ALL_NAMED
    ]


def _around(passage: PassageRecord, citation: Citation) -> Iterator[Citation]:
    """Yield the sentences of a passage before and behind a citation in it."""
    if passage.article_id != citation.article_id:
        return
    pieces = list(_sentences(passage))
    for row, piece in enumerate(pieces):
        if Span(piece.start, piece.end).overlaps(Span(citation.start, citation.end)):
            yield from pieces[max(0, row - 1) : row]
            yield from pieces[row + 1 : row + 2]


def _sentences(passage: PassageRecord) -> Iterator[Citation]:
    """Yield the sentences of a passage as citations, long ones cut at clauses."""
    for sentence in sentences(passage.text):
        for piece in clauses(passage.text, sentence, QUOTE_AT_MOST):
            span = Span(passage.start + piece.start, passage.start + piece.end)
            yield cite(passage, span, piece.of(passage.text))


def _distinct(cited: Sequence[Citation], further: Iterable[Citation]) -> Iterator[Citation]:
    """Yield citations and further ones that overlap none before them."""
    ranges: dict[str, list[Span]] = {}
    for at, citation in enumerate([*cited, *further]):
        span, taken = (
            Span(citation.start, citation.end),
            ranges.setdefault(citation.article_id, []),
        )
        if at < len(cited) or not any(map(span.overlaps, taken)):
            taken.append(span)
            yield citation


def _within(most_tokens: int, citations: Iterable[Citation]) -> list[Citation]:
    """Return the first citations that fit, at least one."""
    kept: list[Citation] = []
    for citation in citations:
        most_tokens -= tokens_of(citation.quote + citation.title)
        if kept and most_tokens < 0:
            break
        kept.append(citation)
    return kept
