"""Recognize small talk: greetings, thanks, praise, what Yiju is and can do.

A message is small talk only if every clause of it is.
"""

import re
from collections.abc import Iterator

from index.text.folding import FoldedText
from qa.talk.phrases import FILLER, PHRASES, SOUNDS, WITHOUT_HISTORY, Topic

_LONGEST = 80  # characters of a message
_LONGEST_HAN = 24  # characters of a Chinese clause
_EMOJI = "\u2190-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff"
_CLAUSE = re.compile(rf"[^,.!?;:~^…—–_*|/\\、。·•\n{_EMOJI}-]+")
_EMOJIS = re.compile(f"[{_EMOJI}]+")
_QUOTES = "\"'“”‘’()[]{}「」《》 \t"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLER = re.compile(FILLER)
_LEADING_FILLER = re.compile(rf"{FILLER}(?=[\u4e00-\u9fff]| ) *")


def _compiled(phrases: dict[Topic, tuple[str, ...]]) -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple(
        (topic, re.compile(rf"(?:{'|'.join(patterns)}){SOUNDS}"))
        for topic, patterns in phrases.items()
    )


_PHRASES = _compiled(PHRASES)
_ALONE = _compiled(WITHOUT_HISTORY)
_LEADING = {Topic.GREETING, Topic.THANKS, Topic.ASSENT}
_OPENINGS: list[tuple[re.Pattern[str], frozenset[Topic]]] = [
    (_LEADING_FILLER, frozenset()),
    *((pattern, frozenset([topic])) for topic, pattern in _PHRASES if topic in _LEADING),
]
"""What may stand before other small talk without a mark between."""


def topic_of(message: FoldedText, *, has_history: bool = False) -> Topic | None:
    """Return what a message of small talk is about; None if it may ask the articles something.

    >>> topic_of(FoldedText.of("你好呀，谢谢！"))
    <Topic.THANKS: 5>
    >>> topic_of(FoldedText.of("你好，大桥有多长？")) is None
    True
    """
    if len(message.text) > _LONGEST:
        return None
    topics: set[Topic] = set()
    for clause, _ in _clauses(message.folded):
        own = _topics(clause, has_history=has_history)
        if own is None:
            return None
        topics |= own
    for emojis in _EMOJIS.findall(message.folded):
        topics |= _topics(emojis, has_history=has_history) or {Topic.ASSENT}
    # Marks alone, or `请问`: whoever is at a loss for words is told what can be asked.
    return min(topics, key=lambda topic: topic.value, default=Topic.HELP)


def is_small_talk(message: str) -> bool:
    """Return whether a message of a conversation is small talk."""
    if len(message) > _LONGEST:
        return False
    return topic_of(FoldedText.of(message), has_history=True) is not None


def without_small_talk(message: FoldedText) -> str:
    """Return a folded message without the clauses of small talk around it.

    >>> without_small_talk(FoldedText.of("你好，有几篇文章？谢谢"))
    '有几篇文章?'
    """
    kept = [
        at for clause, at in _clauses(message.folded) if _topics(clause, has_history=True) is None
    ]
    if not kept:
        return ""
    last = next((at for _, at in _clauses(message.folded) if at > kept[-1]), None)
    return message.folded[kept[0] : last].strip()


def _clauses(folded: str) -> Iterator[tuple[str, int]]:
    """Yield the clauses of a message and their offsets."""
    for match in _CLAUSE.finditer(folded):
        clause = match.group().strip(_QUOTES).replace("’", "'")
        if clause:
            yield clause, match.start()


def _topics(clause: str, *, has_history: bool) -> set[Topic] | None:
    """Return the topics of a clause; None if it is no small talk."""
    joined = clause.replace(" ", "") if _HAN.search(clause) else " ".join(clause.split())
    if _HAN.search(joined) and len(joined) > _LONGEST_HAN:
        return None
    for topic, pattern in _PHRASES if has_history else _PHRASES + _ALONE:
        if pattern.fullmatch(joined):
            return {topic}
    if _FILLER.fullmatch(joined):
        return set()
    for opening, own in _OPENINGS:
        match = opening.match(joined)
        if match and 0 < match.end() < len(joined) and _parts_at(joined, match.end()):
            rest = _topics(joined[match.end() :].strip(), has_history=has_history)
            if rest is not None:
                return rest | own
    parts = clause.split() if _HAN.search(clause) else []
    each = [_topics(part, has_history=has_history) for part in parts] if len(parts) > 1 else [None]
    return None if None in each else set[Topic]().union(*filter(None, each))


def _parts_at(clause: str, at: int) -> bool:
    """Return whether a clause may be parted at an offset: between words, or by a Han character."""
    around = clause[at - 1 : at + 1]
    return " " in around or _HAN.search(around) is not None
