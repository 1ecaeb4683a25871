"""Recognize questions about the collection: how many articles, which, by whom, about what.

The patterns match all of a folded question without courtesy and end marks, so that `有几篇文章` is
about the collection and `公司有几份文件` is a question to the articles.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto


class Wanted(Enum):
    """What is asked about the collection."""

    COUNT = auto()
    LIST = auto()
    NEWEST = auto()
    OLDEST = auto()
    SOURCES = auto()
    ABOUT = auto()
    AUTHOR = auto()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about the collection; `about` is the folded subject or title, if it has one."""

    wanted: Wanted
    about: str = ""


_LONGEST = 80  # characters
_SURE = r"(?:文章|文档|报道|新闻|稿子|稿件|文献|帖子|篇目)"
_A = rf"(?:{_SURE}|资料|材料|文件)"
_M = r"(?:篇|份|个|条|则|种)"
_N = r"(?:多少|几)"
_HERE = (
    r"(?:现在|目前|当前)?(?:[你您妳]们?|这个?|本|依据|yiju|系统|网站|平台|数据库|知识库|资料库|"
    r"文库|文章库|后台|库)?的?"
    r"(?:这里|这儿|那里|这边|手上|手里|手头|里面|里头|里|中|上|内)?(?:现在|目前|当前)?"
)
_HOLDS = r"(?:收录|收集|收|存|保存|包含|读|看|索引|装|导入|上传|整理)"
_ALL = r"(?:所有|全部|全体|每一?篇|整个|现有)"
_PLEASE = r"(?:请|帮我|给我|麻烦|能不能|可以|可否|能|我想|我要|想|要)*"
_SHOW = rf"{_PLEASE}(?:列出来?|列举|列|罗列|展示|显示|看看|看|查看|浏览|告诉我|说说|报)(?:一?下)?"
_FIND = rf"{_PLEASE}(?:找找?|搜索?|查找?|检索|推荐|给我|列出|来)(?:一?下|几{_M}|一些|{_ALL}|点)*"
_ON = r"(?:关于|有关|讲述?|谈论?|介绍|涉及|提到|提及|写|论述|报道|说|讨论|描写)(?:过|到|了|的是)?"
_WHEN_OUT = r"(?:发布|发表|更新|收录|添加|上传|写|刊登)?"
_WHICH = rf"(?:哪|什么|讲什么)?一?{_M}?的?{_A}?"

_A_EN = r"(?:articles?|documents?|texts?|docs|papers?|reports?|stories|story|pieces?|files?)"
_HAVE_EN = (
    r"(?: (?:are there|is there|do you have|have you got|you have|have you|are|do you (?:know|"
    r"hold)|there|here|available|"
    r"indexed|stored|(?:in|does) (?:the|this|your|it)(?: (?:collection|library|index|store|"
    r"database|corpus))?|have|"
    r"read|in total|now|currently|altogether|can you (?:search|read)|exist|contain))*"
)
_ON_EN = (
    r"(?:about|on|regarding|concerning|related to|that mention|mentioning|covering|"
    r"that (?:discuss|cover))"
)
_SAY_EN = (
    r"(?:mentions?|discuss(?:es)?|covers?|deals? with|talks? about|writes? about|(?:is|"
    r"are) about)"
)
_GIVE_EN = (
    r"(?:(?:please |can you |could you )?(?:list|show|display|give|find|search for|look for|get|"
    r"name)(?: me)? )"
)

_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.COUNT,
        rf"{_HERE}(?:一共|总共|共|都|到底|大概)*(?:有|{_HOLDS}[了过]?)?(?:一共|总共|"
        rf"共)?有?{_N}{_M}?的?{_A}(?:了|可以?[查看问读])?",
    ),
    (Wanted.COUNT, rf"{_HERE}的?{_A}的?(?:总数|总量|数量|篇数|个数|数目)(?:有|是)?{_N}?"),
    (Wanted.COUNT, rf"{_HERE}的?{_A}(?:一共|总共|共|都)*有?{_N}{_M}?"),
    (
        Wanted.COUNT,
        rf"how many {_A_EN}{_HAVE_EN}|(?:what(?:'s|"
        rf" is) )?(?:the )?(?:total )?number of {_A_EN}{_HAVE_EN}",
    ),
    (
        Wanted.SOURCES,
        rf"{_HERE}(?:这些)?的?{_A}?的?(?:都|一共|总共|分别)*(?:有|是|用了)(?:哪些|哪几个|什么|"
        r"几个|多少个?)(?:不同的?)?(?:来源|出处)",
    ),
    (
        Wanted.SOURCES,
        rf"(?:这里|这些|{_ALL}|[你您妳]们?)的?{_A}?的?(?:来源|出处)(?:都|分别)*(?:有|是)?(?:哪些|"
        r"哪里|哪儿|什么|谁|哪几个|几个)?",
    ),
    (Wanted.SOURCES, rf"(?:{_A}的?)?(?:来源|出处)(?:都|分别)*(?:有|是)(?:哪些|哪几个|几个)"),
    (
        Wanted.SOURCES,
        rf"(?:文章|(?:这里的?|这些|{_ALL}的?|[你您妳]们?的)(?:{_A}|信息|数据|内容|答案|知识))(?:都|"
        r"分别|是)*(?:来自|出自|来源于|取自|源自|从)"
        r"(?:哪[里儿]?|何处|哪些(?:地方|媒体|网站|来源)?|什么(?:地方|媒体|网站)|谁)(?:来|找来|"
        r"得来)?的?",
    ),
    (
        Wanted.SOURCES,
        rf"(?:{_GIVE_EN}|what are |which are )?(?:all |all of )?(?:the |"
        r"your )?(?:list of )?(?:all )?(?:the )?sources(?: of (?:the|these|your|"
        rf"all)(?: the)? {_A_EN})?"
        rf"|(?:what|which) sources{_HAVE_EN}(?: use)?|where (?:do|did|are|is) (?:the|these|your|"
        r"all the) "
        rf"(?:{_A_EN}|answers|information|data) (?:come )?from",
    ),
    (
        Wanted.NEWEST,
        rf"{_HERE}的?(?:{_A}[里中]?面?的?)?最[新近晚]{_WHEN_OUT}的?那?一?{_M}?{_A}?(?:是|"
        rf"叫)?{_WHICH}",
    ),
    (Wanted.NEWEST, rf"{_HERE}哪一?{_M}的?{_A}?的?是?最[新近晚]{_WHEN_OUT}的?"),
    (
        Wanted.NEWEST,
        rf"{_HERE}(?:最近|近来|近期)?(?:都|又)?(?:有没有|有)(?:什么|哪些)?(?:最新|新|更新|"
        rf"最近){_WHEN_OUT}的?{_A}",
    ),
    (
        Wanted.NEWEST,
        r"(?:(?:what|which)(?:'s| is)? )?(?:the |your )?(?:newest|latest|"
        rf"most recent) {_A_EN}{_HAVE_EN}"
        rf"|(?:which|what) {_A_EN} is (?:the )?(?:newest|latest|most recent)|"
        rf"(?:are there )?any new {_A_EN}{_HAVE_EN}",
    ),
    (
        Wanted.OLDEST,
        rf"{_HERE}的?(?:{_A}[里中]?面?的?)?最[早旧老]{_WHEN_OUT}的?那?一?{_M}?{_A}?(?:是|"
        rf"叫)?{_WHICH}",
    ),
    (Wanted.OLDEST, rf"{_HERE}哪一?{_M}的?{_A}?的?是?最[早旧老]{_WHEN_OUT}的?"),
    (
        Wanted.OLDEST,
        rf"(?:(?:what|which)(?:'s| is)? )?(?:the |your )?(?:oldest|earliest) {_A_EN}{_HAVE_EN}"
        rf"|(?:which|what) {_A_EN} is (?:the )?(?:oldest|earliest)",
    ),
    (
        Wanted.LIST,
        rf"{_SHOW}{_HERE}(?:的|有的|收录的|都有|有)?(?:{_ALL}|哪些|什么)?的?{_A}的?(?:列表|清单|"
        r"目录|标题|题目|名单|名称|名字)?(?:给我|出来)?",
    ),
    (
        Wanted.LIST,
        rf"{_HERE}(?:都|一共|总共)*(?:有|{_HOLDS}了?)(?:哪些|什么|哪几{_M}|些什么)(?:样的)?"
        rf"(?:{_A}|主题|话题)(?:可以?[查看问读聊])?",
    ),
    (
        Wanted.LIST,
        rf"{_HERE}的?{_ALL}的?{_A}的?(?:列表|清单|目录|标题|题目)?(?:都?有哪些|是哪些|有什么)?",
    ),
    (
        Wanted.LIST,
        rf"{_HERE}的?{_A}的?(?:列表|清单|目录|总目|标题|题目)(?:都?有哪些|是什么)?|"
        rf"{_HERE}的?{_A}都?(?:有哪些|有什么|是哪些)|目录|文章",
    ),
    (
        Wanted.LIST,
        rf"{_GIVE_EN}(?:(?:a list of|all of|all|every|the|your|available|"
        rf"indexed) )*{_A_EN}{_HAVE_EN}|(?:what|which) {_A_EN}{_HAVE_EN}"
        rf"|all (?:of )?(?:the |your )?{_A_EN}|(?:the )?(?:list of (?:all )?(?:the )?{_A_EN}|"
        rf"{_A_EN} list)|articles"
        r"|(?:what|which) (?:topics|subjects)(?: do you (?:cover|have|know(?: about)?))?",
    ),
    (
        Wanted.ABOUT,
        rf"{_HERE}(?:有没有|有)?{_SURE}[里中]?面?(?:有没有|有)?{_ON}(?P<about>.+)",
    ),
    (
        Wanted.ABOUT,
        rf"{_HERE}(?:有没有|有无|是否有|有)(?:一些|什么|哪些|几篇|{_N}{_M}?)?(?:{_ON}|"
        rf"[和跟与])(?P<about>.+?)(?:有关|相关|方面)?的(?:相关)?{_A}(?:没有|没)?",
    ),
    (
        Wanted.ABOUT,
        rf"{_HERE}(?:有没有|有无|是否有)(?P<about>.+?)(?:相关|方面)?的(?:相关)?(?:{_SURE}|资料)",
    ),
    (
        Wanted.ABOUT,
        rf"{_HERE}有?(?:哪|哪几|几|多少)(?:些|一)?(?:{_M}{_A}?|"
        rf"{_A})(?:里)?(?:是)?{_ON}(?P<about>.+?)的?",
    ),
    (
        Wanted.ABOUT,
        rf"{_HERE}(?:关于|有关|[和跟与])(?P<about>.+?)(?:有关|相关)?的?{_A}(?:一共|总共|"
        rf"都)*有?(?:哪些|{_N}{_M}?|什么|没有|是哪些)?",
    ),
    (Wanted.ABOUT, rf"{_FIND}(?:{_ON}|[和跟与])?(?P<about>.+?)(?:有关|相关|方面)?的{_SURE}"),
    (Wanted.ABOUT, rf"(?P<about>.+?)(?:相关|方面)的?{_A}(?:有哪些|有没有)?"),
    (
        Wanted.ABOUT,
        rf"(?:is|are) there (?:any|some|an?) {_A_EN} {_ON_EN} (?P<about>.+)"
        r"|(?:do you have|have you got|got) (?:any(?:thing)?|some|"
        rf"an?)(?: {_A_EN})? {_ON_EN} (?P<also>.+)",
    ),
    (
        Wanted.ABOUT,
        rf"(?:which|what|how many|any) {_A_EN}{_HAVE_EN} (?:{_ON_EN}|{_SAY_EN}) (?P<about>.+)",
    ),
    (Wanted.ABOUT, rf"{_GIVE_EN}?(?:(?:all|any|some|the|your) )*{_A_EN} {_ON_EN} (?P<about>.+)"),
    (
        Wanted.ABOUT,
        rf"{_HERE}有(?P<about>.+?)(?:相关|方面)?的(?:相关)?(?:{_SURE}|资料)",
    ),
    (
        Wanted.AUTHOR,
        r"是?(?:谁|哪位(?:记者|作者)?|何人|什么人)(?:撰写|编写|写|著|发表)[了的过]*(?P<about>.*)",
    ),
    (
        Wanted.AUTHOR,
        r"(?P<about>.*?)的?(?:作者|撰稿人|笔者|署名)(?:是|叫|为)?(?:谁|什么(?:名字)?|哪位|哪个|"
        r"何人)?",
    ),
    (
        Wanted.AUTHOR,
        r"(?P<about>.+?)[是由](?:谁|哪位(?:记者|作者)?|哪个(?:人|记者|作者)|何人|什么人)(?:撰写|"
        r"编写|写|著|发表)(?:出来)?的?",
    ),
    (
        Wanted.AUTHOR,
        r"who (?:wrote|authored|penned|is (?:the )?(?:author|writer) of|was (?:the )?(?:author|"
        r"writer) of) (?P<about>.+)"
        r"|(?:the )?author of (?P<also>.+)",
    ),
)  # fmt: skip
_COMPILED = tuple((wanted, re.compile(pattern)) for wanted, pattern in _PATTERNS)
_END = re.compile(r"(?:[吗呢啊呀嘛吧哈哦]|(?<![什怎这那多])么|[\s?!.。~…])+$")
_ASKS = re.compile(
    r"什么|啥|谁|哪|多少|几|怎么|如何|为何|是否|[吗呢]$"
    r"|\b(?:who|whom|what|which|when|where|why|how)\b"
)
_LOOSE = re.compile(r"资料|材料|文件|主题|话题|\b(?:files?|papers?|reports?|pieces?)\b")
_NOUN = re.compile(rf"{_A}|[篇则]|\b{_A_EN}\b")
_DATED = frozenset({Wanted.NEWEST, Wanted.OLDEST})
_NAMING = frozenset({Wanted.ABOUT, Wanted.AUTHOR})


def inquiry_of(folded: str, *, has_history: bool = False) -> Inquiry | None:
    """Return what a folded question asks about the collection; None if it asks the articles.

    After other questions, `文件有哪些` and `作者是谁` may be meant of what these were about.

    >>> inquiry_of("有没有关于地铁的文章吗?")
    Inquiry(wanted=<Wanted.ABOUT: 6>, about='地铁')
    """
    question = _END.sub("", folded).strip()
    if len(question) > _LONGEST:
        return None
    for wanted, pattern in _COMPILED:
        match = pattern.fullmatch(question)
        if match is None or (wanted in _DATED and not _NOUN.search(question)):
            continue
        about = "".join(value or "" for value in match.groupdict().values()).strip()
        if _ASKS.search(about):
            continue
        is_pointing = wanted in _NAMING and not about
        if has_history and (is_pointing or (wanted not in _NAMING and _LOOSE.search(question))):
            return None
        return Inquiry(wanted, about)
    return None
