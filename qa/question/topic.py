"""Find the topic of an earlier question, and its statement.

Patterns match the simplified form; its offsets are those of the question as it was put.
"""

import re
from collections.abc import Sequence, Set

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.names import Name, Names
from qa.language import is_han
from qa.question.asked.asked_type import classify
from qa.question.wording import Wording

ASKED = (
    r"(?:为[什甚]么|为何|何[时地年人]|[什甚]么(?:时候|时间|地方|原因|人|日子)?|谁|"
    r"哪(?:[一二三两四五六几]?[个家位所年天日月座条种届里儿国些])?(?:国家|城市|公司|机构|部门|年|月|人)?|"
    r"(?:多少|几)(?:[个家人座项名位台年次条种所艘天月日号届]|公里|平方公里|千米|米|吨|亿|万)?"
    r"(?:钱|资金|投资|[美欧日]?元|人)?|多(?:久|长时间|[长大高远重深快宽])|"
    r"怎么样?|怎样|如何)"
)
"""A Chinese question phrase, in simplified characters."""

_BEFORE_ASKED = r"(?:大约|大概|一共|总共|共|到底)?(?:是|在|由|被|于|为|有|叫|达)?(?:了|过)?"
_QUESTION = re.compile(rf"(?P<lead>{_BEFORE_ASKED})(?P<asked>{ASKED})")
_END = re.compile(r"(?:的事情?|[的了呢吗吧啊?？!！。.,，\s]|是否)+$")
_OPENING = re.compile(r"^(?:请问|那么?|请告诉我|而|还有)[,，]?")
_LEADING = re.compile(r"^([\w“”《》·-]{2,20}?)(?:[的了是有在由被于为因]|一共|总共|什么|哪|多)")
_QUOTED = re.compile(r"[“「『《][^“「『《”」』》]{2,30}[”」』》]")
# Nouns that end a name: 雅万高铁, 博斯公司; but not 主席 or 全长.
_HEAD = re.compile(
    r".*(?:公司|集团|银行|大学|学院|学校|机构|组织|委员会|协会|基金会?|部门?|局|厅|署|大?桥|高铁|铁路|地铁|"
    r"公路|机场|港|车?站|水库|电站|医院|公园|博物馆|工程|项目|计划|规划|方案|任务|系统|平台|法|条例|标准|"
    r"协议|条约|城市?|[省市县区岛州湖江河山]|号|线)"
)
_PROPER = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz", "j", "eng"})
_CODE = re.compile(r"[A-Za-z]+[-\w]*\d[-\w]*|[A-Z]\d*")
_NOUN = re.compile(r"n(?!g).*|j|eng|b|vn|s|m|l")
_HEAD_EN = re.compile(
    r" (?:bridge|railway|line|station|airport|dam|project|programme|program|plan|act|law|standard|"
    r"framework|regulation|directive|system|initiative|challenge|company|agency|fund|university)\b"
)
_WHO_IS = re.compile(
    r"^who(?:m|se)? (?:is|was|are|were) (?P<person>(?:the|its|their) .+|.+['’]s .+)$", re.IGNORECASE
)
_WHO_DID = re.compile(
    r"^who (?P<did>(?!(?:is|was|are|were|do|does|did|has|have|had|will|would|can|could|should)\b)"
    r"\w+ .+)$",
    re.IGNORECASE,
)
_PERSON_ASKED = re.compile(
    r"(?:谁|哪一?位|哪个人)是(?P<is>.+)"
    r"|(?P<of>.+?)(?:现在|目前)?(?:是|叫|为)(?:谁|哪一?位|哪个人|什么(?:名字?)?)"
    r"|谁(?P<did>[^的是].+)"
)
_NUMBERED = re.compile(r"\b[a-z]+ \d[\d.]* of (?:the )?$", re.IGNORECASE)
_THE = re.compile(r"\bthe [a-z]+(?= )", re.IGNORECASE)
PEOPLE = frozenset({AnswerType.PERSON, AnswerType.WHO})
THINGS = frozenset({AnswerType.ORG, AnswerType.PLACE})
_PERSON = Wording("的人", "的人")


def statement(question: FoldedText) -> Wording:
    """Return a Chinese question without its question phrase; empty if nothing is left.

    `"美国通过NIST投资了多少?"` → `美国通过NIST投资`, `"谁设计了这座桥?"` → `设计了这座桥的人`.
    """
    whole = Wording.of(question)
    asked = _QUESTION.search(whole.simplified)
    if asked is None:
        return _trimmed(whole)
    before = _trimmed(whole.part(0, asked.start()))
    rest = whole.part(asked.end())
    behind = _trimmed(rest)
    if asked["asked"] == "谁" and not before.text:
        return behind.joined(_PERSON) if behind.text else behind
    if asked["lead"] in {"是", "为"} and rest.simplified[:1] == "的":
        return before.joined(rest.part(0, len(behind.text)))  # X是哪个国家的计划: X的计划
    return before.joined(behind)


def topic(question: FoldedText, kinds: Set[AnswerType], names: Names) -> str | None:
    """Return the last topic of some types; of people, the one asked for before those named.

    `"新加坡“智慧国家2025”计划是哪年提出的?"` → `“智慧国家2025”计划`.
    """
    whole = Wording.of(question)
    if kinds <= PEOPLE:
        asks = classify(question) in PEOPLE
        person = _asked_for(question) if asks else None
        stated = statement(question).text if asks and is_han(question.text) else ""
        return person or last_name(whole, kinds, names) or stated or None
    name = last_name(whole, kinds, names)
    if name:
        return name
    if is_han(question.text):
        return _common_noun(whole, names)
    common = _THE.search(question.text)
    return common.group() if common else None


def ending_with(question: Wording, noun: str, names: Names) -> str | None:
    """Return the phrase that a noun ends: `计划` of 新加坡的智慧国家计划 gives `智慧国家计划`."""
    end = question.simplified.rfind(noun) + len(noun)
    if end < len(noun):
        return None
    start = end - len(noun)
    for _, tag, span in reversed(list(names.tagged(question.simplified))):
        if span.start < start <= span.end and (span.end > start or _NOUN.fullmatch(tag)):
            start = span.start
    return question.text[start:end] if end - start > len(noun) else None


def _common_noun(question: Wording, names: Names) -> str | None:
    """Return the first words of a question without names, or the nouns at its end."""
    leading = _LEADING.match(question.simplified)
    if leading and not re.match(ASKED, question.simplified):
        people = any(name.answer_type is AnswerType.PERSON for name in names.find(leading[1]))
        return None if people else question.text[: leading.end(1)]
    stated = _trimmed(question)
    last = list(names.tagged(stated.simplified))[-1:]
    return ending_with(stated, last[0][0], names) if last and last[0][1][0] == "n" else None


def last_name(question: Wording, kinds: Set[AnswerType], names: Names) -> str | None:
    """Return the last name of some types, with all its words."""
    text, tagged = question.text, list(names.tagged(question.simplified))
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    heads = {span.start for word, tag, span in tagged if _ends_name(word, tag)}
    spans = [name.span for name in names.find_in(*question) if _fits(name, kinds, heads)]
    spans = [span for span in spans if text[span.end : span.end + 1] != "人"]  # 中国人
    if kinds <= PEOPLE:
        spans = [span for span in spans if not text[: span.start].lower().endswith("the ")]
    else:
        spans += quoted
    outermost = [
        span
        for span in spans
        if not any(quote != span and quote.contains(span) for quote in quoted)
    ]
    if not outermost:
        return None
    last = max(outermost, key=lambda span: (span.end, -span.start))
    return _whole(text, last, tagged) if is_han(text) else _with_article(text, last)


def _fits(name: Name, kinds: Set[AnswerType], heads: Set[int]) -> bool:
    if name.span.end in heads or name.answer_type is AnswerType.OTHER:
        return not kinds <= PEOPLE  # 雅万高铁, though 雅万 is taken for a person
    return name.answer_type in kinds


def ends_name(word: str) -> bool:
    """Return whether a word ends the name of a thing or a body: 高铁, 医院."""
    return _HEAD.fullmatch(word) is not None


def _ends_name(word: str, tag: str) -> bool:
    return tag[0] in "nv" and ends_name(word)


def _whole(text: str, name: Span, tagged: Sequence[tuple[str, str, Span]]) -> str:
    """Extend a name by the proper nouns directly before it and the noun that ends it."""
    start, end = name.start, name.end
    is_code = _CODE.fullmatch(text[start:end]) is not None  # 海燕X3: a noun and a code
    for _, tag, span in reversed(tagged):
        if span.end == start and (tag in _PROPER - {"ns"} or (tag == "n" and is_code)):
            start = span.start
    for word, tag, span in tagged:
        if span.start == end and (tag in _PROPER or _ends_name(word, tag)):
            end = span.end
    return text[start:end]


def _with_article(text: str, span: Span) -> str:
    head = _HEAD_EN.match(text, span.end)
    name = text[span.start : head.end() if head else span.end]
    before = text[: span.start]
    numbered = _NUMBERED.search(before)  # version 2.0 of the
    if numbered:
        return numbered.group() + name
    return before[-4:] + name if before.lower().endswith("the ") else name


def _asked_for(question: FoldedText) -> str | None:
    """Return who is asked for, if the question says: `张三丰的妻子是谁?` → `张三丰的妻子`."""
    if not is_han(question.text):
        text = question.text.strip(" ?")
        if match := _WHO_IS.match(text):
            return match["person"]
        return f"the person who {did['did']}" if (did := _WHO_DID.match(text)) else None
    whole = _trimmed(Wording.of(question))
    asked = _PERSON_ASKED.fullmatch(whole.simplified)
    if asked is None:
        return None
    if asked["did"]:
        return statement(question).text
    person = whole.part(*asked.span("is" if asked["is"] else "of")).text
    return f"{person}人" if person.endswith("的") else person


def _trimmed(wording: Wording) -> Wording:
    opening = _OPENING.match(wording.text)
    rest = wording.part(opening.end() if opening else 0)
    end = _END.search(rest.text)
    return rest.part(0, end.start() if end else None).strip()
