"""The answer types, and the groups of them.

A question is classified by `question.asked_type`; spans of the types in `PATTERNS` are found by
`entities.amounts`, names by `entities.names`.
"""

from enum import StrEnum


class AnswerType(StrEnum):
    """The type of answer that a question asks for."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    PERSON = "person"
    ORG = "org"
    WHO = "who"  # a person or an organisation
    PLACE = "place"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    YES_NO = "yes/no"
    TITLE = "title"
    SOURCE = "source"
    PUBLISHED = "published"
    OTHER = "other"


PATTERNS = frozenset(
    {AnswerType.MONEY, AnswerType.PERCENT, AnswerType.NUMBER, AnswerType.DATE, AnswerType.PERIOD}
)
"""Types whose answer is a span that `entities.amounts` finds."""

SURE_AMOUNTS = frozenset({AnswerType.MONEY, AnswerType.PERCENT})
"""Types that are found so reliably that a sentence without a span of it hardly answers."""

SHORT = PATTERNS | {AnswerType.PERSON, AnswerType.ORG, AnswerType.WHO, AnswerType.PLACE}
"""Types whose answer is a span, not a sentence; those not in `PATTERNS` are names."""

OF_ARTICLE = frozenset({AnswerType.TITLE, AnswerType.SOURCE, AnswerType.PUBLISHED})
"""Types that ask about the article itself."""
