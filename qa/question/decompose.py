"""Split a question about several parties into one for each: `甲和乙分别投入多少?`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Span
from index.text.folding import simplify
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import is_han
from qa.question.asked.heads import head_type

_AND = r"、|以及|和|与|與|跟|及"
_EACH = r"分别|分別|各自|各(?=[有用投出分拨撥提建拿获獲得占佔是为為承完收招设設])"
_OF_ALL = re.compile(
    rf"^(?P<list>[^，,。？?]+?(?:{_AND})[^，,。？?]+?)(?:都)?(?:{_EACH})(?P<rest>.+)$"
)
_COMPARED = re.compile(
    rf"^请?(?:比较|比較|对比|對比)(?:一下)?(?P<list>[^，,。？?]+?(?:{_AND})[^，,。？?]+)$"
)
# 两县, 三国, 三家公司 count the parties; 三院 is the name of one.
_SUFFIX = re.compile(
    r"(?:(?:这|這)?(?<!第)(?:[两兩][县縣市省校院所地方位座]|[两兩二三四五六七八九十几](?:[国國人者]|"
    r"[个個](?:[\u4e00-\u9fff]{2}|[国國县縣市省人])?|家(?:公司|企[业業]|医院|醫院|银行|銀行)?))\s?)?"
    r"(?P<when>(?:今年|去年|前年|明年|\d{4}年)?)$"
)
_MODEL = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
_WHEN = re.compile(r"(?:今年|去年|前年|明年|\d{4}年(?:\d{1,2}月)?)[，,的]?")
# Where no tagger tells the words of a list, these stay whole.
_WHOLE = re.compile(
    r"埃及|呼和浩特|共和(?=[国党])|和平(?!顶山|安|阳|凉|江|谷|湖)|和谐|和记|和县|浦和|及时|普及|涉及|"
    r"参与|与会"
)
_KIND = re.compile(r"^各(?P<noun>[国國市县縣省区區镇鎮村州校])(?:分别|分別|各自)?(?P<rest>.+)$")

_NAME = r"(?:[Tt]he\s)?[A-Z][\w'’&.-]*(?:\s(?:of\s|de\s|the\s)?[A-Z0-9][\w'’&.-]*)*"
_LIST_EN = re.compile(rf"(?P<list>{_NAME}(?:,\s{_NAME})*,?\s(?:and|or|vs\.?|versus)\s{_NAME})")
_JOINT_EN = re.compile(r",\s(?:and\s)?|\s(?:and|or|vs\.?|versus)\s")
_HOW_COMPARED = re.compile(r"\bcompare[ds]?\b(?!\s+(?:the|to))|\bdiffer", re.IGNORECASE)
_COMPARED_EN = re.compile(r"^compare\s+(?P<rest>.+)$", re.IGNORECASE)
_RESPECTIVELY = re.compile(r",?\s(?:respectively|each)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:is|was|does|has)\s(?:the\s)?$", re.IGNORECASE)
_PAIR = re.compile(
    r"^(?:Marks and Spencer|Procter and Gamble|Johnson and Johnson|Ernst and Young|Tyne and Wear|"
    r"Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|Barnes and Noble)$"
)
_KIND_EN = re.compile(
    r"\beach (?P<noun>country|city|company|state|province|town|party|team|school|university)\b",
    re.IGNORECASE,
)
_OPENERS = re.compile(r"^(?:How|What|When|Where|Who|Which|Why|Compare|Did|Do|Does|Is|Are)\s")
_NO_NAME = re.compile(
    r"[各全本该此我两外每这那某几多同另其]|城市|.$|.*(?:[超上股门都城夜集楼车开闭入早菜黑花闹省县地]市|"
    r"[郡市]县|节省|[地社小园景校市城山郊灾片]区|[城乡村重]镇|[农乡]村|神州|[学高院母]校)$"
)
_NAMED_HAN = (
    r"(?:^|(?<=[，,。；;、的和与與及在由\s（(“]))[由在]?(?P<name>[\u4e00-\u9fff]{{1,5}}{noun})"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One party and the question that asks about it alone."""

    party: str
    question: str


def parts(question: str, names: Names | None = None) -> list[Part]:
    """Return the parties that a question names, each with its own question; else nothing.

    `names` tells 和 and 及 within words from joints; without it a few such words are known.

    >>> [part.question for part in parts("甲县和乙县分别投入多少?")]
    ['甲县投入多少？', '乙县投入多少？']
    """
    text = question.strip().rstrip("?？。. ")
    named = _chinese(text, names) if is_han(text) else _english(text)
    return named if len({part.party for part in named}) > 1 else []


def asks_each(question: str) -> str | None:
    """Return the noun of `各市`, `each country`, whose parties only articles name; else None.

    >>> asks_each("各市投入多少?"), asks_each("甲市投入多少?")
    ('市', None)
    """
    text = question.strip()
    match = _KIND.match(text) or _KIND_EN.search(text)
    return match["noun"] if match else None


def parts_among(question: str, noun: str, texts: Sequence[str]) -> list[Part]:
    """Return the parties that texts name, in order, each with its own question."""
    text = question.strip().rstrip("?？。. ")
    match = _KIND.match(text)
    names: list[str] = []
    for passage in texts:
        names += _named(passage, noun)
    ordered = list(dict.fromkeys(names))
    if match:
        return [Part(name, name + match["rest"] + "？") for name in ordered]
    return [Part(name, _KIND_EN.sub(name, text) + "?") for name in ordered]


def _named(text: str, noun: str) -> list[str]:
    if not noun.isascii():
        matches = re.finditer(_NAMED_HAN.format(noun=noun), text)
        names = (match["name"].rpartition("的")[2] for match in matches)
        return [name for name in names if not _NO_NAME.match(name)]
    return [name for match in _LIST_EN.finditer(text) for name in _JOINT_EN.split(match["list"])]


def _chinese(text: str, names: Names | None) -> list[Part]:
    match, rest = _OF_ALL.match(text), "是多少"
    if match is not None:
        rest = match["rest"]
    else:
        match = _COMPARED.match(text)
        if match is None:
            return []
    parties, lead = _listed(match["list"], names), ""
    opened = _WHEN.match(parties[0]) if parties else None
    if opened and opened.group() != parties[0] and not any(map(_WHEN.match, parties[1:])):
        lead, parties[0] = opened.group(), parties[0][opened.end() :]
    if not parties:
        return []
    parties[-1], behind = _shared(parties)
    return [
        Part(party, f"{lead}{party}{behind}{rest}？") for party in _owned(parties, names) if party
    ]


def _listed(listed: str, names: Names | None) -> list[str]:
    """Split a list at its joints, but not within a word nor at the beginning of a name."""
    words = _words(simplify(listed), names)
    parties, start = [], 0
    for joint in re.finditer(_AND, listed):
        opens_name = joint.start() == start and listed[start - 1 : start] != "、"
        if opens_name or any(word.overlaps(Span(*joint.span())) for word in words):
            continue
        parties.append(listed[start : joint.start()])
        start = joint.end()
    return [party for party in (*parties, listed[start:]) if party]


def _words(simplified: str, names: Names | None) -> list[Span]:
    """Return the ranges of the words that are no joints: 埃及."""
    if names is None:
        return [Span(*match.span()) for match in _WHOLE.finditer(simplified)]
    # The hidden Markov model takes 和霁 of 轿车和霁云 for a word.
    return [
        span
        for word, _, span in names.tagged(simplified)
        if not re.fullmatch(_AND, word) and names.is_word(word)
    ]


def _shared(parties: Sequence[str]) -> tuple[str, str]:
    """Return the last party alone, and the year and the noun behind it that all share."""
    last, of, what = parties[-1].rpartition("的")
    if not of or _have_their_own(parties):
        last, of, what = parties[-1], "", ""
    counted = _SUFFIX.search(last)
    if counted is None or counted.start() == 0:  # 2031年和2032年
        return last, of + what
    return last[: counted.start()], counted["when"] + of + what


def _have_their_own(parties: Sequence[str]) -> bool:
    """Return whether the parties are `甲校的校长和乙校的老师`, not `甲厂的A和B的价格`."""
    first, last = (party.rpartition("的") for party in (parties[0], parties[-1]))
    return bool(first[1] and last[1]) and (
        head_type(simplify(first[2])) is not None or head_type(simplify(last[2])) is None
    )


def _owned(parties: Sequence[str], names: Names | None) -> list[str]:
    """Give all parties the owner that the first names: `甲公司的产品A和产品B`."""
    owner, of, first = parties[0].rpartition("的")
    if not of or any("的" in party for party in parties[1:]):
        return list(parties)
    is_person = _is_person(first, names)

    def is_known_alone(party: str) -> bool:
        # 李四 is not owned by the one whom 张三的老师 names, nor a model T7 by the maker of 新款.
        is_model = _MODEL.search(party) is not None and party[0] != first[0]
        return is_model or (_is_person(party, names) and not is_person)

    others = [party if is_known_alone(party) else owner + of + party for party in parties[1:]]
    return [parties[0], *others]


def _is_person(party: str, names: Names | None) -> bool:
    return names is not None and any(
        name.text == party and name.answer_type is AnswerType.PERSON for name in names.find(party)
    )


def _english(text: str) -> list[Part]:
    opened = _OPENERS.match(text)
    begin = opened.end() if opened else 0
    match = _LIST_EN.search(text, begin)
    if match is None or text[: match.start()].lower().endswith("between "):
        return []
    if _is_one(text, match):
        return []
    if not _COMPARED_EN.match(text) and _HOW_COMPARED.search(text):
        return []
    compared = _COMPARED_EN.match(text)
    named = []
    for party in _JOINT_EN.split(match["list"]):
        alone = text[: match.start()] + party + text[match.end() :]
        alone = _RESPECTIVELY.sub("", alone)
        if compared:
            alone = "What are " + alone[compared.start("rest") :]
        named.append(Part(party, alone + "?"))
    return named


def _is_one(text: str, match: re.Match[str]) -> bool:
    """Return whether a list is one name: `Marks and Spencer`, or a singular verb before it."""
    if _PAIR.search(match["list"]):
        return True
    joints = _JOINT_EN.findall(match["list"])
    is_singular = joints == [" and "] and _SINGULAR.search(text[: match.start()]) is not None
    return is_singular and _RESPECTIVELY.search(text) is None
