"""Questions that lean on the one before: `那NIST呢?`, `What about Canada?`."""

import re
from collections.abc import Sequence

from qa.kinds import Kind, kind_of
from qa.names import Name, Names

_LOOK_BACK = 4  # questions that may lean on each other
_ELLIPSES = (
    re.compile(r"^(?:那么?|而|还有)?(?P<topic>.{1,30}?)(?:呢|又?如何|又?怎么?样)[?？!！。]*$"),
    re.compile(r"^(?:and |so )?(?:what|how) about (?P<topic>.{1,60}?)[?.! ]*$", re.IGNORECASE),
    re.compile(r"^and (?P<topic>(?:in |for |by )?.{1,60}?)[?.! ]*$", re.IGNORECASE),
)


def stand_alone(question: str, asked: Sequence[str], names: Names) -> str | None:
    """The question rewritten so that it needs no history, or None where it needs no rewriting.

    `asked` are the user's earlier questions, oldest first. What is asked about takes the place of
    the last name of its kind in the question before, or of its last name:
    `"那NIST呢?"` after `"美国通过国家科学基金会投资了多少?"` → `"美国通过NIST投资了多少?"`.
    """
    topic = _topic(question.strip())
    if topic is None or not asked:
        return None
    earlier = asked[-_LOOK_BACK:]
    before = stand_alone(earlier[-1], earlier[:-1], names) or earlier[-1]
    replaced = _to_replace(before, {name.kind for name in names.find(topic)}, names)
    if replaced is None or topic in before:
        return None
    return before[: replaced.span.start] + topic + before[replaced.span.end :]


def _topic(question: str) -> str | None:
    for pattern in _ELLIPSES:
        match = pattern.match(question)
        if match and kind_of(match["topic"]) is Kind.OTHER:  # else it asks something itself
            return match["topic"].strip()
    return None


def _to_replace(question: str, kinds: set[Kind], names: Names) -> Name | None:
    """The last of the longest names, one of the wanted kinds where there is any."""
    found = names.find(question)
    longest = [
        name
        for name in found
        if not any(
            other.span.start <= name.span.start
            and name.span.end <= other.span.end
            and other.span != name.span
            for other in found
        )
    ]
    fitting = [name for name in longest if name.kind in kinds] or longest
    return fitting[-1] if fitting else None
