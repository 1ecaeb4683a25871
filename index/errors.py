"""Every error that Yiju raises on purpose. Its text can be shown to the user unchanged.

YijuError
├── ArticleError     an article or a file can't be read
├── StoreError       the store can't be used as it is
│   ├── NoIndexError     no index is current
│   │   └── BlankStoreError  nothing was ever built in the store
│   ├── MismatchError    the index was made with other settings, or was damaged
│   ├── GoneError        an index version is no longer kept
│   └── AwayError        the server that has the index does not answer
├── NoArticleError   no article has an id
├── ModelError       a model can't be loaded
├── BusyError        another rebuild is at work in the store
├── OccupiedError    the server is at work on as much as it can; the same again later works
├── QualityError     a new index finds less than the current one, and was not made current
└── UsageError       the request makes no sense
    └── NoPathError      no path is given or recorded that a rebuild could read
"""

from errno import EACCES, EMFILE, ENFILE, ENOSPC, EPERM, EROFS
from pathlib import Path

FULL = "Make room on the disk and run the command again; nothing is lost."
"""The remedy for a full disk."""


RIGHTS = "Give this user the right to write in the store's folder."
"""The remedy for a store that may not be written."""


WITH_OCR = "read it with OCR (yiju rebuild --ocr; for uploads YIJU_OCR=true)."
"""The remedy for a scan that was not read."""


class YijuError(Exception):
    """Base of all: a plain sentence that says what is wrong and what to do.

    `places` are the files and folders in it; clients of a server are told their names only.
    """

    def __init__(self, text: str, *places: Path) -> None:
        super().__init__(text)
        self.places = places

    @property
    def public(self) -> str:
        """The sentence without absolute paths.

        >>> YijuError("/srv/store/CURRENT is missing.", Path("/srv/store/CURRENT")).public
        'CURRENT is missing.'
        """
        text = str(self)
        for place in sorted(self.places, key=lambda place: -len(str(place))):
            if place.is_absolute():
                text = text.replace(str(place), place.name)
        return text


class ArticleError(YijuError):
    """An article or a file can't be read."""


class StoreError(YijuError):
    """The store can't be used as it is."""


class NoIndexError(StoreError):
    """No index is current."""


class BlankStoreError(NoIndexError):
    """Nothing was ever built in the store."""


class MismatchError(StoreError):
    """The index was made with other settings, or its files were damaged."""


class GoneError(StoreError):
    """An index version is no longer kept."""


class AwayError(StoreError):
    """The server that has the index does not answer."""


class NoArticleError(YijuError):
    """No article has this id."""


class ModelError(YijuError):
    """A model can't be loaded."""


class BusyError(YijuError):
    """Another rebuild is at work in the store."""


class OccupiedError(YijuError):
    """The server is at work on as much as it can; the same request works later."""


class UsageError(YijuError):
    """The request makes no sense."""


class NoPathError(UsageError):
    """No path is given or recorded that a rebuild could read."""


class QualityError(YijuError):
    """A new index finds less than the current one, and was not made current."""


def gone(version: str) -> GoneError:
    """Return what to say of an index version that retention has deleted."""
    return GoneError(f"Index version {version} is no longer kept; ask without it.")


def unusable(path: Path, error: OSError) -> StoreError:
    """Return what to say of a file or folder that the system refuses to open, read or write."""
    why = (error.strerror or str(error)).rstrip(".")
    if error.errno == ENOSPC:
        remedy = FULL
    elif error.errno in (EACCES, EPERM, EROFS):
        remedy = RIGHTS
    elif error.errno in (EMFILE, ENFILE):
        remedy = "Too many files are open; try again, or raise the limit (ulimit -n)."
    else:
        remedy = "Restore the store from a copy, or look what else is in its place."
    return StoreError(f"{path} can't be used: {why}. {remedy}", path)
