"""What the library has of one list's pages and feeds, so that only what changed is fetched."""

from collections.abc import Collection, Iterator, Mapping

from index.feeds.feed import FeedEntry
from index.feeds.moments import is_unchanged
from index.fetch.exchange import NO_VALIDATORS, Validators
from index.library.content import LibraryEntry
from index.library.rebuild_state import FeedNote, PageNote, ScanNotes, WebNotes


def page_path(listed: str, address: str) -> str:
    """Return the path of a page: below its list, to be deleted with it."""
    return f"{listed}/{address}"


class KnownPages:
    """The pages and feeds of the list at `path`, as earlier rebuilds noted them.

    What was read by another version than `reader` must be fetched and read anew; so must everything
    if it is `afresh`.
    """

    def __init__(
        self,
        path: str,
        notes: ScanNotes,
        entries: Mapping[str, LibraryEntry],
        *,
        reader: str,
        afresh: bool,
    ) -> None:
        self.path = path
        self._notes = notes.web.get(path, WebNotes())
        self._entries, self._deleted = entries, notes.deleted
        self._reader, self._afresh = reader, afresh
        of_pages = {note.feed for note in self._notes.pages.values()}
        self._feeds = of_pages | set(self._notes.feeds)

    def entry(self, address: str) -> LibraryEntry | None:
        """Return a page's article in the library."""
        entry = self._entries.get(address)
        return entry if entry and entry.path == page_path(self.path, address) else None

    def readable(self, address: str) -> LibraryEntry | None:
        """Return a page's article if the same bytes need not be read again."""
        entry = self.entry(address)
        is_current = entry is not None and entry.reader.startswith(f"{self._reader} ")
        return entry if is_current and not self._afresh else None

    def note(self, address: str) -> PageNote | None:
        """Return the note of a page whose article is in the library, or was deleted by hand."""
        note = self._notes.pages.get(address)
        if note is None:
            return None
        entry = self.entry(address)
        if entry is not None:
            return note if entry.file_hash == note.file_hash else None
        is_deleted = (address, page_path(self.path, address), note.file_hash) in self._deleted
        return note if is_deleted else None

    def feed_note(self, address: str) -> FeedNote | None:
        """Return the note of a feed or sitemap."""
        return self._notes.feeds.get(address)

    def is_feed(self, address: str) -> bool:
        """Return whether an address was that of a feed or sitemap earlier."""
        return address in self._feeds

    def validators(self, address: str) -> Validators:
        """Return what to ask for a page or a feed with."""
        note = self.feed_note(address) or self._usable(address)
        if note is None or self._afresh:
            return NO_VALIDATORS
        return Validators(note.url, note.etag, note.last_modified)

    def is_unchanged(self, entry: FeedEntry) -> bool:
        """Return whether a page is what it was, by what its feed says."""
        note = self._usable(entry.address)
        return note is not None and is_unchanged(entry.updated, note.updated, note.fetched)

    def of_feed(self, feed: str) -> list[str]:
        """Return the pages in the library that a feed listed, those first not fetched longest."""
        notes = [note for note in self._notes.pages.values() if note.feed == feed]
        notes.sort(key=lambda note: note.fetched)
        return [note.address for note in notes if self.entry(note.address)]

    def of_feeds(self, feeds: Collection[str]) -> Iterator[str]:
        """Yield the pages that one of some feeds listed earlier, deleted ones included."""
        for address, note in self._notes.pages.items():
            if note.feed in feeds and (self.entry(address) or self.note(address)):
                yield address

    def _usable(self, address: str) -> PageNote | None:
        """Return the note of a page that need not be read again if it is what it was."""
        is_stale = self.entry(address) is not None and self.readable(address) is None
        return None if is_stale or self._afresh else self.note(address)
