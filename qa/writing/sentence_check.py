"""Decide whether the citations of a sentence bear it out.

In the same script its clauses are held against theirs, word by word; across languages its figures,
names and denials, and what it means.
"""

import re
import unicodedata
from collections.abc import Sequence

from index.models.encoder import SentenceEncoder
from index.text.folding import fold
from qa.answer import Citation
from qa.entities.names import Names
from qa.language import is_han
from qa.writing.checked_figures import Figures
from qa.writing.checked_names import NameCheck
from qa.writing.clause_check import ComparedClause, agrees, names_are_swapped, tells_of_another
from qa.writing.shared_meaning import SharedMeaning

# What a reader's program might take for a link, a picture or a tag, wherever it comes from.
_MARKUP = re.compile(
    r"!\s*\[|\]\s*[(\[:]|<\s*[a-z!/?]|&#?\w{2,8};|\b(?:javascript|vbscript|data):", re.I
)
_BRACKETED = re.compile(r"[\[〔【][^\[\]〔〕【】]*[\]〕】]?|[\]〕】]")
_ONE_KIND = str.maketrans("〔〕【】", "[][]")
_LONGEST = 500  # characters of a sentence
_LONGER = 6  # times as many characters as a quote, at most, of its translation


class SentenceCheck:
    """Compares sentences with what they cite. Threads may share it."""

    def __init__(self, names: Names, encoder: SentenceEncoder) -> None:
        self._tagger, self._meaning = names, SharedMeaning(encoder)
        self._names = NameCheck(names, self._meaning)

    def holds(self, sentence: str, cited: Sequence[Citation], question: str) -> bool:
        """Return whether the citations bear a sentence out.

        What names their article's title and heading have may be said as well, and across languages
        those of the question.
        """
        quotes = [citation.quote for citation in cited]
        if not cited or len(sentence) > _LONGEST or not is_plain(sentence, quotes):
            return False
        figures = Figures.of((citation.quote, citation.published) for citation in cited)
        if figures.lack(sentence):
            return False
        quoted = fold("\n".join(quotes))
        heads = (head for citation in cited for head in (citation.title, citation.heading))
        head = fold("\n".join(filter(None, heads)))
        if is_han(sentence) != is_han("\n".join(quotes)):
            known = "\n".join([quoted, head, fold(question)])
            return not self._names.lacking(sentence, known, same_script=False) and self._means_what(
                sentence, quotes, known
            )
        said = f"{quoted}\n{head}"
        return (
            not self._names.lacking(sentence, said, same_script=True)
            and self._names.shares(sentence, quoted, said, fold(question))
            and agrees(sentence, quotes, said)
            and not tells_of_another(sentence, quotes, head, self._tagger)
            and not names_are_swapped(sentence, quotes, self._shared_names(sentence, quotes))
        )

    def translates(self, text: str, cited: Citation) -> bool:
        """Return whether a text says in another language what a quote says.

        Its names can't be compared.
        """
        quote = cited.quote
        is_long = len(text) > _LONGER * len(quote)
        if is_long or is_han(text) == is_han(quote) or not is_plain(text, [quote]):
            return False
        if self._names.lacks_address(text, fold(quote)):
            return False
        figures = Figures.of([(quote, cited.published)])
        return not figures.lack(text) and self._means_what(text, [quote], fold(quote))

    def shares(self, sentence: str, cited: Citation) -> bool:
        """Return whether a citation has anything of a sentence, so that it may stand beside it."""
        quote = cited.quote
        if is_han(sentence) != is_han(quote):
            return self._meaning.is_shared(sentence, quote)
        return self._names.shares_any(sentence, fold(quote))

    def _means_what(self, text: str, quotes: Sequence[str], known: str) -> bool:
        """Return whether a text means what quotes in another language say."""
        return self._meaning.is_shared(text, "\n".join(quotes)) and agrees(
            text, quotes, known, self._nearness
        )

    def _nearness(self, clause: ComparedClause, own: ComparedClause) -> float:
        """Return how near clauses in two languages are; a figure that they share decides."""
        shared = len(clause.figures & own.figures)
        return shared + self._meaning.nearness(clause.text, own.text)

    def _shared_names(self, sentence: str, quotes: Sequence[str]) -> list[str]:
        names = self._names.named_in(sentence).union(*map(self._names.named_in, quotes))
        return sorted(name for name in names if name in fold(sentence))


def is_plain(sentence: str, quotes: Sequence[str]) -> bool:
    """Return whether a sentence has no markup, and nothing in brackets that its quotes lack."""
    if _MARKUP.search(unicodedata.normalize("NFKC", sentence)):
        return False
    said = fold("\n".join(quotes)).translate(_ONE_KIND)
    bracketed = _BRACKETED.findall(fold(sentence).translate(_ONE_KIND))
    return all(part in said for part in bracketed)
