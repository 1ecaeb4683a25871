"""Mend a slip in a question: a character typed by its sound (洛杨), or swapped letters (UNSECO).

A slip is a word that neither the articles nor the encoder know, one character away from a word of
the articles. Words of the dictionary and names of persons are left as they are: another character
is another town, or another person.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.article import Span
from index.search.vocabulary import Vocabulary
from index.text.folding import FoldedText
from index.text.function_words import FUNCTION_WORDS
from index.text.homophones import homophones
from qa.answer_types import AnswerType
from qa.entities.names import Names

_HAN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{4,20}(?![A-Za-z0-9])")
_LONGEST_QUESTION = 100
"""The most characters of a question: a longer one is a pasted text, with words of its own."""

_MOST_SLIPS = 3
_MOST_STRANGE = 3 * _MOST_SLIPS
"""The most strange characters: the wrong one and its neighbours, for each slip."""

_LONGEST = 5
"""The most characters of a Han word."""

_OFTEN = 3
"""The fewest passages that have a word which may have been meant."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 7
"""The fewest letters of a word in which one may be wrong, missing or too many."""


@dataclass(frozen=True, slots=True)
class _Slip:
    """A range of a question, the word that was meant there, and how many passages have it."""

    span: Span
    meant: str
    frequency: int

    @property
    def rank(self) -> tuple[int, int, str]:
        """What makes one reading likelier than another, so that all processes agree on it."""
        return len(self.meant), self.frequency, self.meant


def respelled(question: FoldedText, vocabulary: Vocabulary, names: Names) -> str | None:
    """Return a question with its slips mended, None if it has none."""
    if len(question.text) > _LONGEST_QUESTION:
        return None
    slips = [*_han(question, vocabulary, names), *_latin(question, vocabulary, names)]
    text = question.text
    # The last first, so that the ranges of the others stay right.
    for slip in sorted(slips[:_MOST_SLIPS], key=lambda slip: -slip.span.start):
        text = _mended(text, slip)
    return text if text != question.text else None


def _mended(text: str, slip: _Slip) -> str:
    return text[: slip.span.start] + slip.meant + text[slip.span.end :]


def _han(question: FoldedText, vocabulary: Vocabulary, names: Names) -> Iterator[_Slip]:
    """Yield the slips of Han words; what was meant is as long as the slip."""
    text = question.simplified
    tokens = [span for word, _, span in names.tagged(text) if word not in FUNCTION_WORDS]
    strange = list(islice(_strange(text, tokens, vocabulary, names), _MOST_STRANGE + 1))
    if len(strange) > _MOST_STRANGE:
        return
    likely = (slip for place in strange for slip in _likely(text, place, tokens, vocabulary))
    for slip in _apart(sorted(likely, key=lambda slip: slip.rank, reverse=True)):
        if not any(_has_person(whole, slip.span, names) for whole in (text, _mended(text, slip))):
            yield slip


def _strange(
    text: str, tokens: Sequence[Span], vocabulary: Vocabulary, names: Names
) -> Iterator[int]:
    """Yield the places of characters that belong to no known word."""
    for token in tokens:
        word = token.of(text)
        if len(word) > 1 and (vocabulary.is_known(word) or names.is_word(word)):
            continue
        for place in range(token.start, token.end):
            if _is_strange(text, place, vocabulary):
                yield place


def _is_strange(text: str, place: int, vocabulary: Vocabulary) -> bool:
    """Return whether no article and no word has a Han character beside its neighbours."""
    around = text[max(place - 1, 0) : place + 2]
    pairs = [pair for pair in (around[:2], around[-2:]) if _HAN.fullmatch(pair) and pair[1:]]
    if text[place] in FUNCTION_WORDS or not pairs:
        return False
    return not any(vocabulary.occurs(pair) or vocabulary.is_known(pair) for pair in pairs)


def _likely(
    text: str, place: int, tokens: Sequence[Span], vocabulary: Vocabulary
) -> Iterator[_Slip]:
    """Yield what may have been meant by the words around a wrong character."""
    read = [
        (window, text[window.start : place] + character + text[place + 1 : window.end])
        for window in _windows(tokens, place)
        if _HAN.fullmatch(window.of(text))
        for character in homophones(text[place])
    ]
    frequencies = vocabulary.frequencies(list(dict.fromkeys(word for _, word in read)))
    for window, word in read:
        if frequencies[word] >= _OFTEN and vocabulary.is_known(word):
            yield _Slip(window, word, frequencies[word])


def _windows(tokens: Sequence[Span], place: int) -> Iterator[Span]:
    """Yield the ranges of whole tokens around a place that may be one word."""
    near = [
        token for token in tokens if token.end > place - _LONGEST and token.start < place + _LONGEST
    ]
    for first, token in enumerate(near):
        for last in near[first:]:
            window = Span(token.start, last.end)
            length = window.end - window.start
            if length > _LONGEST:
                break
            if length > 1 and window.start <= place < window.end:
                yield window


def _apart(slips: Iterable[_Slip]) -> Iterator[_Slip]:
    """Yield the slips that do not overlap one before them."""
    places: set[int] = set()
    for slip in slips:
        own = range(slip.span.start, slip.span.end)
        if places.isdisjoint(own):
            places.update(own)
            yield slip


def _has_person(text: str, span: Span, names: Names) -> bool:
    """Return whether a range of a text has a part of a person's name."""
    return any(
        name.answer_type is AnswerType.PERSON
        and name.span.start < span.end
        and span.start < name.span.end
        for name in names.find_in(text, text)
    )


def _latin(question: FoldedText, vocabulary: Vocabulary, names: Names) -> Iterator[_Slip]:
    """Yield the slips of Latin words, which keep the case that they are written in."""
    for match in _LATIN.finditer(question.text):
        written, span = match[0], Span(*match.span())
        word = written.lower()
        if vocabulary.is_known(word) or vocabulary.frequencies([word])[word]:
            continue
        near = vocabulary.frequencies(list(_one_slip_away(written)))
        likely = max(near, key=lambda other: (near[other], other), default="")
        if (
            likely
            and near[likely] >= _OFTEN
            and vocabulary.is_known(likely)
            and not _is_of_full_name(question, span, names)
        ):
            yield _Slip(span, _in_case_of(written, likely), near[likely])


def _is_of_full_name(question: FoldedText, span: Span, names: Names) -> bool:
    """Return whether a word is part of a name of several capitalised words, as persons' are."""
    return span.of(question.text).istitle() and any(
        " " in name.text and name.span.start <= span.start < name.span.end
        for name in names.find_in(question.text, question.simplified)
    )


def _in_case_of(written: str, word: str) -> str:
    if written.isupper():
        return word.upper()
    return word.title() if written.istitle() else word


def _one_slip_away(written: str) -> set[str]:
    """Return the words with two letters swapped or, of a long word, one letter wrong.

    Of a capitalised word, which may be a name, only those with two letters swapped; none of one
    with capitals inside it (`iPhone`). After https://norvig.com/spell-correct.html.
    """
    word = written.lower()
    if written not in (word, word.title(), word.upper()):
        return set()
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    if len(word) >= _LONG and written == word:
        near |= {left + right[1:] for left, right in cuts if right}
        near |= {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
        near |= {left + letter + right for left, right in cuts for letter in _LETTERS}
    return near - {word}
