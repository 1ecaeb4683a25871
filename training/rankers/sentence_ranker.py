"""Stage 2: the network that ranks the sentences that may answer."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.models.encoder import Vectors
from index.models.loading import bundled
from index.progress import Progress, counted
from index.search.searcher import Hit, Searcher
from index.text.sentences import sentences
from qa.entities.names import Names
from qa.evaluation.metrics import contains_gold
from qa.evaluation.temporary_store import article_id
from qa.evidence import sentence_ranker
from qa.evidence.evidence_signals import FEATURES, feature_row
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.question.understand import Question, understand
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import SpanReader
from qa.retrieval import READ
from training.corpora import Corpora, Corpus
from training.examples import FOLDS, Example
from training.rankers.fit import CandidateList, FitSettings, fit_lists
from training.rankers.news import NewsCorpus
from training.rankers.written import WrittenCorpora

FILE = sentence_ranker.WEIGHTS
SETTINGS = FitSettings(group_weight=0.0)
_SEED = 7
_NO_ODDS = -15.0  # log-odds


@dataclass(frozen=True, slots=True)
class EvidenceExample:
    """An example with the sentences that were read for it."""

    example: Example
    size: str
    sentences: CandidateList


@dataclass(frozen=True, slots=True)
class Available:
    """The part of the articles that may answer: the `allowed` passages, None for all.

    If the right article is `silent`, its answering sentences are treated as absent.
    """

    allowed: set[int] | None = None
    silent: bool = False


def make(corpora: Corpora, news: NewsCorpus, written: WrittenCorpora, progress: Progress) -> None:
    """Collect the examples, cross-validate, fit on all of them and write the weights."""
    names = Names(corpora.analyzer)
    # As many over many articles as over few, so that neither counts for more.
    corpora_of_both = (*map(corpora.sample, corpora.large), *corpora.small)
    examples = [item for corpus in corpora_of_both for item in collected(corpus, names, progress)]
    examples += collected_of_news(news, names, progress)
    examples += collected_of_written(written, names)
    cross_validate(examples)
    lists = [example.sentences for example in examples]
    fit_lists(lists, FEATURES, SETTINGS, _SEED).write(FILE)


def collected(corpus: Corpus, names: Names, progress: Progress) -> Iterator[EvidenceExample]:
    """Yield every example with its sentences, read as in the product."""
    ranker = _unranked(names)
    for example in counted(corpus.examples, len(corpus.examples), "reading", progress):
        _, evidence = read(example, corpus.searcher, ranker, Available())
        if evidence:
            right = np.array([is_right(item, example) for item in evidence])
            sentences = CandidateList(rows(evidence), right, np.arange(len(evidence)))
            yield EvidenceExample(example, corpus.size, sentences)


def collected_of_news(
    news: NewsCorpus, names: Names, progress: Progress
) -> Iterator[EvidenceExample]:
    """Yield every question about news with its sentences, likewise."""
    ranker = _unranked(names)
    for asked in news.questions(progress):
        evidence = news.evidence(asked, ranker, asked.with_answer)
        if evidence:
            right = np.array([asked.is_right(item) for item in evidence])
            sentences = CandidateList(rows(evidence), right, np.arange(len(evidence)))
            yield EvidenceExample(asked.example, "many", sentences)


def collected_of_written(written: WrittenCorpora, names: Names) -> Iterator[EvidenceExample]:
    """Yield every written question that some article answers, likewise."""
    ranker = _unranked(names)
    for ask in written.asks(ranker):
        evidence = ask.evidence(ranker) if ask.case == "present" else []
        if evidence:
            right = np.array(ask.right(evidence))
            sentences = CandidateList(rows(evidence), right, np.arange(len(evidence)))
            yield EvidenceExample(ask.example, ask.size, sentences)


def _unranked(names: Names) -> SentenceRanker:
    return SentenceRanker(names, SpanReader(bundled()), lambda rows: rows[:, 0])


def read(
    example: Example,
    searcher: Searcher,
    ranker: SentenceRanker,
    available: Available,
) -> tuple[Question, list[Evidence]]:
    """Return the question as understood, and its evidence."""
    question = understand(example.question, (), ranker.names)
    question = replace(question, answer_type=example.answer_type)
    query = searcher.query(question.forms)
    hits = searcher.search_among(query, READ, available.allowed)
    if available.silent:
        hits = [_silenced(hit, example) for hit in hits]
    chosen = likeliest(hits)
    if available.silent:
        chosen = [sentence for sentence in chosen if not _answers(sentence, example)]
    return question, ranker.rank(question, query, hits, chosen)


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


def is_right(evidence: Evidence, example: Example) -> bool:
    """Return whether evidence contains the whole answer in the right article."""
    answer = example.answer.of(example.context)
    return (
        evidence.passage.article_id == article_id(example.context)
        and evidence.span.start < example.answer.end
        and example.answer.start < evidence.span.end
        and contains_gold(evidence.quote, [answer])
    )


def rows(evidence: Sequence[Evidence]) -> Vectors:
    """Return the features of evidence, shape `(n, len(FEATURES))`."""
    return np.array([feature_row(item.signals) for item in evidence], dtype=np.float32)


def cross_validate(examples: Sequence[EvidenceExample]) -> None:
    """Print the accuracy on fresh questions, by passage ranking and by networks new to them."""
    by_group: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        lists = [item.sentences for item in examples if item.example.fold != fold]
        network = fit_lists(lists, FEATURES, SETTINGS, _SEED)
        for item in examples:
            if item.example.fold == fold:
                candidates = item.sentences
                before = candidates.features[:, FEATURES.index("sentence")].argmax()
                best = network(candidates.features).argmax()
                outcome = (bool(candidates.right[before]), bool(candidates.right[best]))
                by_group[f"{item.example.group}, {item.size}"].append(outcome)
    for group, outcomes in by_group.items():
        before, after = np.mean(outcomes, axis=0)
        print(
            f"evidence {group}: {len(outcomes)} fresh questions, right by the ranking alone "
            f"{before:.3f}, by the network {after:.3f}",
            flush=True,
        )
