"""Many short texts in one string, so that they take little memory and are searched at once."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from index.arrays import Int64Array, cumulated
from index.text.folding import fold


class JoinedTexts(Sequence[str]):
    """Texts by row, immutable."""

    def __init__(self, lines: Sequence[str]) -> None:
        lengths = np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines))
        self._text = "\n".join(lines)
        self._starts = cumulated(lengths)

    @classmethod
    def folded(cls, lines: Iterable[str]) -> "JoinedTexts":
        """Fold each text.

        >>> JoinedTexts.folded(["港珠澳大橋", "ＡＢ"])[1]
        'ab'
        """
        return cls(list(map(fold, lines)))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> str:  # type: ignore[override] # no slices
        return self._text[self._starts[row] : self._starts[row + 1] - 1]

    def having(self, part: str) -> Int64Array:
        """Return the rows whose texts contain a string without a line break, ascending.

        >>> JoinedTexts(["大桥", "地铁", "桥"]).having("桥").tolist()
        [0, 2]
        """
        places = (match.start() for match in re.finditer(re.escape(part), self._text))
        starts = np.fromiter(places, dtype=np.int64)
        return np.unique(np.searchsorted(self._starts, starts, side="right") - 1)
