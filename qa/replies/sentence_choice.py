"""Choose the sentences that sum an article up: central, early, about the subject, no repeats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article, Span
from index.models.encoder import Vectors
from index.text.sentences import sentences
from qa.language import is_han
from qa.reader.sentence_selection import QUOTE_AT_MOST

_CONSIDERED = 200
"""Sentences of an article that are considered: what it is about, it says before."""

_SHORTEST = {True: 10, False: 30}  # characters of a Han sentence, and of another
_FEW, _MANY = 8, 30  # sentences of an article that is summed up by two, and by four
_LEAD_FADES = 4.0  # sentences
_LEAD = 0.5
_ABOUT = 0.4
_DEFINES = 0.6
_OPENING = 12
"""Characters within which a definition names its subject."""

_DANGLES = 0.5
_REPEATS = 0.7
_SAME = 0.92
"""Cosine from which two sentences say the same."""

_LEADS_ON = re.compile(
    r"^(?:[，,、；;：:。）)]|[他她它这那该其此]|但|然而|不过|因此|所以|于是|同时|此外|另外|而且|并且|其中|例如|比如|"
    r"如果|虽然|即使|与此|"
    r"相比之下|换句话说|也就是说|最后|随后|后来|第[二三四五六七八九]|(?:it|this|that|these|those|"
    r"they|he|she|but|however|"
    r"therefore|so|also|moreover|meanwhile|then|such|its|their|his|her|instead|still|yet|and|"
    r"or)\b)",
    re.IGNORECASE,
)
_INTRODUCES = (":", "：", "?", "？")
_DEFINED = re.compile(
    r"(?:[（(][^）)]{0,40}[）)])?[”\"」』》]?[^。，,；;]{0,4}?[,，]?\s*"
    r"(?:是|即|指|为(?!了)|又[称名]|简称|全称|位于|成立于|始建于|(?:is|are|was|were|stands for|"
    r"refers to)\b)"
)
"""What follows a subject where a sentence defines it."""

_NAMED_AS = re.compile(
    r"(?:称为|称作|称之为|[简俗又]称为?|又[名叫]|叫做?|名为|\b(?:known|referred to) as|\bcalled)"
    r"\s?[“\"「《（(]?$"
)
"""What stands before a subject where a sentence names what it has told of."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen sentence of an article, and how well it sums that up."""

    span: Span
    score: float


def quotable(article: Article) -> list[Span]:
    """Return the sentences of an article that can stand alone, in order.

    Not its title, headings and byline, nor what only introduces something else.
    """
    aside = {article.title, *(section.title for section in article.sections)}
    beside = [span for span in (article.title_at, article.source_at, article.published_at) if span]
    spans = []
    for span in sentences(article.text):
        text = span.of(article.text)
        if (
            _SHORTEST[is_han(text)] <= len(text) <= QUOTE_AT_MOST
            and text not in aside
            and not text.endswith(_INTRODUCES)
            and not any(span.overlaps(other) for other in beside)
        ):
            spans.append(span)
    return spans[:_CONSIDERED]


def defines(sentence: str, named: Span) -> bool:
    """Return whether a sentence says what the subject named in that range is."""
    opens = named.start < _OPENING and _DEFINED.match(sentence, named.end) is not None
    return named.end > 0 and (opens or _NAMED_AS.search(sentence[: named.start]) is not None)


def leads_on(sentence: str) -> bool:
    """Return whether a sentence goes on from the one before: `它…`, `但是…`."""
    return _LEADS_ON.match(sentence) is not None


def choose(
    text: str, spans: Sequence[Span], vectors: Vectors, mentions: Sequence[Span | None]
) -> list[Choice]:
    """Choose two to four sentences of a text, best first.

    `vectors` are those of the sentences, `mentions` where each names the subject, if it does.
    """
    scores = _scores(text, spans, vectors, mentions)
    wanted = min(len(spans), 2 if len(spans) < _FEW else 4 if len(spans) > _MANY else 3)
    alike = vectors @ vectors.T
    chosen: list[int] = []
    while len(chosen) < wanted:
        nearest = alike[:, chosen].max(axis=1) if chosen else np.zeros(len(spans), np.float32)
        left = np.where(nearest < _SAME, scores - _REPEATS * nearest, -np.inf)
        left[chosen] = -np.inf
        best = int(np.argmax(left))
        if left[best] == -np.inf:
            break
        chosen.append(best)
    return [Choice(spans[row], float(scores[row])) for row in chosen]


def _scores(
    text: str, spans: Sequence[Span], vectors: Vectors, mentions: Sequence[Span | None]
) -> Vectors:
    centre = vectors.mean(axis=0)
    centre /= np.linalg.norm(centre) or 1.0
    scores = vectors @ centre
    for row, (span, named) in enumerate(zip(spans, mentions, strict=True)):
        sentence = span.of(text)
        scores[row] += _LEAD / (1 + row / _LEAD_FADES)
        scores[row] -= _DANGLES * leads_on(sentence)
        if named is not None:
            scores[row] += _ABOUT + _DEFINES * defines(sentence, named)
    return np.asarray(scores, dtype=np.float32)
