"""Cut Chinese sentences into clauses, without asides and without what only introduces them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.article import Span

_PAIRS = dict(zip("“‘「『《〈（([【〔", "”’」』》〉）)]】〕", strict=True))
_CLOSING = frozenset(_PAIRS.values())
_MARKS = frozenset("，；：。,;:")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = r"(?:19|20)\d{2}\s?年"
_DATE = (
    rf"(?:{_YEAR})?\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?[日号])?"
    rf"|{_YEAR}(?:年?底|末|初|[上下]半年|(?:第?[一二三四]季度))?|\d{{1,2}}\s?[日号]"
)
# A clause that only says who says so, or when.
_LEAD = re.compile(
    rf"(?:截[至止]|在|自|从|于)?(?P<date>{_DATE})(?:[上下]午|凌晨|晚间?|[早中]上)?"
    r"|(?:今[天日]|昨[天日]|近日|日前|目前|此前|最近|不久前|同时|此外|另外|其中)"
    r"|.{0,24}(?:消息|报道|获悉|讯|电|了解到?|介绍|表示|说|显示|指出|称|透露|公告|宣布|统计|数据|认为|悉)"
)
_OPENING_DATE = re.compile(rf"(?P<date>{_DATE})\s?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without its asides; `offsets` has the place of each character in the sentence.

    `date` is the range of the date that introduces it, if any.
    """

    text: str
    offsets: tuple[int, ...]
    date: Span | None

    def at(self, span: Span) -> Span:
        """Return the range of the sentence that a range of the clause stands for."""
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)


def clauses(sentence: str) -> Iterator[Clause]:
    """Yield the clauses of a simplified sentence, but for those that only introduce the next.

    >>> [clause.text for clause in clauses("据悉，3月2日，甲桥(又称乙桥)通车，长5公里。")]
    ['甲桥通车', '长5公里']
    """
    date: Span | None = None
    for span in _cut(sentence):
        text = span.of(sentence)
        start = span.start + len(text) - len(text.lstrip())
        if lead := _LEAD.fullmatch(text.strip()):
            if lead["date"]:
                date = Span(start + lead.start("date"), start + lead.end("date"))
            continue
        if opening := _OPENING_DATE.match(sentence, start, span.end):
            date, start = Span(*opening.span("date")), opening.end()
        yield _without_asides(sentence, Span(start, span.end), date)
        date = None


def is_balanced(text: str) -> bool:
    """Return whether every bracket and quotation mark has its other half.

    >>> is_balanced("《甲》（乙）"), is_balanced("甲》")
    (True, False)
    """
    stack: list[str] = []
    for char in text:
        if char in _PAIRS:
            stack.append(_PAIRS[char])
        elif char in _CLOSING and (not stack or stack.pop() != char):
            return False
    return not stack


def _without_asides(sentence: str, span: Span, date: Span | None) -> Clause:
    asides = [match.span() for match in _ASIDE.finditer(sentence, span.start, span.end)]
    offsets = [
        at
        for at in range(span.start, span.end)
        if not any(start <= at < end for start, end in asides)
    ]
    return Clause("".join(sentence[at] for at in offsets).rstrip(), tuple(offsets), date)


def _cut(sentence: str) -> Iterator[Span]:
    """Cut a sentence at the marks outside of brackets and quotation marks."""
    start = depth = 0
    for at, char in enumerate(sentence):
        depth += (char in _PAIRS) - (char in _CLOSING)
        in_number = sentence[at - 1 : at].isdigit() and sentence[at + 1 : at + 2].isdigit()
        if char in _MARKS and not depth and not in_number:
            yield Span(start, at)
            start = at + 1
    if start < len(sentence):
        yield Span(start, len(sentence))
