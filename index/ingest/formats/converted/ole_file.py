"""What an old Office file is, and whether it is encrypted, as its streams say.

The places of the signs of encryption are those of [MS-DOC] 2.5.2 (FibBase), [MS-XLS] 2.4.117
(FilePass), [MS-PPT] 2.3.2 (CurrentUserAtom) and [MS-OFFCRYPTO] 2.3.1 (EncryptedPackage).
"""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

if TYPE_CHECKING:
    _File = olefile.OleFileIO[str]  # the class itself takes no types when it runs

# The last ones are those of Microsoft Works.
_DOCUMENTS = (
    "WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage", "MatOST",
    "CONTENTS",
)  # fmt: skip
_ENCRYPTED_WORD = 0x0100  # a bit of the flags in bytes 10 and 11
_ENCRYPTED_SLIDES = b"\xdf\xc4\xd1\xf3"  # in bytes 12 to 15
_BEGINS, _FILE_PASS = 0x0809, 0x002F  # kinds of records in a workbook


def is_document(data: bytes) -> bool:
    """Return whether a file has a document in it; False for one that is too damaged to tell."""
    return _asked(data, lambda file: any(map(file.exists, _DOCUMENTS)))


def needs_password(data: bytes) -> bool:
    """Return whether a file is encrypted; False for one that is too damaged to tell."""
    return _asked(data, _is_encrypted)


def _asked(data: bytes, question: Callable[["_File"], bool]) -> bool:
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return question(file)
    except (OSError, ValueError, IndexError):  # as olefile raises for a damaged file
        return False


def _is_encrypted(file: "_File") -> bool:
    if file.exists("EncryptedPackage"):
        return True
    if file.exists("WordDocument"):
        flags = int.from_bytes(_head(file, "WordDocument")[10:12], "little")
        return bool(flags & _ENCRYPTED_WORD)
    if file.exists("Current User"):
        return _head(file, "Current User")[12:16] == _ENCRYPTED_SLIDES
    return any(_begins_with_password(file, name) for name in ("Workbook", "Book"))


def _begins_with_password(file: "_File", name: str) -> bool:
    """Return whether the first record after the beginning of a workbook is that of a password."""
    if not file.exists(name):
        return False
    head = _head(file, name)
    kind, size = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:4], "little")
    following = int.from_bytes(head[4 + size : 6 + size], "little")
    return kind == _BEGINS and following == _FILE_PASS


def _head(file: "_File", name: str) -> bytes:
    return bytes(file.openstream(name).read(64))
