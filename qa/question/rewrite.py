"""Rewrite follow-ups to stand alone: `那NIST呢?`, `What about Canada?`, `是哪一年的事?`."""

import re
from collections.abc import Sequence

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.names import Name, Names
from qa.language import is_han
from qa.question.anaphora import resolve
from qa.question.asked.asked_type import classify
from qa.question.follow_up import Together, completed, unknown
from qa.question.topic import ASKED
from qa.question.wording import Wording

LOOK_BACK = 4
"""Questions that may depend on each other."""

_ELLIPSES = (
    re.compile(r"^(?:那么?|而|还有)?[在对]?(?P<topic>.{1,30}?)(?:(?<!目)的)?呢[?？!！。]*$"),
    re.compile(
        r"^(?:and |so )?(?:what|how) about (?:in |for |by )?(?:the )?(?P<topic>.{1,60}?)[?.! ]*$",
        re.IGNORECASE,
    ),
    re.compile(r"^and (?:in |for |by )?(?:the )?(?P<topic>.{1,60}?)[?.! ]*$", re.IGNORECASE),
)
_ASKED = re.compile(ASKED)
# Not 2000元, nor 5000年.
_YEAR = re.compile(
    r"(?<![\d.,])(?:(?:1\d{3}|20\d\d)年|(?:1[5-9]|20)\d\d"
    r"(?![\d,%年]|\.\d|\s?[元块人个名位只头台辆吨米座户册本件万亿条次亩公千平度分所家美欧日]))"
    r"|(?<![目之以先提])[去今前明后後]年"
)


def stand_alone(
    question: FoldedText,
    earlier: Sequence[str],
    names: Names,
    together: Together = unknown,
) -> str | None:
    """Rewrite a question so that it stands alone; None if it does already.

    `earlier` are the user's questions before it, oldest first. A name or a year that is all there
    is to a question replaces the last one of its type in the question before: `"那NIST呢?"` after
    `"美国通过国家科学基金会投资了多少?"` becomes `"美国通过NIST投资了多少?"`. A question with a
    pronoun, or with nothing of its own, is completed from it, as is one that does not say of what
    it asks (`follow_up`); `together` tells whether the articles tell of both.
    """
    if not earlier:
        return None
    earlier = earlier[-LOOK_BACK:]
    before = FoldedText.of(earlier[-1])
    if rewritten := stand_alone(before, earlier[:-1], names, together):
        before = FoldedText.of(rewritten)
    topic = _topic(Wording.of(question).strip(), names)
    if topic is None:
        resolved = resolve(question, before, names)
        return resolved or completed(question, before, names, together)
    place = _replaced(before, topic, names)
    if place is None and topic.answer_type is AnswerType.DATE:
        # 去年呢, asked of what had no year.
        return topic.text + before.text if topic.text.endswith("年") else None
    if place is None or topic.text in before.text:
        return None
    return before.text[: place.start] + topic.text + before.text[place.end :]


def _asks(text: str) -> bool:
    """Return whether a text has a question of its own."""
    forms = FoldedText.of(text)
    if is_han(text):
        return _ASKED.search(forms.simplified) is not None
    return classify(forms) is not AnswerType.OTHER


def _topic(question: Wording, names: Names) -> Name | None:
    """Return the name or year that is all of a question."""
    for pattern in _ELLIPSES:
        match = pattern.match(question.text)
        # With an answer type of its own it asks something itself.
        if match and not _asks(match["topic"]):
            whole = Span(*match.span("topic"))
            if _YEAR.fullmatch(match["topic"]):
                return Name(match["topic"], AnswerType.DATE, whole)
            return next((name for name in names.find_in(*question) if name.span == whole), None)
    return None


def _replaced(question: FoldedText, topic: Name, names: Names) -> Span | None:
    """Return the range of the last year, or of the last name of the topic's type."""
    if topic.answer_type is AnswerType.DATE:
        return _last_year(question.text, with_unit=topic.text.endswith("年"))
    in_question = names.find_in(question.text, question.simplified)
    longest = [
        name
        for name in in_question
        if not any(
            name.span != other.span and other.span.contains(name.span) for other in in_question
        )
    ]
    same = [name.span for name in longest if name.answer_type is topic.answer_type]
    # Countries and organisations both act: 韩国政府 gives way to 澳大利亚.
    acting = [
        name.span
        for name in longest
        if AnswerType.PERSON not in (name.answer_type, topic.answer_type)
    ]
    fitting = same or acting
    return fitting[-1] if fitting else None


def _last_year(text: str, *, with_unit: bool) -> Span | None:
    """Return the range of the last year, one with 年 if there is any; without 年 if so wanted."""
    years = [Span(*match.span()) for match in _YEAR.finditer(text)]
    sure = [year for year in years if text[year.end - 1] == "年"]
    if sure:
        last = sure[-1]
        is_number = text[last.start].isdigit()
        return Span(last.start, last.end - (is_number and not with_unit))
    return years[-1] if years else None
