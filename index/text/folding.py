"""Fold text for matching: width, letter case, radicals, and traditional Chinese to simplified.

What nobody sees (soft hyphens, zero-width marks) is dropped; raised figures stay apart from the
number before them.

Folded text is never stored or cited: its offsets are not those of the article.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import opencc

from index.text.odd_characters import with_characters, with_plain_marks

_WIDE_MARKS = [
    (mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）％～．…\u3000"
]
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _traditionalizer() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Normalize width, case, script and thousands separators, for matching.

    Lone surrogates, which can't be stored, become `?`, so that matching can't fail on them.

    >>> fold("１,０００萬 Ｎist"), fold("⻓江 10⁶")
    ('1000万 nist', '长江 10^6')
    """
    return _converted(normalize(text))


def normalize(text: str) -> str:
    """Normalize width, case and thousands separators, but not the script.

    >>> normalize("１,０００萬 Ｎist")
    '1000萬 nist'
    """
    lowered = _nfkc(with_plain_marks(text)).lower()
    # Once more: with some accents, only the small letter has a composed form.
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", lowered))


def _nfkc(text: str) -> str:
    """Normalize a text to NFKC.

    The marks that nearly every Chinese text has are replaced first: what remains is mostly in that
    form already, which is seen in a tenth of the time.
    """
    if not unicodedata.is_normalized("NFKC", text):
        for wide, narrow in _WIDE_MARKS:
            text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text with its normalized forms, each computed once.

    Offsets in `simplified` and `lowered` are offsets in `text`; those in `folded` are not.
    """

    text: str
    simplified: str
    lowered: str
    folded: str

    @classmethod
    def of(cls, text: str) -> "FoldedText":
        """Compute the forms of a text.

        >>> forms = FoldedText.of("韓國 NIST，１萬")
        >>> forms.simplified, forms.lowered, forms.folded
        ('韩国 NIST，１万', '韩国 nist，１万', '韩国 nist,1万')
        """
        simplified = simplify(text)
        return cls(text, simplified, _lowered(simplified), fold(text))


def traditional(text: str) -> str:
    """Convert simplified characters to traditional ones.

    >>> traditional("1.6亿")
    '1.6億'
    """
    return str(_traditionalizer().convert(text))


def simplify(text: str) -> str:
    """Convert traditional characters and radicals to simplified ones, keeping every offset.

    A text whose length would change, which is rare, is returned unchanged.

    >>> simplify("韓國 NIST")
    '韩国 NIST'
    """
    plain = _converted(text)
    return plain if len(plain) == len(text) else text


def plain(text: str) -> str:
    """Simplify and lower-case a text, keeping every offset.

    >>> plain("韓國 NIST")
    '韩国 nist'
    """
    return _lowered(simplify(text))


def _lowered(text: str) -> str:
    """Lower-case a text, unless its length would change, which is rare."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _converted(text: str) -> str:
    valid = text.encode("utf-8", "replace").decode("utf-8")
    return str(_simplifier().convert(with_characters(valid)))


def fold_answer(text: str) -> str:
    """Fold an answer for comparison: also without white space and commas.

    >>> fold_answer("1,000 萬，元")
    '1000万元'
    """
    return re.sub(r"[\s,，]+", "", fold(text))
