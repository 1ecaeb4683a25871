"""`python -m bench.suggestions STORE --sample 100`: suggestions drawn at random, to be read.

Articles are drawn at random and their questions made and tried as a rebuild does it, over the index
that the store has; nothing is written. Read them: would a person ask this, can it be understood
without the article, and is the answer right?
"""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index.article import Article
from index.library.content import Suggestion
from index.search.live import LiveIndex
from index.search.searcher import Searcher
from index.settings import Settings
from index.store.store import Store
from index.text.analyzer import Analyzer
from python_api.parts import answerer_of, models_of
from qa.entities.names import Names
from qa.suggestions.suggester import Asking, Suggester

_EACH = 3  # questions that are tried of an article


@dataclass(frozen=True, slots=True)
class Drawn:
    """Suggestions with their articles, and what it took to make them."""

    suggestions: list[tuple[Suggestion, Article]]
    articles: int
    tried: int
    seconds: float


def draw(suggester: Suggester, searcher: Searcher, count: int, chance: random.Random) -> Drawn:
    """Draw articles at random until they have given that many suggestions."""
    catalogue, version = searcher.catalogue, searcher.manifest.version
    ids = [row.id for row in catalogue.rows()]
    chance.shuffle(ids)
    suggestions: list[tuple[Suggestion, Article]] = []
    looked_at = tried = 0
    began = time.process_time()
    for article_id in ids:
        article = catalogue.article(article_id)
        if article is None or len(suggestions) >= count:
            break
        kept, tries = suggester.make(article, version, _EACH)
        suggestions += ((suggestion, article) for suggestion in kept)
        looked_at, tried = looked_at + 1, tried + tries
    return Drawn(suggestions[:count], looked_at, tried, time.process_time() - began)


def as_lines(drawn: Drawn) -> Sequence[str]:
    """Return a line for each suggestion, and a last one for all of them."""
    lines = [
        f"{number:3} {suggestion.question} → {suggestion.answer}  [{article.id}]"
        for number, (suggestion, article) in enumerate(drawn.suggestions, 1)
    ]
    types = Counter(suggestion.answer_type for suggestion, _ in drawn.suggestions)
    kinds = ", ".join(f"{kind} {count}" for kind, count in types.most_common())
    lines.append(
        f"{len(drawn.suggestions)} suggestions of {drawn.articles} articles, {drawn.tried} "
        f"questions tried, {drawn.seconds:.1f} s of processor time ({kinds})"
    )
    return lines


@click.command(help=__doc__)
@click.argument("store", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--sample", default=100, show_default=True, help="How many to draw.")
@click.option("--seed", default=1, show_default=True, help="Which ones.")
def main(store: Path, sample: int, seed: int) -> None:
    """Print suggestions drawn at random."""
    settings = Settings(store=store)
    models, analyzer = models_of(settings), Analyzer()
    searcher = LiveIndex(Store(store), models, analyzer).searcher()
    answerer = answerer_of(settings, models, analyzer)
    answerer.warm_up()
    suggester = Suggester(Names(analyzer), lambda: Asking(answerer, searcher))
    click.echo("\n".join(as_lines(draw(suggester, searcher, sample, random.Random(seed)))))


if __name__ == "__main__":
    main()
