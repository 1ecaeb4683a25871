"""Complete follow-ups that name neither their topic nor a pronoun: `那馆长是谁?`, `高度呢?`.

What stands for a noun of the question before takes its place (`货船呢?` for 客船); what is asked
of the same thing is asked of it by name. A question that might as well stand alone is completed
only if the articles tell of both together.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.article import Span
from index.text.folding import FoldedText, simplify, traditional
from qa.answer_types import AnswerType
from qa.entities.names import Names, required_entities
from qa.language import is_han
from qa.question.asked.asked_type import classify
from qa.question.asked.heads import head_type
from qa.question.subject import subject
from qa.question.topic import ASKED, ends_name
from qa.question.wording import Wording

Together = Callable[[str, str], bool]
"""Tells whether the articles tell of a topic and of what a question asks together."""

_ASKED = re.compile(ASKED)
_ELLIPSIS = re.compile(
    r"^(?:那么?|而|还有|另外)?[,，]?(?P<of>[^,，]{1,16}?)(?:(?<!目)的)?呢[?？!！。\s]*$"
)
_OF_ANOTHER = re.compile(
    r"^(?:那么?|而|还有)?[,，]?(?P<of>[^,，]{2,16}?)呢[,，、\s]\s*(?P<rest>.+)$"
)
_GOES_ON = re.compile(
    r"^(?:那么?(?![个些里边种家位])|而(?![立且今])|还有|另外|再有|此外|顺便问一?下)[,，]?\s*"
)
_ITSELF = re.compile(
    r"[你您我咱它他她]|这|那[个些里种]|^什么是|哪(?:一?[款种]|些)|世界|全球|全国|各国|第[一二三四五六七八九十\d]|"
    r"首[座条个家位]"
)
_AMONG = re.compile(r"^哪一?[个种家位座项](?:是|最|更|不)")
_LONGEST = 24  # characters of a question that may lean on the one before
_ASKS = {
    AnswerType.PERSON: "是谁", AnswerType.WHO: "是谁", AnswerType.PLACE: "在哪里",
    AnswerType.DATE: "是什么时候", AnswerType.PERIOD: "是多久", AnswerType.MONEY: "是多少",
    AnswerType.NUMBER: "是多少", AnswerType.PERCENT: "是多少", AnswerType.ORG: "是哪家",
    AnswerType.LIST: "有哪些",
}  # fmt: skip
_HAN_NOUN = re.compile(r"n(?!r|s|t).*|b|vn|l")
_COUNTED = re.compile(
    r"(?:多少[个名位家台座只条件本辆所间]?|几[个名位家台座只条件本辆所间])(?P<noun>[\u4e00-\u9fff]{2,4})[?？。]*$"
)
_PROPER = frozenset({"nz", "nt", "ns", "nr"})
_LONG_NAME = 3
_TIME = re.compile(r"t.*")
_VAGUE = frozenset("后来 然后 结果 现在 当时 以后 之后 其他 别的 其它 这里 那里 今天".split())
_TOPIC_EN = re.compile(
    r"^(?:and |so |but )?(?:what|how) about (?:the |its |their )?(?P<of>[a-z][a-z -]{2,30}?)[?. ]*$"
    r"|^and (?:the |its |their )(?P<of_and>[a-z][a-z -]{2,30}?)[?. ]*$",
    re.I,
)
_AMONG_EN = re.compile(r"^(?:and )?which (?:one|ones|of (?:them|these|those))\b(?P<rest>.+)$", re.I)
_SEVERAL_EN = re.compile(r"^what (?:are|were) (?P<all>the .+?)[?. ]*$", re.I)
_MEASURE_EN = re.compile(
    r"^(?:and )?(?P<how>how (?:tall|long|old|big|large|high|deep|far|wide|heavy|expensive))[?. ]*$",
    re.I,
)


def unknown(_about: str, _asked: str) -> bool:
    """Return False: nothing is known of the articles."""
    return False


def completed(
    question: FoldedText, before: FoldedText, names: Names, together: Together
) -> str | None:
    """Complete a question from the one before it; None if it needs or finds nothing there."""
    if not is_han(question.text):
        return _completed_english(question.text.strip(), before, names)
    if not is_han(before.text):
        return None
    own = Wording.of(question).strip()
    if ellipsis := _ELLIPSIS.match(own.simplified):
        return _asked_of(own.part(*ellipsis.span("of")), before, names)
    if another := _OF_ANOTHER.match(own.simplified):
        return _told_of(own.part(*another.span("of")), own.part(another.start("rest")))
    return _continued(own, before, names, together)


def _told_of(of: Wording, asked: Wording) -> str | None:
    """Join `"那馆长呢，在哪里上班?"` to one question."""
    if _ITSELF.search(of.simplified) or not _ASKED.search(asked.simplified):
        return None
    return of.joined(asked).text


def _asked_of(of: Wording, before: FoldedText, names: Names) -> str | None:
    """Ask the question before of another noun: `货船呢?`, `引桥呢?`, `高度呢?`."""
    tagged = list(names.tagged(of.simplified))
    is_time = all(_TIME.fullmatch(tag) for _, tag, _ in tagged)
    kind = head_type(of.simplified)
    is_noun = kind is not None or ends_name(of.simplified) or _is_noun(tagged)
    is_question = _ASKED.search(of.simplified) is not None
    if is_question or of.simplified in _VAGUE or not (is_noun or is_time):
        return None
    whole = Wording.of(before)
    if like := _like(of.simplified, whole, names, is_time=is_time):
        start, end = like
        return whole.text[:start] + of.text + whole.text[end:]
    if is_time:
        return of.text + whole.text
    about = subject(before, names)
    if about is None or about not in whole.text:
        return None
    if kind in _ASKS:
        asked = _ASKS[kind]
        is_traditional = of.text != of.simplified or whole.text != whole.simplified
        return f"{about}的{of.text}{traditional(asked) if is_traditional else asked}？"
    end = whole.text.index(about) + len(about)
    rest = whole.text[end:].removeprefix("的")
    return f"{whole.text[:end]}的{of.text}{rest}"


def _is_noun(tagged: Sequence[tuple[str, str, Span]]) -> bool:
    return bool(tagged) and _HAN_NOUN.fullmatch(tagged[-1][1]) is not None


def _like(noun: str, before: Wording, names: Names, *, is_time: bool) -> tuple[int, int] | None:
    """Return the range of the noun of a question that another stands for: both 车, 票 or 假."""
    kind = head_type(noun)
    is_counted = kind in {None, AnswerType.PERSON} and not is_time
    if is_counted and (counted := _COUNTED.search(before.simplified)):
        return counted.span("noun")
    for word, tag, span in reversed(list(names.tagged(before.simplified))):
        is_noun = tag[0] in "nbtvlj" and tag not in {"nr", "ns", "nt"}
        if not (is_noun and 1 < len(word) <= len(noun) + 1) or word == noun:
            continue
        alike = word[-1] == noun[-1] or (kind is not None and head_type(word) is kind)
        if alike and not _ASKED.search(word):
            return span.start, span.end
    return None


def _continued(own: Wording, before: FoldedText, names: Names, together: Together) -> str | None:
    """Ask of the same thing what does not say of what it is asked."""
    lead = _GOES_ON.match(own.simplified)
    rest = own.part(lead.end() if lead else 0)
    plain = rest.simplified
    if len(plain) > _LONGEST or not _ASKED.search(plain) or _ITSELF.search(plain):
        return None
    forms = FoldedText.of(rest.text)
    if classify(forms) is AnswerType.DEFINITION:
        return None
    if required_entities(forms, names.find_in(*rest)):
        return None
    about = subject(before, names)
    if about is None or _names_its_own(plain, simplify(about), names):
        return None
    joint = "中" if _AMONG.match(plain) else "的" if _begins_with_a_noun(plain, names) else ""
    if lead is None and not together(about, rest.text):
        return None
    return f"{about}{joint}{rest.text}"


def _names_its_own(question: str, about: str, names: Names) -> bool:
    """Return whether a question shares words with a topic, or has a long name the tagger knows."""
    if any(left + right in question for left, right in pairwise(about)):
        return True
    return any(
        tag in _PROPER and len(word) >= _LONG_NAME for word, tag, _ in names.tagged(question)
    )


def _begins_with_a_noun(question: str, names: Names) -> bool:
    """Return whether what is asked begins with a noun, of which something else has it."""
    asked = _ASKED.search(question)
    stated = question[: asked.start()] if asked else question
    tagged = [(word, tag) for word, tag, _ in names.tagged(stated)]
    if not tagged or not stated:
        return False
    copula = [word for word, _ in tagged].index("是") if ("是", "v") in tagged else len(tagged)
    is_named = copula > 0 and tagged[copula - 1][1].startswith("n")
    opens = len(tagged[0][0]) > 1 and tagged[0][1][0] in "nbj"
    return opens or (is_named and copula < len(tagged))


def _completed_english(question: str, before: FoldedText, names: Names) -> str | None:
    """Complete `"What about the height?"`, `"Which one is new?"`, `"How tall?"`."""
    about = None if is_han(before.text) else subject(before, names)
    if among := _AMONG_EN.match(question):
        several = _SEVERAL_EN.match(before.text.strip())
        return f"Which one of {several['all']}{among['rest']}" if several else None
    if about is None:
        return None
    if measure := _MEASURE_EN.match(question):
        how = measure["how"]
        return f"{how[0].upper()}{how[1:]} is {about}?"
    topic = _TOPIC_EN.match(question)
    of = (topic["of"] or topic["of_and"]) if topic else None
    if of is None or about not in before.text:
        return None
    if head_type(of.lower()):
        return f"What is the {of} of {about}?"
    return before.text.replace(about, f"the {of} of {about}", 1)
