"""The articles of a generation in memory, without their texts: a row each, in the order of ids.

They are read from the library once for a generation. What passes a filter, what belongs to whom and
what comes first is then a matter of arrays, however many articles there are.
"""

import threading
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.arrays import Int64Array, Mask
from index.library.catalogue import ArticleCatalogue, CatalogueRow
from index.listing.article_filter import Filter, first_day, last_day
from index.listing.joined_texts import JoinedTexts

_FILTERS = 4  # whose passages are kept
_UNDATED = (99_999_999, 0)  # begins after and ends before all days, so that no range touches it


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles there are, how many of them have a date, and how many are of a source."""

    articles: int
    dated: int
    sources: dict[str, int]


class ArticleTable:
    """The articles of a generation. Threads may share it.

    `ids` are by row, ascending, as is `contents`: the content of each article, which several may
    share, of `count_contents`. `passages` are the numbers of all passages, ascending, and `owners`
    has the content of each.
    """

    def __init__(self, catalogue: ArticleCatalogue) -> None:
        rows = catalogue.rows()
        self.ids = JoinedTexts([row.id for row in rows])
        self._titles = JoinedTexts([row.title for row in rows])
        self._read_sources(rows)
        days = [_days(row.published) for row in rows]
        self._first_days = _array(first for first, _ in days)
        self._last_days = _array(last for _, last in days)
        self._years = np.where(self._last_days > 0, self._first_days // 10_000, -1)
        numbers = _array(row.content for row in rows)
        contents, self.contents = np.unique(numbers, return_inverse=True)
        self.count_contents = len(contents)
        self.passages, owners = catalogue.owners()
        self.owners: Int64Array = np.searchsorted(contents, owners)
        # Not `lru_cache`, which would keep the table alive by a cycle of references.
        self._kept: dict[Filter, Int64Array] = {}
        self._keeping = threading.Lock()

    def _read_sources(self, rows: Sequence[CatalogueRow]) -> None:
        names = dict.fromkeys(row.source for row in rows if row.source is not None)
        numbers = {name: number for number, name in enumerate(names)}
        self._sources = list(names)
        self._source_of = _array(-1 if row.source is None else numbers[row.source] for row in rows)

    def __len__(self) -> int:
        return len(self.ids)

    def passing(self, chosen: Filter | None) -> Mask:
        """Return which articles pass a filter."""
        passing = np.ones(len(self), dtype=np.bool_)
        if chosen is None:
            return passing
        if chosen.source is not None:
            passing &= self.of_source(chosen.source)
        if chosen.published_from is not None:
            passing &= self._last_days >= first_day(chosen.published_from)
        if chosen.published_to is not None:
            passing &= self._first_days <= last_day(chosen.published_to)
        if chosen.articles:
            passing &= self._mask(self._rows(chosen.articles))
        return passing

    def of_source(self, source: str) -> Mask:
        """Return which articles are of exactly this source."""
        number = self._sources.index(source) if source in self._sources else len(self._sources)
        return np.equal(self._source_of, number)

    def of_year(self, year: str) -> Mask:
        """Return which articles are dated in a year, or by it."""
        return np.equal(self._years, int(year))

    def labelled(self, part: str) -> Mask:
        """Return which articles have a folded string in their id or their source."""
        sources = self._folded_sources.having(part)
        return self._mask(self._folded_ids.having(part)) | np.isin(self._source_of, sources)

    def titled(self, part: str) -> Mask:
        """Return which articles have a folded string in their title."""
        return self._mask(self._folded_titles.having(part))

    def contents_of(self, articles: Mask) -> Mask:
        """Return which contents are those of some articles."""
        return self.mask_of_contents(self.contents[articles])

    def mask_of_contents(self, contents: Int64Array | Sequence[int]) -> Mask:
        """Return a mask over all contents, true for these."""
        mask = np.zeros(self.count_contents, dtype=np.bool_)
        mask[contents] = True
        return mask

    def passages_of(self, chosen: Filter) -> Int64Array:
        """Return the numbers of the passages of the articles that pass a filter, ascending.

        They are not to be changed: those of the last filters are kept, as a conversation has one.
        """
        with self._keeping:
            kept = self._kept.get(chosen)
        if kept is not None:
            return kept
        numbers = self.passages[self.contents_of(self.passing(chosen))[self.owners]]
        numbers.flags.writeable = False
        with self._keeping:
            self._kept[chosen] = numbers
            while len(self._kept) > _FILTERS:
                del self._kept[next(iter(self._kept))]
        return numbers

    def owners_of(self, passages: Int64Array) -> Int64Array:
        """Return the content that each of some passages is of."""
        return self.owners[np.searchsorted(self.passages, passages)]

    def newest(self, chosen: Filter | None) -> Int64Array:
        """Return the rows of the articles that pass a filter, newest first, those undated last."""
        return self.newest_first[self.passing(chosen)[self.newest_first]]

    @cached_property
    def newest_first(self) -> Int64Array:
        """All rows, newest first; those without a date come last."""
        is_dated = self._years >= 0
        return np.argsort(np.where(is_dated, -self._first_days, 1), kind="stable")

    @cached_property
    def oldest_first(self) -> Int64Array:
        """All rows, oldest first; those without a date come last."""
        return np.argsort(self._first_days, kind="stable")

    @cached_property
    def by_title(self) -> Int64Array:
        """All rows by title, or by id where there is none.

        Chinese titles stand in the order of GB 18030: characters in everyday use by their pinyin.
        """
        keys = [
            (title or name).encode("gb18030", "replace")
            for title, name in zip(self._folded_titles, self._folded_ids, strict=True)
        ]
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)

    # Folding takes as long as all the rest, and is needed only to seek and sort by title.

    @cached_property
    def _folded_titles(self) -> JoinedTexts:
        return JoinedTexts.folded(self._titles)

    @cached_property
    def _folded_ids(self) -> JoinedTexts:
        return JoinedTexts.folded(self.ids)

    @cached_property
    def _folded_sources(self) -> JoinedTexts:
        return JoinedTexts.folded(self._sources)

    def tally(self, chosen: Filter | None) -> Tally:
        """Count the articles that pass a filter, by source."""
        passing = self.passing(chosen)
        dated = int((self._years[passing] >= 0).sum())
        return Tally(int(passing.sum()), dated, dict(self.count_sources(passing)))

    def count_sources(self, articles: Mask) -> list[tuple[str, int]]:
        """Count some articles by source, the most frequent first; those without are left out."""
        of = self._source_of[articles]
        counts = np.bincount(of[of >= 0], minlength=len(self._sources)).tolist()
        counted = [
            (name, count) for name, count in zip(self._sources, counts, strict=True) if count
        ]
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))

    def count_years(self, articles: Mask) -> list[tuple[str, int]]:
        """Count some articles by year, the latest first; those without a date are left out."""
        years, counts = np.unique(self._years[articles & (self._years >= 0)], return_counts=True)
        pairs = zip(years.tolist(), counts.tolist(), strict=True)
        return [(f"{year:04}", count) for year, count in pairs][::-1]

    def _rows(self, ids: Iterable[str]) -> Int64Array:
        """Return the rows of ids that are known."""
        rows = {name: bisect_left(self.ids, name) for name in ids}
        known = (row for name, row in rows.items() if row < len(self) and self.ids[row] == name)
        return np.fromiter(known, dtype=np.int64)

    def _mask(self, rows: Int64Array) -> Mask:
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[rows] = True
        return mask


@lru_cache(maxsize=10_000)  # many articles have a day in common
def _days(published: str | None) -> tuple[int, int]:
    return _UNDATED if published is None else (first_day(published), last_day(published))


def _array(values: Iterable[int]) -> Int64Array:
    return np.fromiter(values, dtype=np.int64)
