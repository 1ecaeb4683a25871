"""What is a word, in the articles of a generation and in the encoder's vocabulary."""

from collections.abc import Sequence

from index.models.encoder import SentenceEncoder
from index.search.lexical_index import LexicalIndex


class Vocabulary:
    """Tells of folded texts whether they are known. Threads may share it."""

    def __init__(self, lexical: LexicalIndex, encoder: SentenceEncoder) -> None:
        self._lexical = lexical
        self._encoder = encoder

    def occurs(self, text: str) -> bool:
        """Return whether some article may have a text, without false negatives."""
        return self._lexical.mentions(text)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Return how many passages have each word among their words."""
        return dict(zip(words, self._lexical.frequencies(words), strict=True))

    def is_known(self, word: str) -> bool:
        """Return whether a text is one word to the encoder."""
        return len(self._encoder.tokens([word])[0]) == 1
