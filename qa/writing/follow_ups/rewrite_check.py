"""Decide whether a rewritten question is the question that was asked, in its conversation."""

from collections.abc import Sequence

from index.models.encoder import SentenceEncoder
from index.text.folding import FoldedText, fold
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import has_han
from qa.question.asked.asked_type import classify
from qa.writing.checked_figures import Figures
from qa.writing.checked_names import NameCheck
from qa.writing.negation import denies
from qa.writing.sentence_check import is_plain
from qa.writing.shared_meaning import SharedMeaning

_LONGEST = 300  # characters


class RewriteCheck:
    """Compares rewritten questions with what was said. Threads may share it."""

    def __init__(self, names: Names, encoder: SentenceEncoder) -> None:
        self._tagger = names
        self._names = NameCheck(names, SharedMeaning(encoder))

    def holds(self, rewritten: str, question: str, said: Sequence[str]) -> bool:
        """Return whether a question asks the same as another does in a conversation.

        It asks for the same kind of thing and keeps what the other names; no name, figure or other
        word comes from anywhere but the two.
        """
        known = "\n".join([*said, question])
        return (
            0 < len(rewritten) <= _LONGEST
            and "\n" not in rewritten
            and is_plain(rewritten, [known])
            and has_han(rewritten) == has_han(question)
            and self._keeps(rewritten, question)
            and not Figures.of([(known, None)]).lack(rewritten)
            and not self._names.lacking(rewritten, fold(known), same_script=True)
            and self._names.is_made_of(rewritten, fold(known))
        )

    def _keeps(self, rewritten: str, question: str) -> bool:
        """Return whether a question keeps what another asks for, names, counts and denies."""
        folded, asked = fold(rewritten), fold(question)
        wanted = classify(FoldedText.of(question))
        if wanted not in {AnswerType.OTHER, classify(FoldedText.of(rewritten))}:
            return False
        if denies(folded) != denies(asked) or Figures.of([(rewritten, None)]).lack(question):
            return False
        terms = {fold(term) for term in self._tagger.parts(question)}
        kept = sum(term in folded for term in terms)
        return self._names.named_in(question) <= _within(
            folded, self._names.named_in(question)
        ) and (2 * kept >= len(terms))


def _within(folded: str, names: set[str]) -> set[str]:
    return {name for name in names if name in folded}
