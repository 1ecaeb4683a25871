"""Find what an earlier question was about, with all the words of its name.

`海燕X3的内胆能用几年?` is about 海燕X3, `山东省第二技校教务主任是谁?` about the school: what is
asked of it (`内胆`, `教务主任`) is no part of it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.language import is_han
from qa.question.asked.heads import head_type
from qa.question.topic import ASKED, THINGS, ends_name, topic
from qa.question.wording import Wording

_ASKED = re.compile(
    rf"(?:大约|大概|一共|总共|共|到底)?(?:是|在|由|被|为|有|叫|达)?(?:了|过)?(?:{ASKED})"
)
_NOUN = re.compile(r"n.*|j|eng|vn|b|m|q|s|f|i|l|ng|k|h|nz|t|zg|g")
_JOINS = re.compile(r"[“”《》「」『』·—\-_.&+ （）()/\d]+")
_OPENING, _CLOSING = frozenset("“「『《"), frozenset("”」』》")
_OPENS = re.compile(r"^(?:那么?|而|还有|另外|[那这]个?(?=[\u4e00-\u9fff]{2}))[,，]?")
_ROLE = 2  # characters
_SHORTEST = 2
_LONGEST = 30


class _Word(NamedTuple):
    text: str
    tag: str
    start: int


def subject(before: FoldedText, names: Names) -> str | None:
    """Return what a question is about, as it names it; None if that is unclear.

    `"How tall is the Suzhou bridge?"` is about `the Suzhou bridge`.
    """
    if not is_han(before.text):
        return topic(before, THINGS, names)
    whole = Wording.of(before)
    opening = _OPENS.match(whole.simplified)
    rest = whole.part(opening.end() if opening else 0)
    asked = _ASKED.search(rest.simplified)
    stated = rest.part(0, asked.start() if asked else None)
    found = _noun_phrase(stated, names)
    return found or topic(before, THINGS, names)


def _noun_phrase(stated: Wording, names: Names) -> str | None:
    """Return the first owner or, behind a clause, the noun of a statement."""
    words = [_Word(word, tag, span.start) for word, tag, span in names.tagged(stated.simplified)]
    for segment in _segments(words):
        phrase = _leading(segment)
        # A verb within says that it is a clause of what comes next: 挂牌的医院.
        is_clause = len(phrase) < len(segment) and segment[-1] is not words[-1]
        if is_clause or not phrase:
            continue
        start, end = phrase[0].start, _end(phrase, has_owner=len(segment) == len(phrase))
        if _SHORTEST <= end - start <= _LONGEST:
            return stated.text[start:end].strip(" 　")
    return None


def _segments(words: Sequence[_Word]) -> list[list[_Word]]:
    """Cut words at 的 and at commas."""
    segments: list[list[_Word]] = [[]]
    for word in words:
        if word.text in {"的", "，", ","}:
            segments.append([])
        else:
            segments[-1].append(word)
    return [segment for segment in segments if segment]


def _leading(segment: Sequence[_Word]) -> list[_Word]:
    """Return the nouns and names at the beginning of some words."""
    phrase: list[_Word] = []
    is_quoted = False
    for word in segment:
        is_quoted = (is_quoted or word.text in _OPENING) and word.text not in _CLOSING
        if not (is_quoted or _NOUN.fullmatch(word.tag) or _JOINS.fullmatch(word.text)):
            break
        phrase.append(word)
    return phrase


def _end(phrase: Sequence[_Word], *, has_owner: bool) -> int:
    """Return where a phrase ends without the nouns that tell what is asked: 医院|院长."""
    at = len(phrase)
    while has_owner and at > 1 and head_type(phrase[at - 1].text) is not None:
        at -= 1
    if at < len(phrase):
        dropped = phrase[at]
        owner = dropped.text[:-_ROLE]
        if ends_name(owner) and head_type(dropped.text[-_ROLE:]) is not None:
            return dropped.start + len(owner)
    return phrase[at - 1].start + len(phrase[at - 1].text)
