"""Take the courtesy off a question: greetings, thanks, `请问`, `could you tell me`.

`您好，请问大桥有多长？谢谢！` asks what `大桥有多长？` asks. What is said about such words
(`“谢谢”用日语怎么说`) is a question and stays.
"""

import re

from qa.question.courtesy_words import (
    ANYONE,
    ANYONE_EN,
    ASKING,
    ASKING_EN,
    CLOSING,
    EMBEDS,
    GREETING,
    GREETING_EN,
    JOINT_EN,
    MARK,
    TAG,
    THANKS,
)
from qa.question.topic import ASKED
from qa.question.wording import Wording

_MORE = rf"(?={MARK}|$|{ASKING}|{ANYONE})"
_OPENS = re.compile(
    rf"{MARK}*(?:(?:{GREETING}{_MORE}|{GREETING_EN}(?={MARK}|$))"
    rf"|(?P<asks>{ASKING}|{JOINT_EN}{ASKING_EN}(?={MARK}))|(?P<anyone>{ANYONE}|{JOINT_EN}{ANYONE_EN}))"
    rf"(?:{MARK}|的是(?=[,，:：]))*"
)
_CLOSES = re.compile(
    rf"(?:{MARK}+(?:{CLOSING})+|(?<=[\u4e00-\u9fff])(?:{TAG})"
    rf"|(?<=[\u4e00-\u9fff])(?<![说讲写叫喊的道声句用读念字词回谢示达表致衷心]){THANKS}){MARK}*$"
)
_SOUND = re.compile(
    r"(?<=[\u4e00-\u9fff])(?P<sound>[啊呀哦噢喔哈啦呗诶欸嘞咧哟]+)(?=[?？!！。~～]*$)"
)
# 呢 ends a question that asks something; alone with a topic it is the question: 那校长呢.
_ASKING_SOUND = re.compile(r"(?<=[少么谁哪里儿几年天久个样长高大])(?P<sound>呢)(?=[?？!！。~～]*$)")
_QUESTION_WORD = re.compile(
    rf"(?!几|哪吒)(?:{ASKED})|(?<![那这近前后头好十])几(?!内亚|何)|啥|咋|多[高美重快]"
)
_PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff])(?P<sound>[吗么嘛])(?=[?？!！。~～]*$)")
_EMBEDS = re.compile(EMBEDS)
_MARKS = re.compile(rf"{MARK}*")
_LOOSE = re.compile(r"[\s,，、;；:：~～…—–^\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+$")
_ASKED = re.compile(
    rf"{ASKED}|[多几]|啥|咋|\b(?:who|what|when|where|why|how|which|whose|if|whether)\b"
)
_HOW = r"(?: (?:old|long|far|high|tall|big|large|deep|heavy|wide|fast|much|many))?"
_EMBEDDED = re.compile(
    rf"(?P<asked>(?:what|where|who|when|how){_HOW}) "
    r"(?P<about>(?:(?!is\b|are\b|was\b|were\b)[^\s,?]+ ){1,9})(?P<be>is|are|was|"
    r"were)(?P<end>[?.!]*)$",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:if|whether) ", re.IGNORECASE)
_LONGEST_CLOSE = 200  # characters: the search for marks before it takes their number squared
_LOWER = re.compile(r"[a-z]+(?![\w-])")


def bare(question: Wording) -> Wording:
    """Return a question without the courtesy around it; one that is all courtesy as it is."""
    rest, embeds = _opened(question)
    is_asking = _ASKED.search(rest.simplified.lower()) is not None
    rest = _closed(rest)
    if embeds and is_asking:
        rest = _cut(_PARTICLE, rest)
    rest = _cut(_SOUND, rest)
    if _QUESTION_WORD.search(rest.simplified):
        rest = _cut(_ASKING_SOUND, rest)
    if rest == question or _MARKS.fullmatch(rest.simplified):
        return question
    return _direct(rest, embedded=embeds) if rest.text[:1].isascii() else rest


def _opened(question: Wording) -> tuple[Wording, bool]:
    """Return a question without what opens it, and whether it was embedded in that."""
    rest, embeds = question, False
    while match := _OPENS.match(rest.simplified.lower()):
        behind = rest.part(match.end())
        if match["anyone"] and not _ASKED.search(behind.simplified.lower()):
            break
        embeds |= match["anyone"] is not None or (
            match["asks"] is not None
            and (_EMBEDS.search(match["asks"]) is not None or match["asks"].isascii())
        )
        rest = behind
    return rest, embeds


def _closed(question: Wording) -> Wording:
    """Return a question without what closes it."""
    rest = question
    while match := _CLOSES.search(
        rest.simplified.lower(), max(0, len(rest.simplified) - _LONGEST_CLOSE)
    ):
        # The mark that ends the question stays with it.
        kept = match.start() + (rest.text[match.start()] in "?？!！。.")
        rest = rest.part(0, kept)
        loose = _LOOSE.search(rest.text)
        rest = rest.part(0, loose.start() if loose else None)
    return rest


def _cut(pattern: re.Pattern[str], question: Wording) -> Wording:
    match = pattern.search(question.simplified)
    if match is None:
        return question
    start, end = match.span("sound")
    return question.part(0, start).joined(question.part(end))


def _direct(question: Wording, *, embedded: bool) -> Wording:
    """Return an English question in direct order: `how old he is` gives `How old is he`."""
    text = question.text
    if embedded:
        text = _WHETHER.sub("", text)
        if match := _EMBEDDED.match(text):
            text = f"{match['asked']} {match['be']} {match['about'].strip()}{match['end']}"
    if _LOWER.match(text):
        text = text[0].upper() + text[1:]
    return Wording(text, text)
