"""Questions as the rankers ask them: read once, for both the sentence ranker and confidence.

Every training question is asked twice, once answerable and once not. A third of the unanswerable
asks lack the article; a third ask about another year or party (if the question names one); and a
third lack the answering sentences. Half of all asks are over corpora of a few articles, where term
weights and similarities discriminate less.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.arrays import Int64Array
from index.models.loading import bundled
from index.progress import Progress, counted
from index.search.query import Query, QueryTerms
from index.search.searcher import Hit
from index.text.analyzer import Analyzer
from index.text.sentences import sentences
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.evaluation.metrics import contains_gold
from qa.evaluation.temporary_store import article_id
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.evidence.signal_extractor import SignalExtractor
from qa.question.understand import Question, understand
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import SpanReader
from qa.retrieval import READ
from training.corpora import Corpora, Corpus
from training.examples import Example, near_miss
from training.rankers.news import NewsCorpus
from training.rankers.written import WrittenCorpora

PRESENT = "present"
"""The case of an ask that some article answers."""

_NO_ODDS = -15.0  # log-odds


@dataclass(frozen=True, slots=True)
class ReadAsk:
    """A question with the sentences read for it, not yet ordered, and which of them answer.

    `case` is PRESENT or why no article answers; `size` is `many` or `few` articles.
    """

    example: Example
    case: str
    size: str
    question: Question
    terms: QueryTerms
    evidence: list[Evidence]
    right: list[bool]


@dataclass(frozen=True, slots=True)
class Available:
    """The part of the articles that may answer: the `allowed` passages, None for all.

    If the right article is `silent`, its answering sentences are treated as absent.
    """

    allowed: Int64Array | None = None
    silent: bool = False


class AskReader:
    """Reads sentences as the product does, whatever the ranker's weights."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.names = Names(analyzer)
        self._ranker = SentenceRanker(self.names, SpanReader(bundled()), lambda rows: rows[:, 0])

    def read(
        self,
        question: Question,
        query: Query,
        hits: Sequence[Hit],
        sentences: Sequence[Sentence] | None = None,
    ) -> list[Evidence]:
        """Return the likeliest sentences of the hits, or those given, as they were read."""
        chosen = likeliest(hits) if sentences is None else sentences
        if not chosen:
            return []
        extractor = SignalExtractor(question, query, self.names, hits)
        return self._ranker.read(question, extractor, chosen)


def of_corpora(corpora: Corpora, progress: Progress) -> Iterator[ReadAsk]:
    """Yield the asks of all examples; as many over many articles as over few."""
    reader = AskReader(corpora.analyzer)
    for corpus in (*map(corpora.sample, corpora.large), *corpora.small):
        yield from _of_corpus(corpus, corpora, reader, progress)


def of_news(news: NewsCorpus, analyzer: Analyzer, progress: Progress) -> Iterator[ReadAsk]:
    """Yield two asks of each question about news: with the articles that answer, and without."""
    reader = AskReader(analyzer)
    for asked in news.questions(progress):
        query = news.searcher.query(asked.question.forms)
        for case, hits in ((PRESENT, asked.with_answer), ("away", asked.without)):
            if evidence := reader.read(asked.question, query, hits):
                right = [asked.is_right(item) for item in evidence]
                yield ReadAsk(
                    asked.example, case, "many", asked.question, query.terms, evidence, right
                )


def of_written(written: WrittenCorpora, analyzer: Analyzer) -> Iterator[ReadAsk]:
    """Yield the asks of written questions."""
    reader = AskReader(analyzer)
    for ask in written.asks(reader.names):
        if evidence := reader.read(ask.question, ask.query, ask.hits):
            yield ReadAsk(
                ask.example,
                ask.case,
                ask.size,
                ask.question,
                ask.query.terms,
                evidence,
                ask.right(evidence),
            )


def _of_corpus(
    corpus: Corpus, corpora: Corpora, reader: AskReader, progress: Progress
) -> Iterator[ReadAsk]:
    """Yield two asks of each example, with the three unanswerable cases in turn."""
    pool = _pool(corpus.examples, reader.names)
    examples = counted(corpus.examples, len(corpus.examples), "asking", progress)
    for at, example in enumerate(examples):
        yield from _ask(example, PRESENT, corpus, reader, Available())
        if at % 3 == 2:
            yield from _ask(example, "silent", corpus, reader, Available(silent=True))
            continue
        miss = _near_miss(example, reader.names, pool, corpora) if at % 3 == 1 else None
        if miss is not None:
            yield from _ask(miss, "near miss", corpus, reader, Available())
        else:
            others = corpus.all_but(example)
            away = corpora.unanswerable(example, others)
            yield from _ask(
                away, "away", corpus, reader, Available(others if len(others) else None)
            )


def _ask(
    example: Example, case: str, corpus: Corpus, reader: AskReader, available: Available
) -> Iterator[ReadAsk]:
    question = understand(example.question, (), reader.names)
    question = replace(question, answer_type=example.answer_type)
    query = corpus.searcher.query(question.forms)
    hits = corpus.searcher.search_among(query, READ, available.allowed)
    if available.silent:
        hits = [_silenced(hit, example) for hit in hits]
    chosen = likeliest(hits)
    if available.silent:
        chosen = [sentence for sentence in chosen if not _answers(sentence, example)]
    if evidence := reader.read(question, query, hits, chosen):
        right = [case == PRESENT and is_right(item, example) for item in evidence]
        yield ReadAsk(example, case, corpus.size, question, query.terms, evidence, right)


def is_right(evidence: Evidence, example: Example) -> bool:
    """Return whether evidence contains the whole answer in the right article."""
    answer = example.answer.of(example.context)
    return (
        evidence.passage.article_id == article_id(example.context)
        and evidence.span.start < example.answer.end
        and example.answer.start < evidence.span.end
        and contains_gold(evidence.quote, [answer])
    )


def _silenced(hit: Hit, example: Example) -> Hit:
    """Return a hit in which the sentences with the answer have no weight."""
    spans = sentences(hit.passage.text)
    logits = [
        _NO_ODDS if _answers(Sentence(hit, span, number), example) else logit
        for number, (span, logit) in enumerate(zip(spans, hit.sentences, strict=False))
    ]
    whole = float(np.logaddexp.reduce(logits or [_NO_ODDS]))
    return replace(hit, sentences=tuple(logits), score=1 / (1 + math.exp(-whole)))


def _answers(sentence: Sentence, example: Example) -> bool:
    """Return whether a sentence of the right article contains part of the answer."""
    span, passage, answer = sentence.span, sentence.hit.passage, example.answer
    begin = passage.start + span.start
    own = passage.article_id == article_id(example.context)
    return own and begin < answer.end and answer.start < begin + span.end - span.start


def _near_miss(
    example: Example, names: Names, pool: dict[AnswerType, list[str]], corpora: Corpora
) -> Example | None:
    """Return a near miss; None for a translated question, which has lost its names."""
    if example.group not in ("zh→zh", "en→en"):
        return None
    own = [name for name in names.find(example.question) if pool.get(name.answer_type)]
    return near_miss(example, own, pool, corpora.chance)


def _pool(examples: Sequence[Example], names: Names) -> dict[AnswerType, list[str]]:
    """Return the names of Chinese questions, by type."""
    by_type: dict[AnswerType, set[str]] = defaultdict(set)
    for example in examples:
        if example.group == "zh→zh":
            for name in names.find(example.question):
                by_type[name.answer_type].add(name.text)
    return {answer_type: sorted(texts) for answer_type, texts in by_type.items()}
