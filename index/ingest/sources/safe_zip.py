"""Opens zipped data and takes members out of it, however hostile: no header is trusted.

What is in an archive, and under which names, is `archive`'s matter; `docx` is zipped too.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from index.errors import ArticleError

# Each entry of the directory bears this mark. Members that are archives bear it too, so there may
# be many more of them than members; but millions of entries would fill the memory.
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 200_000
_CHUNK = 1 << 20
# Only these can be unpacked piece by piece: bzip2 and LZMA make 30 MB of 4 KB at one stroke.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Text packs to a twentieth, a table of zeros to a hundredth. Small files may be as odd as they are.
_RATIO = 200
_UNSUSPICIOUS = 10_000_000
_ENCRYPTED = 1
# What zipfile raises for broken archives, as found by breaking some.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    OverflowError,
)


class DamagedError(ArticleError):
    """An archive or a member is broken, or never was one."""


class SpentError(ArticleError):
    """An archive has been unpacked as far as it may be."""


@dataclass
class Allowance:
    """How many bytes may be unpacked of an archive, those thrown away included."""

    most: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.most

    def spend(self, size: int) -> None:
        """Counts bytes that were unpacked. Raises `SpentError` beyond the limit."""
        self.left -= size
        if self.left < 0:
            raise SpentError(f"unpacks to more than {self.most // 1_000_000} MB; split it.")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive in some bytes. Raises `DamagedError` for what is none."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise ArticleError("holds too many files; split it.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise DamagedError("is damaged or no zip archive; make it anew.") from error


def inflate(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, allowance: Allowance
) -> bytes:
    """The bytes of a member.

    Raises:
        DamagedError: its bytes are broken.
        SpentError: with it, more than the allowance would be unpacked.
        ArticleError: it needs a password, is packed in an uncommon way, or holds more than `most`
            bytes, or suspiciously many for its packed size.
    """
    if member.flag_bits & _ENCRYPTED:
        raise ArticleError("needs a password; unpack it and take the files.")
    if member.compress_type not in _METHODS:
        raise ArticleError("is packed in an uncommon way; pack it anew as an ordinary zip.")
    packed = max(member.compress_size, 1)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as file:
            while part := file.read(_CHUNK):
                size += len(part)
                allowance.spend(len(part))
                if size > most:
                    raise ArticleError(f"unpacks to more than {most // 1_000_000} MB; split it.")
                if size > _UNSUSPICIOUS and size > _RATIO * packed:
                    raise ArticleError("unpacks to suspiciously much and was not read.")
                parts.append(part)
    except _BROKEN as error:
        raise DamagedError("is damaged; pack it anew.") from error
    return b"".join(parts)
