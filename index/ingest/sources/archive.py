"""Read the article files in a zip archive, and report why others are skipped.

Names are UTF-8 if flagged or valid as such, else GB18030 or Big5 if their characters are common,
else code page 437, the format's original encoding. Archives within archives are not opened;
protection against hostile archives is left to `safe_zip`.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.article import Failure
from index.errors import ArticleError
from index.ingest.sources.common_characters import COMMON
from index.ingest.sources.files import SUFFIXES, unsupported_reason
from index.ingest.sources.safe_zip import Allowance, SpentError, inflate, open_zip

_UTF8 = 0x800
_UNIX = 3
# Info-ZIP's field with the name in UTF-8: a version, the CRC of the plain name, the name.
_NAME_FIELD = 0x7075


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Largest number of files, and of unpacked bytes, in total and per file."""

    files: int = 10_000
    total: int = 500_000_000
    each: int = 100_000_000


ARCHIVE_LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, by its path in it, and its bytes."""

    name: str
    data: bytes


def members(
    data: bytes, limits: ArchiveLimits = ARCHIVE_LIMITS, kinds: Collection[str] = SUFFIXES
) -> Iterator[Member | Failure]:
    """Yield the files of `kinds` in an archive, in its order, and failures with the member's path.

    Raises:
        ArticleError: the data is no archive, is damaged or has too many files; or, after the files
            yielded so far, more bytes than allowed.
    """
    archive = open_zip(data)
    files = [member for member in archive.infolist() if not member.is_dir()]
    if len(files) > limits.files:
        raise ArticleError(f"holds more than {limits.files:,} files; split it.")
    allowance = Allowance(limits.total)
    names: set[str] = set()
    for member in files:
        name = name_of(member)
        if _is_hidden(name):
            continue
        suffix = PurePosixPath(name).suffix.lower()
        problem = _problem(member, name, names)
        if problem is None and suffix not in kinds:
            problem = unsupported_reason(suffix)
        names.add(name)
        if problem:
            yield Failure(name, problem)
        elif suffix in kinds:
            yield _unpacked(archive, member, limits.each, allowance, name)


def name_of(member: zipfile.ZipInfo) -> str:
    r"""Return a member's decoded path with `/` for `\`: `新闻\a.txt` → `新闻/a.txt`."""
    if member.flag_bits & _UTF8:
        name = member.orig_filename
    else:
        raw = member.orig_filename.encode("cp437")
        name = _name_field(member.extra, raw) or _decode_name(raw)
    # Only now: half of a Chinese character in GBK may be a backslash.
    return name.replace("\\", "/")


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, allowance: Allowance, name: str
) -> Member | Failure:
    try:
        return Member(name, inflate(archive, member, most, allowance))
    except SpentError:
        raise
    except ArticleError as error:
        return Failure(name, str(error))


def _problem(member: zipfile.ZipInfo, name: str, names: set[str]) -> str | None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or parts[0].endswith(":"):
        return "has a path that leads out of the archive, and was not read."
    if not name.isprintable():
        return "has control characters in its name; rename it."
    if member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16):
        return "is a link and is not followed; put the file itself into the archive."
    if name in names:
        return "is there twice under one name; the first was taken."
    if PurePosixPath(name).suffix.lower() == ".zip":
        return "is an archive within an archive; unpack it."
    return None


def _is_hidden(name: str) -> bool:
    """Return whether a file is hidden or temporary: `.DS_Store`, `__MACOSX/…`, `~$a.docx`."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not parts or hidden or parts[-1].startswith("~$")


def _name_field(extra: bytes, raw: bytes) -> str | None:
    """Return the name in Info-ZIP's Unicode path field, None if its checksum doesn't match."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _NAME_FIELD and len(field) > 5 and field[0] == 1:
            (checked,) = struct.unpack_from("<L", field, 1)
            return _decode_strictly(field[5:], "utf-8") if checked == zlib.crc32(raw) else None
        at += 4 + size
    return None


def _decode_name(raw: bytes) -> str:
    utf8 = _decode_strictly(raw, "utf-8")
    if utf8 is not None:
        return utf8
    plain = raw.decode("cp437")
    # Übersicht: the bytes of accented letters begin only rare characters in GBK.
    if all(char.isalpha() and char < "\u0250" for char in plain if char > "\x7f"):
        return plain
    decoded = [_decode_strictly(raw, codec) for codec in ("gb18030", "cp950")]
    best = max((text for text in decoded if text is not None), key=_commonness, default="")
    return best if _commonness(best) > 0.5 else plain


def _decode_strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _commonness(text: str) -> float:
    """Return the share of the characters beyond ASCII that are common in Chinese."""
    beyond = [char for char in text if char > "\x7f"]
    fits = (char in COMMON or "\u3000" <= char <= "\u303f" or char >= "\uff00" for char in beyond)
    return sum(fits) / max(len(beyond), 1)
