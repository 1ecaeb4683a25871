"""Stage 1: the network that ranks the candidates of both legs by their sentences."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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
from training.corpora import Asked, Library
from training.examples import FOLDS, Example
from training.rankers.fit import Flags, List, Recipe, fit_lists

FILE = Path(ranking.__file__).with_name("ranking.json")
RECIPE = Recipe()
_HARDEST, _OTHERS = 30, 16  # candidates that a list teaches with
_SEED = 7


@dataclass(frozen=True, slots=True)
class Ranked:
    """An example with its candidates as a list; `of_article` tells which are of its article."""

    example: Example
    size: str
    candidates: List
    of_article: Flags
    articles: list[str]


def make(library: Library, progress: Progress) -> None:
    """Collects, tests fold by fold, fits on all, and writes the file."""
    found = [one for asked in library.every for one in collected(asked, progress)]
    tested(found)
    network = fit_lists([taught(one) for one in found], ranking.FEATURES, RECIPE, _SEED)
    network.write(FILE)


def collected(asked: Asked, progress: Progress) -> Iterator[Ranked]:
    """Every example with its candidates, told as the product tells them."""
    searcher = asked.searcher
    for example in counted(asked.examples, len(asked.examples), "collecting", progress):
        query = searcher.query(FoldedText.of(example.question))
        legs = searcher.candidates(query)
        compared = searcher.compared(query, legs.numbers)
        passages = [asked.passages[number] for number in legs.numbers]
        own = article_id(example.context)
        right: list[bool] = []
        for place, spans in passages:
            begin = example.answer.start - place.start if place.article_id == own else -1
            right += [span.start <= begin < span.end for span in spans or [Span(0, 0)]]
        features = ranking.features(compared, legs)
        articles = [place.article_id for place, _ in passages]
        candidates = List(features, np.array(right), compared.firsts)
        of_article = np.array([one == own for one in articles])
        yield Ranked(example, asked.size, candidates, of_article, articles)


def taught(one: Ranked) -> List:
    """The candidates that teach: the right one, the hardest, and some others."""
    firsts, features = one.candidates.groups, one.candidates.features
    met = (
        features[:, ranking.FEATURES.index("met")]
        + features[:, ranking.FEATURES.index("met_passage")]
    )
    order = np.argsort(-np.maximum.reduceat(met, firsts[:-1]))
    holding = np.flatnonzero(np.maximum.reduceat(one.candidates.right, firsts[:-1]))
    others = order[_HARDEST :: max(1, (len(order) - _HARDEST) // _OTHERS)]
    chosen = np.unique(np.concatenate([order[:_HARDEST], others, holding]))
    rows, begins = stretches(firsts, chosen)
    chosen_rows = features[rows]
    return List(chosen_rows, one.candidates.right[rows], begins[:-1], ranking.prior(chosen_rows))


def tested(found: Sequence[Ranked]) -> None:
    """Prints, for each direction, what networks find that have not seen the questions."""
    figures: dict[str, list[tuple[int | None, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        own = [taught(one) for one in found if one.example.fold != fold]
        network = fit_lists(own, ranking.FEATURES, RECIPE, _SEED)
        for one in found:
            if one.example.fold == fold:
                figures[f"{one.example.group}, {one.size}"].append(_outcome(one, network))
    for group, outcomes in figures.items():
        places = [rank for rank, _ in outcomes]
        hits = sum(hit for _, hit in outcomes) / len(outcomes)
        print(
            f"ranking {group}: {len(places)} fresh questions, R@1 {recall(places, 1):.3f}, "
            f"nDCG@10 {ndcg(places):.3f}, best sentence holds the answer {hits:.3f}",
            flush=True,
        )


def _outcome(one: Ranked, network: MLP) -> tuple[int | None, bool]:
    """The rank of the right article, each article kept once, and whether the sentence is right."""
    features = one.candidates.features
    scores = network(features) + ranking.prior(features)
    hit = bool(one.candidates.right[scores.argmax()])
    passages: Vectors = np.logaddexp.reduceat(scores, one.candidates.groups[:-1])
    if not one.of_article.any():
        return None, hit
    better = passages > passages[one.of_article].max()
    return len({one.articles[at] for at in np.flatnonzero(better)}) + 1, hit
