"""The articles and passages of an index version in Milvus: an `ArticleCatalogue`."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from index.arrays import Int64Array, Ragged, cumulated
from index.article import Article
from index.batches import batches
from index.errors import StoreError
from index.library.catalogue import CatalogueRow, Listing, PassageRecord, SuggestedQuestions
from index.library.content import article_of, layout_of, questions_of, suggestions_of
from index.milvus import record_keys
from index.milvus.milvus_server import MilvusServer
from index.milvus.record_store import ROW_BYTES, RecordStore
from index.search.sentence_index import Sentences

_REMEMBERED = 5000  # passages: their texts are read once to be ranked, and again to be shown
_FETCHED = 1000  # passages looked up together


StoredSentences = Sequence[Sequence[Any]]
"""The sentences of a passage: the tokens of each, and its norms, alone and with the next."""


class _OwnedPassage(NamedTuple):
    """A passage, as that of the first article that has its content; its sentences.

    `content` is the number of the content.
    """

    record: PassageRecord
    content: int
    sentences: StoredSentences


class MilvusCatalogue:
    """The articles and passages of one index version. Threads may share it."""

    def __init__(self, server: MilvusServer, collection: str, records: RecordStore) -> None:
        self._server = server
        self._collection = collection
        self._records = records
        self._known: dict[int, _OwnedPassage] = {}

    def close(self) -> None:
        """Give nothing back: the server is shared."""

    def passages(
        self, numbers: Iterable[int], among: Collection[str] = ()
    ) -> dict[int, PassageRecord]:
        """Return passages by number, each as the first article's that has its content.

        With `among`, as the first of these articles'.

        Raises:
            StoreError: one is missing.
        """
        wanted = list(dict.fromkeys(int(number) for number in numbers))
        owned = self._owned(wanted)
        if not among:
            return {number: owned[number].record for number in wanted}
        first: dict[int, str] = {}
        for article, content in sorted(self._contents(among).items(), reverse=True):
            first[content] = article
        return {
            number: replace(owned[number].record, article_id=first[owned[number].content])
            for number in wanted
        }

    def sentences(self, numbers: Iterable[int]) -> list[StoredSentences]:
        """Return the sentences of passages, in the order given."""
        wanted = [int(number) for number in numbers]
        owned = self._owned(list(dict.fromkeys(wanted)))
        return [owned[number].sentences for number in wanted]

    def _owned(self, numbers: Sequence[int]) -> dict[int, _OwnedPassage]:
        owned = {number: self._known[number] for number in numbers if number in self._known}
        missing = [number for number in numbers if number not in owned]
        texts = {
            row["id"]: row["record"]
            for batch in batches(missing, _FETCHED)
            for row in self._server.get(self._collection, batch, ["id", "record"])
        }
        keys = {record_keys.of_passage(number): number for number in texts if not texts[number]}
        texts |= {keys[key]: text for key, text in self._records.get(keys).items()}
        if len(texts) < len(missing):
            raise StoreError(
                f"{self._collection} in Milvus lacks a passage. Publish the index anew with: "
                "yiju rebuild --engine milvus"
            )
        new = {number: _passage_of(text) for number, text in texts.items()}
        if len(self._known) + len(new) > _REMEMBERED:
            self._known = {}
        self._known.update(new)
        return owned | new

    def _contents(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of the contents of articles."""
        listings = self._records.get(map(record_keys.of_listing, ids)).values()
        return {values[0]: values[-1] for values in map(json.loads, listings)}

    def rows(self) -> list[CatalogueRow]:
        """Return what all articles are found by, in the order of their ids."""
        return list(map(CatalogueRow._make, json.loads(self._record(record_keys.ROWS))))

    def owners(self) -> tuple[Int64Array, Int64Array]:
        """Return the numbers of all passages, ascending, and the content that each is of."""
        numbers, owners = json.loads(self._record(record_keys.OWNERS))
        return np.array(numbers, dtype=np.int64), np.array(owners, dtype=np.int64)

    def listings(self, ids: Sequence[str]) -> list[Listing]:
        """Return articles without their texts, in the order of the ids."""
        records = self._records.get(map(record_keys.of_listing, ids))
        texts = (records.get(record_keys.of_listing(name)) for name in ids)
        return [Listing(*json.loads(text)[:-1]) for text in texts if text is not None]

    def has_title(self, title: str) -> bool:
        """Return whether an article bears exactly this title."""
        return self._records.text(record_keys.of_title(title)) is not None

    def suggestions(self, article_id: str | None = None) -> list[SuggestedQuestions]:
        """Return the questions of articles that surely answer some, newest first; or of one."""
        all_of = record_keys.SUGGESTIONS
        key = all_of if article_id is None else record_keys.of_suggestions(article_id)
        text = self._records.text(key)
        return [
            SuggestedQuestions(article, source, suggestions_of(questions))
            for article, source, questions in json.loads(text or "[]")
        ]

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text; None if there is none of that id."""
        text = self._records.text(record_keys.of_article(article_id))
        return article_of(tuple(json.loads(text))) if text else None

    def _record(self, key: str) -> str:
        text = self._records.text(key)
        if text is None:
            raise StoreError(
                f"{self._collection} in Milvus lacks its “{key}”. Publish the index anew with: "
                "yiju rebuild --engine milvus"
            )
        return text


class MilvusSentences:
    """The sentences of passages, stored with their texts: tokenizing a hundred takes 40 ms."""

    def __init__(self, catalogue: MilvusCatalogue, vocabulary: Int64Array) -> None:
        self._catalogue = catalogue
        self._vocabulary = vocabulary

    def vocabulary(self) -> Int64Array:
        """Return the tokens that occur, each once, ascending."""
        return self._vocabulary

    def take(self, numbers: Iterable[int]) -> Sentences:
        """Return the sentences of passages by their numbers, in that order; all must be present."""
        passages = self._catalogue.sentences(numbers)
        sentences = [sentence for passage in passages for sentence in passage]
        counts = np.array([len(passage) for passage in passages], dtype=np.int64)
        norms = np.array([norms for _, *norms in sentences], dtype=np.float32).reshape(-1, 2)
        return Sentences(Ragged.of([tokens for tokens, *_ in sentences]), cumulated(counts), norms)


def sentences_of(passages: Sentences) -> list[StoredSentences]:
    """Return the sentences of each passage as `passage_text` takes them."""
    starts, tokens = passages.tokens.starts.tolist(), passages.tokens.values.tolist()
    rows = [
        (tokens[first:last], *(float(f"{norm:.7g}") for norm in norms))
        for first, last, norms in zip(starts, starts[1:], passages.norms.tolist(), strict=False)
    ]
    return [rows[first:last] for first, last in pairwise(passages.firsts.tolist())]


def passage_text(record: PassageRecord, content: int, sentences: StoredSentences) -> str:
    """Return a passage as JSON."""
    return _json([content, sentences, *astuple(record)])


def fits_row(text: str) -> bool:
    """Return whether a passage's JSON fits into its row; else it has records of its own."""
    return len(text.encode("utf-8")) <= ROW_BYTES


def _passage_of(text: str) -> _OwnedPassage:
    content, sentences, *fields = json.loads(text)
    return _OwnedPassage(PassageRecord(*fields), content, sentences)


def article_text(article: Article) -> str:
    """Return an article as JSON, as `MilvusCatalogue.article` reads it."""
    told = (article.title, article.text, article.source, article.author, article.published)
    return _json([article.id, *told, article.url, layout_of(article)])


def listing_text(listing: Listing, content: int) -> str:
    """Return a listing as JSON, with the number of the article's content."""
    return _json([*astuple(listing), content])


def suggestions_text(suggested: Iterable[SuggestedQuestions]) -> str:
    """Return suggestions as JSON."""
    return _json([[each.article, each.source, questions_of(each.questions)] for each in suggested])


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
