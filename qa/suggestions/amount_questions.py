"""Ask for the amount of a clause: 港珠澳大桥有多长？ for 港珠澳大桥全长55公里.

Most of what is here refuses: an amount that holds for a day or a season only, or whose clause
leans on another, makes a question that nobody would ask.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Span
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.entities.measures import COUNTERS
from qa.entities.units import unit_at_start
from qa.question.asked.heads import head_type
from qa.question.topic import ends_name
from qa.replies.short_answer import whole_amount
from qa.suggestions.asking import of_amount
from qa.suggestions.assertions import Assertion
from qa.suggestions.clause_subject import Word
from qa.suggestions.draft_question import DraftQuestion, masked, tidy

_AMOUNTS = (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.PERIOD, AnswerType.NUMBER)
# What ties a clause to another one, or qualifies an amount that is asked for.
_ADVERBS = frozenset(
    "还 也 又 则 却 仍 再 更 就 才 便 即 已 都 均 只 仅 曾 已经 曾经 一共 总共 目前 "
    "其实 同样 特地 共计".split()
)
_COPULA = re.compile("(?:约|大约|达到?|为|是|超|近|可|总共|共|最|大)+$")
_OTHER_AMOUNT = re.compile(
    r"(?<![A-Za-z\d-])\d+(?:\.\d+)?\s?(?!年)[\u4e00-\u9fff%]|[两三四五六七八九十]+[个名分人家所]"
)
_PASSING = re.compile(
    "收于|收盘|收报|报收|开盘|盘中|股价|涨|跌|水位|气温|降[雨水]|雨量|风力|报价|汇率|指数|余额|出现|截至|确诊|失联|遇难|受伤|净[买卖流]|成交|市值|最[高低]价|"
    "比分|领先|落后|贡献|得到|砍下|篮板|助攻|进球|失利|传球|射门|控球|犯规|换人|半场|[减加]仓|[增减]持|转移|巡查|排查|出动|生效$|"
    "(?:参赛|参加|出席|报名|入围)$"
)
_REPORTED = re.compile(
    "表示|指出|介绍|说|称|认为|强调|透露|回应|预计|显示|提到|要求|建议|呼吁|希望|可[能达]|估计|预测|发现"
)
_COMPARED = re.compile(
    "比|较|从|由|通过|利用|每|相当|第|[后前]$|除|围绕|平均|至少|最[多少]|最[高低][为达]?$|先后|其"
)
_CUT = re.compile("(?:的|在|以|按|—|了约|于|等|减)$")
_UNFINISHED = re.compile("(?:之际|[时后前]|(?:基础|情况|条件|背景|过程)[上下中])$")
_PART_OF = re.compile("占.*的$")
_GOES_ON = frozenset("的/-—+(（")
_NEEDS_NOUN = "个项种类"
_NOUN = re.compile(r"n.*|vn|a|b|uj|eng|j|l|s|f|an|ag|x|m|q|i")
_VERBAL = re.compile("v(?!n).*|[pdc]|u[lzg]")
_PREPOSITIONS = ("和", "与", "向", "对", "为", "在", "给")
_LONGEST_END, _LONGEST_ACT = 12, 16  # characters
_CHANGED = re.compile("(?:增长|下降|上升|提高|增加|减少|降低)了?$")
_STATISTIC = re.compile(
    "实现|增长|新增|销售|售出|交付|营收|收入|利润|产值|生产总值|保费|贷款|出口|进口|贸易|销量|交易|净|资金|增加|减少|下降|上升|产量|募集|增速|规模|出货|"
    "票房|查处|办理|受理|完成|投入|接待|发送|游客|立案"
)
_SPAN_OF_TIME = re.compile("季度|半年|月|去年|今年|同比|同期|累计|年度|日|周|截至")
_LASTING = re.compile("广|有|设|下辖|辖|居住|坐落|分布|种植|相?距|离|包括|由|缔结|签订|签署|建交")
_BOUGHT = re.compile(
    "(?:售价|定价|价格|单价|票价|起步?价|售|卖|花费?|捐款|捐赠|捐助|捐|罚款|耗资|斥资|出资|收费|收取)[了为是约]*$"
)
_LASTED = re.compile(
    "(?P<verb>历时|耗时|用时|为期|持续|长达|延续|只?需要?|服役|工作|有效期|保质期|工期|任期|寿命)[了为约]*$"
)
_SHARE = re.compile("占[了到]?(?:.*的)?$|达到?$|(?:提高|提升|降低|减少|下降|增长)了?$")
_LONGEST_NOUN = 4
# The nouns of measures: how people ask for them, and in which basic unit they are told.
_HOW = (
    (re.compile("[全总]?长度?$"), "有多长", "米"),
    (re.compile("[总通身]?高度?$"), "有多高", "米"),
    (re.compile("(?P<kept>(?:占地|建筑|流域|土地|总)?面积)$"), "有多大", "平方米"),
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """The only amount of a clause: what asks for it, and the words before and behind it."""

    kind: AnswerType
    span: Span
    asking: str
    before: tuple[Word, ...]
    after: tuple[Word, ...]

    @property
    def lead(self) -> str:
        """What stands before the amount."""
        return _joined(self.before)

    @property
    def end(self) -> str:
        """What stands behind the amount."""
        return _joined(self.after).removeprefix("人民币")

    @property
    def unit(self) -> str:
        """The unit, without 多少."""
        return self.asking.removeprefix("多少").removeprefix("几")


def questions(assertion: Assertion) -> Iterator[DraftQuestion]:
    """Yield the question that asks for the amount of a clause, if it has exactly one."""
    amount = _only_amount(assertion)
    if amount is None or not _is_whole(assertion, amount) or _is_passing(assertion, amount):
        return
    phrase = _as_people_ask(assertion, amount) or _in_place(assertion, amount)
    if phrase:
        span = assertion.at(amount.span)
        yield DraftQuestion(tidy(assertion.when + phrase), assertion.subject, span, amount.kind)


def _only_amount(assertion: Assertion) -> _Amount | None:
    """Return the amount of a clause; None if it has several, or a date."""
    predicate = assertion.predicate
    readable = masked(predicate)
    spans: list[tuple[AnswerType, Span]] = []
    for kind in _AMOUNTS:
        for span in candidates(kind, readable):
            if not any(span.overlaps(other) for _, other in spans):
                spans.append((kind, span))
    if len(spans) != 1 or candidates(AnswerType.DATE, readable):
        return None
    [(kind, span)] = spans
    asking, whole = of_amount(kind, span.of(predicate)), whole_amount(predicate, span)
    if asking is None:
        return None
    before = _spoken(assertion.parts(Span(0, whole.start)))
    return _Amount(
        kind, whole, asking, before, _spoken(assertion.parts(Span(whole.end, len(predicate))))
    )


def _spoken(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if word.text not in _ADVERBS and word.text.strip())


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _is_whole(assertion: Assertion, amount: _Amount) -> bool:
    """Return whether a clause is a whole assertion with nothing else to compare."""
    lead, end = amount.lead, amount.end
    if (
        _REPORTED.search(lead)
        or _COMPARED.search(masked(lead))
        or (_CUT.search(lead) and not _PART_OF.search(lead))
    ):
        return False
    if (end and (end[0] in _GOES_ON or _UNFINISHED.search(end))) or _OTHER_AMOUNT.search(
        masked(f"{lead}|{end}")
    ):
        return False
    if "距" in assertion.subject + lead and unit_at_start(amount.unit)[0] != "米":
        return False
    return _has_verb(assertion, amount) and _ends_well(assertion, amount)


def _has_verb(assertion: Assertion, amount: _Amount) -> bool:
    """Return whether a verb, or a noun that has an amount, stands before the amount."""
    if any(_acts(word) or word.text in "为是有达" for word in amount.before):
        return True
    if amount.lead.endswith(_PREPOSITIONS):
        return any(map(_acts, amount.after))
    return head_type(assertion.subject + amount.lead) is not None or bool(_how(assertion, amount))


def _acts(word: Word) -> bool:
    return word.tag[0] == "v" and word.tag != "vn"


def _ends_well(assertion: Assertion, amount: _Amount) -> bool:
    """Return whether what follows an amount belongs to it: the noun counted, or 参加 of 有…参加."""
    lead, end, last = amount.lead, amount.end, amount.before[-1:]
    follows_verb = bool(last) and _VERBAL.fullmatch(last[0].tag) is not None
    if not end:
        return not (follows_verb and amount.unit in COUNTERS and _lacks_noun(assertion, amount))
    if not (follows_verb or lead.endswith("有")) or ("有" in lead and "的" in end):
        return False
    if lead.endswith(_PREPOSITIONS):
        is_lasting = not lead.endswith(("和", "与")) or _LASTING.search(end)
        return bool(is_lasting) and "的" not in end and len(end) <= _LONGEST_ACT
    if lead.endswith("有") and any(map(_acts, amount.after)):
        is_named = any(word.tag in {"ns", "nz", "nt", "eng", "j"} for word in amount.after)
        return len(end) <= _LONGEST_ACT and (is_named or not _is_of_place(assertion))
    return len(end) <= _LONGEST_END and all(_NOUN.fullmatch(word.tag) for word in amount.after)


def _lacks_noun(assertion: Assertion, amount: _Amount) -> bool:
    """Return whether nothing says what is counted: several what?"""
    is_counted = assertion.last.tag == "n" and amount.lead.endswith(("有", "达", "为"))
    return amount.unit in _NEEDS_NOUN or not is_counted


def _is_of_place(assertion: Assertion) -> bool:
    """Return whether it is about places: what a country has differs from year to year."""
    return all(word.tag == "ns" for word in assertion.names) and not ends_name(assertion.subject)


def _is_passing(assertion: Assertion, amount: _Amount) -> bool:
    """Return whether the amount holds for a day, or for a time that the question would not say."""
    if _PASSING.search(masked(assertion.subject + assertion.predicate)):
        return True
    asked = assertion.when + assertion.subject + amount.lead
    if "年" in asked:
        return False
    if amount.kind is AnswerType.PERCENT and _CHANGED.search(amount.lead):
        return True
    lasts = _LASTING.search(amount.lead + amount.end) or _how(assertion, amount)
    if _is_of_place(assertion) and not lasts and "月" not in asked:
        return True
    is_statistic = _STATISTIC.search(assertion.subject + amount.lead) is not None
    return is_statistic and _SPAN_OF_TIME.search(assertion.simplified) is not None


def _as_people_ask(assertion: Assertion, amount: _Amount) -> str | None:
    """Return the way that people ask for a measure: 有多长, 总投资是多少."""
    if amount.end or amount.kind is AnswerType.PERIOD:
        return None
    if how := _how(assertion, amount):
        return how
    noun = _COPULA.sub("", amount.lead)
    acts = any(word.tag[0] == "v" and word.text in noun for word in amount.before)
    if len(noun) > _LONGEST_NOUN or acts or noun.startswith("被"):
        return None
    if head_type(assertion.subject + noun) is None:
        return None
    needs_unit = amount.kind not in {AnswerType.MONEY, AnswerType.PERCENT}
    return f"{assertion.subject}{noun}是多少{amount.unit if needs_unit else ''}"


def _how(assertion: Assertion, amount: _Amount) -> str | None:
    """Return `港珠澳大桥有多长` where a length, a height or an area is told."""
    stem = _COPULA.sub("", assertion.subject + amount.lead)
    for noun, how, unit in _HOW:
        match = noun.search(stem)
        if match and not amount.end and "距" not in stem and unit_at_start(amount.unit)[0] == unit:
            begin = stem[: match.start()].removesuffix("的")
            return f"{begin}{match.groupdict().get('kept', '')}{how}" if begin else None
    return None


def _in_place(assertion: Assertion, amount: _Amount) -> str | None:
    """Return the clause with the amount's place taken by what asks for it."""
    lead, asking = amount.lead, amount.asking
    lasted = _LASTED.search(assertion.subject + lead)
    if not (_COPULA.sub("", lead) or lasted):
        return None
    if amount.kind is AnswerType.MONEY and not amount.end and _BOUGHT.search(lead):
        asking, lead = "多少钱", re.sub("[为是约]+$", "", lead)
    elif amount.kind is AnswerType.PERCENT and not amount.end:
        is_of_noun = head_type(assertion.subject + _COPULA.sub("", lead)) is not None
        if not (_SHARE.search(lead) or (is_of_noun and lead.endswith(("为", "是")))):
            return None
        asking = asking if "占" in lead or "点" in asking else "多少"
    elif amount.kind is AnswerType.PERIOD:
        if lasted is None:
            return None
        asking = "多久" if lasted["verb"] in {"历时", "持续", "耗时"} else asking
    noun = _counted(amount)
    lead = lead.removesuffix(noun) if noun else lead
    return f"{assertion.subject}{lead}{asking}{noun}{amount.end}"


def _counted(amount: _Amount) -> str:
    """Return the noun before an amount that belongs behind it: 公园 of 建成公园100个."""
    words = list(amount.before)
    count = 0
    while count < len(words) and words[-1 - count].tag in {"n", "nz"}:
        count += 1
    movable = amount.unit in COUNTERS and amount.unit != "人" and not amount.end
    if not movable or not 0 < count < len(words) or sum(map(_acts, words)) > 1:
        return ""
    before = words[-1 - count]
    is_verb = _acts(before) and len(before.text) > 1
    return _joined(words[-count:]) if is_verb or before.text == "了" else ""
