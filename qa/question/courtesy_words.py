"""The words of courtesy, as patterns of simplified, lower-case text.

A greeting, or thanks, is courtesy where a mark or more courtesy follows: `你好用日语怎么说` asks
about the word. `请问` and `我想知道` are followed by the question itself.
"""

MARK = r"[\s,，.。!！?？~～、;；:：…—–^\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]"
"""What may stand between courtesy and question."""

_YOU = r"(?:[你您]们?|大家|各位|诸位|老师|客服|朋友们?|小编|管理员|版主|大神|高手)"
_BIT = r"(?:一?下子?|一声|一句|[一两]?个问题|个事儿?|件事|有关|关于)"
_SOUND = r"[啊呀哈哦呢吧哟喔呃嗯]"

GREETING = (
    rf"(?:(?:[\u4e00-\u9fff]{{0,4}}{_YOU}|早上|上午|中午|下午|晚上|[早晚])好{_SOUND}?|"
    rf"哈[喽啰罗囉]|嗨|早安|晚安|早|"
    rf"在[吗么不]?在?|在不在|有人(?:在)?[吗么]?|亲|(?:真是?|实在|很|非常)?(?:不好意思|抱歉)|"
    rf"对不起|冒昧了?|"
    rf"(?:抱歉|不好意思|冒昧)?打[扰搅]{_YOU}?(?:了|一?下)?|{_YOU}?辛苦{_YOU}?了?|劳驾|"
    rf"(?:麻烦|拜托|有劳){_YOU}?了?|(?:先|非常|十分|多)?(?:谢谢|感谢|多谢)(?:{_YOU}|了|啦|啊)*)"
)
_I = r"(?:我们?|咱们?|俺|本人|小弟|小妹|在下)"
_ADVERB = r"(?:就|只|也|还|先|再|今天|现在|特别|真的|很)"
_MODAL = r"(?:能不能|可不可以|能否|可否|是否可以|可以|能|方便)"
_POLITE = rf"(?:请|麻烦|劳驾|拜托|烦请|劳烦|有劳|[向跟和]{_YOU})"
_FOR_ME = r"(?:帮忙|帮我们?|帮|给我们?|替我)"
_ANY = rf"(?:{_I}|{_YOU}|{_ADVERB}|{_MODAL}|{_POLITE}|{_FOR_ME}|想要?|需要|要|来)"
_NO_TEACHING = "(?![育师授练])"  # 请教育局长介绍
_SURE = (
    rf"(?:请问|[请求]教{_NO_TEACHING}|借问|求问|求助|跪求|弱弱地?问|"
    rf"(?:问|咨询|谘询|諮询|打听|查询|了解|查|看|找|确认|核实){_BIT}|问问|"
    r"告诉我们?|告知我们?)"
)
_WISHED = (
    rf"(?:请教{_NO_TEACHING}|咨询|谘询|諮询|打听|了解|查询|知道|"
    r"问(?![题世卷责答号])|弄清楚?|搞清楚)"
)
_HELPED = r"(?:查[看找查]|查|看看|看|找找|找|搜索?|解答|回答|查询|确认|核实|问)"
ASKING = (
    rf"(?:{_ANY}*{_SURE}|{_ANY}*(?:想要?|需要|要)(?:{_POLITE}|{_FOR_ME}|{_ADVERB})*{_WISHED}|"
    rf"{_ANY}*{_FOR_ME}{_HELPED}|"
    rf"{_I}?有一?[个些](?:小?问题|疑问|事情?)(?:想|要)?(?:请教|咨询|问)?)"
    rf"(?:{_BIT}|{_YOU}(?![们的知能可晓清方有])|{_SOUND}|的(?:问题)?(?:就?是)(?=[,，:：]))*"
)
ANYONE = (
    r"(?:(?:有没有|有)?(?:人|谁|哪位|大神|高手)(?:能|可以)?(?:知道|晓得|告诉我|清楚|说说)|"
    r"[你您]们?(?:知不知道|知道|晓得|清楚)不?)"
)
"""Who is asked: 谁知道, 你知道. Courtesy only around a whole question."""

EMBEDS = r"能|可以|可否|方便|可不可以|知道|晓得|清楚|[你您]"
"""What a particle at the end may belong to: 能告诉我…吗."""

THANKS = (
    rf"(?:(?:先|非常|万分|十分|多|太)?(?:谢谢|感谢|多谢)(?:不尽|解答|回答|帮助|帮忙|指教|"
    rf"{_YOU}|[了啦啊呀哈哦])*|"
    r"3q|thx|tks|(?:many )?thanks?(?: you)?(?: (?:so|very) much| a lot| a million| in advance| "
    r"everyone| all)*)"
)
CLOSING = (
    rf"(?:{THANKS}|谢[了啦啊呀哈哦]?|(?:真是?)?(?:麻烦|辛苦|拜托|劳驾|有劳){_YOU}?[了啦]?|急+|"
    r"(?:挺|很|比较)急的?|"
    rf"在线等(?:回复)?|"
    r"求(?:解答?|答案?|告知|回复|助|指教|教|大神)|盼复|请(?:您)?(?:回复|回答|指教|告知|告诉我|"
    r"解答)(?:一下)?|"
    r"(?:麻烦|请)?(?:帮忙?|给)我?(?:查|看|找|问|解答)(?:一下|下|看看?)?|告诉我(?:一下)?|"
    r"(?:[你您]|有没有人|有人|有谁|谁)?(?:能|可以|能不能|可不可以)?(?:帮我查|告诉我|知道|晓得|"
    r"回答)(?:一?下)?[吗么]?|"
    r"(?:可以|好|行|方便)[吗么不]|祝[\u4e00-\u9fff]{1,8}|please|pls|cheers|"
    r"(?:do you|does any(?:one|body)) (?:happen to )?know|if you (?:know|don't mind)|any ideas?|"
    r"much appreciated|(?:i(?:'d| would) )?appreciate it|(?:best|kind) regards)"
)
TAG = (
    r"(?:[你您]们?|有人|有谁)(?:知道|晓得|清楚)[吗么]|能告诉我(?:一下)?[吗么]|"
    r"可以告诉我(?:一下)?[吗么]"
)
"""What closes a question without a mark before it."""

# Only before what goes on a question: Ok Tedi is a mine.
_WELL_EN = (
    r"(?:so|ok|okay|well)(?=\s*(?:[,.!?~:;，。！？～：；…—–]|$)|\s+(?:there|all|again|everyone|everybody|"
    r"team|hi|hello|hey|thanks?|please|pls|sorry|just|quick|a|the|this|that|these|those|it|in|on|at|"
    r"i|i'm|i'd|who|whom|whose|what|when|where|which|why|how|is|are|was|were|am|do|does|did|can|could|"
    r"will|would|should|may|has|have|had|if|whether|tell)\b)"
)
GREETING_EN = (
    r"(?:hi|hello|hey|hiya|greetings|dear \w+|good (?:morning|afternoon|evening|day)|excuse me|"
    r"pardon me|"
    r"(?:i'm |i am )?(?:so |very )?sorry(?: to (?:bother|disturb|trouble) you)?|thanks|thank you|"
    r"thx|quick question|"
    r"(?:i have |i've got |just )?(?:a|one) (?:quick |short |small |simple )?question|just "
    r"(?:curious|wondering)|"
    rf"by the way|btw|please|pls|{_WELL_EN})(?: there| all| again| everyone| everybody| team| "
    r"in advance| very much| a lot)*"
)
JOINT_EN = "(?:(?:and|but|so) )?"
ASKING_EN = (
    r"(?:please|pls|kindly|i(?:'d| would| do)? (?:just )?(?:really )?(?:like|love|want|need|wish) "
    r"to "
    r"(?:know|ask(?: you)?|find out|learn|understand|check)(?: about)?|"
    r"i(?:'m| am| was|'ve been)? (?:just )?wonder(?:ing|ed)?|i(?:'m| am) (?:curious|"
    r"interested)(?: to know| about| in knowing)?|"
    r"(?:may|can|could|might) i (?:please )?(?:ask|know)(?: you)?|let me know|"
    r"(?:tell|inform|remind) (?:me|us)(?: about)?)\b(?! about)"
)
ANYONE_EN = (
    r"(?:(?:could|can|would|will) (?:you|anyone|anybody|someone|somebody) (?:please |kindly |"
    r"possibly )*"
    r"(?:tell|inform|show|remind|help) (?:me|us)(?: (?:to )?(?:know|find out|understand|find|"
    r"with))?|"
    r"(?:do|would) you (?:happen to |perhaps |by any chance )?know|"
    r"(?:does|do) (?:anyone|anybody|somebody|someone)(?: here)? know|"
    r"would you mind telling (?:me|us)|(?:do you have )?any idea)\b"
)
