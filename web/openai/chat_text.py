"""An answer as one text with numbered marks, and where its citations lead.

What a chat shows is text alone, so a mark such as `[1]` stands where a citation supports it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from qa.answer import Answer, Citation, PartyAnswer
from qa.language import possibly


@dataclass(frozen=True, slots=True)
class Mark:
    """The range of a mark in a text, and the citation that it stands for."""

    start: int
    end: int
    citation: Citation


def text_of(answer: Answer) -> tuple[str, list[Mark]]:
    """Return what a person reads of an answer, and the marks in it, in order.

    A possible answer follows after the words that nothing sure was found.
    """
    if answer.possible is None:
        return _marked(answer.answer, answer.citations, answer.entries)
    opening = f"{answer.answer}\n\n{possibly(answer.answer)}"
    return _marked(opening + answer.possible.answer, answer.possible.citations)


def link(root: str, citation: Citation) -> str:
    """Return the address at which the page opens the article at the citation.

    `root` is the address of the page, with its slash. See `articleLink` of the page's `routes.js`.
    """
    words = {"start": citation.start, "end": citation.end, "d": citation.digest}
    return f"{root}#/article/{quote(citation.article_id, safe='')}?{urlencode(words)}"


def _marked(
    text: str, citations: Sequence[Citation], entries: Sequence[PartyAnswer] = ()
) -> tuple[str, list[Mark]]:
    """Put a mark where what a citation supports ends; at the end of the text if that is unclear.

    The numbers rise as one reads, whatever the order of the citations is.
    """
    places = sorted(
        (place, at)
        for at, citation in enumerate(citations)
        for place in _places(text, at, citation, entries)
    )
    numbers: dict[int, int] = {}
    pieces, marks, done, length = [], [], 0, 0
    for place, at in places:
        mark = f"[{numbers.setdefault(at, len(numbers) + 1)}]"
        pieces += [text[done:place], mark]
        start = length + place - done
        done, length = place, start + len(mark)
        marks.append(Mark(start, length, citations[at]))
    return "".join([*pieces, text[done:]]), marks


def _places(text: str, at: int, citation: Citation, entries: Sequence[PartyAnswer]) -> list[int]:
    own = [place for entry, place in _ends(text, entries) if entry.citation == at]
    if own:
        return own
    start = text.find(citation.quote)
    return [len(text) if start < 0 else start + len(citation.quote)]


def _ends(text: str, entries: Sequence[PartyAnswer]) -> Iterator[tuple[PartyAnswer, int]]:
    """Yield the entries, and where each ends in the text that has them line by line."""
    done = 0
    for entry in entries:
        words = entry.short_answer or entry.answer
        behind = text.index(entry.party, done) + len(entry.party)
        done = text.index(words, behind) + len(words)
        yield entry, done
