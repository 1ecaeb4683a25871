"""Split a question about several parties into one for each: `甲和乙分别投入多少?`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language import is_han

_AND = r"、|以及|和|与|與|跟|及"
_EACH = r"分别|分別|各自|各(?=[有用投出分拨撥提建拿获獲得占佔是为為承完收招设設])"
_OF_ALL = re.compile(
    rf"^(?P<list>[^，,。？?]+?(?:{_AND})[^，,。？?]+?)(?:都)?(?:{_EACH})(?P<rest>.+)$"
)
_COMPARED = re.compile(
    rf"^请?(?:比较|比較|对比|對比)(?:一下)?(?P<list>[^，,。？?]+?(?:{_AND})[^，,。？?]+)$"
)
_SUFFIX = re.compile(
    r"(?:(?:这|這)?[两兩二三四五六七八九十几]\s?[国國家市县縣省个個者人校院所地方位座]+)?"
    r"(?P<when>(?:今年|去年|前年|明年|\d{4}年)?)$"
)
_KIND = re.compile(r"^各(?P<noun>[国國市县縣省区區镇鎮村州校])(?:分别|分別|各自)?(?P<rest>.+)$")

_NAME = r"(?:[Tt]he\s)?[A-Z][\w'’&.-]*(?:\s(?:of\s|de\s|the\s)?[A-Z0-9][\w'’&.-]*)*"
_LIST_EN = re.compile(rf"(?P<list>{_NAME}(?:,\s{_NAME})*,?\s(?:and|or|vs\.?|versus)\s{_NAME})")
_JOINT_EN = re.compile(r",\s(?:and\s)?|\s(?:and|or|vs\.?|versus)\s")
_HOW_COMPARED = re.compile(r"\bcompare[ds]?\b(?!\s+(?:the|to))|\bdiffer", re.IGNORECASE)
_COMPARED_EN = re.compile(r"^compare\s+(?P<rest>.+)$", re.IGNORECASE)
_RESPECTIVELY = re.compile(r",?\s(?:respectively|each)\b", re.IGNORECASE)
_KIND_EN = re.compile(
    r"\beach (?P<noun>country|city|company|state|province|town|party|team|school|university)\b",
    re.IGNORECASE,
)
_OPENERS = re.compile(r"^(?:How|What|When|Where|Who|Which|Why|Compare|Did|Do|Does|Is|Are)\s")
_NO_NAME = re.compile("[各全本该此我两外每这那某几多同另其]|城市|.$")
_NAMED_HAN = r"(?:^|(?<=[，,。；;、的和与與及在由\s（(“]))(?P<name>[\u4e00-\u9fff]{{1,5}}{noun})"


@dataclass(frozen=True, slots=True)
class Part:
    """One party and the question that asks about it alone."""

    party: str
    question: str


def parts(question: str) -> list[Part]:
    """Return the parties that a question names, each with its own question; else nothing.

    >>> [part.question for part in parts("甲县和乙县分别投入多少?")]
    ['甲县投入多少？', '乙县投入多少？']
    """
    text = question.strip().rstrip("?？。. ")
    named = _chinese(text) if is_han(text) else _english(text)
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


def _chinese(text: str) -> list[Part]:
    match, rest = _OF_ALL.match(text), ""
    if match is None:
        match = _COMPARED.match(text)
        if match is None:
            return []
        rest = "是多少"
    else:
        rest = match["rest"]
    # A name may begin with a joint: 和县.
    *others, last = re.split(rf"(?<=.)(?:{_AND})", match["list"])
    suffix = _SUFFIX.search(last)
    when = suffix["when"] if suffix else ""
    last = last[: suffix.start()] if suffix else last
    last, of, what = last.rpartition("的") if "的" in last else (last, "", "")
    return [Part(party, f"{party}{when}{of}{what}{rest}？") for party in (*others, last) if party]


def _english(text: str) -> list[Part]:
    opened = _OPENERS.match(text)
    begin = opened.end() if opened else 0
    match = _LIST_EN.search(text, begin)
    if match is None or text[: match.start()].lower().endswith("between "):
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
