"""What is written to Milvus of a generation: a row for each passage, and records by key.

What is read of it, and how, is in `milvus_catalogue` and `term_table`.
"""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from index.batches import batches
from index.milvus import record_keys
from index.milvus.milvus_catalogue import (
    article_text,
    fits_row,
    listing_text,
    passage_text,
    sentences_of,
    suggestions_text,
)
from index.milvus.passage_rows import PassageRow, term_records
from index.milvus.term_table import entry_text
from index.milvus.term_weights import TermWeigher
from index.models.encoder import Encoder, scores_sentences
from index.search import synonyms
from index.search.generation import Generation
from index.text.user_dictionary import UserWords

_AT_ONCE = 500  # passages, or articles
_WEIGHT_BYTES = 8  # of a term: its dimension and its weight

Record = tuple[str, str]


class GenerationRecords:
    """The rows and records of a generation; `bytes` counts what was yielded so far.

    `numbers` are those of its passages, ascending.
    """

    def __init__(self, generation: Generation, folder: Path, encoder: Encoder) -> None:
        self._generation = generation
        self._folder = folder
        self._encoder = encoder
        self.numbers, owners = generation.catalogue.owners()
        self._contents = dict(zip(self.numbers.tolist(), owners.tolist(), strict=True))
        self._long: list[int] = []
        self.bytes = 0

    def passages(self, weigher: TermWeigher) -> Iterator[PassageRow]:
        """Yield the rows of passages; the record of one that is too long for it comes later."""
        vector = 4 * self._generation.manifest.dim
        for batch in batches(weigher.weighed(), _AT_ONCE):
            records = self._passage_texts([passage.number for passage in batch])
            for number, weights in batch:
                text = records[number]
                if not fits_row(text):
                    self._long.append(number)
                    text = ""
                self.bytes += vector + _WEIGHT_BYTES * len(weights) + len(text.encode("utf-8"))
                yield number, weights, text

    def _passage_texts(self, numbers: list[int]) -> dict[int, str]:
        records = self._generation.catalogue.passages(numbers)
        split = self._generation.sentences
        sentences = sentences_of(split.take(numbers)) if split else [[] for _ in numbers]
        return {
            number: passage_text(records[number], self._contents[number], of_passage)
            for number, of_passage in zip(numbers, sentences, strict=True)
        }

    def records(self, weigher: TermWeigher, done: Callable[[int], None]) -> Iterator[Record]:
        """Yield all records but the manifest; `done` is told of how many articles."""
        parts = self._whole(weigher), self._articles(done), self._long_passages()
        for key, text in chain(*parts, term_records(weigher)):
            self.bytes += len(key) + len(text.encode("utf-8"))
            yield key, text

    def _whole(self, weigher: TermWeigher) -> Iterator[Record]:
        """Yield what there is one of."""
        generation = self._generation
        own = UserWords.of_generation(self._folder)
        numbers, owners = generation.catalogue.owners()
        tokens = generation.sentences.vocabulary().tolist() if generation.sentences else []
        yield record_keys.USER_WORDS, own.model_dump_json()
        yield record_keys.SYNONYMS, json.dumps(synonyms.read(self._folder), ensure_ascii=False)
        yield record_keys.VOCABULARY, json.dumps(tokens)
        yield record_keys.FAMILIAR, "\n".join(self._familiar(weigher))
        yield record_keys.OWNERS, json.dumps([numbers.tolist(), owners.tolist()])
        yield record_keys.ROWS, json.dumps(generation.catalogue.rows(), ensure_ascii=False)
        yield record_keys.SUGGESTIONS, suggestions_text(generation.catalogue.suggestions())

    def _familiar(self, weigher: TermWeigher) -> Iterator[str]:
        """Yield the terms of the encoder's vocabulary, which are looked up as near words."""
        if self._generation.sentences is None or not scores_sentences(self._encoder):
            return
        spellings = self._encoder.spellings(self._generation.sentences.vocabulary())
        for stem in dict.fromkeys(chain.from_iterable(map(weigher.stems, spellings))):
            if entry := weigher.entry(stem):
                yield f"{stem}\t{entry_text(entry)}"

    def _articles(self, done: Callable[[int], None]) -> Iterator[Record]:
        catalogue = self._generation.catalogue
        titles: set[str] = set()
        count = 0
        for rows in batches(catalogue.rows(), _AT_ONCE):
            listings = {each.id: each for each in catalogue.listings([row.id for row in rows])}
            for row in rows:
                article = catalogue.article(row.id)
                assert article is not None  # it is of this generation
                yield record_keys.of_article(row.id), article_text(article)
                yield record_keys.of_listing(row.id), listing_text(listings[row.id], row.content)
                if suggested := catalogue.suggestions(row.id):
                    yield record_keys.of_suggestions(row.id), suggestions_text(suggested)
                if row.title not in titles:
                    titles.add(row.title)
                    yield record_keys.of_title(row.title), ""
            count += len(rows)
            done(count)

    def _long_passages(self) -> Iterator[Record]:
        for number, text in self._passage_texts(self._long).items():
            yield record_keys.of_passage(number), text
