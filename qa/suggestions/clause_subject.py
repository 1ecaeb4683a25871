"""Tell where the subject of a Chinese clause ends, and whether it is known by itself."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.article import Span
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.amounts import candidates
from qa.entities.names import Names, is_common
from qa.question.topic import ends_name
from qa.suggestions.clauses import is_balanced
from qa.suggestions.draft_question import masked

_LENGTH = range(2, 25)  # characters
_PROPER = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz", "eng", "j"})
_OPENING, _CLOSING = frozenset("《“「『"), frozenset("》”」』")
_NOMINAL = re.compile(r"n.*|j|eng|b|vn|l|s|f|k|h|i|an|uj|zg|ag|q|c|a")
_NO_END = frozenset({"uj", "c", "m", "q", "x", "f", "a", "k", "h", "d"})
_LINK = re.compile(r"[“”‘’《》「」『』·\-—/&+.\s]+|\d[\d.]*|[A-Za-z][\w.+-]*")
_ORDINAL = re.compile(
    "第?[一二三四五六七八九十]+[号期代届版]"
    "|(?:第[一二三四五六七八九十]+|首)[条座个家部艘款架次位颗台所]"
)
# Verbs that the dictionary takes for nouns, and nouns that a verb may begin: 开通仪式.
_VERBS = frozenset("印发 落户 挂牌 揭牌".split())
_BEGUN = re.compile("仪式|典礼|活动|大会|会议|比赛|工程|项目|计划|规划|基金")
_SUPERLATIVE = re.compile(
    "(?:全?世界|全球|全国|中国|亚洲|欧洲|非洲|国内|.{2,4}[省市]).{0,6}(?:第[一二三]|首|最|唯一)"
)
_NATIONAL = re.compile("国家|中央|全国|最高|国际|世界")
# Words that stand for a name which was given before.
_GENERAL = re.compile(
    "非|联盟|公司|集团|学校|医院|部门|单位|协会|中心|平台|项目|企业|大[桥坝厦楼赛会]|全线|刑侦|民警|警方|[馆园院校店市省县区][内外里]|毛利|净利|利润|营收"
)
# A part that has a price or a date of its own, which whoever asks can't name alone: PS5版本.
_PARTIAL = re.compile(
    "[^《]*(?:版本?|工况|车型|机型|版块|条款|阶段|环节)(?:的?(?:[起预]?售价|价格|续航里程))?|.{2,4}(?:分会|分行|分校|分公司|支行|站比赛)"
)
# What scrapes run together: the caption of a picture, and the sentence behind it.
_GLUED = re.compile("《[^》]*》[^的“]{9}|.*(.{3,})\\1")


class Word(NamedTuple):
    """A word of a simplified sentence, its tag, and its range."""

    text: str
    tag: str
    span: Span


def subject_length(clause: str, words: Sequence[Word]) -> int:
    """Return how many words from the first on are one noun phrase; 0 for none, or for all.

    The phrase ends before the first amount or date.
    """
    stop = _first_amount(clause)
    count = depth = length = 0
    for at, word in enumerate(words):
        length += len(word.text)
        depth += (word.text in _OPENING) - (word.text in _CLOSING)
        if length > stop or not (depth or _is_nominal(word, words[at + 1 :])):
            break
        count += 1
    while count and words[count - 1].tag in _NO_END and not _LINK.fullmatch(words[count - 1].text):
        count -= 1
    return count if count < len(words) else 0


def names_its_subject(words: Sequence[Word], names: Names) -> bool:
    """Return whether a noun phrase is known by itself: a name, a title, the first of its kind."""
    phrase = "".join(word.text for word in words)
    if (
        len(phrase) not in _LENGTH
        or _GLUED.match(phrase)
        or _PARTIAL.fullmatch(phrase)
        or not is_balanced(phrase)
    ):
        return False
    return (
        _opens_with_name(words)
        or _SUPERLATIVE.match(phrase) is not None
        or _is_national_body(phrase, names)
    )


def is_proper(word: Word) -> bool:
    """Return whether a word is a proper name."""
    return word.tag in _PROPER and not is_common(word.text)


def _is_nominal(word: Word, following: Sequence[Word]) -> bool:
    """Return whether a word may be part of a noun phrase."""
    if word.text in _VERBS or word.tag == "v":
        return bool(following) and _BEGUN.fullmatch(following[0].text) is not None
    if word.tag in {"x", "m"}:
        return any(pattern.fullmatch(word.text) for pattern in (_LINK, _ORDINAL))
    return _NOMINAL.fullmatch(word.tag) is not None


def _first_amount(clause: str) -> int:
    """Return where the first amount or date begins behind the start of a clause."""
    readable = masked(clause)
    ordinals = [Span(*match.span()) for match in _ORDINAL.finditer(readable)]
    spans = (span for kind in PATTERNS for span in candidates(kind, readable))
    return min(
        (span.start for span in spans if span.start and not any(map(span.overlaps, ordinals))),
        default=len(clause),
    )


def _opens_with_name(words: Sequence[Word]) -> bool:
    """Return whether a noun phrase begins with a name: 白鹤滩水电站, though 白鹤 is a bird."""
    first = words[0]
    if _GENERAL.match(first.text):
        return False
    if first.text in _OPENING or first.tag == "j":
        return len(words) > 1 and not first.text.endswith("委")
    if first.tag not in _PROPER or len(first.text) == 1:
        return False
    is_name = not is_common(first.text) and first.tag != "nz"
    return is_name or any(ends_name(word.text) for word in words)


def _is_national_body(phrase: str, names: Names) -> bool:
    """Return whether a phrase begins with a body, though none of its words is a proper name."""
    if _NATIONAL.match(phrase) is None:
        return False
    return any(
        name.span.start == 0 and name.answer_type is AnswerType.ORG for name in names.find(phrase)
    )
