"""The file of a store's keys: `keys.json`, readable by its owner alone, replaced whole.

Several commands may change it at once, under a lock. Every server process looks at the file before
it lets anybody in, and reads it anew when another one is in its place.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.access.access_key import AccessKey, Right, digest_of, id_of, is_secret_of, new_secret
from index.errors import StoreError, UsageError, unusable
from index.store.store import sync

_PRIVATE = 0o600
LONGEST_NAME = 100  # characters
_Sign = tuple[int, int, int, int]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern="^yiju_[a-z2-7]{8}$")
    name: str
    right: Literal["read", "ask", "write"]
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    made_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, key: AccessKey) -> "_Entry":
        values = {name: getattr(key, name) for name in cls.model_fields}
        return cls.model_validate({**values, "right": key.right.label})

    def to_key(self) -> AccessKey:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return AccessKey(**{**values, "right": Right[self.right.upper()]})


class _Entries(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    keys: list[_Entry] = []


class KeyFile:
    """The keys of a store. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "keys.json"
        self._lock = folder / "keys.lock"
        self._known: tuple[_Sign | None, Mapping[str, AccessKey]] = (None, {})

    def keys(self) -> Mapping[str, AccessKey]:
        """Return the keys by their ids, in the order in which they were made.

        Raises:
            StoreError: the file can't be read.
        """
        try:
            sign = _sign(self.path.stat())
            if sign != self._known[0]:
                self._known = self._read()
        except FileNotFoundError:
            self._known = (None, {})
        except OSError as error:
            raise unusable(self.path, error) from error
        return self._known[1]

    def named(self, key_id: str) -> AccessKey | None:
        """Return the key of an id, None if there is none or its time is over.

        Raises:
            StoreError: the file can't be read.
        """
        key = self.keys().get(key_id)
        return None if key is None or key.is_expired(datetime.now(UTC)) else key

    def find(self, secret: str) -> AccessKey | None:
        """Return the key that a text is, None if it is none, or its time is over.

        Raises:
            StoreError: the file can't be read.
        """
        key_id = id_of(secret)
        if key_id is None:
            return None
        key = self.named(key_id)
        return key if is_secret_of(secret, key) else None

    def add(
        self, name: str, right: Right, expires_at: datetime | None = None
    ) -> tuple[AccessKey, str]:
        """Make a key; return it, and the secret that its owner sends, which is stored nowhere.

        Raises:
            UsageError: the name is empty, too long, or a key's already.
            StoreError: the file can't be read or written.
        """
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise UsageError(f"A key needs a name of 1 to {LONGEST_NAME} printable characters.")
        with self._changing() as keys:
            if any(key.name == name for key in keys.values()):
                raise UsageError(f"There is a key “{name}” already; choose another name.")
            secret = new_secret()
            key_id = id_of(secret) or ""
            made = datetime.now(UTC).replace(microsecond=0)
            key = AccessKey(key_id, name, right, digest_of(secret), made, expires_at)
            keys[key_id] = key
        return key, secret

    def revoke(self, which: str) -> AccessKey:
        """Delete the key of a name or an id; it is refused from now on. Return what it was.

        Raises:
            UsageError: there is no such key.
            StoreError: the file can't be read or written.
        """
        with self._changing() as keys:
            wanted = id_of(which) or which
            named = (key for key in keys.values() if key.name == wanted)
            key = keys.get(wanted) or next(named, None)
            if key is None:
                shown = wanted[:LONGEST_NAME]
                raise UsageError(f"There is no key “{shown}”; yiju keys list shows them.")
            del keys[key.id]
        return key

    def copy_into(self, folder: Path) -> Path | None:
        """Copy the file into a folder; return the copy, None if there are no keys."""
        target = folder / self.path.name
        try:
            shutil.copy2(self.path, target)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unusable(self.path, error) from error
        return target

    def _read(self) -> tuple[_Sign, Mapping[str, AccessKey]]:
        with self.path.open("rb") as file:
            sign = _sign(os.fstat(file.fileno()))
            text = file.read()
        try:
            entries = _Entries.model_validate_json(text).keys
        except ValidationError as error:
            raise StoreError(
                f"{self.path} is no file of keys. Put a copy in its place; or delete it, and make "
                "new keys with: yiju keys add NAME",
                self.path,
            ) from error
        return sign, {entry.id: entry.to_key() for entry in entries}

    @contextmanager
    def _changing(self) -> Iterator[dict[str, AccessKey]]:
        """Yield the keys to be changed in a block, and write them at its end."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock.open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                keys = dict(self.keys())
                yield keys
                self._write(keys)
        except OSError as error:
            raise unusable(self.path, error) from error

    def _write(self, keys: Mapping[str, AccessKey]) -> None:
        entries = _Entries(keys=[_Entry.of(key) for key in keys.values()])
        waiting = self.path.with_name(f"{self.path.name}.next")
        waiting.unlink(missing_ok=True)  # what a killed command left
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with open(waiting, "wb", opener=lambda name, _: os.open(name, flags, _PRIVATE)) as file:
            file.write(entries.model_dump_json(indent=1).encode())
        sync(waiting)
        waiting.replace(self.path)
        sync(self.path.parent)


def _sign(status: os.stat_result) -> _Sign:
    """Return what tells a file from the one that replaces it."""
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size
