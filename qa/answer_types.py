"""The answer types, and the classification of a question by patterns.

Spans of the types in `PATTERNS` are found by `entities.amounts`, names by `entities.names`.
"""

import re
from enum import StrEnum

from index.text.folding import FoldedText


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

_ARTICLE_ZH = r"(?:^|[这那该本])(?:篇|则|条)?(?:文章|报道|新闻|稿件|文|稿)"
_ARTICLE_EN = r"(?:this|the) (?:article|report|story|piece)"
_WHEN_ZH = r"(?:[什甚]么(?:时候|时间|年代|日子)|[何哪]时|哪一?[天日年]|几[月号])"
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
_TIME_UNIT_ZH = r"(?:年|个月|个?星期|周|天|日|个?小时|分钟|秒)(?!级|龄|轻|代|份)"
_MEASURE_ZH = (
    "[个家人台座项次年条种位所艘公里度首类倍只支辆部本张件句层楼集章节段轮步号口任届期班门名间处架"
    "头匹套栋幢棵株枚册幅把盏颗箱袋瓶桶盒包捆双群排扇床块根片艇起例宗桌户]"
)
_ORG_ZH = (
    r"(?:机构|公司|组织|部门|单位|大学|学院|企业|学校|小学|中学|协会|集团|银行|委员会|媒体|医院|"
    r"杂志|报纸|电视台|出版社|球队|俱乐部|政党|球会|车队|法院)"
)
_ORG_EN = (
    r"(?:compan(?:y|ies)|firms?|organi[sz]ations?|agenc(?:y|ies)|institut\w+|universit(?:y|ies)|"
    r"body|bodies|departments?|ministr(?:y|ies)|associations?|groups?|newspapers?|magazines?|"
    r"(?:record )?label|teams?|schools?|colleges?|banks?|courts?|networks?|publishers?|studios?)"
)
_PERSON_EN = (
    r"(?:person|man|woman|president|minister|king|queen|emperor|leader|director|producer|actor|"
    r"actress|singer|artist|author|writer|poet|scientist|player|contestant|judge|mentor|coach)"
)
_PLACE_EN = (
    r"(?:country|city|province|state(?! of)|place|street|region|town|village|county|borough|"
    r"continent|island|district|location)"
)
_SIZE_EN = (
    r"(?:population|number|size|length|height|depth|width|temperature|speed|area|distance|weight|"
    r"capacity|altitude|elevation|age)"
)
_DOES = r"(?:did|does|do|was|were|is|are|will|would|has|have|had|can|should)"

# The first match decides, so special patterns come before general ones. All are matched against
# the folded question without its end mark. tests/qa/test_answer_types.py has an example of each.
_QUESTIONS: tuple[tuple[AnswerType, str], ...] = (
    (
        AnswerType.PUBLISHED,
        rf"{_ARTICLE_ZH}(?:是|的)?[在于]?{_WHEN_ZH}?{_ISSUED_ZH}(?:日期|时间)?[的于是在]*"
        rf"(?:{_WHEN_ZH}|[什甚]么|多少)?的?$",
    ),
    (
        AnswerType.PUBLISHED,
        rf"^(?:when|(?:on )?(?:what|which) (?:date|day)) {_DOES} {_ARTICLE_EN} "
        r"(?:first )?(?:publish\w*|appear\w*|written|post\w*|come out)$",
    ),
    (AnswerType.PUBLISHED, rf"\bdate of {_ARTICLE_EN}$"),
    (AnswerType.SOURCE, rf"{_ARTICLE_ZH}的?(?:来源|出处)(?:是|为)?(?:[什甚]么|哪里|哪儿|谁)?$"),
    (AnswerType.SOURCE, rf"{_ARTICLE_ZH}是?(?:出自|转自|来自)(?:哪|[什甚]么|谁)"),
    (AnswerType.SOURCE, rf"\bsource of {_ARTICLE_EN}$|^who published {_ARTICLE_EN}$"),
    (AnswerType.SOURCE, rf"^where (?:was {_ARTICLE_EN} published|does {_ARTICLE_EN} come from)$"),
    (AnswerType.TITLE, rf"{_ARTICLE_ZH}的?(?:标题|题目)(?:是|叫|为)?(?:[什甚]么)?$"),
    (
        AnswerType.TITLE,
        rf"\b(?:title|headline) of {_ARTICLE_EN}$|{_ARTICLE_EN}['’]s (?:title|headline)$",
    ),
    (
        AnswerType.PERCENT,
        r"百分之几|百分之多少|百分比|(?:占比|比例|比重|率)(?:是|为|达到?)?了?多少|多大比例|几成",
    ),
    (
        AnswerType.PERCENT,
        r"\b(?:what|which) (?:percent\w*|proportion|share|fraction)\b|\bhow many percent\b",
    ),
    (AnswerType.PERCENT, r"\bwhat (?:is|was) the [\w ]*\brate\b"),
    (AnswerType.PERIOD, rf"多久|多长时间|(?:多少|(?<![元是在于第])几){_TIME_UNIT_ZH}(?!几月)"),
    (
        AnswerType.PERIOD,
        rf"\bhow long (?:{_DOES} it take|did|does|do|has|have|had|will|would|can)\b",
    ),
    (AnswerType.PERIOD, r"\bhow long (?:is|was) .*\b(?:term|season|reign|period|war|life|valid)\b"),
    (AnswerType.PERIOD, r"\bhow many (?:years|months|weeks|days|hours|minutes|seconds|decades)\b"),
    (AnswerType.DATE, rf"{_WHEN_ZH}|哪个?月|哪个?年份|何年|星期几|几点|几年"),
    (
        AnswerType.DATE,
        rf"^when\b|\bwhen {_DOES}\b|\bwhen$|"
        r"\b(?:what|which) (?:year|date|day|month|decade|century)\b",
    ),
    (
        AnswerType.REASON,
        r"(?<![称之名算改成作分定变视认叫列])为[什甚]么|为何|哪一?个?原因|何以|\bwhy\b",
    ),
    (AnswerType.LIST, r"哪些|哪[二两三四五六七八九十几]|列举|包括[什甚]么|(?<!的)分别是[什甚]么"),
    (
        AnswerType.LIST,
        r"[两三四五六七八九十几][点个项条种类大][^的,，]{0,4}(?:是|有)[什甚]么$",
    ),
    (AnswerType.LIST, r"\b(?:which|what) (?:other )?(?:two|three|four|five|six|seven)\b"),
    (AnswerType.LIST, r"\bwhat (?:are|were) (?:the|some|two|three|four|five)\b"),
    (
        AnswerType.LIST,
        r"\b(?:which|what) (?:countries|nations|states|cities|sectors|areas|regions)\b",
    ),
    (AnswerType.ORG, rf"(?:哪一?[家个所间支]|(?<!是)[什甚]么)[^的\W]{{0,4}}?{_ORG_ZH}"),
    (AnswerType.ORG, rf"\b(?:what|which) (?:\w+ )?{_ORG_EN}\b"),
    (
        AnswerType.PLACE,
        r"哪(?:一?个)?国家?|哪一?[座个](?:城市|省|市|区|地方|地区|州|县|郡|岛)|哪里|哪儿|哪边|在哪(?!一?个|[种些])|"
        r"何地|何处|[什甚]么地方",
    ),
    (AnswerType.PLACE, rf"^where\b|\bwhere {_DOES}\b"),
    (AnswerType.PLACE, rf"\b(?:what|which) (?:\w+ )?{_PLACE_EN}\b"),
    (
        AnswerType.PERSON,
        r"(?:[长席理官师者人员手]|主任|总裁|书记|代表|院士|总统|教授|作家|皇帝|妻子|丈夫|[父母]亲|"
        r"儿子|女儿|弟弟|哥哥|姐姐|妹妹)(?:是|叫|为)(?:谁|哪一?位|[什甚]么名字)",
    ),
    (AnswerType.PERSON, rf"\b(?:what|which) (?:\w+ ){{0,2}}{_PERSON_EN}\b(?! of)"),
    (AnswerType.PERSON, r"\bwho (?:is|was|are|were) (?:the|its|their)\b"),
    (AnswerType.WHO, r"谁|哪一?位|何人|[什甚]么人|\bwho(?:m|se)?\b"),
    (AnswerType.REASON, r"原因|缘故|\b(?:reason|reasons) (?:for|why|behind)\b"),
    (
        AnswerType.MONEY,
        # 捐了多少图书 asks for a number of books.
        rf"{_SPENDING_ZH}[了过出下]?(?:多少|几)(?=$|[^\u4e00-\u9fff]|{_MONEY_WORD_ZH}|"
        r"[用给来在到去和为万亿千百建修买购改于吗呢]|支持|帮助|扶持|开发|发展|进行)",
    ),
    (
        AnswerType.MONEY,
        rf"多少{_MONEY_WORD_ZH}|{_MONEY_WORD_ZH}(?:总额)?约?(?:是|为|有|约|达)?了?多少",
    ),
    (
        AnswerType.MONEY,
        rf"\bwhat {_DOES} .* cost$|\bhow expensive\b|\bhow many (?:dollars|euros|pounds|yuan)\b",
    ),
    (
        AnswerType.MONEY,
        r"\bwhat (?:is|was|were|are) the (?:total )?(?:cost|price|budget|investment)\b",
    ),
    (AnswerType.MONEY, r"\bwhat (?:grant|sum|fine|fee|salary|price|prize money|funding)\b"),
    (AnswerType.MONEY, r"\bhow (?:much|large) (?:\w+ )?(?:money|funding|investment|capital)\b"),
    (
        AnswerType.MONEY,
        r"\bhow (?:big|large) (?:is|was) .*\b(?:market|budget|fund|economy|investment)\b",
    ),
    (AnswerType.MONEY, rf"\bhow (?:much|large) {_DOES}\b.*\b{_MONEY_WORD_EN}\b"),
    (AnswerType.NUMBER, rf"多少|第几|几{_MEASURE_ZH}|多[大长高远重快深宽厚]"),
    (AnswerType.NUMBER, rf"^what (?:is|was|are|were) the (?:[\w-]+ ){{0,2}}{_SIZE_EN} of\b"),
    (
        AnswerType.NUMBER,
        r"\bhow (?:many|much|long|far|high|tall|big|large|fast|old|deep|heavy|wide|often)\b",
    ),
    (
        AnswerType.DEFINITION,
        r"^(?:[什甚]么是|何谓)|(?:是|所)?指(?:的是)?[什甚]么$|(?:定义|含义|意思)(?:是[什甚]么?)?$|[什甚]么意思$|"
        r"^[^的,，]{1,20}是[什甚]么(?:东西|概念|机构|组织|公司)?$",
    ),
    (
        AnswerType.DEFINITION,
        r"^what (?:does|do|did) .+ (?:mean|stand for)$|^what is meant by\b|"
        r"^what is the (?:definition|meaning) of\b|^(?:define|explain) |"
        r"^what (?:is|are) an? (?!example|way|reason)[\w' -]+$|"
        r"^what (?:is|are) (?!it\b|this\b|that\b|there\b|the\b|some\b|its\b|also\b|an?\b)"
        r"[\w.-]+(?: [\w.-]+)?$",
    ),
    (AnswerType.MANNER, r"怎么(?!样?的)|怎样(?![的一])|如何|\bhow\b"),
    (AnswerType.MANNER, r"(?:用|以|通过|采用|采取)[什甚]么(?:方法|方式|手段|办法|途径)"),
    (AnswerType.YES_NO, r"吗$|是否|[能可会]否|([\u4e00-\u9fff])不\1|有没有"),
    (AnswerType.YES_NO, r"^(?:is|are|was|were|do|does|did|has|have|can|will)\b"),
)
_COMPILED = tuple((answer_type, re.compile(pattern)) for answer_type, pattern in _QUESTIONS)


def classify(question: FoldedText) -> AnswerType:
    """Return the answer type of a question.

    >>> classify(FoldedText.of("投资了多少?"))
    <AnswerType.MONEY: 'money'>
    >>> classify(FoldedText.of("How many pilots?"))
    <AnswerType.NUMBER: 'number'>
    """
    plain = question.folded.strip().rstrip("?!.。 ")
    for answer_type, pattern in _COMPILED:
        if pattern.search(plain):
            return answer_type
    return AnswerType.OTHER
