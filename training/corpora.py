"""The training articles in stores like a user's, ready to be asked."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Span
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.progress import Progress
from index.search.searcher import Searcher
from index.store.catalogue import Filter, PassageRecord
from index.text.analyzer import Analyzer
from index.text.sentences import sentences
from qa.evaluation.temporary_store import TemporaryStore, article_id
from training.examples import FOLDS, Example, Shelved, chinese, english
from training.translate import Translator

_SMALL, _LARGEST = 7, 14  # small collections of each fold and language, and their articles


@dataclass(frozen=True, slots=True)
class Asked:
    """Examples, the searcher over their articles, and each passage with its sentences.

    `size` tells how many articles there are: `many` or `few`. `reading` are examples that only the
    reader of spans learns from.
    """

    searcher: Searcher
    examples: list[Example]
    passages: dict[int, tuple[PassageRecord, list[Span]]]
    size: str
    reading: list[Example]

    def all_but(self, example: Example) -> set[int]:
        """The numbers of all passages but those of an example's article."""
        own = article_id(example.context)
        return {at for at, (place, _) in self.passages.items() if place.article_id != own}

    @classmethod
    def over(cls, searcher: Searcher, found: Shelved, size: str) -> "Asked":
        """Takes down every passage of the searcher."""
        places = searcher.catalogue.places(searcher.catalogue.allowed(Filter()))
        cut = {at: (place, sentences(place.text)) for at, place in places.items()}
        return cls(searcher, found.examples, cut, size, found.reading)


@dataclass(frozen=True, slots=True)
class Library:
    """Both languages, with what reads them; `small` are collections of a few fresh articles."""

    analyzer: Analyzer
    translator: Translator
    chance: random.Random
    asked: list[Asked]
    small: list[Asked]

    @property
    def every(self) -> list[Asked]:
        """The collections of all sizes."""
        return [*self.asked, *self.small]

    def some(self, asked: Asked) -> Asked:
        """As many of the questions over a large collection as there are over small ones."""
        count = sum(len(one.examples) for one in self.small) // len(self.asked)
        chosen = self.chance.sample(asked.examples, min(count, len(asked.examples)))
        return replace(asked, examples=chosen)

    def stranger(self, example: Example, others: set[int]) -> Example:
        """The example itself where other articles are there, else one of elsewhere."""
        if others:
            return example
        same = [
            one
            for asked in self.asked
            for one in asked.examples
            if one.group == example.group and one.fold == example.fold
        ]
        return self.chance.choice([one for one in same if one.context != example.context])


@contextmanager
def shelved(data: Path, progress: Progress, seed: int = 7) -> Iterator[Library]:
    """Indexes the training articles into a temporary folder, gone at the end."""
    encoder, words, chance = open_encoder(model_folder(BUNDLED)), Analyzer(), random.Random(seed)
    translator = Translator(data, words, chance)
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:

        def over(found: Shelved, size: str) -> Asked:
            place = Path(tempfile.mkdtemp(dir=folder))
            searcher = TemporaryStore(place, encoder, words, (), progress).fill(found.contexts)
            return Asked.over(searcher, found, size)

        found = [family(data, translator) for family in (chinese, english)]
        asked = [over(one, "many") for one in found]
        small = [over(part, "few") for one in found for part in _parts(one.examples, chance)]
        yield Library(words, translator, chance, asked, small)


def _parts(examples: Sequence[Example], chance: random.Random) -> Iterator[Shelved]:
    """Fresh articles by a few, all of one fold, each with the questions about it."""
    by_context: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        if one.fold is not None:
            by_context[one.context].append(one)
    for fold in range(FOLDS):
        waiting = [text for text, members in by_context.items() if members[0].fold == fold]
        for _ in range(_SMALL):
            chosen = chance.sample(waiting, min(len(waiting), chance.randint(1, _LARGEST)))
            yield Shelved(chosen, [one for text in chosen for one in by_context[text]], [])
