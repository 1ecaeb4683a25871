"""The phrases of small talk, as patterns of folded clauses: lower case, simplified, half width.

A phrase must be all of a clause. tests/qa/talk/test_small_talk.py has examples of each topic.
"""

from enum import Enum, auto


class Topic(Enum):
    """What small talk is about; the first topic of a message decides the reply."""

    HELP = auto()
    IDENTITY = auto()
    COMPLAINT = auto()
    GOODBYE = auto()
    THANKS = auto()
    PRAISE = auto()
    GREETING = auto()
    ASSENT = auto()


SOUNDS = r"(?:[啊呀哈哦呢吧哟喔嘛啦呐哇嘞咯呗哒噢诶欸嗯呵嘿嘻]|哩|滴)*"
"""What may end a Chinese phrase without meaning."""

FILLER = (
    r"(?:请问|请教|麻烦|劳驾|不好意思|打扰了?|打搅了?|我?想?(?:麻烦|请)?(?:问|请教|"
    r"咨询)[你您妳]?一下子?[你您妳]?|那个?|这个|嗯+|呃+|额+|哦+|噢+|啊+|对了|"
    r"please|pls|so|well|um+|uh+|oh|ah|hmm+|excuse me|sorry|just)"
)
"""Words that carry no topic and may stand in a clause of their own, or before a phrase."""

_YOU = r"(?:[你您妳]们?|贵站|小助手|助手|机器人|yiju)"
_TO = (
    r"(?:[你您妳]们?|大家|各位|亲爱的|亲|朋友们?|小编|客服|老师|老板|同学们?|小助手|助手|机器人|"
    r"依据|yiju)"
)
_VERY = (
    r"(?:真的?是?|实在是?|太|非常|十分|万分|多|先|很|超|超级|特别|好|挺|蛮|还|相当|确实|果然|可)"
)
_IT = (
    r"(?:[你您妳]们?的?|这个?|那个?|它|刚才|上面|前面|的|答案|回答|回复|结果|[回作]?答得?|说得?|"
    r"讲得?|做得?|"
    r"好像|完全|都|根本|明显|全|有点|是|还是|又)"
)
_MAKE = r"(?:开发|做|创造|研发|研制|设计|训练|写|制作|发明)"
_KIND_ZH = (
    r"(?:谁|哪位|啥|什么|什么人|什么东西|[干做]什么用?的|干啥用?的|干嘛用?的|真人|活人|人|人类|"
    r"机器人|机器|"
    r"客服|程序|软件|ai|人工智能|大?模型|什么模型|(?:chat)?gpt|deepseek|文心一言|通义千问|豆包|"
    r"kimi|元宝)"
)
_SITE = r"(?:网站|系统|软件|工具|页面|应用|程序|平台|app)"
_WHAT = r"(?:什么|啥|哪些|些什么|些啥|点什么|几种|何)"
_END_EN = r"(?: (?:there|all|everyone|everybody|yiju|again|friends?|guys|folks|team|bot|you))*"
_SO_EN = (
    r"(?:(?:that(?:'s| is| was)|this is|it(?:'s| is| was)|you(?:'re| are)|(?:your|"
    r"the) answer (?:is|was)|"
    r"answer|very|so|really|pretty|quite|absolutely|totally|completely|still|just|the|a|an|how|"
    r"what) )*"
)

# Matched in this order: 你好 greets before 好 praises.
PHRASES: dict[Topic, tuple[str, ...]] = {
    Topic.HELP: (
        rf"{_YOU}?(?:都|还|到底)?(?:能|会|可以|可|懂|知道)(?:够|帮我们?|为我们?|给我们?|替我)?"
        rf"(?:做|干|回答|办|提供|帮忙|查|查询)?{_WHAT}(?:的?(?:事|事情|忙|问题|功能|东西|服务|"
        r"内容))?",
        rf"{_YOU}(?:都|还)?(?:有|提供){_WHAT}(?:功能|用|本事|能力|技能|作用|用处|服务)",
        rf"(?:怎么|怎样|如何)(?:使?用|问|提问|操作|跟|和)?{_YOU}(?:提问|说话|聊天|对话)?",
        rf"(?:怎么|怎样|如何)(?:使?用|操作)这个?{_SITE}?|这个?{_SITE}?(?:怎么|怎样|如何)(?:使?用|"
        r"操作|提问)",
        r"(?:我)?(?:怎么|怎样|如何)提问|(?:教我|告诉我)(?:怎么用|怎么提问)",
        r"(?:请)?(?:给我)?(?:帮助|帮助文档|救命|求助|帮帮我们?|帮我们?|帮帮忙|帮个忙|帮我个忙)|"
        rf"{_YOU}(?:能|可以)帮(?:我们?|帮我)?(?:个?忙)?[吗么]",
        r"(?:在这里|在这儿)?我?(?:能|可以|该|应该|应当)(?:向你|跟你|和你|在这里|在这儿)?(?:问|"
        rf"请教|咨询)[你您妳]?{_WHAT}(?:样的)?(?:问题|内容|事)?",
        r"(?:我)?问(?:你)?(?:些)?(?:什么|点什么|啥)好|有什么(?:可以|能)问的|[都可]?(?:能|"
        r"可以)问(?:你)?(?:些)?(?:什么|哪些|啥)(?:问题)?",
        r"我?(?:想|要|有)(?:要)?(?:问|咨询|请教)?(?:[你您妳])?(?:一?个|几个|一些|"
        r"点)?(?:小)?(?:问题|事情?)(?:想|要)?(?:问|咨询|请教)?(?:[你您妳])?(?:一下)?",
        r"(?:我)?(?:可以|能|能不能|可不可以|可否|想)(?:问|咨询|请教)(?:[你您妳])?(?:一?个|几个|"
        r"一些|点)?(?:问题|事情?)?(?:[吗么])?",
        r"help(?: me)?(?: out)?(?: please)?|how can (?:you|u) help(?: me)?|(?:i )?need (?:some |"
        r"your )?help|(?:can|could|will|"
        r"would) (?:you|u) (?:please )?help(?: me)?(?: out)?(?: please)?",
        r"(?:so )?what (?:can|could|do|else can|all can) (?:you|u|this|it|yiju|this (?:site|tool|"
        r"app|page)) (?:do|answer|offer|know|help(?: me)?(?: with)?)(?: for me| here)?",
        r"what are you (?:able to do|capable of|good at|for)|what are your (?:features|"
        r"capabilities|skills|functions|abilities)",
        r"what (?:can|should|may|could|do) i (?:ask|do)(?: (?:you|here|about))*|what (?:kind|"
        r"sort|type)s? of questions (?:can|may|should) i ask(?: you)?",
        r"(?:what|which) questions can (?:i ask|you answer)(?: you)?|how (?:do|can|should|"
        r"would) i (?:use|ask|start|talk to)(?: (?:this|it|you|yiju|a question|questions|here|"
        r"(?:this )?(?:site|tool|app|page)))*",
        r"how (?:does|do) (?:this|it|you|yiju|this (?:site|tool|app|page)) work|how to (?:use|"
        r"ask)(?: (?:this|it|you|yiju|questions?))?",
        r"(?:(?:can|may|could) i ask(?: you)?|i(?:'d like to| want to| would like to)? (?:ask|"
        r"have)(?: you)?|i(?:'ve| have)(?: got)?) (?:a|some|one|another|a few)? ?(?:quick |"
        r"simple )?(?:questions?|something)(?: for you)?",
    ),
    Topic.IDENTITY: (
        rf"{_YOU}(?:到底|究竟|又)?是(?:不是)?(?:一?[个名种])?{_KIND_ZH}(?:[吗么嘛]|还是.{{1,8}})?",
        rf"(?:依据|yiju)是谁|{_YOU}(?:叫|的名字(?:是|叫)?|名字(?:是|叫)?)(?:什么|啥)?(?:名字|"
        rf"名)?|(?:该)?(?:怎么|如何)称呼{_YOU}?",
        r"(?:请|先)?(?:[做作]个?)?(?:自我介绍|(?:介绍|说说|谈谈|"
        rf"讲讲)(?:一?下)?{_YOU}(?:自己)?)(?:一?下)?(?:自己)?|{_YOU}?(?:介绍|"
        rf"说说)(?:一?下)?(?:{_YOU})?自己",
        rf"(?:是)?谁{_MAKE}(?:了|的|出)?{_YOU}(?:的)?|{_YOU}(?:是)?(?:由|被)?(?:谁|哪家公司|"
        rf"哪个公司|哪里){_MAKE}(?:出来)?的?",
        rf"(?:这|这个|这里)(?:是个?)?(?:什么|啥){_SITE}|这个?{_SITE}是(?:什么|啥|做什么的|"
        rf"干什么的|干嘛的)|{_YOU}(?:用的是?|基于)(?:什么|哪个)(?:大?模型|技术)(?:的)?",
        r"(?:who|what) (?:are|r) (?:you|u)(?: exactly| really)?|(?:what(?:'s| is)|tell me|"
        r"may i (?:know|have)) your name(?: please)?|(?:do you have|have you got) a name",
        r"(?:are|r) (?:you|u) (?:(?:a|an|some|really|actually) )*(?:bot|robot|ai|machine|human|"
        r"person|real|computer|program|chat ?bot|(?:chat)?gpt|llm|language model|deepseek|alive|"
        r"assistant)(?: (?:being|person|human|bot))?(?: or .{1,20})?",
        rf"{_YOU}的(?:作者|开发者|开发团队|主人|老板)是谁",
        r"(?:please |can you |could you )*(?:introduce|tell me about|describe) yourself|"
        r"who (?:made|built|created|"
        r"developed|wrote|designed|trained|runs) (?:you|yiju|this (?:site|tool|app|page))",
        r"what(?:'s| is) (?:this|yiju|this (?:site|tool|app|page|website))(?: for| about)?|"
        r"(?:what|which) (?:ai )?model (?:are you|do you use|is this)|who is yiju",
    ),
    Topic.COMPLAINT: (
        rf"(?:{_IT}|{_VERY})*(?:不对|错了?|错的|不准确?|不正确|没用|没什么用|不行|不好用?|有误|"
        r"差|差劲|烂|垃圾|笨|蠢|傻|"
        r"错误|差评|乱说|乱讲|胡说(?:八道)?|瞎说|瞎编|编的|骗人|答非所问|离谱|失望|生气|无语|慢|"
        r"坑|坑爹|"
        r"[看听]不懂|没[看听]懂|不满意|不靠谱|"
        r"没答对|没有?回答(?:我的?)?(?:问题)?|没有?帮助|答错|搞错|弄错|说错|不知所云|"
        r"不是我(?:想)?(?:要|问)的)(?:死|极|到家|透)?(?:了|的)*",
        r"(?:我)?(?:不是|没)(?:在)?问(?:你)?(?:的)?(?:是)?这个?|不是这个(?:意思|问题)?|你(?:没|"
        r"没有|不)(?:听懂|看懂|明白|理解)(?:我的?(?:意思|问题))?|你(?:怎么|咋)(?:这么|那么)(?:笨|"
        r"蠢|傻|慢|差)",
        rf"{_SO_EN}(?:not )?(?:wrong|incorrect|bad|terrible|awful|horrible|useless|stupid|dumb|"
        r"silly|nonsense|rubbish|garbage|inaccurate|misleading|bad (?:answer|bot|job)|"
        r"wrong answer|lie|too slow|slow|disappointing|disappointed)",
        rf"{_SO_EN}not (?:really |very |quite |even )?(?:true|right|correct|helpful|useful|good|"
        r"accurate|what i (?:asked|meant|wanted|was asking)(?: for| about)?)",
        r"(?:this|that|it|you) (?:does(?:n't| not)|do(?:n't| not)|did(?:n't| not)|is(?:n't| not)|"
        r"are(?:n't| not)) (?:work|help|helpful|helping|answer(?: (?:my|the) question)?|"
        r"make (?:any )?sense|understand(?: me)?|right|correct)",
        r"you (?:lie|lied|suck|made (?:that|it) up|got (?:it|that) wrong|are lying|"
        r"misunderstood(?: me)?)|i(?:'m| am) not (?:happy|satisfied)(?: with (?:this|that|"
        r"your answer))?|👎",
    ),
    Topic.GOODBYE: (
        r"再见|再会|拜+|拜拜+|88+6?|回见|回头见|(?:明天|明儿|下次|改天|回头|待会儿?|一会儿?|"
        r"以后)(?:再)?(?:见|聊|问|来|说)|先?(?:就)?这样",
        r"(?:我)?(?:就)?没(?:有)?(?:别的|其他|其它|什么|啥)?(?:的)?(?:问题|事|要问的)(?:情)?了|"
        r"(?:我)?(?:问完|先走|走|先下|先撤|下线|溜|撤|要走|先忙|去忙)了?|晚安|告辞|失陪(?:了)?|"
        r"保重",
        r"(?:祝[你您妳])?(?:周末|节日|生活|工作|天天|一切|万事)?(?:愉快|快乐|开心|顺利|如意)",
        r"(?:good ?bye|bye(?:[ -]?bye)?|see (?:you|ya|u)(?: later| soon| tomorrow| around|"
        r" next time)?|(?:talk to you )?later|farewell|good ?night|take care|cya|cu|ttyl|"
        rf"so long){_END_EN}(?: for now)?",
        r"have a (?:nice|good|great|lovely) (?:day|one|evening|night|weekend|time)(?: too)?|"
        r"that(?:'s| is| will be|'ll be) (?:all|it)(?: for (?:now|today))?|i(?:'m| am) (?:done|"
        r"leaving|off)|no (?:more|other|further) questions|nothing else|gotta go",
    ),
    Topic.THANKS: (
        rf"{_VERY}*(?:谢谢|感谢|谢|多谢|3q|蟹蟹|感恩|感激|有劳|辛苦|麻烦)+(?:{_TO}|了|啦|的|"
        r"不尽)*(?:这么|如此)?(?:的?(?:帮助|帮忙|解答|回答|回复|指教|耐心|详细|及时|解惑|"
        r"支持)(?:了|啦)?)*",
        rf"{_VERY}*(?:谢谢|感谢)(?:[你您妳]们?)?(?:帮了?我?(?:大忙)?|告诉我|解答|回答)(?:了|这些|"
        r"这么多)?|给[你您妳](?:们)?添麻烦了|🙏+|❤️?|🌹+",
        r"(?:(?:many|big|ok|okay|great|so|alright|perfect|good|cool|a lot of|oh|no) )*(?:thanks|"
        r"thank you|thank u|thankyou|thx|thnx|tks|tysm|ty|cheers|much appreciated|"
        r"(?:i )?(?:really )?appreciate (?:it|that|this|your help)|appreciated|i'm grateful)"
        r"(?: (?:so|very) much| a lot| a million| a bunch| again| everyone| all| you| yiju|"
        r" anyway| then| mate| man| for (?:your |the |all )*(?:help|answers?|time|reply|that|"
        r"this|everything|answering|helping|information|info|explanation)(?: me)?| in advance)*",
    ),
    Topic.GREETING: (
        rf"{_TO}*好|(?:{_TO}|早上|上午|中午|下午|晚上|[早晚])好(?:{_TO})?|早安|午安|早上?|"
        rf"哈+[喽啰罗囉咯]|嗨+|嘿+|喂+|halo|哈罗|{_TO}?在(?:[吗么嘛]|不在|不)|{_TO}?(?:有人|有谁|"
        r"人|谁)在?(?:[吗么嘛])",
        r"好久不见|幸会|久仰(?:大名)?|初次见面|请多+关照|很高兴(?:认识|见到)[你您妳]|(?:新年|新春|"
        r"过年|春节|元旦|节日|端午节?|中秋节?|国庆节?|圣诞节?|元宵节?|周末|"
        r"周[一二三四五六日])(?:快乐|好|愉快|安康)|恭喜发财",
        rf"{_YOU}(?:还|最近|过得)?(?:好|怎么样|忙|吃饭?了?|吃了)(?:[吗么嘛])|(?:最近|近来|"
        r"今天)(?:过得)?(?:好|还好|忙)(?:[吗么嘛])|吃了[吗么]",
        r"(?:hi+|hello+|hey+|hiya|howdy|greetings|yo|sup|hola|good (?:morning|afternoon|evening|"
        rf"day)|morning|gm|welcome|hello world){_END_EN}",
        r"how (?:are|r) (?:you|u|things)(?: doing| today| going| all)*|how(?:'s|"
        r" is) (?:it going|everything|life|your day)|how do you do|what(?:'s| is) up|wh?as+up|"
        r"nice to (?:meet|see) you(?: too)?|long time no see|(?:happy|merry) (?:new year|"
        rf"christmas|holidays|birthday|friday|weekend){_END_EN}",
        r"(?:is )?(?:any(?:one|body)|some(?:one|body)) (?:there|here|home|around)|"
        r"(?:are )?you (?:there|here|online|awake)",
    ),
    Topic.ASSENT: (
        r"好(?:的|吧|滴|嘞|哒|好)*|行(?:吧|了)?|可以|是的?|对的?|没错|嗯+|哦+|噢+|喔+|"
        r"(?:我)?(?:都)?(?:知道|明白|了解|懂|清楚|收到)了?|原来(?:如此|是这样)|这样(?:啊|子)?|"
        r"没事(?:了|儿)?|不用了?|不必了?|算了|没关系|没问题|没有了|不客气|随便|呵+|哈+|嘻+|嘿嘿+|"
        r"是吗|真的吗|"
        r"不会吧|不是吧",
        r"ok+|okay|okey|k|kk|alright|all right|fine|sure|yes|yeah|yep|yup|no|nope|right|got it|"
        r"gotcha|i see|i get it|understood|makes sense|fair enough|no problem|never ?mind|"
        r"you(?:'re| are) welcome|lol|ha(?:ha)+|really|is that so",
    ),
    Topic.PRAISE: (
        rf"(?:{_IT}|{_VERY})*(?:棒|厉害|牛[逼批掰]?|不错|好用|好|赞|给力|聪明|优秀|靠谱|专业|酷|"
        r"有用|有帮助|有意思|到位|清楚|准确|漂亮|完美|满意|可爱|正确|对|全面|详细|快)(?:极|死|爆|"
        r"多)?(?:了|的)*",
        r"6{2,}|nb+|yyds|(?:给)?(?:[你您妳]|我)?(?:点|点个|点个大)赞|爱(?:了|[你您妳]们?)|么么哒|"
        r"(?:大神|高手|学霸)|(?:我)?(?:学到|长知识|涨知识|长见识)了?|"
        r"帮(?:了)?(?:我)?(?:的)?大忙了?|(?:我)?(?:很|非常)?(?:喜欢|爱)(?:[你您妳]|这个)|"
        r"[👍👏💯🎉👌]+",
        rf"{_SO_EN}(?:great|good|nice|awesome|amazing|excellent|perfect|cool|wonderful|fantastic|"
        r"brilliant|impressive|helpful|useful|smart|clever|correct|right|accurate|well done|"
        r"neat|lovely)(?: (?:job|work|answer|one|stuff|bot|info|information))?",
        r"(?:i )?(?:really )?(?:love|like) (?:it|this|that|you|your answers?)|wow+|bravo|"
        r"good bot|you rock|kudos|that (?:really )?help(?:s|ed)(?: me)?(?: a lot)?",
    ),
}  # fmt: skip

WITHOUT_HISTORY: dict[Topic, tuple[str, ...]] = {
    Topic.HELP: (
        r"有(?:什么|哪些|啥)(?:功能|用|本事|能力|技能|作用|用处|服务)|(?:怎么|怎样|如何)(?:使?用|"
        r"操作)|使用(?:说明|方法|帮助|指南|教程)|用法|说明书?",
        r"怎么玩|commands|instructions|usage|manual|getting started|features",
    ),
    Topic.GREETING: (r"[你您妳]?(?:最近|近来)?怎么样",),
}  # fmt: skip
"""What asks about Yiju only if nothing was asked before: `怎么用?` may follow on a product."""
