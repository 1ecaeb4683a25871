"""A question's text beside its simplified form, cut and joined together."""

from typing import NamedTuple

from index.text.folding import FoldedText


class Wording(NamedTuple):
    """A text, or part of one, and its simplified form with the same offsets."""

    text: str
    simplified: str

    @classmethod
    def of(cls, forms: FoldedText) -> "Wording":
        """Return the wording of a whole text."""
        return cls(forms.text, forms.simplified)

    def part(self, start: int, end: int | None = None) -> "Wording":
        """Return the range of characters `[start, end)`."""
        return Wording(self.text[start:end], self.simplified[start:end])

    def strip(self) -> "Wording":
        """Return the wording without white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, start + len(self.text.strip()))

    def joined(self, other: "Wording") -> "Wording":
        """Return this wording followed by another."""
        return Wording(self.text + other.text, self.simplified + other.simplified)
