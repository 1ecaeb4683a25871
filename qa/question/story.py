"""Find the question in what is told before it: `我昨天坐了船。请问票价是多少？`."""

import re
from itertools import pairwise
from typing import NamedTuple

from qa.language import is_han
from qa.question.courtesy import bare
from qa.question.courtesy_words import ASKING, ASKING_EN
from qa.question.topic import ASKED
from qa.question.wording import Wording

_SENTENCE = re.compile(r"[^。！？!?\n；;]+[。！？!?\n；;]*\s*")
_SENTENCE_EN = re.compile(r".+?(?:[.!?]+(?=\s|$)|\n|$)\s*", re.DOTALL)
_CLAUSE = re.compile(r"[，,]\s*")
_ANNOUNCED = re.compile(
    rf"(?:(?:我的|主要的?|具体的?|现在的?)?(?:问题|疑问|提问|问)是?[:：]|"
    rf"(?<=[，,。！？!?；;\s])(?:所以|因此|那|那么|现在|因而|就|顺便|另外)?(?:{ASKING}))[，,:：\s]*"
)
_ANNOUNCED_EN = re.compile(
    rf"(?:\bquestion(?: is)?:|(?<=[,.!?;\s])(?:so |and |but |now )?(?:my question is|"
    rf"{ASKING_EN}))[,:\s]*",
    re.I,
)
_LABEL = re.compile(
    r"^(?:背景|情况|前提|说明|描述|情况说明|问题描述|background|context)\s*[:：]\s*", re.I
)
_ASKS = re.compile(
    rf"{ASKED}|啥|咋|[吗么嘛][?？!！。\s]*$|[?？]\s*$|是否|有没有|([\u4e00-\u9fff])[不没]\1|第几|"
    rf"几[个号点岁天年]"
)
_ASKS_EN = re.compile(
    r"\?\s*$|^(?:and |but |so )?(?:who|what|when|where|why|how|which|whose|in (?:what|which))\b",
    re.I,
)
# Whoever tells a story tells of themselves.
_SELF = re.compile(
    r"^(?!如果|若|要是|假如|万一|只要)(?:因为|由于|最近|昨天|今天|明天|前天|上周|下周|上个?月|下个?月|去年|今年|明年|这几天|周末|"
    r"国庆|春节|暑假|寒假|之前|听说|看到|看见|"
    r"网上|[\u4e00-\u9fff]{0,4}(?=我))*(?:我|咱|俺|本人|家里|听说|朋友|同事|老婆|老公|孩子|爸妈|"
    r"父母|据说|网上说|有人说)"
)
_SHORTEST = 4  # characters of a question


class Story(NamedTuple):
    """A question, and what was told before it, empty if nothing was.

    `is_announced` tells whether the question was introduced as one: 请问, 问题：.
    """

    before: Wording
    question: Wording
    is_announced: bool


def without_story(text: Wording) -> Story:
    """Separate a question from what is told before it."""
    nothing = text.part(0, 0)
    found = _announced(text) or _last_asking(text)
    if found is None or len(found.question.text.strip()) < _SHORTEST:
        return Story(nothing, text, is_announced=False)
    return found


def _announced(text: Wording) -> Story | None:
    """Return the question behind the last `请问` or `问题：` within a text."""
    pattern = _ANNOUNCED if is_han(text.text) else _ANNOUNCED_EN
    for match in reversed(list(pattern.finditer(text.simplified.lower()))):
        if match.start() == 0:
            continue
        question = bare(text.part(match.end()))
        if _asks(question):
            return Story(_unlabelled(text.part(0, match.start())), question, is_announced=True)
    return None


def _last_asking(text: Wording) -> Story | None:
    """Return the sentences from the first that asks on, if others are told before it."""
    han = is_han(text.text)
    cut = _SENTENCE if han else _SENTENCE_EN
    sentences = list(cut.finditer(text.text))
    asking = [number for number, match in enumerate(sentences) if _asks(text.part(*match.span()))]
    if not asking:
        return None
    start = sentences[asking[0]].start()
    if han:
        start += _own_clauses(text.part(start))
    if start == 0:
        return None
    return Story(_unlabelled(text.part(0, start)), text.part(start).strip(), is_announced=False)


def _own_clauses(sentence: Wording) -> int:
    """Return where the question begins in a sentence that first tells of who asks."""
    clauses = [0, *(match.end() for match in _CLAUSE.finditer(sentence.text))]
    begin = 0
    for start, end in pairwise(clauses):
        clause = sentence.part(start, end)
        if not _SELF.match(clause.simplified) or _ASKS.search(clause.simplified.rstrip("，, ")):
            break
        begin = end
    return begin


def _asks(sentence: Wording) -> bool:
    plain = sentence.simplified.strip()
    return (_ASKS if is_han(plain) else _ASKS_EN).search(plain) is not None


def _unlabelled(story: Wording) -> Wording:
    label = _LABEL.match(story.text.lower())
    return story.part(label.end() if label else 0)
