"""Make English questions of sentences of a few plain forms: When did X open? for X opened in 1994.

Each form is a pattern of the whole beginning of a sentence, so that the subject is all of it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.article import Span
from qa.answer_types import AnswerType
from qa.suggestions.draft_question import DraftQuestion

_WORDS = 12
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?P<date>(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}},)? \d{{4}}|(?:1[0-9]|20)\d\d)"
_WHEN = (
    rf" (?:on|in) {_DATE}(?=[.,;:]|$| (?:as|by|with|after|and|but|at|to|for|from|when|because|"
    r"under|during)\b)"
)
_OPENING = rf"(?:(?:On|In) {_DATE},? )"
_IRREGULAR = {
    "began": "begin", "went online": "go online", "took effect": "take effect", "died": "die",
    "came into force": "come into force", "became": "become", "won": "win", "left": "leave",
    "built": "build", "came out": "come out", "wrote": "write", "took office": "take office",
}  # fmt: skip
_TRANSITIVE = frozenset(
    "found establish create launch publish adopt introduce complete release present approve "
    "discover inaugurate form join sign develop design announce ratify invent rename enter receive "
    "pass reach earn declare visit win build write become leave".split()
)
_REGULAR = [
    *(_TRANSITIVE - {"win", "build", "write", "become", "leave"}),
    *"open close start dissolve return move retire appear merge end resign".split(),
]
_BASE = {verb + ("d" if verb.endswith("e") else "ed"): verb for verb in _REGULAR} | _IRREGULAR
# Participles whose past tense is another word, or that do not end like others.
_PARTICIPLES = {
    "built": "built", "written": "wrote", "won": "won", "drawn": "drew", "chosen": "chose",
    "held": "held", "led": "led", "sold": "sold", "bought": "bought", "begun": "began",
}  # fmt: skip
_QUALIFIER = "(?:(?:about|nearly|almost|over|more than|roughly|some|around|approximately) )?"
_NUMBER = rf"(?P<number>{_QUALIFIER}\d[\d,.]*(?<![,.])(?: (?:million|billion|thousand))?)"
_CURRENCY = (
    r"(?:(?:US|HK|A|C)?[$€£¥]\s?\d[\d,.]*(?<![,.])(?: (?:million|billion))?"
    r"|\d[\d,.]* (?:(?:million|billion) )?(?:dollars|euros|pounds|yuan))"
)
_UNIT = "(?:km|kilomet(?:re|er)s|met(?:re|er)s|m|miles|feet|ft)"
_SUBJECT = r"(?P<subject>(?:The )?[A-Z][^,;:()]{1,60}?)"
_NAME = (
    r"(?:the )?[A-Z][\w.'’-]*(?<!\.)(?: (?:of |for |and |the |von |van |de |der )*"
    r"[A-Z][\w.'’-]*(?<!\.))*"
)
_ACTIVE = rf"(?P<verb>{'|'.join(sorted(_BASE, key=len, reverse=True))})"
_PASSIVE = (
    r"(?P<be>was|were) (?P<verb>(?:first |originally |formally |officially )?"
    rf"(?:[a-z]+ed|born|{'|'.join(_PARTICIPLES)}))"
)
_REST = r"(?P<rest>(?: [\w’'-]+){0,6}?)"
_MOST = (
    r"the (?:[a-z-]+ )?(?:capital|largest|oldest|longest|highest|tallest|biggest|busiest|deepest|"
    r"smallest)(?: [a-z]+){0,3} (?:of|in) "
)
_PERSON = re.compile(
    r"\b(?:woman|man|person|president|director|minister|chair\w*|king|queen|emperor|"
    r"\w+(?:er|or|ist|ian))\b"
)
# A subject that is not whole, not known by itself, or none.
_NO_SUBJECT = re.compile(
    r"\b(?:it|its|he|his|she|her|they|their|this|that|these|those|which|who|whom|whose|we|our|you|"
    r"i|there|one|another|other|former|latter|same|such|was|were|is|are|had|has|have|did|will|"
    r"would|can|could|first|second|third|when|where|not|also)\b"
    r"|^[A-Z][a-z]+(?:ion|ship|ment|ing) of\b"
    r"|\b[a-z]+ed (?:the|an?|in|on|to|by|[a-z]+ly)\b"
    r"|^(?:In|On|At|By|For|From|After|Before|Since|During|Under|While|As|If|With|Although|Though|"
    r"But|And|Or|So|However|Until|To|Both|Some|Many|Most|An?|All|Each|Several|Two|Three|Four|Only|"
    r"Here|Now|Then|What|How|Why)\b",
    re.IGNORECASE,
)
_NO_REST = re.compile(
    r"\b(?:it|its|he|him|his|she|her|they|them|their|this|that|these|those|which|who|we|our|where|"
    r"by|and|but|the (?!public\b)[a-z]+$|the [a-z]+ (?:in|on|at|for|to|with)\b|"
    r"(?:in|on|at|of|to|for|from|with|as|the|an?)$)"
)
_NAMED = re.compile(r"(?<!^)(?<!^The )\b[A-Z]|^(?:The )?\w*[A-Z]\w*[A-Z]|\w\.\w")
_ASIDE = re.compile(r" ?\([^()]*\)")


class _Form(NamedTuple):
    """A form of sentences: its pattern, the group that answers, and the question of a match."""

    pattern: re.Pattern[str]
    group: str
    answer_type: AnswerType
    question: Callable[[re.Match[str], str], str]


def questions(sentence: str) -> Iterator[DraftQuestion]:
    """Yield the questions that an English sentence answers."""
    plain, offsets = _without_asides(sentence)
    for form in _FORMS:
        match = form.pattern.match(plain)
        if match is None or (subject := _subject(match)) is None:
            continue
        if not _has_whole_rest(match):
            continue
        question = form.question(match, subject)
        if len(question.split()) <= _WORDS:
            start, end = match.span(form.group)
            span = Span(offsets[start], offsets[end - 1] + 1)
            yield DraftQuestion(question, subject, span, form.answer_type)


def _has_whole_rest(match: re.Match[str]) -> bool:
    """Return whether what follows a verb is whole: Congress adopted needs to say what."""
    groups = match.groupdict()
    rest = groups.get("rest") or ""
    if _NO_REST.search(rest):
        return False
    return bool(rest) or "be" in groups or _BASE.get(groups.get("verb") or "") not in _TRANSITIVE


def _without_asides(sentence: str) -> tuple[str, list[int]]:
    """Return a sentence without what is in brackets, and the place of each character."""
    asides = [match.span() for match in _ASIDE.finditer(sentence)]
    offsets = [
        at for at in range(len(sentence)) if not any(start <= at < end for start, end in asides)
    ]
    return "".join(sentence[at] for at in offsets), offsets


def _subject(match: re.Match[str]) -> str | None:
    """Return the subject of a match as it reads within a question; None if it names nothing."""
    subject = match["subject"]
    if _NO_SUBJECT.search(subject) or not _NAMED.search(subject) or subject.count('"') % 2:
        return None
    return f"the {subject[4:]}" if subject.startswith("The ") else subject


def _when_was(match: re.Match[str], subject: str) -> str:
    return f"When {match['be']} {subject} {match['verb']}{match['rest']}?"


def _when_did(match: re.Match[str], subject: str) -> str:
    return f"When did {subject} {_BASE[match['verb']]}{match['rest']}?"


def _who(match: re.Match[str], subject: str) -> str:
    return f"Who {_PARTICIPLES.get(match['verb'], match['verb'])} {subject}?"


def _how(match: re.Match[str], subject: str) -> str:
    return f"How {match['how']} {match['be']} {subject}?"


def _how_much(match: re.Match[str], subject: str) -> str:
    return f"How much {'does' if match['verb'] == 'costs' else 'did'} {subject} cost?"


def _how_many(match: re.Match[str], subject: str) -> str:
    auxiliary = {"had": "did", "has": "does", "have": "do"}[match["verb"]]
    return f"How many {match['noun']} {auxiliary} {subject} have?"


def _population(_: re.Match[str], subject: str) -> str:
    return f"What is the population of {subject}?"


def _where(match: re.Match[str], subject: str) -> str:
    return f"Where {match['be']} {subject} {match['verb']}?"


def _which(match: re.Match[str], _: str) -> str:
    asking = "Who" if _PERSON.search(match["what"]) else "What"
    return f"{asking} {match['be']} {match['what']}?"


def _forms() -> Iterator[_Form]:
    end = r"(?=[.,;]|$)"
    for verb, question in ((_PASSIVE, _when_was), (_ACTIVE, _when_did)):
        for pattern in (
            f"{_SUBJECT} {verb}{_REST}{_WHEN}",
            f"{_OPENING}{_SUBJECT} {verb}{_REST}{end}",
        ):
            yield _Form(re.compile(pattern), "date", AnswerType.DATE, question)
    yield _Form(
        re.compile(
            rf"{_SUBJECT} {_PASSIVE}(?: (?:on|in) [\w ,]*?\d{{4}})? by (?P<agent>{_NAME})"
            r"(?=[.,;]|$| in \d| on \d)"
        ),
        "agent",
        AnswerType.WHO,
        _who,
    )
    yield _Form(
        re.compile(
            rf"{_SUBJECT} (?P<be>is|was) (?P<number>{_QUALIFIER}\d[\d,.]* {_UNIT}) "
            r"(?P<how>long|tall|high|wide|deep)\b"
        ),
        "number",
        AnswerType.NUMBER,
        _how,
    )
    yield _Form(
        re.compile(rf"{_SUBJECT} (?P<verb>costs?) (?P<number>{_QUALIFIER}{_CURRENCY})"),
        "number",
        AnswerType.MONEY,
        _how_much,
    )
    yield _Form(
        re.compile(
            rf"{_SUBJECT} (?P<verb>has|had|have) {_NUMBER} (?P<noun>[a-z]+(?: [a-z]+)?s)"
            r"(?=[.,;:]|$| and| in| with| that| on| as)"
        ),
        "number",
        AnswerType.NUMBER,
        _how_many,
    )
    yield _Form(
        re.compile(rf"{_SUBJECT} has an? (?:estimated )?population of {_NUMBER}"),
        "number",
        AnswerType.NUMBER,
        _population,
    )
    yield _Form(
        re.compile(
            rf"{_SUBJECT} (?P<be>is|was|are|were) (?P<verb>located|headquartered|situated|born) "
            rf"(?:in|at|on) (?P<place>{_NAME}(?:, [A-Z]\w+)?)(?=[.,;]|$| and)"
        ),
        "place",
        AnswerType.PLACE,
        _where,
    )
    yield _Form(
        re.compile(rf"{_SUBJECT} (?P<be>is|was) (?P<what>{_MOST}{_NAME})(?=[.,;]|$| and| with)"),
        "subject",
        AnswerType.OTHER,
        _which,
    )


_FORMS = tuple(_forms())
