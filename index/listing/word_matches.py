"""Look up which articles have a word: in title, source, id or, by the index of words, the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.arrays import Float32Array, Int64Array, Mask
from index.library.catalogue import ArticleCatalogue
from index.listing.article_table import ArticleTable
from index.listing.snippets import places
from index.listing.wanted_word import WantedWord

_CHECKED = 300
"""Number of passages that are read at most to make sure that they have a word."""


class WordIndex(Protocol):
    """The passages by the words of their texts, as a `LexicalIndex` has them."""

    def stem(self, word: str) -> str:
        """Return the form in which a folded word is compared."""

    def containing(self, parts: Sequence[str]) -> tuple[Int64Array, Float32Array]:
        """Return the passages with all `parts` in their text, and their scores."""


@dataclass(frozen=True, slots=True, eq=False)
class WordMatch:
    """The articles that have a word: in the title, there or in source or id, or in the text.

    Of the text there are the passages, with the content that each is of, and its score.
    """

    titled: Mask
    labelled: Mask
    passages: Int64Array
    owners: Int64Array
    scores: Float32Array

    def articles(self, table: ArticleTable) -> Mask:
        """Return which articles have the word anywhere."""
        return self.labelled | self.contents(table)[table.contents]

    def contents(self, table: ArticleTable) -> Mask:
        """Return which contents have the word in their text."""
        return table.mask_of_contents(self.owners)

    def best_scores(self, table: ArticleTable) -> Float32Array:
        """Return the score of each article's best passage, 0 without one."""
        best = np.zeros(table.count_contents, dtype=np.float32)
        np.maximum.at(best, self.owners, self.scores)
        return best[table.contents]

    def within(self, contents: Mask) -> "WordMatch":
        """Return the same with the passages of some contents only."""
        keep = contents[self.owners]
        passages, owners, scores = self.passages[keep], self.owners[keep], self.scores[keep]
        return WordMatch(self.titled, self.labelled, passages, owners, scores)


class WordMatcher:
    """Looks words up in one generation."""

    def __init__(self, table: ArticleTable, words: WordIndex, catalogue: ArticleCatalogue) -> None:
        self._table = table
        self._words = words
        self._catalogue = catalogue

    def match_all(self, words: Sequence[WantedWord]) -> list[WordMatch]:
        """Look up words; once no article has all of them, leave out the rest.

        Only the passages of articles that have all words are kept.
        """
        matches: list[WordMatch] = []
        having_all = self._table.passing(None)
        for word in words:
            matches.append(self._match(word))
            having_all &= matches[-1].articles(self._table)
            if not having_all.any():
                break
        contents = self._table.contents_of(having_all)
        return [
            self._checked(word, match.within(contents))
            for word, match in zip(words, matches, strict=False)
        ]

    def _match(self, word: WantedWord) -> WordMatch:
        table = self._table
        passages, scores = self._words.containing(word.indexed)
        titled = table.titled(word.text)
        labelled = titled | table.labelled(word.text)
        return WordMatch(titled, labelled, passages, table.owners_of(passages), scores)

    def _checked(self, word: WantedWord, match: WordMatch) -> WordMatch:
        """Leave out the contents that do not have the word, unless there are many to read."""
        if word.is_exact or len(match.passages) > _CHECKED:
            return match
        contents = self._table.mask_of_contents([])
        records = self._catalogue.passages(match.passages)
        for number, content in zip(match.passages.tolist(), match.owners.tolist(), strict=True):
            if not contents[content]:
                text = records[number].text
                contents[content] = bool(places(text, [word], self._words.stem))
        return match.within(contents)
