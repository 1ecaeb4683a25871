"""Stage 2: the network that chooses the sentence that answers."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.models.encoder import Vectors
from index.models.loading import bundled
from index.progress import Progress, counted
from index.search.searcher import Hit, Searcher
from index.text.folding import FoldedText
from index.text.sentences import sentences
from qa.answerer import READ
from qa.entities.names import Names
from qa.evaluation.metrics import contains_gold
from qa.evaluation.temporary_store import article_id
from qa.evidence import sentence_ranker
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.evidence.signals import FEATURES, feature_row
from qa.language import language_of
from qa.question.understand import Question
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import SpanReader
from training.corpora import Asked, Library
from training.examples import FOLDS, Example
from training.rankers.fit import List, Recipe, fit_lists

FILE = sentence_ranker.WEIGHTS
RECIPE = Recipe(groups_count=0.0)
_SEED = 7
_NOTHING = -15.0  # log-odds


@dataclass(frozen=True, slots=True)
class Read:
    """An example with the sentences that were read for it."""

    example: Example
    size: str
    sentences: List


@dataclass(frozen=True, slots=True)
class There:
    """What of the articles is there to answer: the passages that count, or all.

    Where the right one is `silent`, all is as if it had all but the sentences with the answer.
    """

    allowed: set[int] | None = None
    silent: bool = False


def make(library: Library, progress: Progress) -> None:
    """Collects, tests fold by fold, fits on all, and writes the file."""
    names = Names(library.analyzer)
    found = [one for asked in library.every for one in collected(asked, names, progress)]
    tested(found)
    fit_lists([one.sentences for one in found], FEATURES, RECIPE, _SEED).write(FILE)


def collected(asked: Asked, names: Names, progress: Progress) -> Iterator[Read]:
    """Every example with its sentences, read as the product reads them."""
    ranker = SentenceRanker(names, SpanReader(bundled()), lambda rows: rows[:, 0])
    for example in counted(asked.examples, len(asked.examples), "reading", progress):
        _, evidence = read(example, asked.searcher, ranker, There())
        if evidence:
            right = np.array([is_right(one, example) for one in evidence])
            sentences = List(rows(evidence), right, np.arange(len(evidence)))
            yield Read(example, asked.size, sentences)


def read(
    example: Example,
    searcher: Searcher,
    ranker: SentenceRanker,
    there: There,
) -> tuple[Question, list[Evidence]]:
    """The question as understood, and its evidence."""
    text = example.question
    required = tuple(ranker.names.required(text))
    question = Question(text, language_of(text), example.answer_type, required)
    query = searcher.query(FoldedText.of(text))
    hits = searcher.among(query, READ, there.allowed)
    if there.silent:
        hits = [_silenced(hit, example) for hit in hits]
    chosen = [one for one in likeliest(hits) if not there.silent or not _answers(one, example)]
    return question, ranker.rank(question, query.terms, hits, chosen)


def _silenced(hit: Hit, example: Example) -> Hit:
    """A hit whose sentences with the answer count for nothing."""
    spans = sentences(hit.passage.text)
    logits = [
        _NOTHING if _answers(Sentence(hit, span, number), example) else logit
        for number, (span, logit) in enumerate(zip(spans, hit.sentences, strict=False))
    ]
    whole = float(np.logaddexp.reduce(logits or [_NOTHING]))
    return replace(hit, sentences=tuple(logits), score=1 / (1 + math.exp(-whole)))


def _answers(one: Sentence, example: Example) -> bool:
    """Whether a sentence is of the right article and has a part of the answer in it."""
    begin = one.hit.passage.start + one.span.start
    own = one.hit.passage.article_id == article_id(example.context)
    answer = example.answer
    return own and begin < answer.end and answer.start < begin + one.span.end - one.span.start


def is_right(evidence: Evidence, example: Example) -> bool:
    """Whether a sentence of the right article holds the whole answer where it stands."""
    answer = example.answer.of(example.context)
    return (
        evidence.passage.article_id == article_id(example.context)
        and evidence.span.start < example.answer.end
        and example.answer.start < evidence.span.end
        and contains_gold(evidence.quote, [answer])
    )


def rows(evidence: Sequence[Evidence]) -> Vectors:
    """The features of sentences, shape `(n, len(FEATURES))`."""
    return np.array([feature_row(item.signals) for item in evidence], dtype=np.float32)


def tested(found: Sequence[Read]) -> None:
    """Prints how often the first sentence is right, before and by networks that saw it not."""
    figures: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        own = [one.sentences for one in found if one.example.fold != fold]
        network = fit_lists(own, FEATURES, RECIPE, _SEED)
        for one in found:
            if one.example.fold == fold:
                before = one.sentences.features[:, FEATURES.index("sentence")].argmax()
                chosen = network(one.sentences.features).argmax()
                outcome = (bool(one.sentences.right[before]), bool(one.sentences.right[chosen]))
                figures[f"{one.example.group}, {one.size}"].append(outcome)
    for group, outcomes in figures.items():
        before, after = np.mean(outcomes, axis=0)
        print(
            f"evidence {group}: {len(outcomes)} fresh questions, right by the ranking alone "
            f"{before:.3f}, by the network {after:.3f}",
            flush=True,
        )
