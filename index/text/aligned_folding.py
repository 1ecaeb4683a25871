"""Fold a text for matching and keep, for each folded character, where it comes from.

`FoldedText` keeps offsets only where folding keeps lengths; here `1,000` and `…` have theirs, too.
Characters that fold together (a number with its commas, a letter with its accent) share a range.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from index.article import Span
from index.text.folding import fold, normalize, simplify

# Characters that each fold to one, whatever stands beside them.
_SINGLE = (
    r"\t\n\r\x20-\x7e\u00b7\u2010-\u2016\u2018-\u2023\u3000-\u3029\u3030-\u303f"
    r"\u3400-\u9fff\U00020000-\U000323af\uff01-\uff5e"
)
_MARKS = r"\u0300-\u036f\u20d0-\u20f0\u3099\u309a\uff9e\uff9f"
# What folds together: a letter with its marks, a number with its commas or what is raised beside
# it, and any other character for itself.
_TOGETHER = re.compile(
    rf"[^{_MARKS}][{_MARKS}]+"
    r"|\d{1,3}(?:[,，]\d{3})+(?!\d)"
    r"|\d+[⁰¹²³⁴-⁹⁺⁻₀-₋]+"
    rf"|[^{_SINGLE}]"
)


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A folded text; character `i` of it comes from `text[starts[i]:ends[i]]`."""

    folded: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "AlignedText":
        """Fold a text.

        >>> aligned = AlignedText.of("約1,000萬")
        >>> aligned.folded, aligned.range_of(Span(1, 5))
        ('约1000万', Span(start=1, end=6))
        """
        if _TOGETHER.search(text) is None:
            folded = fold(text)
            if len(folded) == len(text):
                return cls(folded, range(len(text)), range(1, len(text) + 1))
        return cls._of_stretches(text)

    @classmethod
    def _of_stretches(cls, text: str) -> "AlignedText":
        starts: list[int] = []
        ends: list[int] = []
        parts: list[str] = []
        for stretch in _stretches(text):
            part = normalize(stretch.of(text))
            parts.append(part)
            if len(part) == stretch.end - stretch.start:
                starts += range(stretch.start, stretch.end)
                ends += range(stretch.start + 1, stretch.end + 1)
            else:
                starts += repeat(stretch.start, len(part))
                ends += repeat(stretch.end, len(part))
        return cls(simplify("".join(parts)), starts, ends)

    def range_of(self, span: Span) -> Span:
        """Return where in the text a range of the folded text comes from; it must not be empty."""
        return Span(self.starts[span.start], self.ends[span.end - 1])


def _stretches(text: str) -> Iterator[Span]:
    """Yield adjacent ranges of a text that fold independently of each other."""
    end = 0
    for match in _TOGETHER.finditer(text):
        if end < match.start():
            yield Span(end, match.start())
        yield Span(*match.span())
        end = match.end()
    if end < len(text):
        yield Span(end, len(text))
