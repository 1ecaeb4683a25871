"""The index versions that a Milvus server has: which are whole, which is current, the switch."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import BaseModel, ValidationError

from index.errors import MismatchError, NoIndexError, UsageError
from index.milvus import record_keys
from index.milvus.milvus_server import MilvusServer
from index.milvus.record_store import RecordStore
from index.store.manifest import Manifest
from index.store.status import Status

CURRENT = "yiju_current"
"""The alias of the current index version's passages."""

KEPT = 3
_NAME = re.compile(r"yiju_g(?P<version>\d{6,12})_[0-9a-f]{8}(_records)?")
_FORMAT = 1


class PublishedManifest(BaseModel, frozen=True):
    """The manifest of a generation, with what was written of it and when.

    `rows` counts the rows of passages and of records, but for the manifest's own.
    """

    format: int = _FORMAT
    manifest: Manifest
    published_at: str
    rows: tuple[int, int]
    bytes: int


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """An index version that is whole: the collection of its passages, and its manifest."""

    name: str
    published: PublishedManifest

    @property
    def version(self) -> str:
        """The index version."""
        return self.published.manifest.version


def name_of(manifest: Manifest) -> str:
    """Return the name of the collection that a generation's passages have.

    It ends with a digest of the manifest: another store may have the same version.
    """
    digest = sha256(manifest.model_dump_json().encode("utf-8")).hexdigest()
    return f"yiju_g{manifest.version}_{digest[:8]}"


def records_of(name: str) -> str:
    """Return the name of the collection of an index version's records."""
    return f"{name}_records"


class PublishedVersions:
    """The index versions of a server."""

    def __init__(self, server: MilvusServer) -> None:
        self._server = server

    def whole(self) -> list[PublishedVersion]:
        """Return the versions that are whole, the last published last."""
        read = ((name, self.manifest(name)) for name in self._names())
        whole = [PublishedVersion(name, published) for name, published in read if published]
        return sorted(whole, key=lambda version: version.published.published_at)

    def half_written(self) -> list[str]:
        """Return the versions that killed rebuilds were writing, or deleting."""
        return [name for name in self._names() if self.manifest(name) is None]

    def _names(self) -> list[str]:
        matches = (_NAME.fullmatch(name) for name in self._server.names())
        return sorted({match[0].removesuffix("_records") for match in matches if match})

    def manifest(self, name: str) -> PublishedManifest | None:
        """Return the manifest of a version, None if it is not whole.

        Raises:
            MismatchError: a Yiju of another time made it.
        """
        if not {name, records_of(name)} <= set(self._server.names()):
            return None
        text = RecordStore(self._server, records_of(name)).text(record_keys.MANIFEST)
        if text is None:
            return None
        try:
            published = PublishedManifest.model_validate_json(text)
        except ValidationError as error:
            raise MismatchError(
                f"{name} in Milvus has a manifest that this Yiju can't read. Publish the index "
                "anew with: yiju rebuild --engine milvus"
            ) from error
        published.manifest.expect("format in Milvus", published.format, _FORMAT)
        return published

    def current(self) -> str | None:
        """Return the name of the current version, None if there is none."""
        return self._server.target(CURRENT)

    def status(self) -> Status:
        """Return the state of the current version.

        Raises:
            NoIndexError: there is none.
        """
        name = self.current()
        published = name and self.manifest(name)
        if not published:
            raise self.no_index()
        return status_of_published(published)

    def no_index(self) -> NoIndexError:
        """Return what to say where no version is current."""
        return NoIndexError(
            "There is no index in Milvus yet. Publish one with: yiju rebuild FOLDER --engine milvus"
        )

    def switch(self, name: str) -> None:
        """Make a version the current one, in one call once it is loaded."""
        self._server.load(name)
        self._server.point(CURRENT, name)

    def drop(self, name: str) -> None:
        """Drop a version: its records first, with which it is no longer whole."""
        self._server.drop(records_of(name))
        self._server.drop(name)

    def tidy(self, before: str | None) -> None:
        """Drop the versions that are no longer kept, and free the memory of those before.

        The current one is kept, the one before it, and the last published others up to three. Of
        these the first two stay loaded: requests may have begun with either.
        """
        names = [version.name for version in reversed(self.whole())]
        first = [name for name in (self.current(), before) if name in names]
        kept = list(dict.fromkeys([*first, *names]))[:KEPT]
        for name in names:
            if name not in kept:
                self.drop(name)
            elif name not in first:
                self._server.release(name)

    def roll_back(self, version: str | None) -> str:
        """Make an earlier index version the current one, and return it.

        Without a `version`, the one that was published before the current one.

        Raises:
            UsageError: there is no such version.
        """
        whole, current = self.whole(), self.current()
        others = [item for item in whole if item.name != current]
        if version:
            chosen = [item for item in others if item.version == version]
        else:
            chosen = _before(whole, current)
        if not chosen:
            named = f"no index version “{version}”" if version else "no earlier index version"
            there = ", ".join(item.version for item in others) or "none but the current one"
            raise UsageError(f"There is {named} in Milvus to go back to; kept are: {there}.")
        self.switch(chosen[-1].name)
        return chosen[-1].version


def _before(whole: Sequence[PublishedVersion], current: str | None) -> list[PublishedVersion]:
    """Return what was published before the current version; all if none is current."""
    names = [version.name for version in whole]
    return list(whole[: names.index(current)] if current in names else whole)


def status_of_published(published: PublishedManifest) -> Status:
    """Return the state of a version."""
    manifest = published.manifest
    return Status(
        index_version=manifest.version,
        articles=manifest.articles,
        passages=manifest.passages,
        vectors=manifest.passages,
        model=manifest.model,
        engine="milvus",
        bytes=published.bytes,
        rebuilt_at=manifest.rebuilt_at,
    )
