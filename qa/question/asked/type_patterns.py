"""The patterns that tell the answer type of a question.

They match folded questions in plain words (`asked_type`) without their end mark. The first match
decides, so special patterns come before general ones; `test_asked_type`
has an example of each.
"""

from qa.answer_types import AnswerType

_ARTICLE_ZH = r"(?:^|[这那该本])(?:篇|则|条)?(?:文章|报道|新闻|稿件|文|稿)"
_ARTICLE_EN = r"(?:this|the) (?:article|report|story|piece)"
_WHEN_ZH = (
    r"(?:[什甚]么(?:时候|时间|年代|日子|年份|朝代)|[何哪]时|哪一?[天日年周]|几月|"
    r"几号(?![楼线门机仓院厂馆厅口井舰车房铺桥位]))"
)
_ISSUED_ZH = r"(?:发布|发表|刊登|刊发|写)"
_SPENDING_ZH = (
    r"(?:投资|投入|出资|投|花费|花|耗资|拨款|资助|融资|斥资|筹[集得]?|募集|募捐|募|捐款|捐赠|捐|赔偿|赔付|赔|罚款|罚|"
    r"追加|补贴|补助|补偿|援助|贷款|借款|欠款?|收费|交费|缴费|报销|售价|卖到?|标价|定价|拍出|值|赚|挣|亏损?|付|奖励)"
)
_MONEY_WORD_ZH = (
    r"(?:钱|资金|经费|预算|决算|[金余总份差]额|[投融]资额?|拨款|造价|成本|费用?|价格|[\u4e00-\u9fff]价|营收|收入|"
    r"利润|净利|产值|[总市估货价身]值|资本金?|[奖罚押租佣定订基]金|[善罚捐贷存货欠借]款|工资|[月年日时]薪|薪[水资]|学费|"
    r"票房|债务?|支出|开支|补贴|补助|津贴|赔偿|[百千万亿]*[块圆](?=$|钱)|[百千万亿]*(?:[美欧日港]|人民币)?元|人民币|"
    r"美金|英镑|法郎|卢比|卢布|比索|克朗)"
)
_MONEY_WORD_EN = (
    r"(?:invest\w*|cost\w*|spen[dt]\w*|fund\w*|pa(?:y|id)|budget\w*|worth|grant\w*|financ\w*|"
    r"award\w*|contribut\w*|allocat\w*|provide\w*|g[ai]ve\w*|donat\w*|raise\w*|earn\w*)"
)
_RATE_ZH = "(?:[^频功心速效汇倍斜曲辨样]|^)率"
_TIME_UNIT_ZH = r"(?:年|个月|个?星期|周|天|日|个?小时|分钟|秒)(?!级|龄|轻|代|份)"
_MEASURE_ZH = (
    "[个家人台座项次年条种位所艘公里度首类倍只支辆部本张件句层楼集章节段轮步号口任届期班门名间处架米吨斤克亩页颗枚匹"
    "头株棵升岁平册幅场扇盏瓶盒袋箱份组队线栋幢套根块片顿桌道站环级万千百亿"
    "套栋幢把桶包捆双群排床艇起例宗户]"
)
_ORG_ZH = (
    r"(?:机构|公司|组织|部门|单位|大学|学院|企业|学校|小学|中学|协会|集团|银行|委员会|媒体|医院|部队|队伍|战队|乐队|"
    r"剧团|舞团|杂志|报纸|报社|电视台|电台|出版社|球队|俱乐部|政党|球会|车队|法院|检察院|厂家|厂商|[药工]厂|商家|"
    r"基金会?|研究[所院]|机关|公安局|派出所|运营商|供应商|开发商|券商)"
)
_ORG_EN = (
    r"(?:compan(?:y|ies)|firms?|organi[sz]ations?|agenc(?:y|ies)|institut\w+|universit(?:y|ies)|"
    r"body|bodies|departments?|ministr(?:y|ies)|associations?|groups?|newspapers?|magazines?|"
    r"(?:record )?label|teams?|schools?|colleges?|banks?|courts?|networks?|publishers?|studios?)"
)
_PERSON_EN = (
    r"(?:person|man|woman|ceo|chairman|mayor|general|founder|inventor|president|minister|king|queen|emperor|leader|director|producer|actor|"
    r"actress|singer|artist|author|writer|poet|scientist|player|contestant|judge|mentor|coach)"
)
_PLACE_EN = (
    r"(?:country|city|province|state(?! of)|place|street|region|town|village|county|borough|"
    r"continent|island|district|location|intersection|address|stadium|airport|station|park|river|"
    r"mountain|lake|venue|site|planet|ocean|sea|harbou?r|port|capital|neighbou?rhood)"
)
_SIZE_EN = (
    r"(?:population|number|size|length|height|depth|width|temperature|speed|area|distance|weight|"
    r"capacity|altitude|elevation|age|score|magnitude|output|volume|voltage|frequency)"
)
_DOES = r"(?:did|does|do|was|were|is|are|will|would|has|have|had|can|should)"

QUESTIONS: tuple[tuple[AnswerType, str], ...] = (
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
        rf"百分之几|百分之多少|百分比|(?:占比|比例|比重|份额|{_RATE_ZH})(?:约|大约|高达)?(?:是|为|达到?|有)?了?多少|"
        r"多大比例|几成(?![绩员功])|[占涨跌降升](?:到|了)?多少$|"
        r"(?:增长|下降|上涨|下跌|提高|降低|增加|减少)了?百分之?多少$|\d%.*(?:到|至|为)了?多少",
    ),
    (
        AnswerType.PERCENT,
        r"\b(?:what|which) (?:percent\w*|proportion|share|fraction)\b|\bhow many percent\b",
    ),
    (AnswerType.PERCENT, r"\bwhat (?:is|was) the [\w ]*\brate\b"),
    (AnswerType.DATE, r"几几年|几点|(?:从|到|在|于|自|截至)多久"),
    (AnswerType.NUMBER, r"(?:多少|几)周?岁|(?:多少|几)周年|多大(?:年纪|岁数|了)"),
    (
        AnswerType.PERIOD,
        rf"多久|多长时间|多少时间|(?:多少个?|(?<![元是在于第几])几个?){_TIME_UNIT_ZH}(?!几月)|"
        r"(?:时间|工期|任期|寿命|期限|刑期|学制|假|周期|期)(?:有|是|为)?多长|"
        r"(?:年限|时长|期限|[质保任工]期)(?:是|为|有)?多少",
    ),
    (
        AnswerType.PERIOD,
        rf"\bhow long (?:{_DOES} it take|did|does|do|has|have|had|will|would|can)\b",
    ),
    (AnswerType.PERIOD, r"\bhow long (?:is|was) .*\b(?:term|season|reign|period|war|life|valid)\b"),
    (AnswerType.PERIOD, r"\bhow many (?:years|months|weeks|days|hours|minutes|seconds|decades)\b"),
    (AnswerType.DATE, rf"{_WHEN_ZH}|哪一?个?月|哪个?年份|何[年日]|(?:星期|周|礼拜)几|几年"),
    (
        AnswerType.DATE,
        rf"^when\b|\bwhen {_DOES}\b|\bwhen$|"
        r"\b(?:what|which) (?:year|date|day|month|decade|century)\b",
    ),
    (
        AnswerType.REASON,
        r"(?<![称之名算改成作分定变视认叫列])为[什甚]么|为何|哪一?个?原因|何以|凭[什甚]么|"
        r"怎么(?:会|[这那]么|就|还|[不没](?!同))|\bwhy\b|\bhow come\b",
    ),
    (
        AnswerType.LIST,
        r"哪些|哪[二两三四五六七八九十几]|列举|(?:包括|包含)[了过]?[什甚]么|(?<!的)分别是[什甚]么|"
        r"有[什甚]么[^，。]{0,4}(?:要求|条件|材料|特点|变化|优势|好处|功能|区别|措施|待遇|福利)$",
    ),
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
        r"哪一?[个座条处片块栋幢]?(?:机场|车站|[高地]铁站|站|村|镇|乡|街|路|街道|小区|社区|景区|公园|山|河|湖|海|海域|港口?|"
        r"码头|大?洲|大厦|体育[馆场]|场馆|广场|省份|位置|教室|房间|展[馆厅]|路口)(?![长人])|哪个村|[什甚]么位置|何方|"
        r"哪(?:一?个)?国家?|哪一?[座个](?:城市|省|市|区|地方|地区|州|县|郡|岛)|哪里|哪儿|哪边|在哪(?!一?个|[种些])|"
        r"何地|何处|[什甚]么地方",
    ),
    (AnswerType.PLACE, rf"^where\b|\bwhere {_DOES}\b"),
    (AnswerType.PLACE, rf"\b(?:what|which) (?:\w+ )?{_PLACE_EN}\b"),
    (
        AnswerType.PERSON,
        r"(?:[长席理官师者人员手孩生娘婆爷奶叔姐妹哥弟爸妈汉翁星童士郎]|主任|男子|女子|总监|书记|代表|主播|教授|作家|老板|"
        r"同学)(?:叫|姓)[什甚]么(?:名字?)?$|姓[什甚]么|[尊贵]姓",
    ),
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
        rf"{_SPENDING_ZH}[了过出下到]?(?:大约|大概|约|一共|总共|共)?(?:多少|几)"
        rf"(?=$|[,，。；的了]|{_MONEY_WORD_ZH}|"
        r"[用给来在到去和为万亿千百建修买购改于吗呢开才]|支持|帮助|扶持|发展|进行)",
    ),
    (
        AnswerType.MONEY,
        r"(?:怎么|如何)(?:卖|收费|定价|计价)|费用?(?:怎么|如何)[收算交]|多少个?亿$|[几多少]块钱?$",
    ),
    (
        AnswerType.MONEY,
        rf"(?:多少|几)(?:[\u4e00-\u9fff]{{2,4}}?)??{_MONEY_WORD_ZH}(?=$|[,，。；的]|[来用建修购买开支才])|"
        rf"多少{_MONEY_WORD_ZH}|{_MONEY_WORD_ZH}(?:总额|总共|一共|共|最[高低多少]|至少)?(?:大约|大概|约)?"
        r"(?:是|为|有|约|达|[要需]?[交付收花]?)[了到]?"
        r"(?:多少|几何)(?![人个家名位次])",
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
    (AnswerType.MONEY, rf"^what \w+ {_DOES} .*\b(?:charge|pay|cost)\b"),
    (AnswerType.MONEY, r"\bhow (?:much|large) (?:\w+ )?(?:money|funding|investment|capital)\b"),
    (
        AnswerType.MONEY,
        r"\bhow (?:big|large) (?:is|was) .*\b(?:market|budget|fund|economy|investment)\b",
    ),
    (AnswerType.MONEY, rf"\bhow (?:much|large) {_DOES}\b.*\b{_MONEY_WORD_EN}\b"),
    (AnswerType.MONEY, r"^how much (?:is|are|was|were) (?:a|an|the|one|each)\b"),
    (
        AnswerType.NUMBER,
        rf"多少|第几|几{_MEASURE_ZH}|(?<![许更太最很])多么?[大长高远重快深宽厚粗](?![期度])",
    ),
    (AnswerType.NUMBER, rf"^what (?:is|was|are|were) the (?:[\w-]+ ){{0,3}}{_SIZE_EN}\b"),
    (AnswerType.NUMBER, rf"^what (?:[\w-]+ ){{0,3}}{_SIZE_EN} {_DOES}\b"),
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
    (
        AnswerType.YES_NO,
        r"[吗嘛]$|(?<![什甚怎这那多])么$|是否|[能可会]否|([\u4e00-\u9fff])[不没]\1|有没有|有无|没有?$",
    ),
    (AnswerType.YES_NO, r"^(?:is|are|was|were|do|does|did|has|have|can|will)\b"),
)
