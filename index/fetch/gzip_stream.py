"""Decode a response's Content-Encoding incrementally, bounded against gzip bombs."""

import zlib

from index.errors import ArticleError

# 16 tells zlib to expect gzip's header.
_GZIP = 16 + zlib.MAX_WBITS


class IdentityDecoder:
    """Decoder of a body that isn't packed."""

    def feed(self, data: bytes, limit: int) -> bytes:
        """Return the bytes as they are, at most `limit` + 1 of them."""
        return data[: limit + 1]

    def finish(self) -> None:
        """Do nothing: a body that isn't packed has no end of its own."""


class GzipDecoder:
    """Decoder of one gzip file, or of several end to end."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._complete = True

    def feed(self, data: bytes, limit: int) -> bytes:
        """Unpack the next bytes to at most `limit` + 1. Raises `ArticleError` for damaged ones."""
        unpacked = bytearray()
        while data and len(unpacked) <= limit:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            try:
                unpacked += self._member.decompress(data, limit + 1 - len(unpacked))
            except zlib.error as error:
                raise ArticleError("is damaged: its gzip data can't be unpacked.") from error
            # Files end to end may be padded with zeros between them.
            data = self._member.unused_data.lstrip(b"\0")
            self._complete = self._member.eof
        return bytes(unpacked)

    def finish(self) -> None:
        """Raise `ArticleError` if the end of the last file is missing."""
        if not self._complete:
            raise ArticleError("broke off: the end of its gzip data is missing; try again later.")


def decoder_for(encoding: str) -> IdentityDecoder | GzipDecoder:
    """Return a decoder for a Content-Encoding. Raises `ArticleError` for an unrequested one."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return IdentityDecoder()
    if name in ("gzip", "x-gzip"):
        return GzipDecoder()
    raise ArticleError(f"is packed as “{name[:40]}”, which wasn't asked for; save it as a file.")
