"""The value type of generation numbers, as text and as a number."""

import re
from collections.abc import Iterable

_NAME = re.compile("[0-9]{6,12}")


class Version(str):
    """The number of a generation, in six digits to sort as text.

    >>> Version.of(7), Version("000007").number
    ('000007', 7)
    """

    __slots__ = ()

    @classmethod
    def of(cls, number: int) -> "Version":
        """Return the version with this number."""
        return cls(f"{number:06}")

    @classmethod
    def is_name(cls, name: str) -> bool:
        """Return whether a folder of this name is a generation's.

        >>> [Version.is_name(name) for name in ("000007", "7", "²", ".000008")]
        [True, False, False, False]
        """
        return _NAME.fullmatch(name) is not None

    @classmethod
    def following(cls, versions: Iterable["Version"]) -> "Version":
        """Return the version after the highest; the first is 000001.

        >>> Version.following([Version("000007"), Version("000003")])
        '000008'
        """
        return cls.of(max((version.number for version in versions), default=0) + 1)

    @property
    def number(self) -> int:
        """The number, as the library stores it."""
        return int(self)
