"""Kinds of answers, and which one a question asks for.

`amounts` finds spans of the kinds that patterns can tell, `names` those that need a dictionary.
"""

import re
from enum import StrEnum

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
"""Those of them that `amounts` finds; the others are names."""

OF_ARTICLE = frozenset({Kind.TITLE, Kind.SOURCE, Kind.PUBLISHED})
"""Kinds that ask about the article itself."""

_ARTICLE_ZH = r"(?:^|[这那该本])(?:篇|则|条)?(?:文章|报道|新闻|稿件|文|稿)"
_ARTICLE_EN = r"(?:this|the) (?:article|report|story|piece)"
_WHEN_ZH = r"(?:[什甚]么时候|何时|哪一?[天日年]|几[月号]|[什甚]么时间)"
_ISSUED_ZH = r"(?:发布|发表|刊登|刊发|写)"
_SPENDING_ZH = (
    r"(?:投资|投入|出资|投|花费|花|耗资|拨款|资助|融资|斥资|筹集|捐款|捐赠|捐|赔偿|赔|罚款|罚|追加|"
    r"补贴|援助|贷款|借款)"
)
_MONEY_WORD_ZH = (
    r"(?:钱|资金|经费|预算|金额|投资额?|拨款|造价|成本|费用|价格|[票房单售股油电]价|营收|收入|利润|"
    r"产值|总值|资本金|奖金|[美欧日港]?元|美金|英镑|法郎|卢比|卢布|比索|克朗)"
)
_MONEY_WORD_EN = (
    r"(?:invest\w*|cost\w*|spen[dt]\w*|fund\w*|pa(?:y|id)|budget\w*|worth|grant\w*|financ\w*|"
    r"award\w*|contribut\w*|allocat\w*|provide\w*|g[ai]ve\w*|donat\w*|raise\w*|earn\w*)"
)
_DOES = r"(?:did|does|do|was|were|is|are|will|would|has|have|had|can|should)"

# The first pattern that fits decides, so what is special stands before what is general.
# All are matched against the folded question, end marks off.
_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.PUBLISHED,
        rf"{_ARTICLE_ZH}(?:是|的)?[在于]?{_WHEN_ZH}?{_ISSUED_ZH}(?:日期|时间)?[的于是在]*"
        rf"(?:{_WHEN_ZH}|[什甚]么|多少)?的?$",
    ),
    (
        Kind.PUBLISHED,
        rf"^(?:when|(?:on )?(?:what|which) (?:date|day)) {_DOES} {_ARTICLE_EN} "
        r"(?:first )?(?:publish\w*|appear\w*|written|post\w*|come out)$",
    ),
    (Kind.PUBLISHED, rf"\bdate of {_ARTICLE_EN}$"),
    (Kind.SOURCE, rf"{_ARTICLE_ZH}的?(?:来源|出处)(?:是|为)?(?:[什甚]么|哪里|哪儿|谁)?$"),
    (Kind.SOURCE, rf"{_ARTICLE_ZH}是?(?:出自|转自|来自)(?:哪|[什甚]么|谁)"),
    (Kind.SOURCE, rf"\bsource of {_ARTICLE_EN}$|^who published {_ARTICLE_EN}$"),
    (Kind.SOURCE, rf"^where (?:was {_ARTICLE_EN} published|does {_ARTICLE_EN} come from)$"),
    (Kind.TITLE, rf"{_ARTICLE_ZH}的?(?:标题|题目)(?:是|叫|为)?(?:[什甚]么)?$"),
    (Kind.TITLE, rf"\b(?:title|headline) of {_ARTICLE_EN}$|{_ARTICLE_EN}['’]s (?:title|headline)$"),
    (
        Kind.PERCENT,
        r"百分之几|百分之多少|百分比|(?:占比|比例|比重|率)(?:是|为|达到?)?了?多少|多大比例|几成",
    ),
    (
        Kind.PERCENT,
        r"\b(?:what|which) (?:percent\w*|proportion|share|fraction)\b|\bhow many percent\b",
    ),
    (Kind.PERCENT, r"\bwhat (?:is|was) the [\w ]*\brate\b"),
    (Kind.DATE, rf"{_WHEN_ZH}|哪个?月|哪个?年份|何年|星期几|几点|几年几月"),
    (Kind.DATE, rf"^when\b|\bwhen {_DOES}\b|\b(?:what|which) (?:year|date|day|month)\b"),
    (Kind.LIST, r"哪些|哪[二两三四五六七八九十几]|有哪|列举|包括[什甚]么|分别是[什甚]么"),
    (Kind.LIST, r"\bwhich (?:two|three|four|five|six)\b|\bwhat (?:are|were) the\b"),
    (
        Kind.PLACE,
        r"哪个?国家?|哪[座个](?:城市|省|市|区|地方|地区|州|县|岛)|哪里|哪儿|在哪|何地|[什甚]么地方",
    ),
    (Kind.PLACE, rf"^where\b|\bwhere {_DOES}\b"),
    (Kind.PLACE, r"\b(?:what|which) (?:country|city|province|state|place|region|town)\b"),
    (
        Kind.ORG,
        r"(?:哪[家个所]|[什甚]么)\w{0,4}?(?:机构|公司|组织|部门|单位|大学|企业|学校|协会|集团|银行|"
        r"委员会|媒体)",
    ),
    (
        Kind.ORG,
        r"\b(?:what|which) (?:\w+ )?(?:compan(?:y|ies)|firms?|organi[sz]ations?|agenc(?:y|ies)|"
        r"institut\w+|universit(?:y|ies)|"
        r"body|bodies|departments?|ministr(?:y|ies)|associations?|groups?)\b",
    ),
    (
        Kind.PERSON,
        r"(?:[长席理官师]|主任|总裁|书记|作者|创始人|负责人|代表|院士|总统|教授)"
        r"(?:是|叫|为)(?:谁|哪一?位|[什甚]么)",
    ),
    (Kind.PERSON, r"\bwho (?:is|was|are|were) (?:the|its|their)\b"),
    (Kind.WHO, r"谁|哪一?位|何人|[什甚]么人|\bwho(?:m|se)?\b"),
    (Kind.REASON, r"为[什甚]么|为何|原因|何以|\bwhy\b"),
    (Kind.MONEY, rf"{_SPENDING_ZH}[了过出下]?(?:多少|几)(?![个家人台座项次年])"),
    (Kind.MONEY, rf"多少{_MONEY_WORD_ZH}|{_MONEY_WORD_ZH}(?:总额)?(?:是|为|有|约|达)?多少"),
    (
        Kind.MONEY,
        rf"\bwhat {_DOES} .* cost$|\bhow expensive\b|\bhow many (?:dollars|euros|pounds|yuan)\b",
    ),
    (Kind.MONEY, r"\bwhat (?:is|was|were|are) the (?:total )?(?:cost|price|budget|investment)\b"),
    (Kind.MONEY, r"\bhow (?:much|large) (?:\w+ )?(?:money|funding|investment|capital)\b"),
    (Kind.MONEY, rf"\bhow (?:much|large) {_DOES}\b.*\b{_MONEY_WORD_EN}\b"),
    (Kind.NUMBER, r"多少|几[个家人台座项次年条种位所艘公里度]|多[大长高远重快深久]"),
    (
        Kind.NUMBER,
        r"\bhow (?:many|much|long|far|high|tall|big|large|fast|old|deep|heavy|wide|often)\b",
    ),
    (Kind.MANNER, r"怎么|怎样|如何|\bhow\b"),
    (Kind.YES_NO, r"吗$|是否|是不是|有没有|^(?:is|are|was|were|do|does|did|has|have|can|will)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _QUESTIONS)


def kind_of(question: str) -> Kind:
    """The kind of answer a question asks for.

    `"投资了多少?"` → money, `"How many pilots?"` → number.
    """
    plain = fold(question).strip().rstrip("?!.。 ")
    for kind, pattern in _COMPILED:
        if pattern.search(plain):
            return kind
    return Kind.OTHER
