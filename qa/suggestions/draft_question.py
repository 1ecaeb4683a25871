"""A drafted question, and what all drafts are written with."""

import re
from dataclasses import dataclass

from index.article import Span
from qa.answer_types import AnswerType

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|『[^』]*』")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question that a sentence seems to answer: `answer` is a range of the sentence."""

    question: str
    subject: str
    answer: Span
    answer_type: AnswerType


def masked(text: str) -> str:
    r"""Return a text of the same length with nothing to be read in quotation marks.

    >>> masked("《2012》上映")
    '\x01\x01\x01\x01\x01\x01上映'
    """
    return _QUOTED.sub(lambda match: "\x01" * len(match.group()), text)


def tidy(question: str) -> str:
    """Return a Chinese question without the spaces beside Chinese characters, with its mark.

    >>> tidy("一加 Ace 2 Pro 售价多少钱")
    '一加Ace 2 Pro售价多少钱？'
    """
    return _SPACES.sub("", " ".join(question.split())).strip("，、") + "？"
