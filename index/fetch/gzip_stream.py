"""Bytes that a server has packed with gzip, unpacked piece by piece and never beyond a limit."""

import zlib

from index.errors import ArticleError

# 16 tells zlib to expect gzip's header.
_GZIP = 16 + zlib.MAX_WBITS


class Plain:
    """Bytes that aren't packed."""

    def feed(self, data: bytes, most: int) -> bytes:
        """The bytes as they are, cut one beyond `most`."""
        return data[: most + 1]

    def finish(self) -> None:
        """Nothing can be missing."""


class Gzip:
    """One gzip file, or several end to end."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._whole = True

    def feed(self, data: bytes, most: int) -> bytes:
        """What the bytes unpack to, at most one more than `most`. Raises `ArticleError`."""
        unpacked = bytearray()
        while data and len(unpacked) <= most:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            try:
                unpacked += self._member.decompress(data, most + 1 - len(unpacked))
            except zlib.error as error:
                raise ArticleError("is damaged: its gzip data can't be unpacked.") from error
            # Files end to end may be filled up with zeros between them.
            data = self._member.unused_data.lstrip(b"\0")
            self._whole = self._member.eof
        return bytes(unpacked)

    def finish(self) -> None:
        """Raises `ArticleError` where the end is missing."""
        if not self._whole:
            raise ArticleError("broke off: the end of its gzip data is missing; try again later.")


def unpacker_for(encoding: str) -> Plain | Gzip:
    """What unpacks a Content-Encoding. Raises `ArticleError` for one that wasn't asked for."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return Plain()
    if name in ("gzip", "x-gzip"):
        return Gzip()
    raise ArticleError(f"is packed as “{name[:40]}”, which wasn't asked for; save it as a file.")
