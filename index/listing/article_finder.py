"""Find articles by words of their titles, sources, ids and texts; sort, count and show them.

An article matches if it has every word, in its title, its source, its id or its text.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import numpy as np

from index.arrays import Int64Array, Mask
from index.library.catalogue import ArticleCatalogue, Listing
from index.listing.article_table import ArticleTable
from index.listing.snippets import Snippet, snippets
from index.listing.wanted_word import WantedWord
from index.listing.word_matches import WordIndex, WordMatch, WordMatcher

Sort = Literal["relevance", "title", "newest", "oldest"]

_SOURCES = 50
"""Number of sources that are counted."""

_READ = 2
"""Number of passages of an article that snippets are cut from."""


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """Which articles are wanted, and in which order; relevance is by title if no word is sought."""

    words: Sequence[WantedWord] = ()
    source: str | None = None
    year: str | None = None
    sort: Sort = "relevance"


@dataclass(frozen=True, slots=True)
class MatchingArticle:
    """An article without its text, and what of the text shows that it matches."""

    listing: Listing
    snippets: Sequence[Snippet] = ()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some of the articles that match, the number of all, and how many there are of each kind.

    Sources are counted among the articles of the year wanted, years among those of the source.
    """

    articles: Sequence[MatchingArticle]
    total: int
    sources: Sequence[tuple[str, int]]
    years: Sequence[tuple[str, int]]


@dataclass(slots=True)
class _Candidate:
    """A passage that snippets may be cut from: the words it has, by number, and its score."""

    words: set[int] = field(default_factory=set)
    score: float = 0.0


class ArticleFinder:
    """Finds articles of one generation. Threads may share it."""

    def __init__(self, table: ArticleTable, words: WordIndex, catalogue: ArticleCatalogue) -> None:
        self._table = table
        self._words = words
        self._catalogue = catalogue
        self._matcher = WordMatcher(table, words, catalogue)

    def find(self, wanted: ArticleSearch, offset: int, limit: int) -> ArticlePage:
        """Return the articles that match, from an offset on."""
        table = self._table
        matches = self._matcher.match_all(wanted.words)
        matching = table.passing(None)
        for match in matches:
            matching &= match.articles(table)
        of_source = matching if wanted.source is None else matching & table.of_source(wanted.source)
        of_year = matching if wanted.year is None else matching & table.of_year(wanted.year)
        chosen = of_source & of_year
        rows = self._sorted(chosen, wanted.sort, matches)[offset : offset + limit]
        return ArticlePage(
            self._with_snippets(rows, wanted.words, matches),
            int(chosen.sum()),
            table.count_sources(of_year)[:_SOURCES],
            table.count_years(of_source),
        )

    def _sorted(self, chosen: Mask, sort: Sort, matches: Sequence[WordMatch]) -> Int64Array:
        """Return the rows of articles in the order wanted."""
        table = self._table
        if sort == "relevance" and matches:
            rows = table.newest_first[chosen[table.newest_first]]
            titled = np.sum([match.titled for match in matches], axis=0)[rows]
            scores = np.sum([match.best_scores(table) for match in matches], axis=0)[rows]
            return rows[np.lexsort((-scores, -titled))]
        order = {"newest": table.newest_first, "oldest": table.oldest_first}.get(sort)
        order = table.by_title if order is None else order
        return order[chosen[order]]

    def _with_snippets(
        self, rows: Int64Array, words: Sequence[WantedWord], matches: Sequence[WordMatch]
    ) -> list[MatchingArticle]:
        listings = self._catalogue.listings([self._table.ids[row] for row in rows.tolist()])
        contents = self._table.contents[rows].tolist()
        telling = self._telling_passages(contents, matches)
        records = self._catalogue.passages(chain.from_iterable(telling.values()))

        def snippets_of(content: int, title: str) -> list[Snippet]:
            passages = [records[number] for number in telling[content]]
            texts = [(passage.start, passage.text) for passage in passages]
            return snippets(texts, words, self._words.stem, title)

        return [
            MatchingArticle(listing, snippets_of(content, listing.title))
            for listing, content in zip(listings, contents, strict=True)
        ]

    def _telling_passages(
        self, contents: Sequence[int], matches: Sequence[WordMatch]
    ) -> Mapping[int, list[int]]:
        """Return for each content a few passages that together have most of the words."""
        wanted = self._table.mask_of_contents(contents)
        candidates: dict[int, dict[int, _Candidate]] = defaultdict(lambda: defaultdict(_Candidate))
        for word, match in enumerate(matches):
            kept = match.within(wanted)
            rows = zip(kept.owners.tolist(), kept.passages.tolist(), kept.scores, strict=True)
            for content, number, score in rows:
                candidate = candidates[content][number]
                candidate.words.add(word)
                candidate.score += float(score)
        return defaultdict(list, {key: _telling(of) for key, of in candidates.items()})


def _telling(passages: Mapping[int, _Candidate]) -> list[int]:
    """Return a few of the passages, each time the one that adds most words, then the best."""
    rest, chosen, covered = dict(passages), list[int](), set[int]()
    while rest and len(chosen) < _READ:
        best = max(rest, key=lambda number: (len(rest[number].words - covered), rest[number].score))
        covered |= rest.pop(best).words
        chosen.append(best)
    return chosen
