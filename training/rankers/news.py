"""Questions about news for the rankers, over a store in which many articles tell one story."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.article import Span
from index.models.loading import bundled
from index.progress import Progress, counted
from index.search.searcher import Hit
from index.text.analyzer import Analyzer
from qa.entities.names import Names
from qa.evaluation.temporary_store import TemporaryStore
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question
from qa.retrieval import READ
from training.articles import TrainingArticle, news_for_rankers, write_articles
from training.examples import FOLDS, Example
from training.reader.cloze import Cloze, ClozeMaker
from training.reader.examples import ExampleMaker

GROUP = "news"
_SEED = 3
_SOURCE = 2  # one of as many questions has its own article
_CANDIDATES = 40  # passages among which those with the answer are left out


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question with the hits that answer it and those that do not."""

    example: Example
    cloze: Cloze
    question: Question
    with_answer: list[Hit]
    without: list[Hit]

    def is_right(self, evidence: Evidence) -> bool:
        """Return whether a sentence has the answer and says something alike."""
        return self.cloze.answer in evidence.quote and self.cloze.is_alike(evidence.quote)


class NewsCorpus:
    """News in a store, asked by questions that are made from them."""

    def __init__(self, data: Path, analyzer: Analyzer, folder: Path, progress: Progress) -> None:
        self._articles = news_for_rankers(data)
        names = Names(analyzer)
        lines = write_articles(self._articles, folder / "news.jsonl")
        store = TemporaryStore(folder, bundled(), analyzer, [lines], progress)
        self.searcher = store.fill([])
        maker = ExampleMaker(self.searcher, names, bundled())
        self._maker = ClozeMaker(maker, names, analyzer, _SEED)

    def questions(self, progress: Progress) -> Iterator[NewsQuestion]:
        """Yield the questions that some article answers."""
        articles = counted(self._articles, len(self._articles), "asking about news", progress)
        for number, article in enumerate(articles):
            cloze = self._maker.cloze(article)
            asked = cloze and self._asked(cloze, article, number)
            if asked:
                yield asked

    def _asked(self, cloze: Cloze, article: TrainingArticle, number: int) -> NewsQuestion | None:
        question = self._maker.understood(cloze)
        hits = self.searcher.search(self.searcher.query(question.forms), _CANDIDATES)
        if number % _SOURCE:
            hits = [hit for hit in hits if hit.passage.article_id != article.id]
        without = [hit for hit in hits if cloze.answer not in hit.passage.text]
        found = any(cloze.answer in hit.passage.text for hit in hits[:READ])
        if not found or len(without) < READ:
            return None
        start = article.text.index(cloze.answer)
        span = Span(start, start + len(cloze.answer))
        example = Example(
            cloze.question, article.text, span, cloze.answer_type, GROUP, number % FOLDS
        )
        return NewsQuestion(example, cloze, question, hits[:READ], without[:READ])
