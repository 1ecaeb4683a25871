"""Extract the signals of sentences for one question: terms, entities, answer type, form."""

import math
import re
from collections.abc import Sequence

from index.article import Span
from index.library.catalogue import PassageRecord
from index.search.query import Query
from index.search.searcher import Hit
from index.text.analyzer import bigrams_of_folded
from qa.answer_types import PATTERNS, SHORT, AnswerType
from qa.entities.names import Names
from qa.evidence.entity_match import EntityMatcher, folded_for
from qa.evidence.evidence_signals import (
    AnswerTypeSignals,
    CoverageSignals,
    EntitySignals,
    FormSignals,
    RankingSignals,
    ReadingSignals,
    Signals,
)
from qa.question.understand import Question
from qa.reader.sentence_selection import Sentence

_NO_NEIGHBOUR = -15.0  # log-odds
_MOST_CANDIDATES = 5
_NO_CUES = -0.5
_CUES = {
    AnswerType.REASON: re.compile(
        r"因为|由于|原因|因此|所以|为了|以便|导致|致使|使得|缘于|源于|造成|理由|缘故|"
        r"\b(?:because|since|due to|so that|in order|therefore|reason|cause[sd]?)\b"
    ),
    AnswerType.MANNER: re.compile(
        r"通过|利用|采用|使用|借助|经过|方式|方法|\b(?:by|using|through|via)\b"
    ),
    AnswerType.DEFINITION: re.compile(
        r"是|指|称为|即|意为|\b(?:is|are|means?|refers? to|stands? for)\b"
    ),
    AnswerType.LIST: re.compile(
        r"、.*、|、.*[和及与]|分别|包括|[一二三]是|第[一二三]|, .*\band\b|\bincluding\b"
    ),
}


class SignalExtractor:
    """Signals of the sentences in some hits for one question."""

    def __init__(self, question: Question, query: Query, names: Names, hits: Sequence[Hit]) -> None:
        self.entities = EntityMatcher(question, query.terms, names)
        self._question = question
        self._terms = query.terms
        self._bigrams = frozenset(query.bigrams)
        self._best_sentence = max(max(hit.sentences) for hit in hits if hit.sentences)
        self._best_passage = max(_logit(hit.score) for hit in hits)
        self._contexts: dict[tuple[str, int], tuple[float, float]] = {}

    def signals(
        self, sentence: Sentence, typed: Sequence[Span], reading: ReadingSignals
    ) -> Signals:
        """Return the signals of a sentence; `typed` are its spans of the answer type."""
        quote, passage = sentence.quote, sentence.hit.passage
        folded = folded_for(self._question, quote)
        coverage_around, required_around = self._of_context(passage)
        return Signals(
            self._ranking(sentence),
            CoverageSignals(self._terms.coverage(folded), coverage_around, self._shared(folded)),
            EntitySignals(
                self.entities.share(folded), required_around, self.entities.names_a_rival(folded)
            ),
            self._answer_type(quote, folded, typed),
            FormSignals(
                math.log(len(quote)), quote[-1] in "?？", passage.start + sentence.span.start == 0
            ),
            reading,
        )

    def _ranking(self, sentence: Sentence) -> RankingSignals:
        scores, number = sentence.hit.sentences, sentence.number
        best, passage = self._best_sentence, _logit(sentence.hit.score)
        return RankingSignals(
            scores[number],
            scores[number] - best,
            scores[number - 1] - best if number else _NO_NEIGHBOUR,
            scores[number + 1] - best if number + 1 < len(scores) else _NO_NEIGHBOUR,
            passage,
            passage - self._best_passage,
        )

    def _answer_type(self, quote: str, folded: str, typed: Sequence[Span]) -> AnswerTypeSignals:
        answer_type = self._question.answer_type
        cue = _CUES.get(answer_type)
        return AnswerTypeSignals(
            fits=bool(typed),
            lacks=answer_type in SHORT and not typed,
            candidates=min(len({span.of(quote) for span in typed}), _MOST_CANDIDATES),
            named=answer_type in SHORT and answer_type not in PATTERNS,
            cue=float(cue.search(folded) is not None) if cue else _NO_CUES,
        )

    def _of_context(self, passage: PassageRecord) -> tuple[float, float]:
        """Return the shares of terms and required entities that a context covers."""
        key = passage.article_id, passage.start
        if key not in self._contexts:
            context = folded_for(self._question, passage.context)
            self._contexts[key] = self._terms.coverage(context), self.entities.share(context)
        return self._contexts[key]

    def _shared(self, folded: str) -> float:
        """Return the share of the question's bigrams in a sentence."""
        if not self._bigrams:
            return 0.0
        return len(self._bigrams & set(bigrams_of_folded(folded))) / len(self._bigrams)


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))
