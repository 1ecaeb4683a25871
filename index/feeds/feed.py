"""A feed or sitemap: the pages that it lists, and what it says of each."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from urllib.parse import urljoin

from index.bounds import fitting
from index.errors import ArticleError, StoreError
from index.fetch.urls import normalise_url

MOST_ENTRIES = 100_000
"""Of one document; the rules of sitemaps allow 50,000."""

_LONGEST_STORED = 5000  # entries; what lists more is fetched anew each time


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A page that a feed lists, under its normal address.

    `updated` is when it last changed, as `moments` has it: empty if the feed doesn't say. `title`,
    `author` and `published` are for what the page itself doesn't state.
    """

    address: str
    updated: str = ""
    title: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What one document lists: pages, or the sitemaps of an index of sitemaps.

    `is_sitemap` tells a sitemap, which lists what there is, from a feed, which lists what is new.
    `unusable` counts entries without an address that can be fetched; `reason` is that of the first.
    """

    is_sitemap: bool
    entries: tuple[FeedEntry, ...]
    sitemaps: tuple[FeedEntry, ...] = ()
    unusable: int = 0
    reason: str = ""

    def to_json(self) -> str:
        """Return it as JSON, to be kept; empty if it is too long for that."""
        if len(self.entries) + len(self.sitemaps) > _LONGEST_STORED:
            return ""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Feed":
        """Return what `to_json` made.

        Raises:
            StoreError: it is damaged.
        """
        try:
            values = json.loads(text)
            for name in ("entries", "sitemaps"):
                values[name] = tuple(FeedEntry(**entry) for entry in values[name])
            return cls(**values)
        except (ValueError, TypeError, LookupError) as error:
            raise StoreError(
                "The library's note of a feed is damaged. Fetch it anew with: yiju rebuild --full"
            ) from error


class FeedDraft:
    """Collects the entries of a document at `base`: each address once, none that is no page's."""

    def __init__(self, base: str, most: int = MOST_ENTRIES) -> None:
        self._base, self._most = base, most
        self._entries: dict[str, FeedEntry] = {}
        self._unusable = 0
        self._reason = ""

    def add(self, entry: FeedEntry) -> None:
        """Add an entry with its address as it was written.

        Raises:
            ArticleError: there are too many.
        """
        if len(self._entries) + self._unusable >= self._most:
            raise ArticleError(f"lists more than {self._most:,} pages; list some of them.")
        try:
            address = _resolved(self._base, entry.address)
        except ArticleError as error:
            self._reason = self._reason or f"“{entry.address[:80]}” {error}"
            self._unusable += 1
        else:
            self._entries.setdefault(address, replace(entry, address=address))

    def feed(self, *, is_sitemap: bool = False) -> Feed:
        """Return the feed of these pages."""
        entries = tuple(self._entries.values())
        return Feed(is_sitemap, entries, (), self._unusable, self._reason)

    def index(self) -> Feed:
        """Return the index of these sitemaps."""
        return Feed(True, (), tuple(self._entries.values()), self._unusable, self._reason)


def newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    """Return entries by date, the newest first; those without one last, in the order given.

    >>> dates = "", "2024-05-01", "", "2024-06-01"
    >>> entries = [FeedEntry(str(at), updated) for at, updated in enumerate(dates)]
    >>> [entry.address for entry in newest_first(entries)]
    ['3', '1', '0', '2']
    """
    return sorted(entries, key=lambda entry: entry.updated or entry.published, reverse=True)


def title_of(text: str) -> str:
    r"""Return a title on one line, empty if it is none.

    >>> title_of(" 城市\n报告 "), title_of("\x1b[2J")
    ('城市 报告', '')
    """
    title = " ".join(text.split())
    return (fitting("title", title) or "") if title.isprintable() else ""


def _resolved(base: str, address: str) -> str:
    """Return an address in its normal form, a relative one by that of its document."""
    address = address.strip().replace(" ", "%20")
    if not address:
        raise ArticleError("is no address; an entry needs a link to its page.")
    try:
        return normalise_url(urljoin(base, address))
    except ValueError as error:
        raise ArticleError("has a host that can't be read.") from error
