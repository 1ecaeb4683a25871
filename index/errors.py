"""Every error that Yiju raises on purpose. Its text can be shown to the user unchanged.

YijuError
├── ArticleError     an article or a file can't be read
├── StoreError       the store can't be used as it is
│   ├── NoIndexError     there is no index yet
│   └── MismatchError    the index was made with other settings, or was damaged
├── ModelError       a model can't be loaded
├── BusyError        another rebuild is at work in the store
├── OccupiedError    the server is at work on as much as it can; the same again later works
├── QualityError     a new index finds less than the current one, and was not made current
└── UsageError       the request makes no sense
    └── NoPathError      no path is given or recorded that a rebuild could read
"""

FULL = "Make room on the disk and run the command again; nothing is lost."
"""The remedy for a full disk."""


class YijuError(Exception):
    """Base of all: a plain sentence that says what is wrong and what to do."""


class ArticleError(YijuError):
    """An article or a file can't be read."""


class StoreError(YijuError):
    """The store can't be used as it is."""


class NoIndexError(StoreError):
    """There is no index yet."""


class MismatchError(StoreError):
    """The index was made with other settings, or its files were damaged."""


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
