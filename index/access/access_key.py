"""An access key: its form, its rights, and how it is told whether a text is it.

A key is `yiju_` with 8 characters that name it, and 256 random bits. What is stored of it is its
SHA-256. A slow hash, such as passwords need, would add nothing, since nobody can try 2^256 keys;
and whoever sends wrong keys could keep a server busy with it.
"""

import hmac
import re
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import sha256

_NAMING, _SECRET = 5, 32  # bytes
_FORM = re.compile("(yiju_[a-z2-7]{8})_[a-z2-7]{52}")
_NO_DIGEST = "0" * 64


class Right(IntEnum):
    """What a caller may do; each right includes those before it."""

    NONE = 0
    READ = 1
    ASK = 2
    WRITE = 3

    @property
    def label(self) -> str:
        """The name that users know it by: `read`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What is known of a key, apart from the key itself."""

    id: str
    """The part that names it: `yiju_k3j5x2aa`."""
    name: str
    right: Right
    digest: str
    made_at: datetime
    expires_at: datetime | None = None

    def is_expired(self, now: datetime) -> bool:
        """Return whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now


def new_secret() -> str:
    """Return a new key, which is random."""
    return f"yiju_{_random(_NAMING)}_{_random(_SECRET)}"


def id_of(text: str) -> str | None:
    """Return the part of a key that names it, None of a text that has not its form.

    >>> id_of("yiju_k3j5x2aa_" + "a" * 52), id_of("sk-1234")
    ('yiju_k3j5x2aa', None)
    """
    match = _FORM.fullmatch(text)
    return match[1] if match else None


def digest_of(secret: str) -> str:
    """Return what is stored of a key or of a session's token."""
    return sha256(secret.encode()).hexdigest()


def is_secret_of(secret: str, key: AccessKey | None) -> bool:
    """Return whether a text is this key; it takes as long if there is none."""
    is_same = hmac.compare_digest(digest_of(secret), key.digest if key else _NO_DIGEST)
    return is_same and key is not None


def _random(count: int) -> str:
    return b32encode(secrets.token_bytes(count)).decode().rstrip("=").lower()
