"""Take a model's text apart: its sentences, each with the numbers that it cites, and translations.

Whether a sentence holds is left to `sentence_check`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.sentences import sentences

# What comes before its end is thought as well if the server has sent the beginning itself.
_THOUGHTS = re.compile(
    r"\A.*</think(?:ing)?>|<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE
)
_TO = r"\s*[-–—~～至到]\s*"
_NUMBERS = rf"\d{{1,3}}(?:{_TO}\d{{1,3}})?"
_MARK = re.compile(
    r"[^\S\n]*[\[［【]\s*(?:\^|(?:来源|來源|出处|出處|sources?|sentences?)\s*)?"
    rf"(?P<numbers>{_NUMBERS}(?:\s*(?:[,，、;；]|和|与|與|及|and|\s)\s*{_NUMBERS})*)\s*[\]］】]",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(\d+)(?:{_TO}(\d+))?")
_LIST = re.compile(r"^[^\S\n]*(?:[-*•·+]|#{1,6}|>|\d{1,2}[.)、](?!\d))[^\S\n]*", re.MULTILINE)
_PICTURE = re.compile(r"!(?=\s*\[)")
_EMPHASIS = re.compile(r"\*\*|__|`")
_TRANSLATED = re.compile(
    r"^[^\S\n]*TRANSLATION\s*[\[［【]\s*(?P<number>\d{1,3})\s*[\]］】]\s*[:：][^\S\n]*(?P<text>.*)$",
    re.MULTILINE | re.IGNORECASE,
)
# Letters and marks that nobody sees: variation selectors, fillers of Hangul, empty Braille.
_UNSEEN = {
    *map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),
    *"\u034f\u115f\u1160\u2800\u3164\uffa0",
}
_ENDS = re.compile(r"[。！？；…!?.;]+[”’」』》）)\"']*$")
_NEEDS_SPACE = re.compile(r"[.!?;][\"')]*$")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence without its marks, and the numbers in them, from 1, in order."""

    text: str
    numbers: tuple[int, ...]

    @property
    def marked(self) -> str:
        """The sentence with its marks before what ends it.

        >>> CitedSentence("桥长55公里。", (1, 3)).marked
        '桥长55公里[1][3]。'
        """
        marks = "".join(f"[{number}]" for number in self.numbers)
        end = _ENDS.search(self.text)
        at = end.start() if end else len(self.text)
        space = " " if self.text[:at][-1:].isascii() else ""
        return f"{self.text[:at]}{space if marks else ''}{marks}{self.text[at:]}"


@dataclass(frozen=True, slots=True)
class ModelText:
    """The sentences of a model's text, and its translations by number."""

    sentences: list[CitedSentence]
    translations: dict[int, str]


def taken_apart(text: str) -> ModelText:
    """Take a model's text apart; whatever it is, nothing is raised.

    A mark belongs to the sentence that it is in, or that it follows on the same line.

    >>> taken_apart("桥长55公里。[1]通车了[2]。").sentences
    [CitedSentence(text='桥长55公里。', numbers=(1,)), CitedSentence(text='通车了。', numbers=(2,))]
    """
    readable = without_thoughts(text)
    translations = {
        int(match["number"]): match["text"].strip() for match in _TRANSLATED.finditer(readable)
    }
    # Of a picture nothing stays with the sentence before it.
    prose = _EMPHASIS.sub("", _LIST.sub("", _PICTURE.sub("", _TRANSLATED.sub("", readable))))
    return ModelText(_sentences(prose), {at: said for at, said in translations.items() if said})


def without_thoughts(text: str) -> str:
    """Return a text without what a model thinks aloud, and without what nobody sees."""
    return _THOUGHTS.sub("", visible(text))


def visible(text: str) -> str:
    """Return a text without what can't be stored and what nobody sees."""
    storable = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    return "".join(
        char
        for char in storable.replace("\t", " ")
        if char == "\n"
        or (unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cn"} and char not in _UNSEEN)
    )


def _sentences(prose: str) -> list[CitedSentence]:
    plain, marks = _without_marks(prose)
    spans = sentences(plain)
    numbers: list[list[int]] = [[] for _ in spans]
    for at, cited in marks:
        before = [row for row, span in enumerate(spans) if span.start < at]
        row = before[-1] if before else 0
        # A mark that opens a line is about what follows it.
        if before and "\n" in plain[spans[row].end : at] and row + 1 < len(spans):
            row += 1
        if spans:
            numbers[row] += cited
    cited_sentences = (
        CitedSentence(span.of(plain), tuple(dict.fromkeys(cited)))
        for span, cited in zip(spans, numbers, strict=True)
    )
    return [sentence for sentence in cited_sentences if any(map(str.isalnum, sentence.text))]


def _without_marks(prose: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """Return a text without its marks, and where in it each of them stood."""
    plain, marks, end = "", list[tuple[int, list[int]]](), 0
    for match in _MARK.finditer(prose):
        plain += prose[end : match.start()]
        marks.append((len(plain), list(_numbers_of(match["numbers"]))))
        end = match.end()
        if _NEEDS_SPACE.search(plain) and prose[end : end + 1].isalnum():
            plain += " "  # so that two sentences stay two
    return plain + prose[end:], marks


def _numbers_of(mark: str) -> Iterator[int]:
    """Yield the numbers of a mark: `2, 4-6` has four."""
    for first, last in _NUMBER.findall(mark):
        yield from range(int(first), int(last or first) + 1)
