"""The training articles, indexed in stores like a user's, with their questions."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from index.library.catalogue import PassageRecord
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.progress import Progress
from index.search.searcher import Searcher
from index.text.analyzer import Analyzer
from index.text.sentences import sentences
from qa.evaluation.temporary_store import TemporaryStore, article_id
from training.examples import FOLDS, Example, ExampleSet, chinese, english
from training.translate import Translator

_SMALL, _LARGEST = 7, 14  # small corpora of each fold and language, and their articles


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples, the searcher over their articles, and each passage with its sentences.

    `size` is `many` or `few`, by the number of articles. Only the span reader learns from
    `reading`.
    """

    searcher: Searcher
    examples: list[Example]
    passages: dict[int, tuple[PassageRecord, list[Span]]]
    size: str
    reading: list[Example]

    def all_but(self, example: Example) -> Int64Array:
        """Return the numbers of all passages except those of an example's article, ascending."""
        own = article_id(example.context)
        others = (
            number for number, (passage, _) in self.passages.items() if passage.article_id != own
        )
        return np.sort(np.fromiter(others, dtype=np.int64))

    @classmethod
    def over(cls, searcher: Searcher, example_set: ExampleSet, size: str) -> "Corpus":
        """Create a corpus from all passages of a searcher."""
        catalogue = searcher.catalogue
        records = catalogue.passages(searcher.articles.passages.tolist())
        passages = {number: (record, sentences(record.text)) for number, record in records.items()}
        return cls(searcher, example_set.examples, passages, size, example_set.reading)


@dataclass(frozen=True, slots=True)
class Corpora:
    """The corpora of both languages: `large` with all articles, `small` with fresh ones."""

    analyzer: Analyzer
    translator: Translator
    chance: random.Random
    large: list[Corpus]
    small: list[Corpus]

    @property
    def all(self) -> list[Corpus]:
        """The corpora of both sizes."""
        return [*self.large, *self.small]

    def sample(self, corpus: Corpus) -> Corpus:
        """Sample as many examples of a large corpus as there are over the small ones."""
        count = sum(len(small.examples) for small in self.small) // len(self.large)
        examples = self.chance.sample(corpus.examples, min(count, len(corpus.examples)))
        return replace(corpus, examples=examples)

    def unanswerable(self, example: Example, others: Int64Array) -> Example:
        """Return the example if there are other passages to ask, else one about another article."""
        if len(others):
            return example
        candidates = [
            other
            for corpus in self.large
            for other in corpus.examples
            if other.group == example.group and other.fold == example.fold
        ]
        return self.chance.choice(
            [other for other in candidates if other.context != example.context]
        )


@contextmanager
def indexed_corpora(data: Path, progress: Progress, seed: int = 7) -> Iterator[Corpora]:
    """Index the training articles into a temporary folder for a block."""
    encoder, analyzer = open_encoder(model_folder(BUNDLED)), Analyzer()
    chance = random.Random(seed)
    translator = Translator(data, analyzer, chance)
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as root:

        def indexed(example_set: ExampleSet, size: str) -> Corpus:
            folder = Path(tempfile.mkdtemp(dir=root))
            store = TemporaryStore(folder, encoder, analyzer, (), progress)
            return Corpus.over(store.fill(example_set.contexts), example_set, size)

        example_sets = [family(data, translator) for family in (chinese, english)]
        large = [indexed(example_set, "many") for example_set in example_sets]
        small = [
            indexed(part, "few")
            for example_set in example_sets
            for part in _parts(example_set.examples, chance)
        ]
        yield Corpora(analyzer, translator, chance, large, small)


def _parts(examples: Sequence[Example], chance: random.Random) -> Iterator[ExampleSet]:
    """Yield sets of a few fresh articles, each of a single fold, with all of their questions."""
    by_context: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if example.fold is not None:
            by_context[example.context].append(example)
    for fold in range(FOLDS):
        waiting = [text for text, members in by_context.items() if members[0].fold == fold]
        for _ in range(_SMALL):
            contexts = chance.sample(waiting, min(len(waiting), chance.randint(1, _LARGEST)))
            members = [example for text in contexts for example in by_context[text]]
            yield ExampleSet(contexts, members, [])
