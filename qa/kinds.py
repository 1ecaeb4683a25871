"""Kinds of answers: which one a question asks for, and what in a sentence is of that kind.

Patterns only. People, places and organisations need words with their tags: `names` finds those.
"""

import re
from enum import StrEnum

from index.article import Span
from index.folding import fold


class Kind(StrEnum):
    """What a question asks for."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    ORG = "org"
    WHO = "who"  # a person or an organisation
    PLACE = "place"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    YES_NO = "yes/no"
    TITLE = "title"
    SOURCE = "source"
    PUBLISHED = "published"
    OTHER = "other"


SHORT = frozenset(
    {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.DATE, Kind.PERSON, Kind.ORG, Kind.WHO, Kind.PLACE}
)
"""Kinds whose answer is a span, not a sentence."""

PATTERNS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.DATE})
"""Those of them that `candidates` finds; names are found by `names`."""

OF_ARTICLE = frozenset({Kind.TITLE, Kind.SOURCE, Kind.PUBLISHED})
"""Kinds that ask about the article itself."""

_ARTICLE_ZH = r"(?:这|那|该|本)(?:篇|则|条)?(?:文章|报道|新闻|稿件|文|稿)"
_ARTICLE_EN = r"\b(?:this|the) (?:article|report|story|piece)\b"
_SPENDING_ZH = (
    r"(?:投资|投入|出资|投|花费|花了?|耗资|拨款|资助|融资|斥资|筹集|捐赠?|赔偿|罚款?|追加)"
)
_MONEY_WORD_ZH = (
    r"(?:钱|资金|经费|预算|金额|投资额?|拨款|造价|成本|费用|价格|营收|收入|利润|产值|总值|资本金|"
    r"奖金|元)"
)
_MONEY_WORD_EN = (
    r"\b(?:invest\w*|cost\w*|spen[dt]\w*|fund\w*|pa(?:y|id)\w*|budget\w*|price\w*|money|worth|"
    r"dollars?|euros?|grant\w*|financ\w*|award\w*|revenue|contribut\w*|allocat\w*|provide\w*|g[ai]ve\w*|"
    r"donat\w*|raise\w*)\b"
)

_N = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[一二三四五六七八九十百千零两]+(?=[百千万亿兆萬億]))"
_SCALE = r"\s*[十百千万亿兆萬億]*(?:余|多|餘)?"
_CURRENCY = (
    r"(?:[一-龥]{0,3}?(?:元|美金|英[镑鎊]|法郎|非郎|卢比|卢布|比索|克朗|韩圆|里拉|雷亚尔|兰特|泰铢)|"
    r"[圆円])"
)

# The first pattern that fits decides, so what is special stands before what is general.
_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    (Kind.PUBLISHED, rf"{_ARTICLE_ZH}.*(?:发布|发表|刊登|刊发|日期|哪天|何时|什么时候)"),
    (Kind.PUBLISHED, rf"(?:when|what date).*{_ARTICLE_EN}.*(?:publish|appear|written|post)"),
    (Kind.SOURCE, rf"{_ARTICLE_ZH}.*(?:来源|出处|出自|转自|哪家媒体|哪个网站)"),
    (Kind.SOURCE, rf"\b(?:source of|who published|where).*{_ARTICLE_EN}"),
    (Kind.TITLE, rf"{_ARTICLE_ZH}.*(?:标题|题目)"),
    (Kind.TITLE, rf"\b(?:title|headline) of.*{_ARTICLE_EN}"),
    (
        Kind.PERCENT,
        r"百分之几|百分之多少|百分比|(?:占比|比例|比重|率)(?:是|为|达到?)?(?:了)?多少|多大比例|几成",
    ),
    (
        Kind.PERCENT,
        r"\b(?:what|which) (?:percent\w*|proportion|share|fraction)\b|\bhow many percent\b",
    ),
    (
        Kind.DATE,
        r"[什甚]么时候|何时|哪一?年|哪一?天|哪一?日|几月|哪个?月|几年几月|什么时间|哪个?年份|几号",
    ),
    (Kind.DATE, r"\bwhen\b|\b(?:what|which) (?:year|date|day|month)\b"),
    (Kind.LIST, r"哪些|哪[二两三四五六七八九十几]|有哪|列举|包括什么|分别是什么"),
    (Kind.LIST, r"\bwhich (?:two|three|four|five|six)\b|\bwhat (?:are|were) the\b"),
    (
        Kind.PLACE,
        r"哪个?国家?|哪[座个](?:城市|省|市|区|地方|地区|州|县|岛)|哪里|哪儿|在哪|何地|什么地方",
    ),
    (Kind.PLACE, r"\bwhere\b|\b(?:what|which) (?:country|city|province|state|place|region|town)\b"),
    (
        Kind.ORG,
        r"哪[家个](?:\w{0,4})(?:机构|公司|组织|部门|单位|大学|企业|学校|协会|集团|银行|委员会|媒体)",
    ),
    (Kind.ORG, r"什么(?:机构|公司|组织|部门|单位|大学|企业)"),
    (
        Kind.ORG,
        r"\b(?:what|which) (?:\w+ )?(?:company|firm|organi[sz]ation|agency|institut\w+|university|"
        r"body|department|ministry|association|group)\b",
    ),
    (
        Kind.PERSON,
        r"(?:[长席理官师]|主任|总裁|书记|作者|创始人|负责人|代表|院士|总统|教授)"
        r"(?:是|叫|为)(?:谁|哪位|什么)",
    ),
    (Kind.PERSON, r"\bwho (?:is|was|are|were) (?:the|its|their)\b"),
    (Kind.WHO, r"谁|哪位|何人|什么人|\bwho(?:m|se)?\b"),
    (Kind.REASON, r"为什么|为何|原因|何以|\bwhy\b"),
    (Kind.MONEY, rf"{_SPENDING_ZH}(?:了|过|出|下)?(?:多少|几)(?!个|家|人|台|座|项|次|年)"),
    (
        Kind.MONEY,
        rf"多少{_MONEY_WORD_ZH}|多少{_CURRENCY}|{_MONEY_WORD_ZH}(?:是|为|有|约|达)?多少",
    ),
    (Kind.MONEY, r"\bwhat (?:did|does|do|will|would) .* cost\b"),
    (Kind.MONEY, r"\bwhat (?:is|was|were|are) the (?:total )?(?:cost|price|budget|investment)\b"),
    (Kind.MONEY, rf"\bhow much\b.*{_MONEY_WORD_EN}|{_MONEY_WORD_EN}.*\bhow much\b"),
    (
        Kind.NUMBER,
        r"多少|几[个家人台座项次年条种位所艘公里度]|多[大长高远重快深]|"
        r"\bhow (?:many|much|long|far|high|tall|big|large|fast|old)\b",
    ),
    (Kind.MANNER, r"怎么|怎样|如何|\bhow\b"),
    (
        Kind.YES_NO,
        r"吗[?？]?$|是否|是不是|有没有|^(?:is|are|was|were|do|does|did|has|have|can|will)\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _QUESTIONS)

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_UNIT_EN = r"(?:\s?(?:thousand|million|billion|trillion|bn|m|k))?"
_MONEY = re.compile(
    rf"{_N}{_SCALE}\s*{_CURRENCY}"
    rf"|(?:US|HK|A|C|NT|S)?[$€£¥￥]\s?\d+(?:,\d{{3}})*(?:\.\d+)?{_UNIT_EN}(?![a-z])"
    rf"|\d+(?:,\d{{3}})*(?:\.\d+)?{_UNIT_EN}\s(?:US\s|U\.S\.\s)?(?:dollars?|euros?|pounds?|yuan|yen|rupees?|USD|EUR|CNY|RMB)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\d+(?:\.\d+)?\s?(?:[%％‰]|个百分点|\s?per\s?cent\b|\s?percent\b)"
    r"|百分之[一二三四五六七八九十百零点\d]+|[一二三四五六七八九]成(?:以上|多)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)\d{4}\s?年?(?:\s?\d{1,2}\s?月)?\s?[到至—–~-]\s?\d{4}\s?年(?:\s?\d{1,2}\s?月)?|"
    r"\d{4}\s?年(?:底|初|末)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日|份|底|初)?)?"
    r"|(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)"
    rf"|{_MONTH}\s\d{{1,2}},\s?\d{{4}}|(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}"
    r"|(?<![\d$€£¥.,\-])(?:1[5-9]|20)\d{2}(?![\d.,]*\d|\s?[年个项家亿万%]|\s?(?:million|billion))",
    re.IGNORECASE,
)
_MEASURE = r"[^\x00-\u33ff自至到的和与與在是起以为為中上下后後前及或等年月日时時将將已]"
_NUMBER = re.compile(
    rf"{_N}{_SCALE}(?:平方|立方)?(?:公里|千米|千瓦时?|公斤|小时|分钟|人次|{_MEASURE})|\d+(?:,\d{{3}})*(?:\.\d+)?"
    r"(?:\s?(?:thousand|million|billion|trillion))?(?:\s(?!in\b|of\b|and\b|to\b|the\b|for\b)[a-z][a-z-]+)?"
)
_MEASURE_ASKED = re.compile(
    r"(?:多少|几)(?P<unit>公里|千米|千瓦|小时|分钟|[个家人台座项次年条种位所艘米吨度名部处天])"
)


def kind_of(question: str) -> Kind:
    """The kind of answer a question asks for.

    `"投资了多少?"` → money, `"How many pilots?"` → number.
    """
    plain = fold(question)
    for kind, pattern in _COMPILED:
        if pattern.search(plain):
            return kind
    return Kind.OTHER


def candidates(kind: Kind, text: str, question: str = "") -> list[Span]:
    """The spans of a text that are amounts, percentages, dates or numbers, as `kind` wants.

    A number must have the measure word that the question names (`多少个` → `98个`); money,
    percentages and dates are no mere numbers.
    """
    if kind is Kind.NUMBER:
        return _numbers(text, question)
    pattern = {Kind.MONEY: _MONEY, Kind.PERCENT: _PERCENT, Kind.DATE: _DATE}[kind]
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _numbers(text: str, question: str) -> list[Span]:
    taken = [m.span() for p in (_MONEY, _PERCENT, _DATE) for m in p.finditer(text)]
    asked = _MEASURE_ASKED.search(question)
    return [
        _without_asked_noun(text, Span(*match.span()), question)
        for match in _NUMBER.finditer(text)
        if (asked is None or match.group().rstrip().endswith(asked["unit"]))
        and not any(a < match.end() and match.start() < b for a, b in taken)
    ]


def _without_asked_noun(text: str, span: Span, question: str) -> Span:
    """`47 datasets` is `47` where the question was how many datasets."""
    number, _, noun = span.of(text).rpartition(" ")
    if noun.isascii() and noun.isalpha() and noun.lower() in question.lower().split():
        return Span(span.start, span.start + len(number))
    return span
