"""Which sentences answer a question that we wrote, in its article and in others."""

from index.library.catalogue import PassageRecord
from index.text.sentences import sentences
from training.written import WrittenQuestion

ALIKE = 0.2
"""Share of bigrams from which a sentence says something alike."""

_OWN = 0.6  # share of bigrams from which a sentence of the article is the one that was asked about
_SAME_STORY = 0.35  # share of a passage's bigrams in the article from which it tells the same


class AnswerJudge:
    """Tells which sentences answer one written question."""

    def __init__(self, asked: WrittenQuestion) -> None:
        self._asked = asked
        text, answer = asked.article.text, asked.answer
        spans = [s for s in sentences(text) if s.start < answer.end and answer.start < s.end]
        self._source = "".join(span.of(text) for span in spans)

    def is_right(self, passage: PassageRecord, quote: str) -> bool:
        """Return whether a sentence is the one asked about, or says something alike elsewhere."""
        if not self._asked.text or self._asked.text not in quote:
            return False
        if passage.article_id == self._asked.article.id:
            return shared_bigrams(quote, self._source) >= _OWN
        # That both have the answer doesn't make them alike.
        around, other = (text.replace(self._asked.text, "\n") for text in (self._source, quote))
        return shared_bigrams(around, other) >= ALIKE


def tells_the_same(passage: PassageRecord, asked: WrittenQuestion) -> bool:
    """Return whether a passage is of another article that tells the same story."""
    if passage.article_id == asked.article.id:
        return False
    return shared_bigrams(passage.text, asked.article.text) >= _SAME_STORY


def shared_bigrams(source: str, text: str) -> float:
    """Return the share of the source's bigrams that a text has."""
    pairs = {source[at : at + 2] for at in range(len(source) - 1)}
    return len(pairs & {text[at : at + 2] for at in range(len(text) - 1)}) / max(len(pairs), 1)
