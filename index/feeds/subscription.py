"""A feed or sitemap that a list names, with all its documents, in the course of one rebuild."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from index.feeds.feed import Feed, FeedEntry, newest_first

MOST_SITEMAPS = 50
"""Of one index of sitemaps."""

DEEPEST = 3
"""Indexes within an index, counted with the outermost."""

_MOST_PAGES = 200_000  # of all sitemaps of an index, for the memory of it


class Subscription:
    """What one listed address stands for: pages, found in one document or in several.

    `is_private` is whether it came from a private address; only then its pages may.
    """

    def __init__(self, address: str, *, is_private: bool) -> None:
        self.address = address
        self.is_private = is_private
        self.is_sitemap = False
        self.entries: dict[str, FeedEntry] = {}
        self._hosts = {_site_of(address)}
        self._documents = {address}
        self._is_whole = True
        self._trouble: list[str] = []
        self._foreign = 0
        self._chosen: list[FeedEntry] = []
        self._unlisted = 0
        self._asked_again: list[str] = []

    def add(self, feed: Feed, url: str, depth: int) -> list[FeedEntry]:
        """Add a document that was fetched from `url`; return the sitemaps to fetch as well."""
        if depth == 1:
            self.is_sitemap = feed.is_sitemap
        self._hosts.add(_site_of(url))
        if feed.unusable:
            self._trouble.append(f"{feed.unusable} of its links can't be fetched: {feed.reason}")
        if len(self.entries) + len(feed.entries) > _MOST_PAGES:
            self.miss(f"it lists more than {_MOST_PAGES:,} pages, of which a part was read")
            return []
        for entry in self._of_site(feed.entries):
            self.entries.setdefault(entry.address, entry)
        return self._sitemaps(feed, depth)

    def miss(self, why: str = "") -> None:
        """Note that not all of it was read, so that nothing can be said of what it doesn't list."""
        self._is_whole = False
        if why and why not in self._trouble:
            self._trouble.append(why)

    def choose(self, most: int) -> list[FeedEntry]:
        """Return its pages, the newest `most` if there are more."""
        entries = list(self.entries.values())
        self._chosen = entries if len(entries) <= most else newest_first(entries)[:most]
        return self._chosen

    def ask_again(self, earlier: Iterable[str], most: int) -> list[str]:
        """Return the first `most` of the pages listed earlier that it no longer lists.

        None, if that says nothing: of a feed, which lists the latest, or of a part of a sitemap.
        """
        if self.is_sitemap and self._is_whole:
            unlisted = [address for address in earlier if address not in self.entries]
            self._unlisted, self._asked_again = len(unlisted), unlisted[:most]
        return self._asked_again

    def line(self, outcomes: Mapping[str, str]) -> str:
        """Return the line of the report, by what came of each page."""
        counts = Counter(outcomes.get(entry.address, "elsewhere") for entry in self._chosen)
        newest = f", the newest {len(self._chosen):,} taken"
        parts = [f"{len(self.entries):,} listed{newest * (len(self._chosen) < len(self.entries))}"]
        for name in ("new", "changed", "unchanged", "failed"):
            if counts[name] or name in ("new", "unchanged"):
                parts.append(f"{counts[name]:,} {name}")
        if counts["elsewhere"]:
            parts.append(f"{counts['elsewhere']:,} in the library from elsewhere")
        if self._unlisted:
            asked, gone = len(self._asked_again), self._gone(outcomes)
            some = f", {asked:,} of them asked for" * (asked < self._unlisted)
            parts.append(f"{self._unlisted:,} no longer listed{some}, {gone:,} removed as gone")
        return f"{self.address}: {'; '.join([', '.join(parts), *self._troubles()])}"

    def _gone(self, outcomes: Mapping[str, str]) -> int:
        return sum(outcomes[address] == "gone" for address in self._asked_again)

    def _troubles(self) -> Iterator[str]:
        yield from self._trouble
        if self._foreign:
            yield f"{self._foreign:,} are on other sites, which a sitemap can't speak for"

    def _of_site(self, entries: Iterable[FeedEntry]) -> Iterator[FeedEntry]:
        """Yield the entries that may be followed: of a sitemap, those on its own site."""
        for entry in entries:
            if not self.is_sitemap or self._is_own(entry.address):
                yield entry
            else:
                self._foreign += 1

    def _is_own(self, address: str) -> bool:
        host = urlsplit(address).hostname or ""
        return any(host == own or host.endswith(f".{own}") for own in self._hosts)

    def _sitemaps(self, feed: Feed, depth: int) -> list[FeedEntry]:
        new = [
            entry for entry in self._of_site(feed.sitemaps) if entry.address not in self._documents
        ]
        if new and depth >= DEEPEST:
            self.miss(f"its indexes are more than {DEEPEST} deep, and the rest was not read")
            return []
        left = max(0, MOST_SITEMAPS + 1 - len(self._documents))
        if len(new) > left:
            self.miss(f"it has more than {MOST_SITEMAPS} sitemaps, of which the newest were read")
            new = newest_first(new)[:left]
        self._documents.update(entry.address for entry in new)
        return new


def _site_of(url: str) -> str:
    """Return the host whose pages, and those of the hosts below it, a sitemap can list.

    >>> _site_of("https://www.a.test/sitemap.xml"), _site_of("https://blog.a.test/sitemap.xml")
    ('a.test', 'blog.a.test')
    """
    return (urlsplit(url).hostname or "").removeprefix("www.")
