"""BM25 over words and character bigrams in tantivy; the only home of tantivy."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import tantivy

from index.arrays import Float32Array, Int64Array
from index.errors import StoreError, unusable
from index.search.lexical_index import FIELDS, LexicalQuery, PassageTerms
from index.text.analyzer import bigrams_of_folded
from index.text.scripts import LATIN_FOLDED

_STEMMED = "stemmed"
_OS_ERROR = re.compile(r"\(os error (\d+)\)")
_WORD = re.compile(f"[{LATIN_FOLDED}]+")
_FEW = 300  # passages
_HEAP = 160_000_000  # bytes: of 160,000 passages four segments are made, and none is merged


class TantivyIndex:
    """A `LexicalIndex` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._index = _open_index(folder)
        with _damage_translated():
            self._searcher = self._index.searcher()
        self._stemmer = _stemmer()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, query: LexicalQuery, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages with the highest scores, best first.

        Raises:
            StoreError: the files of the index were changed in place.
        """
        if limit < 1 or (allowed is not None and not len(allowed)):
            return []
        matching = self._query(query)
        if allowed is None:
            numbers, scores = self._best(matching, limit)
        elif len(allowed) <= _FEW:
            numbers, scores = self._best(self._among(allowed, matching), limit)
        else:
            numbers, scores = self._best_allowed(matching, limit, allowed)
        return list(zip(numbers.tolist(), scores.tolist(), strict=True))

    def _among(self, allowed: Int64Array, matching: tantivy.Query) -> tantivy.Query:
        """Restrict a query to some passages, which takes longer the more they are."""
        schema, must = self._index.schema, tantivy.Occur.Must
        within = tantivy.Query.term_set_query(schema, "passage", allowed.tolist())
        unscored = tantivy.Query.const_score_query(within, 0.0)
        return tantivy.Query.boolean_query([(must, matching), (must, unscored)])

    def _best_allowed(
        self, matching: tantivy.Query, limit: int, allowed: Int64Array
    ) -> tuple[Int64Array, Float32Array]:
        """Return the best of many allowed passages: of so many that enough are allowed."""
        wider = max(limit, 2 * limit * len(self) // len(allowed))
        while True:
            numbers, scores = self._best(matching, wider)
            kept = np.flatnonzero(np.isin(numbers, allowed))[:limit]
            if len(kept) == limit or len(numbers) < wider:
                return numbers[kept], scores[kept]
            wider *= 8

    def _best(self, matching: tantivy.Query, limit: int) -> tuple[Int64Array, Float32Array]:
        with _damage_translated():
            hits = self._searcher.search(matching, limit, count=False).hits
            numbers = self._searcher.fast_field_values("passage", [at for _, at in hits])
        scores = np.fromiter((score for score, _ in hits), np.float32, len(hits))
        return np.array(numbers, dtype=np.int64), scores

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """Return how many passages have each of some words among their own."""
        with _damage_translated():
            return list(map(self._frequency, words))

    def _frequency(self, word: str) -> int:
        stems = self._stemmer.analyze(word)
        return max((self._searcher.doc_freq("words", stem) for stem in stems), default=0)

    def stem(self, word: str) -> str:
        """Return the form in which a folded word is compared."""
        return " ".join(self._stemmer.analyze(word))

    def containing(self, parts: Sequence[str]) -> tuple[Int64Array, Float32Array]:
        """Return the passages with all `parts` in their text, and their scores.

        Raises:
            StoreError: the files of the index were changed in place.
        """
        terms = [query for part in dict.fromkeys(parts) for query in self._part_queries(part)]
        if not terms:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        every = tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in terms])
        return self._best(every, max(1, len(self)))

    def _part_queries(self, part: str) -> list[tantivy.Query]:
        """Return the queries that a run of Han characters, or a word, must all satisfy."""
        pairs = bigrams_of_folded(part)
        if not pairs:
            return [self._term_query("words", self.stem(part), 1.0)]
        if len(part) == 1:  # it is alone, or the first or the second of a pair
            alike = f"{part}.?|.{part}"
            return [tantivy.Query.regex_query(self._index.schema, "bigrams", alike)]
        return [self._term_query("bigrams", pair, 1.0) for pair in pairs]

    def mentions(self, name: str) -> bool:
        """Return whether a folded name may occur: each pair of Han characters, each Latin word."""
        stems = [stem for word in _WORD.findall(name) for stem in self._stemmer.analyze(word)]
        return self._occurs(name) or all(map(self._occurs, [*bigrams_of_folded(name), *stems]))

    def has_title(self, terms: Sequence[str]) -> bool:
        """Return whether each term occurs in a title or heading, at least one of them."""
        stems = [stem for term in terms for stem in self._stemmer.analyze(term)]
        return bool(stems) and all(self._count("context", stem) for stem in stems)

    def _occurs(self, term: str) -> bool:
        return any(self._count(field, term) for field in FIELDS)

    def _count(self, field: str, term: str) -> int:
        """Return how many passages have a term in a field."""
        with _damage_translated():
            return int(self._searcher.doc_freq(field, term))

    def _query(self, query: LexicalQuery) -> tantivy.Query:
        parts: list[tantivy.Query] = []
        for alternatives in query.words:
            forms = [self._form_queries(terms, alike) for terms, alike in alternatives.items()]
            # Terms alone, not nested, let tantivy pass over what can't be among the best.
            parts += forms[0] if len(forms) == 1 else [_best_of(forms)]
        parts += [self._term_query("bigrams", pair, 1.0) for pair in dict.fromkeys(query.bigrams)]
        return _any_of(parts)

    def _form_queries(self, terms: Sequence[str], likeness: float) -> list[tantivy.Query]:
        """Return the queries for one spelling of a word, whose terms share its weight."""
        stems = dict.fromkeys(self._stemmer.analyze(" ".join(terms)))
        fields = ("words", "context") if likeness == 1 else ("words",)
        return [
            self._term_query(field, stem, likeness * FIELDS[field] / len(terms))
            for field in fields
            for stem in stems
        ]

    def _term_query(self, field: str, term: str, boost: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, term, index_option="freq")
        return query if boost == 1 else tantivy.Query.boost_query(query, boost)


def _any_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def _best_of(forms: Sequence[Sequence[tantivy.Query]]) -> tantivy.Query:
    return tantivy.Query.disjunction_max_query([_any_of(parts) for parts in forms])


class LexicalWriter:
    """Writer of an index: that of `base`, less the passages removed, with those added.

    The files of `base` are shared by hard link: tantivy never changes a written file, it adds
    segments and replaces its list of them by rename.
    """

    def __init__(self, folder: Path, base: Path | None = None, removed: Iterable[int] = ()) -> None:
        if base is not None:
            locks = shutil.ignore_patterns("*.lock")
            shutil.copytree(base, folder, copy_function=os.link, ignore=locks)
        else:
            folder.mkdir(parents=True)
        index = _open_index(folder)
        with _cause_told(folder):
            self._writer = index.writer(heap_size=_HEAP, num_threads=1)
        for number in removed:
            # By query: deleting by term takes the number for a signed one and finds nothing.
            self._writer.delete_documents_by_query(
                tantivy.Query.term_query(index.schema, "passage", int(number))
            )

    def add(self, passages: Iterable[tuple[int, PassageTerms]]) -> None:
        """Add passages by their numbers."""
        for number, terms in passages:
            self._writer.add_document(_document(number, terms))

    def finish(self) -> None:
        """Write what was added.

        Raises:
            OSError: it can't be written, as on a full disk.
        """
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
        except ValueError as error:  # without an errno
            raise OSError(f"the index of words can't be written: {error}") from error


@contextmanager
def _damage_translated() -> Iterator[None]:
    """Raise a StoreError for what tantivy raises when its files were changed in place.

    That may be a panic, which is no `Exception` and would end the server's process.
    """
    try:
        yield
    except BaseException as error:
        # The class of a panic can't be imported.
        if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
            raise
        raise StoreError(
            "The index of words is damaged: its files were changed in place. Make a new one with: "
            "yiju rebuild FOLDER"
        ) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=_STEMMED, index_option="freq")
    return builder.build()


def stemmer() -> Callable[[str], list[str]]:
    """Return what splits at spaces and stems English words, for an engine without a stemmer."""
    analyzer = _stemmer()
    return lambda text: list(analyzer.analyze(text))


def _stemmer() -> tantivy.TextAnalyzer:
    """Return an analyzer that splits at spaces and stems English words."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


def _open_index(folder: Path) -> tantivy.Index:
    with _cause_told(folder):
        index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(_STEMMED, _stemmer())
    return index


@contextmanager
def _cause_told(folder: Path) -> Iterator[None]:
    """Raise a StoreError for what tantivy raises when it can't open or lock an index.

    tantivy gives the system's error only within a sentence: `(os error 28)`.
    """
    try:
        yield
    except ValueError as error:
        if number := _OS_ERROR.search(str(error)):
            code = int(number[1])
            raise unusable(folder, OSError(code, os.strerror(code))) from error
        cause = str(error).removesuffix(" None")  # the cause, which tantivy leaves empty
        raise StoreError(
            f"{folder} can't be opened: {cause} The store must be writable, if only for locks.",
            folder,
        ) from error


def _document(number: int, terms: PassageTerms) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("passage", number)
    document.add_text("words", terms.words)
    document.add_text("bigrams", terms.bigrams)
    document.add_text("context", terms.context)
    return document
