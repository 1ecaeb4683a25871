"""The written questions for the rankers: over much news, and over folders of a few articles.

A folder has articles that are near each other, as those of users are. A quarter of the questions
that an article answers is asked a second time without it.
"""

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.models.encoder import Vectors
from index.models.loading import bundled
from index.progress import Progress, counted
from index.search.query import Query
from index.search.searcher import Hit, Searcher
from index.text.analyzer import Analyzer
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.evaluation.temporary_store import TemporaryStore
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question, understand
from qa.retrieval import READ
from training.articles import NEWS, TrainingArticle, news_for_rankers, write_articles
from training.examples import FOLDS, Example
from training.written import WrittenQuestion, written
from training.written_answers import AnswerJudge, tells_the_same

WRITTEN = "written"
"""The group of these questions."""

_SIZES = (4, 25)  # articles of a folder
_AWAY = 4  # one of as many questions is asked again without its article
_CANDIDATES = 40  # passages among which those that tell the same are left out
_SEED = 5


@dataclass(frozen=True, slots=True)
class WrittenAsk:
    """A question as it is asked of some articles, `case` being `present`, `none` or `away`."""

    asked: WrittenQuestion
    example: Example
    case: str
    size: str
    question: Question
    query: Query
    hits: list[Hit]

    def right(self, evidence: Sequence[Evidence]) -> list[bool]:
        """Return for each sentence whether it answers."""
        judge = AnswerJudge(self.asked)
        return [judge.is_right(item.passage, item.quote) for item in evidence]


class WrittenCorpora:
    """The stores over which written questions are asked."""

    def __init__(self, data: Path, analyzer: Analyzer, folder: Path, progress: Progress) -> None:
        self._questions = written(data, "rankers")
        self._folder, self._analyzer, self._progress = folder, analyzer, progress
        self._news = news_for_rankers(data)

    def asks(self, names: Names) -> Iterator[WrittenAsk]:
        """Yield every ask; the questions of articles that were not found are passed over."""
        others = {item.article.id: item.article for item in self._questions}
        searcher = self._indexed([*{item.id: item for item in self._news}.values()])
        about_news = [item for item in self._questions if item.source == NEWS]
        yield from self._asked(about_news, searcher, names, "many")
        for articles in near_each_other(list(others.values())):
            own = {article.id for article in articles}
            part = [item for item in self._questions if item.article.id in own]
            yield from self._asked(part, self._indexed(articles), names, "few")

    def _indexed(self, articles: Sequence[TrainingArticle]) -> Searcher:
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        lines = write_articles(articles, folder / "articles.jsonl")
        return TemporaryStore(folder, bundled(), self._analyzer, [lines]).fill([])

    def _asked(
        self,
        questions: Sequence[WrittenQuestion],
        searcher: Searcher,
        names: Names,
        size: str,
    ) -> Iterator[WrittenAsk]:
        for number, asked in enumerate(
            counted(questions, len(questions), "asking written questions", self._progress)
        ):
            question = understand(asked.question, (), names)
            query = searcher.query(question.forms)
            found = searcher.search(query, _CANDIDATES)
            example = _example(asked, question.answer_type)
            unlike = [hit for hit in found if not tells_the_same(hit.passage, asked)]
            cases = {"present": found} if asked.text else {"none": unlike}
            if asked.text and number % _AWAY == 0:
                cases["away"] = [
                    hit for hit in unlike if hit.passage.article_id != asked.article.id
                ]
            for case, hits in cases.items():
                if hits:
                    yield WrittenAsk(asked, example, case, size, question, query, hits[:READ])


def near_each_other(articles: Sequence[TrainingArticle]) -> Iterator[list[TrainingArticle]]:
    """Yield folders of articles: each time one of those left, with those that are most like it."""
    chance = np.random.default_rng(_SEED)
    encoder = bundled()
    vectors: Vectors = encoder.embed_passages([f"{item.title}\n{item.text}" for item in articles])
    left = list(range(len(articles)))
    while left:
        first = left[int(chance.integers(len(left)))]
        likeness = vectors[left] @ vectors[first]
        count = int(chance.integers(*_SIZES))
        chosen = {left[at] for at in np.argsort(-likeness)[:count]}
        yield [articles[at] for at in sorted(chosen)]
        left = [at for at in left if at not in chosen]


def _example(asked: WrittenQuestion, answer_type: AnswerType) -> Example:
    """Return the question as the rankers count it; all of an article are in one fold."""
    fold = zlib.crc32(asked.article.id.encode()) % FOLDS
    return Example(asked.question, asked.article.text, asked.answer, answer_type, WRITTEN, fold)
