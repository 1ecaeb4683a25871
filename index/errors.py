"""Every error that Yiju raises on purpose. Its text can be shown to the user unchanged.

YijuError
├── ArticleError     an article or a file that can't be taken in
├── StoreError       the store can't be used as it is
│   ├── NoIndexError     there is no index yet
│   └── MismatchError    the index was made with other settings, or was damaged
├── ModelError       the embedding model can't be loaded
├── BusyError        another rebuild holds the store
├── QualityError     a new index finds less than the one before, and was not made current
└── UsageError       what was asked for makes no sense as asked
    └── NoPathError      nothing was named that a rebuild could read
"""

FULL = "Make room on the disk and run the command again; nothing is lost."
"""The cure for a full disk."""


class YijuError(Exception):
    """Base of all: one plain sentence that says what was wrong and what to do."""


class ArticleError(YijuError):
    """An article or a file that can't be taken in."""


class StoreError(YijuError):
    """The store can't be used as it is."""


class NoIndexError(StoreError):
    """There is no index yet."""


class MismatchError(StoreError):
    """The index was made with other settings, or its files were damaged."""


class ModelError(YijuError):
    """The embedding model can't be loaded."""


class BusyError(YijuError):
    """Another rebuild holds the store."""


class UsageError(YijuError):
    """What was asked for makes no sense as asked."""


class NoPathError(UsageError):
    """Nothing was named that a rebuild could read, now or earlier."""


class QualityError(YijuError):
    """A new index finds less than the one before, and was not made current."""
