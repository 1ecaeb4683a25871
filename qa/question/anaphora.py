"""Complete questions from the one before: pronouns, and questions without content.

`它有多长?`, `是哪一年的事?`, `Who founded it?`, `When was that?` – a question that names what it is
about is left alone.
"""

import re

from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import is_han
from qa.question.subject import subject
from qa.question.topic import ASKED, PEOPLE, THINGS, ending_with, last_name, statement, topic
from qa.question.wording import Wording

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
_SPOKEN_TO = re.compile("[你您我咱]")
_QUANTITY = re.compile(r"多|几")

# The pronoun must open the question: further on it may refer to something in it.
_PRONOUN = re.compile(
    r"^(?P<lead>请问|那么?|而|还有|为什么|为何|什么时候|何时)?(?:(?P<people>[他她](?:们)?(?![国人]))"
    r"|(?P<of>其(?![他它中实余次间]))|(?P<things>它(?:们)?)|(?:该|[这那][个座家项所])(?P<noun>(?=[\u4e00-\u9fff])))"
)
# Nouns that may refer to a name, and the type of that name.
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


def resolve(question: FoldedText, before: FoldedText, names: Names) -> str | None:
    """Complete a question from the one before it; None if nothing is missing or fits."""
    own = Wording.of(question).strip()
    if not is_han(own.text):
        return _bare_english(own.text, before.text) or _with_topic_english(own.text, before, names)
    pronoun = _PRONOUN.match(own.simplified)
    return _with_topic(own, pronoun, before, names) if pronoun else _bare(own, before, names)


def _bare(question: Wording, before: FoldedText, names: Names) -> str | None:
    """Complete `"是哪一年的事?"` after `"美国投资了多少?"` to `"美国投资是哪一年的事?"`."""
    lead = _LEAD.match(question.simplified)
    own = question.part(lead.end() if lead else 0)
    plain = own.simplified
    asked = _ASKED.search(plain)
    if (
        asked is None
        or _SPOKEN_TO.search(plain)
        or not _is_empty(plain[: asked.start()] + " " + plain[asked.end() :], names)
    ):
        return None
    if asked.group() in _TOO_VAGUE:
        return None
    about = topic(before, THINGS, names)
    stated = statement(before) if is_han(before.text) else Wording("", "")
    text = stated.text
    is_quantity = _QUANTITY.match(asked.group()) and "是" not in plain
    if is_quantity or not _has_verb(stated, names):
        text = about or text
    if not text:
        return None
    why = _WHY.match(plain)
    return f"{why[1]}{text}{own.text[why.end() :]}" if why else text + own.text


def _has_verb(stated: Wording, names: Names) -> bool:
    """Return whether a statement has a verb: something happened."""
    return any(tag in {"v", "vn", "vd"} for _, tag, _ in names.tagged(stated.simplified))


def _is_empty(rest: str, names: Names) -> bool:
    """Return whether the simplified rest of a question has at most a verb."""
    if _EMPTY.fullmatch(rest):
        return True
    words = [(word, tag) for word, tag, _ in names.tagged(rest) if not _EMPTY.fullmatch(word)]
    return sum(len(word) for word, _ in words) <= _LONGEST_VERBS and not any(
        _OWN.fullmatch(tag) for _, tag in words
    )


def _with_topic(
    question: Wording, pronoun: re.Match[str], before: FoldedText, names: Names
) -> str | None:
    """Complete `"它有多长?"` after a question about 港珠澳大桥 to `"港珠澳大桥有多长?"`."""
    end = pronoun.end()
    if pronoun["noun"] is None:
        referent = _whole(
            topic(before, PEOPLE if pronoun["people"] else THINGS, names), before, names
        )
    else:
        referent, length = _called(question.simplified[end:], Wording.of(before), names)
        end += length
    if not referent or referent in question.text:
        return None
    lead = pronoun["lead"] or ""
    kept = question.text[: len(lead)] if lead[:1] in {"为", "什", "何"} else ""
    return kept + referent + ("的" if pronoun["of"] else "") + question.text[end:]


def _whole(referent: str | None, before: FoldedText, names: Names) -> str | None:
    """Return the subject of a question if it holds the referent, of which more words are known."""
    about = subject(before, names) if referent else None
    return about if about and referent and referent in about else referent


def _called(rest: str, before: Wording, names: Names) -> tuple[str | None, int]:
    """Return the referent of 该机构 or 这个计划, and the length of its noun."""
    for length in (4, 3, 2):
        phrase = ending_with(before, rest[:length], names)
        if phrase:
            return phrase, length
    for answer_type, nouns in _CALLED:
        noun = nouns.match(rest)
        if noun:
            return last_name(before, {answer_type}, names), noun.end()
    return None, 0


def _bare_english(question: str, before: str) -> str | None:
    """Complete `"When was that?"` after `"How much did we lose?"` to `"When did we lose?"`."""
    bare = _BARE.match(question.rstrip(" ?.!"))
    if bare is None or bare["wh"].lower() in {"what", "which"}:
        return None
    stated = before.rstrip(" ?.!")
    asking, subject = _ASKING.match(stated), _SUBJECT.match(stated)
    if asking:
        return f"{_capital(bare['wh'])} {asking['rest']}?"
    if subject:  # Who founded ISO? Its verb has no other form that is sure.
        return f"{_capital(subject['rest'])}: {bare['wh'].lower()} was that?"
    return None


def _with_topic_english(question: str, before: FoldedText, names: Names) -> str | None:
    """Complete `"Who founded it?"` after a question about ISO to `"Who founded ISO?"`."""
    plain = question.rstrip(" ?.!")
    match = _ENGLISH.match(plain) or _AT_END.match(plain)
    if match is None or any(name.span.start > 0 for name in names.find(match["lead"])):
        return None
    pronoun = match["pronoun"].lower()
    referent = topic(before, PEOPLE if pronoun in _PERSONAL else THINGS, names)
    if not referent:
        return None
    is_object = match.re is _AT_END
    of = "'s" if pronoun in _POSSESSIVE or (pronoun == "her" and not is_object) else ""
    return match["lead"] + referent + of + question[match.end("pronoun") :]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
