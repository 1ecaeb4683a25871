"""Find the numbered part that a question asks for, in the article that it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.article import Span
from index.library.catalogue import PassageRecord
from index.search.query import QueryTerms
from index.search.searcher import Hit, Searcher
from index.text.folding import fold
from index.text.sentences import trimmed
from qa.answer_types import SHORT
from qa.entities.lists import numbered_starts
from qa.question.understand import Question
from qa.structure.coverage import missing_share
from qa.structure.labels import AskedLabels, codes_in, label_form
from qa.structure.numbered_parts import (
    LAST,
    AskedPart,
    asked_parts,
    chosen_part,
    paragraph_of,
    parts_of,
)

_TIED = 0.05
_COVERED = 0.6
_MENTIONED = 0.85
_TITLED = 0.5
_LEAD = 200
_LONGEST_ITEM = 400
_CERTAIN, _LIKELY = 0.9, 0.75
_QUOTED = re.compile(r"《([^《》]{2,60})》")
_GENERIC = re.compile(
    r"内容|规定|什么|哪些|怎么|如何|怎样|要求|请问|告诉我?|介绍|一下|主要|具体|应该|需要|是|的|了|中|里|有|讲|说|"
    r"写|做|干|该|要|吗|呢|啊|为|第|what|does|do|is|are|the|of|in|say|about|which|\W"
)
_HARD = frozenset("条 款 章 编 篇 附件 附录 附表 article section chapter clause annex".split())
"""Parts of laws and the like: where there is no such part, nothing else answers."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part of an article, or of two kinds of nothing: `spans` is empty where it is lacking.

    `whole` says that all of it is asked for, not something that stands in it.
    """

    passage: PassageRecord
    text: str
    spans: tuple[Span, ...]
    whole: bool
    confidence: float

    def has(self, passage: PassageRecord, span: Span) -> bool:
        """Return whether a range of a passage's article overlaps the part."""
        same = passage.article_id == self.passage.article_id
        return same and any(span.overlaps(part) for part in self.spans)


def find_part(
    question: Question, terms: QueryTerms, hits: Sequence[Hit], searcher: Searcher
) -> FoundPart | None:
    """Return the part that a question names; None if it names none or no article has such parts.

    Of the articles with such parts it is the one whose title the question tells best.
    """
    asked = asked_parts(question.forms)
    if not asked or not hits:
        return None
    about = _Subject.of(question, terms, asked)
    articles = [pair for pair in _articles(hits, searcher) if about.may_be_in(*pair)]
    numbered = [(passage, text) for passage, text in articles if _has_parts(text, asked[0])]
    told = {passage.article_id: about.share(passage.title) for passage, _ in numbered}
    best = max(told.values(), default=0.0)
    meant = [(record, text) for record, text in numbered if told[record.article_id] >= best - _TIED]
    for passage, text in meant:
        spans = _spans(text, asked, about)
        if spans:
            said = "\n".join([passage.title, passage.text, *(span.of(text) for span in spans)])
            share = about.share(said)
            whole = question.answer_type not in SHORT or about.is_all(passage.title)
            if share >= _COVERED:
                likely = _CERTAIN if share == 1.0 else _LIKELY
                return FoundPart(passage, text, spans, whole, likely)
    lacking = FoundPart(hits[0].passage, "", (), whole=False, confidence=0.0)
    if meant and best >= _TITLED:
        return lacking
    return lacking if asked[0].kind in _HARD and not about.is_mentioned(hits) else None


def _articles(hits: Sequence[Hit], searcher: Searcher) -> Iterator[tuple[PassageRecord, str]]:
    """Yield the articles of the hits with their best passages."""
    seen: set[str] = set()
    for hit in hits:
        passage = hit.passage
        if passage.article_id not in seen:
            seen.add(passage.article_id)
            article = searcher.catalogue.article(passage.article_id)
            if article is not None:
                yield passage, article.text


def _has_parts(text: str, part: AskedPart) -> bool:
    if len(parts_of(text, part.kind)) > 1:
        return True
    return part.may_be_item and next(numbered_starts(text), None) is not None


def _spans(text: str, asked: Sequence[AskedPart], about: "_Subject") -> tuple[Span, ...]:
    """Return the ranges of the parts: one within the other, or several of one kind."""
    outer = asked[0]
    if len(asked) > 1 and all(part.kind == outer.kind for part in asked):
        spans = [_span(text, part, about) for part in asked]
        return tuple(span for span in spans if span) if all(spans) else ()
    found = _span(text, outer, about)
    for inner in asked[1:]:
        if found is None or inner.span.start - outer.span.end > 2:
            break
        found = _within(text, found, inner)
        outer = inner
    return (found,) if found else ()


def _span(text: str, part: AskedPart, about: "_Subject") -> Span | None:
    parts = parts_of(text, part.kind)
    if len(parts) > 1:
        return chosen_part(parts, part.number)
    return _item(text, part.number, about) if part.may_be_item else None


def _within(text: str, outer: Span, part: AskedPart) -> Span | None:
    """Return a part of a part: a paragraph, a numbered item or a part of its own kind."""
    if part.kind == "款":
        return paragraph_of(text, outer, part.number)
    inner = outer.of(text)
    parts = parts_of(inner, part.kind)
    items = parts or list(enumerate(_items(inner, next(numbered_starts(inner), [])), 1))
    found = chosen_part(items, part.number)
    return Span(outer.start + found.start, outer.start + found.end) if found else None


def _item(text: str, number: int, about: "_Subject") -> Span | None:
    """Return an item of the numbered list that the question is about most."""
    best: tuple[float, int, Span] | None = None
    for starts in numbered_starts(text):
        if number > len(starts):
            continue
        items = _items(text, starts)
        lead = text[max(0, starts[0] - _LEAD) : starts[0]]
        rank = about.share(lead)
        if items and (best is None or (rank, len(items)) > best[:2]):
            best = rank, len(items), items[-1 if number == LAST else number - 1]
    return best[2] if best else None


def _items(text: str, starts: Sequence[int]) -> list[Span]:
    """Return the items of a list that begin at some places; the last one ends with its line."""
    ends = [*starts[1:], len(text)] if starts else []
    items = []
    for start, end in zip(starts, ends, strict=True):
        line = text.find("\n", start)
        of_line = line >= 0 and (end == len(text) or end - start > _LONGEST_ITEM)
        items += trimmed(text, start, min(line if of_line else end, start + _LONGEST_ITEM))
    return items


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a question says beside the part that it names."""

    question: Question
    terms: QueryTerms
    named: str
    asked: Sequence[AskedPart]

    @classmethod
    def of(cls, question: Question, terms: QueryTerms, asked: Sequence[AskedPart]) -> "_Subject":
        named = " ".join(fold(part.span.of(question.forms.simplified)) for part in asked)
        return cls(question, terms, named, asked)

    def share(self, text: str) -> float:
        """Return the weight share of the subject that a text says; 1 without a subject."""
        return 1.0 - missing_share(self.terms, text, self.named)

    def may_be_in(self, passage: PassageRecord, text: str) -> bool:
        """Return whether an article may be meant: it has the title and the codes asked for."""
        opening = label_form(f"{passage.title}\n{text[:_LEAD]}")
        own = label_form(passage.title)
        titles = [label_form(title) for title in _QUOTED.findall(self.question.text)]
        if titles and not any(title in opening or (own and own in title) for title in titles):
            return False
        rest = self.question.forms.simplified
        for part in reversed(self.asked):
            rest = rest[: part.span.start] + " " + rest[part.span.end :]
        around = AskedLabels.of(f"{passage.title}\n{passage.published or ''}\n{text}")
        return all(map(around.has, codes_in(AskedLabels.of(rest))))

    def is_all(self, title: str) -> bool:
        """Return whether the question says nothing but the part and words of the title."""
        rest = self.question.forms.folded
        for part in self.asked:
            rest = rest.replace(fold(part.span.of(self.question.forms.simplified)), " ")
        blocks = SequenceMatcher(None, rest, fold(title), autojunk=False).get_matching_blocks()
        for block in reversed(blocks):
            if block.size > 1:
                rest = rest[: block.a] + " " + rest[block.a + block.size :]
        return len(_GENERIC.sub("", rest)) <= 1

    def is_mentioned(self, hits: Sequence[Hit]) -> bool:
        """Return whether a passage speaks of the part: 根据劳动法第三十六条."""
        name = label_form(self.asked[0].span.of(self.question.forms.simplified))
        titles = [label_form(title) for title in _QUOTED.findall(self.question.text)]
        for hit in hits:
            form = label_form(hit.passage.text)
            if name in form and all(title in form for title in titles):
                said = f"{hit.passage.title}\n{hit.passage.text}"
                if self.share(said) >= _MENTIONED:
                    return True
        return False
