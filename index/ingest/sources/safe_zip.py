"""Open zip archives and unpack members within limits, trusting no header (zip bombs).

Which members are articles is left to `archive`; `docx/read_docx.py` opens .docx files with it.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from index.errors import ArticleError

# The signature of each entry of the directory. Members that are archives contain it too, so it may
# occur far more often than there are members; but millions of entries would fill the memory.
_ENTRY = b"PK\x01\x02"
_MAX_ENTRIES = 200_000
_CHUNK = 1 << 20
# Only these can be unpacked piece by piece: bzip2 and LZMA expand 4 KB to 30 MB in one step.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Text packs to a twentieth, a table of zeros to a hundredth. Small files may have any ratio.
_MAX_RATIO = 200
_ANY_RATIO_SIZE = 10_000_000
_ENCRYPTED = 1
# The errors that zipfile raised for archives with random bytes changed.
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
    """The archive or a member is damaged, or the data is no archive."""


class SpentError(ArticleError):
    """The archive unpacks to more bytes than allowed."""


@dataclass
class Allowance:
    """Number of bytes that may still be unpacked from an archive; discarded bytes count too."""

    most: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.most

    def spend(self, size: int) -> None:
        """Count unpacked bytes. Raises `SpentError` beyond the limit."""
        self.left -= size
        if self.left < 0:
            raise SpentError(f"unpacks to more than {self.most // 1_000_000} MB; split it.")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive. Raises `DamagedError` for other data."""
    if data.count(_ENTRY) > _MAX_ENTRIES:
        raise ArticleError("holds too many files; split it.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise DamagedError("is damaged or no zip archive; make it anew.") from error


def inflate(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, allowance: Allowance
) -> bytes:
    """Unpack a member to at most `most` bytes.

    Raises:
        DamagedError: its bytes are broken.
        SpentError: its bytes exceed the allowance.
        ArticleError: it needs a password, is packed in an uncommon way, or unpacks to more than
            `most` bytes, or to suspiciously many for its packed size.
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
                if size > _ANY_RATIO_SIZE and size > _MAX_RATIO * packed:
                    raise ArticleError("unpacks to suspiciously much and was not read.")
                parts.append(part)
    except _BROKEN as error:
        raise DamagedError("is damaged; pack it anew.") from error
    return b"".join(parts)
