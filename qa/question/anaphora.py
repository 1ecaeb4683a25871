"""Questions that lean on the one before by a pronoun, or by having nothing of their own.

`它有多长?`, `是哪一年的事?`, `Who founded it?`, `When was that?` – a question that names what it is
about is none of these.
"""

import re

from index.text.folding import simplify
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import is_han
from qa.question.topic import ASKED, PEOPLE, THINGS, ending_with, named, statement, topic

_LEAD = re.compile(r"^(?:请问|那么?(?=[^个些里边])|而|另外|又|具体)*[,，]?\s*(?:这(?=是|为))?")
_ASKED = re.compile(ASKED)
_EMPTY = re.compile(
    r"(?:[事情的了呢吗吧啊么过得着是有在由被于要会能就才又还最先后来去到给出花用为从对第一次大约概共总个"
    r"发生?!。,，？！\s]|一共|总共|当时)*"
)
_OWN = re.compile(r"n(?!g).*|j|eng|s|t|i|l|m|b|x")  # tags of words that a question is about
_LONGEST_VERBS = 4  # characters
_TOO_VAGUE = frozenset("什么 怎么 怎么样 怎样 如何 哪".split())
_WHY = re.compile("(?:是)?(为什么|为何)")
_QUANTITY = re.compile(r"多|几")

# The pronoun must open the question: further on it may stand for something in it.
_PRONOUN = re.compile(
    r"^(?P<lead>请问|那么?|而|还有|为什么|为何|什么时候|何时)?(?:(?P<people>[他她](?:们)?(?![国人]))"
    r"|(?P<of>其(?![他它中实余次间]))|(?P<things>它(?:们)?)|(?:该|[这那][个座家项所])(?P<noun>(?=[\u4e00-\u9fff])))"
)
# What a name may be called in short, and of which kind it is then.
_CALLED = (
    (AnswerType.ORG, re.compile("机构|组织|公司|部门|单位|集团|协会|大学|学校|银行|委员会")),
    (AnswerType.PLACE, re.compile("国家|城市|地区|[国省市县]")),
)
_AUX = r"(?:did|does|do|was|were|is|are|will|would|has|have|had|can|could|should)"
_HOW = r"how(?: (?:much|many|long|far|high|tall|big|large|old|deep|often))?"
_WH = rf"(?:when|where|why|who|{_HOW}|what|which)"
_ENGLISH = re.compile(
    rf"^(?P<lead>(?:and |but |so )?(?:(?:in |on |at |by |for )?{_WH}(?: (?!{_AUX}\b)\w+){{0,3}} )?"
    rf"{_AUX} )"
    r"(?P<pronoun>it|he|she|they|its|his|her|their)\b(?! (?:\w+ ){0,3}(?:to|that)\b)",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"^(?P<lead>(?:and )?{_WH} (?:(?!the |an? )\w+ ){{1,3}})(?P<pronoun>it|them|him|her)$", re.I
)
_PERSONAL = frozenset("he she him his her".split())
_POSSESSIVE = frozenset("its his their".split())
_BARE = re.compile(
    rf"^(?:and |but |so )?(?P<wh>(?:in )?(?:what|which) year|{_WH})"
    r"(?: (?:(?:did|does) (?:that|this|it) (?:happen|take place)|(?:was|is) (?:that|this|it)))?$",
    re.IGNORECASE,
)
# Not `Who is the director?`: nothing happens there.
_ASKING = re.compile(
    rf"^(?!(?:what|who|where|which) (?:is|was|are|were)\b).*?\b{_WH}\b.*? (?P<rest>{_AUX} .+)$",
    re.I,
)
_SUBJECT = re.compile(rf"^(?:who|what|which \w+) (?P<rest>(?!{_AUX}\b)\w+ .+)$", re.I)


def filled(question: str, before: str, names: Names) -> str | None:
    """The question with what it leans on taken from the question before, or None."""
    text = question.strip()
    if is_han(text):
        pronoun = _PRONOUN.match(simplify(text))
        if pronoun:
            return _with_topic(text, pronoun, before, names)
        return _bare(text, before, names)
    return _bare_english(text, before) or _with_topic_english(text, before, names)


def _bare(question: str, before: str, names: Names) -> str | None:
    """`"是哪一年的事?"` after `"美国投资了多少?"` → `"美国投资是哪一年的事?"`."""
    lead = _LEAD.match(simplify(question))
    own = question[lead.end() :] if lead else question
    plain = simplify(own)
    asked = _ASKED.search(plain)
    if asked is None or not _is_empty(plain[: asked.start()] + " " + plain[asked.end() :], names):
        return None
    if asked.group() in _TOO_VAGUE:
        return None
    about = topic(before, THINGS, names)
    said = statement(before) if is_han(before) else ""
    if not _tells(said, names) or (_QUANTITY.match(asked.group()) and "是" not in plain):
        said = about or said
    if not said:
        return None
    why = _WHY.match(plain)
    return f"{why[1]}{said}{own[why.end() :]}" if why else said + own


def _tells(said: str, names: Names) -> bool:
    """Whether a statement says that something happened: it has a verb."""
    return any(tag in {"v", "vn", "vd"} for _, tag, _ in names.tagged(said))


def _is_empty(rest: str, names: Names) -> bool:
    """Whether what surrounds a question phrase says nothing but, at most, what is done."""
    if _EMPTY.fullmatch(rest):
        return True
    words = [(word, tag) for word, tag, _ in names.tagged(rest) if not _EMPTY.fullmatch(word)]
    return sum(len(word) for word, _ in words) <= _LONGEST_VERBS and not any(
        _OWN.fullmatch(tag) for _, tag in words
    )


def _with_topic(question: str, pronoun: re.Match[str], before: str, names: Names) -> str | None:
    """`"它有多长?"` after a question about 港珠澳大桥 → `"港珠澳大桥有多长?"`."""
    end = pronoun.end()
    if pronoun["noun"] is None:
        found = topic(before, PEOPLE if pronoun["people"] else THINGS, names)
    else:
        found, length = _called(simplify(question[end:]), before, names)
        end += length
    if not found or found in question:
        return None
    lead = pronoun["lead"] or ""
    kept = question[: len(lead)] if lead[:1] in {"为", "什", "何"} else ""
    return kept + found + ("的" if pronoun["of"] else "") + question[end:]


def _called(rest: str, before: str, names: Names) -> tuple[str | None, int]:
    """What 该机构 or 这个计划 stands for, and the length of its noun."""
    for length in (4, 3, 2):
        found = ending_with(before, rest[:length], names)
        if found:
            return found, length
    for kind, nouns in _CALLED:
        noun = nouns.match(rest)
        if noun:
            return named(before, {kind}, names), noun.end()
    return None, 0


def _bare_english(question: str, before: str) -> str | None:
    """`"When was that?"` after `"How much did the US invest?"` → `"When did the US invest?"`."""
    bare = _BARE.match(question.rstrip(" ?.!"))
    if bare is None or bare["wh"].lower() in {"what", "which"}:
        return None
    said = before.rstrip(" ?.!")
    asking, subject = _ASKING.match(said), _SUBJECT.match(said)
    if asking:
        return f"{_capital(bare['wh'])} {asking['rest']}?"
    if subject:  # Who founded ISO? Its verb has no other form that is sure.
        return f"{_capital(subject['rest'])}: {bare['wh'].lower()} was that?"
    return None


def _with_topic_english(question: str, before: str, names: Names) -> str | None:
    """`"Who founded it?"` after a question about ISO → `"Who founded ISO?"`."""
    plain = question.rstrip(" ?.!")
    match = _ENGLISH.match(plain) or _AT_END.match(plain)
    if match is None or any(name.span.start > 0 for name in names.find(match["lead"])):
        return None
    pronoun = match["pronoun"].lower()
    found = topic(before, PEOPLE if pronoun in _PERSONAL else THINGS, names)
    if not found:
        return None
    is_object = match.re is _AT_END
    of = "'s" if pronoun in _POSSESSIVE or (pronoun == "her" and not is_object) else ""
    return match["lead"] + found + of + question[match.end("pronoun") :]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
