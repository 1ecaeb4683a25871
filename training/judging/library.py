"""The training articles in stores like a user's, ready to be asked."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.article import Span
from index.catalogue import Filter, Place
from index.models import BUNDLED, model_folder, open_encoder
from index.progress import Progress
from index.search import Searcher
from index.sentences import sentences
from index.words import Words
from qa.evaluation.shelf import Shelf, article_id
from training.judging.examples import Example, chinese, english
from training.judging.translating import Translator


@dataclass(frozen=True, slots=True)
class Asked:
    """Examples, the searcher over their articles, and each passage with its sentences."""

    searcher: Searcher
    examples: list[Example]
    passages: dict[int, tuple[Place, list[Span]]]

    def all_but(self, example: Example) -> set[int]:
        """The numbers of all passages but those of an example's article."""
        own = article_id(example.context)
        return {at for at, (place, _) in self.passages.items() if place.article_id != own}

    @classmethod
    def over(cls, searcher: Searcher, examples: list[Example]) -> "Asked":
        """Takes down every passage of the searcher."""
        places = searcher.catalogue.places(searcher.catalogue.allowed(Filter()))
        cut = {at: (place, sentences(place.text)) for at, place in places.items()}
        return cls(searcher, examples, cut)


@dataclass(frozen=True, slots=True)
class Library:
    """Both languages, with what reads them."""

    words: Words
    translator: Translator
    chance: random.Random
    asked: list[Asked]


@contextmanager
def shelved(data: Path, progress: Progress, seed: int = 7) -> Iterator[Library]:
    """Indexes the training articles into a temporary folder, gone at the end."""
    encoder, words, chance = open_encoder(model_folder(BUNDLED)), Words(), random.Random(seed)
    translator = Translator(data, words, chance)
    with tempfile.TemporaryDirectory(prefix="yiju-") as folder:
        asked = []
        for number, family in enumerate((chinese, english)):
            found = family(data, translator, chance)
            shelf = Shelf(Path(folder) / str(number), encoder, words, (), progress)
            asked.append(Asked.over(shelf.fill(found.contexts), found.examples))
        yield Library(words, translator, chance, asked)
