"""Stage 1: the network that ranks the candidates of dense and lexical retrieval."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import stretches
from index.article import Span
from index.models.encoder import Vectors
from index.models.mlp import MLP
from index.progress import Progress, counted
from index.search import ranking
from index.text.folding import FoldedText
from qa.evaluation.metrics import ndcg, recall
from qa.evaluation.temporary_store import article_id
from training.corpora import Corpora, Corpus
from training.examples import FOLDS, Example
from training.rankers.fit import CandidateList, FitSettings, Flags, fit_lists

SETTINGS = FitSettings()
_HARDEST, _OTHERS = 30, 16  # candidates of a training list
_SEED = 7


@dataclass(frozen=True, slots=True)
class RankingExample:
    """An example with its candidates; `of_article` marks the passages of its article."""

    example: Example
    size: str
    candidates: CandidateList
    of_article: Flags
    articles: list[str]


def make(corpora: Corpora, progress: Progress) -> None:
    """Collect the examples, cross-validate, fit on all of them and write the weights."""
    examples = [example for corpus in corpora.all for example in collected(corpus, progress)]
    cross_validate(examples)
    lists = [training_list(example) for example in examples]
    fit_lists(lists, ranking.FEATURES, SETTINGS, _SEED).write(ranking.WEIGHTS)


def collected(corpus: Corpus, progress: Progress) -> Iterator[RankingExample]:
    """Yield every example with its candidates, with features computed as in the product."""
    searcher = corpus.searcher
    for example in counted(corpus.examples, len(corpus.examples), "collecting", progress):
        query = searcher.query(FoldedText.of(example.question))
        lists = searcher.candidates(query)
        compared = searcher.compare(query, lists.numbers)
        passages = [corpus.passages[number] for number in lists.numbers]
        own = article_id(example.context)
        right: list[bool] = []
        for passage, spans in passages:
            begin = example.answer.start - passage.start if passage.article_id == own else -1
            right += [span.start <= begin < span.end for span in spans or [Span(0, 0)]]
        features = ranking.features(compared, lists)
        articles = [passage.article_id for passage, _ in passages]
        candidates = CandidateList(features, np.array(right), compared.firsts)
        of_article = np.array([article == own for article in articles])
        yield RankingExample(example, corpus.size, candidates, of_article, articles)


def training_list(example: RankingExample) -> CandidateList:
    """Return the right candidate, hard negatives and a sample of others."""
    firsts, features = example.candidates.groups, example.candidates.features
    coverage = (
        features[:, ranking.FEATURES.index("met")]
        + features[:, ranking.FEATURES.index("met_passage")]
    )
    order = np.argsort(-np.maximum.reduceat(coverage, firsts[:-1]))
    right = np.flatnonzero(np.maximum.reduceat(example.candidates.right, firsts[:-1]))
    others = order[_HARDEST :: max(1, (len(order) - _HARDEST) // _OTHERS)]
    numbers = np.unique(np.concatenate([order[:_HARDEST], others, right]))
    rows, begins = stretches(firsts, numbers)
    kept = features[rows]
    return CandidateList(kept, example.candidates.right[rows], begins[:-1], ranking.prior(kept))


def cross_validate(examples: Sequence[RankingExample]) -> None:
    """Print figures on fresh questions, cross-validated, by language pair."""
    by_group: dict[str, list[tuple[int | None, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        lists = [training_list(item) for item in examples if item.example.fold != fold]
        network = fit_lists(lists, ranking.FEATURES, SETTINGS, _SEED)
        for item in examples:
            if item.example.fold == fold:
                by_group[f"{item.example.group}, {item.size}"].append(_outcome(item, network))
    for group, outcomes in by_group.items():
        ranks = [rank for rank, _ in outcomes]
        hits = sum(hit for _, hit in outcomes) / len(outcomes)
        print(
            f"ranking {group}: {len(ranks)} fresh questions, R@1 {recall(ranks, 1):.3f}, "
            f"nDCG@10 {ndcg(ranks):.3f}, best sentence holds the answer {hits:.3f}",
            flush=True,
        )


def _outcome(example: RankingExample, network: MLP) -> tuple[int | None, bool]:
    """Return the rank of the right article, and whether the best sentence is right."""
    features = example.candidates.features
    scores = network(features) + ranking.prior(features)
    hit = bool(example.candidates.right[scores.argmax()])
    passages: Vectors = np.logaddexp.reduceat(scores, example.candidates.groups[:-1])
    if not example.of_article.any():
        return None, hit
    better = passages > passages[example.of_article].max()
    return len({example.articles[at] for at in np.flatnonzero(better)}) + 1, hit
