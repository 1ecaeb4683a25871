"""Mend a slip in a question: a character typed by its sound (杭洲), or two letters swapped (NITS).

A slip is a word that neither the articles nor the encoder know, one character away from a word of
the articles. Names of persons are left as they are: another character is another person.
"""

import re
from collections.abc import Iterator, Sequence

from index.article import Span
from index.search.vocabulary import Vocabulary
from index.text.folding import FoldedText
from index.text.function_words import FUNCTION_WORDS
from index.text.homophones import homophones
from qa.answer_types import AnswerType
from qa.entities.names import Names

_HAN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{4,}(?![A-Za-z0-9])")
_LONGEST = 5
"""The most characters of a Han word."""

_OFTEN = 3
"""The fewest passages that have a word which may have been meant."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 7
"""The fewest letters of a word in which one may be wrong, missing or too many."""


def respelled(question: FoldedText, vocabulary: Vocabulary, names: Names) -> str | None:
    """Return a question with its slips mended, None if it has none."""
    text = question.text
    for span, mended in [*_han(question, vocabulary, names), *_latin(question, vocabulary)]:
        text = text[: span.start] + mended + text[span.end :]
    return text if text != question.text else None


def _han(question: FoldedText, vocabulary: Vocabulary, names: Names) -> Iterator[tuple[Span, str]]:
    """Yield the words to replace, and what by; their lengths are the same."""
    simplified = question.simplified
    tokens = [span for word, _, span in names.tagged(simplified) if word not in FUNCTION_WORDS]
    strange = [
        place
        for token in tokens
        if not (token.end - token.start > 1 and vocabulary.is_known(token.of(simplified)))
        for place in range(token.start, token.end)
        if _is_strange(simplified, place, vocabulary)
    ]
    for place in strange:
        found = [
            (window.end - window.start, vocabulary.frequency(likely), window, likely)
            for window in _windows(tokens, place)
            if _HAN.fullmatch(window.of(simplified))
            for likely in _by_sound(window.of(simplified), place - window.start)
            if vocabulary.frequency(likely) >= _OFTEN and vocabulary.is_known(likely)
        ]
        if not found:
            continue
        _, _, window, likely = max(found, key=lambda each: each[:2])
        mended = simplified[: window.start] + likely + simplified[window.end :]
        if not any(_is_of_person(text, place, names) for text in (simplified, mended)):
            yield window, likely


def _is_of_person(text: str, place: int, names: Names) -> bool:
    return any(
        name.answer_type is AnswerType.PERSON and name.span.start <= place < name.span.end
        for name in names.find_in(text, text)
    )


def _is_strange(text: str, place: int, vocabulary: Vocabulary) -> bool:
    """Return whether no article and no word has a Han character beside its neighbours."""
    around = text[max(place - 1, 0) : place + 2]
    pairs = [pair for pair in (around[:2], around[-2:]) if _HAN.fullmatch(pair) and pair[1:]]
    if text[place] in FUNCTION_WORDS or not pairs:
        return False
    return not any(vocabulary.occurs(pair) or vocabulary.is_known(pair) for pair in pairs)


def _windows(tokens: Sequence[Span], place: int) -> Iterator[Span]:
    """Yield the ranges of whole tokens around a place that may be one word."""
    for first, token in enumerate(tokens):
        for last in tokens[first:]:
            window = Span(token.start, last.end)
            if window.start <= place < window.end and 1 < window.end - window.start <= _LONGEST:
                yield window


def _by_sound(word: str, at: int) -> list[str]:
    """Return the words that differ in one character, which is read alike."""
    return [word[:at] + character + word[at + 1 :] for character in homophones(word[at])]


def _latin(question: FoldedText, vocabulary: Vocabulary) -> list[tuple[Span, str]]:
    """Return the words to replace, last first, so that ranges stay right."""
    found = []
    for match in _LATIN.finditer(question.text):
        word = match[0].lower()
        if vocabulary.frequency(word) or vocabulary.is_known(word):
            continue
        near = {other: vocabulary.frequency(other) for other in _one_slip_away(word)}
        likely = max(near, key=lambda other: near[other])
        if near[likely] >= _OFTEN and vocabulary.is_known(likely):
            found.append((Span(*match.span()), likely.upper() if match[0].isupper() else likely))
    return found[::-1]


def _one_slip_away(word: str) -> set[str]:
    """Return the words with two letters swapped or, of a long word, one letter wrong.

    After https://norvig.com/spell-correct.html.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    if len(word) >= _LONG:
        near |= {left + right[1:] for left, right in cuts if right}
        near |= {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
        near |= {left + letter + right for left, right in cuts for letter in _LETTERS}
    return near - {word}
