"""Find numbered parts of a text: 第三条, 第3章, 步骤三, step 3, 附件二; the third item of a list.

A part reaches from its number to the next one, and ends where a part above it begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.article import Span
from index.text.folding import FoldedText, simplify
from index.text.numbers import value_of
from index.text.sentences import trimmed

_N = r"[〇零一二三四五六七八九十百两\d]{1,6}"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_EN = r"article|section|chapter|clause|annex|appendix|part|step|item|point|stage"
LAST = -1
"""The number of the last part."""

# 第三条 is a part of a text before these only: 第三条地铁线 is none.
_PART_BEHIND = (
    r"(?=$|[\s,，。?？、的第中里内是有讲说写指对关规要做干应该怎如包主介具所禁明确为叫属]"
    r"|[和与及跟至\"”》])"
)
_ASKED = (
    re.compile(
        rf"(?:第\s*[(（]?(?P<n>{_N})[)）]?|(?P<last>最后)一?)\s*个?"
        rf"(?P<kind>条|款|项|章|节|编|篇|步骤?|点|部分|阶段|环节|单元|课|讲|附件){_PART_BEHIND}"
    ),
    re.compile(rf"(?P<kind>步骤|附件|附录|附表)\s*(?P<n>{_N})(?!\d|[个份张页])"),
    re.compile(rf"\b(?P<kind>{_EN})\s+(?P<n>\d{{1,3}}|[ivx]{{1,4}})\b"),
    re.compile(rf"\b(?:(?P<n>{'|'.join(_RANKS)})|(?P<last>last|final)) (?P<kind>{_EN})\b"),
)
_OPEN = r"(?:^|(?<=\n))[ \t\u3000#*]*|(?<=[。；;：:！!\n])\s*"
_BEHIND_MARK = r"(?=[\s\u3000：:、，,.．)）]|$|[^\s之的第规至到款项])"
_ABOVE = {
    "款": (),
    "项": (),
    "条": ("节", "章", "编", "篇"),
    "节": ("章", "编", "篇"),
    "章": ("编", "篇"),
}
_INSERTED = 0
_MOST_PARTS = 20
_STEP_KINDS = frozenset("步 步骤 点 项 部分 阶段 环节 条 step item point stage".split())


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part that a question names: its kind, its number, and where the question has it."""

    kind: str
    number: int
    span: Span

    @property
    def may_be_item(self) -> bool:
        """Whether it may be the item of a list that says no more than its number."""
        return self.kind in _STEP_KINDS


def asked_parts(question: FoldedText) -> list[AskedPart]:
    """Return the parts that a question names, in order, up to twenty of them.

    Ranges are of its simplified form.

    >>> [(part.kind, part.number) for part in asked_parts(FoldedText.of("第十二条第2款是什么?"))]
    [('条', 12), ('款', 2)]
    """
    text = question.lowered
    parts: list[AskedPart] = []
    for pattern in _ASKED:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            number = LAST if groups.get("last") else number_of(groups.get("n") or "")
            span = Span(*match.span())
            if number is None or len(parts) == _MOST_PARTS:
                continue
            if not any(span.overlaps(part.span) for part in parts):
                parts.append(AskedPart(match["kind"], number, span))
    return sorted(parts, key=lambda part: part.span.start)


def number_of(written: str) -> int | None:
    """Return the number of a part, however it is written; None for nonsense.

    >>> [number_of(written) for written in ("十二", "12", "iv", "third", "二〇")]
    [12, 12, 4, 3, 20]
    """
    if written.isdigit():
        return int(written)
    if written in _RANKS:
        return _RANKS.index(written) + 1
    if written in _ROMAN:
        return _ROMAN[written]
    if re.fullmatch("[〇零一二三四五六七八九]{2,}", written):
        return int(
            "".join(str("零一二三四五六七八九".index("零" if c == "〇" else c)) for c in written)
        )
    value = value_of(written)
    return None if value is None else int(value)


def parts_of(text: str, kind: str) -> list[tuple[int, Span]]:
    r"""Return the parts of a kind, each with its number, in the order of the text.

    >>> text = "第一条 甲。\n第二条 乙。"
    >>> [(number, span.of(text)) for number, span in parts_of(text, "条")]
    [(1, '第一条 甲。'), (2, '第二条 乙。')]
    """
    plain = simplify(text).lower() if len(text.lower()) == len(text) else simplify(text)
    marks = list(_marks(plain, kind))
    ends = sorted(start for above in _ABOVE.get(kind, ()) for start, _ in _marks(plain, above))
    parts = []
    for (start, number), (following, _) in pairwise([*marks, (len(text), 0)]):
        end = min([following, *(above for above in ends if above > start)])
        parts += [(number, span) for span in trimmed(text, start, end)]
    return parts


def _marks(plain: str, kind: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a kind begin, with their numbers."""
    for match in _mark_pattern(kind).finditer(plain):
        # 第十二条之一 was inserted later, and is a part of its own without a number of its own.
        inserted = match.groupdict().get("inserted")
        number = _INSERTED if inserted else number_of(match["n"])
        if number is not None:
            yield match.start("mark"), number


def _mark_pattern(kind: str) -> re.Pattern[str]:
    if kind.isascii():
        mark = rf"{kind}\s+(?P<n>\d{{1,3}}|[ivx]{{1,4}})\b"
    elif kind in {"附件", "附录", "附表"}:
        mark = rf"{kind}\s*(?P<n>{_N})(?!\d)"
    elif kind in {"步", "步骤"}:
        mark = rf"(?:第(?={_N}步)|步骤\s*|step\s+)(?P<n>{_N})步?骤?"
        return re.compile(rf"(?:{_OPEN})(?P<mark>{mark})")
    else:
        mark = rf"第\s*(?P<n>{_N})\s*{kind}(?P<inserted>之[一二三四五六七八九十])?"
    return re.compile(rf"(?:{_OPEN})(?P<mark>{mark}){_BEHIND_MARK}")


def chosen_part(parts: Sequence[tuple[int, Span]], number: int) -> Span | None:
    """Return the part of a number: the longest, as a table of contents names parts as well."""
    if number == LAST:
        return parts[-1][1] if parts else None
    spans = [span for own, span in parts if own == number]
    return max(spans, key=lambda span: span.end - span.start, default=None)


def paragraph_of(text: str, part: Span, number: int) -> Span | None:
    """Return a paragraph (款) of a part, None if it has fewer."""
    lines = [
        span
        for match in re.finditer(r"[^\n]+", part.of(text))
        for span in trimmed(text, part.start + match.start(), part.start + match.end())
    ]
    lines = [
        line
        for line in lines
        if not re.match(r"[（(][一二三四五六七八九十\d]+[)）]", line.of(text))
    ]
    if number == LAST:
        return lines[-1] if lines else None
    return lines[number - 1] if number <= len(lines) else None
