"""Recognize questions for an overview: `介绍一下东岭`, `Summarize …`, or a name alone.

Patterns match the simplified, lower-case form; its offsets are those of the question as put.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.folding import FoldedText
from qa.question.wording import Wording


@dataclass(frozen=True, slots=True)
class Subject:
    """What an overview is asked of.

    `is_bare` says that the question is nothing but the subject, which may also be keywords that
    ask for a fact; `is_last` that it is what the question before asked, or empty without one.
    """

    text: str
    is_bare: bool = False
    is_last: bool = False


_LONGEST = 60  # characters of a bare subject
_LONGEST_REQUEST = 120  # characters
_ASKED = re.compile(
    r"多少|几[^何]|多[久长大高远重深快宽]|谁|哪|什么|甚么|啥|咋|怎么|怎样|如何|为何|何时|何地|"
    r"吗$|呢$|是否|([\u4e00-\u9fff])[不没]\1|^(?:对比|比较|相比)"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may)\b"
    r"|\b(?:who|whom|whose|what|which|when|where|why|how)\b"
)
_NUMBERED = re.compile(r"第[\d一二三四五六七八九十百零〇两]+[条章节款项步篇部]|\barticle \d")
_PLEASE = (
    r"(?:请|麻烦|劳驾|帮我们?|给我们?|替我|跟我|向我|对我|能不能|能否|可不可以|可以|可否|能|"
    r"[你您]|再|先|我?[想要](?:让[你您])?|来|用几句话|用一段话)*"
)
_MANNER = r"(?:简单|简要|简短|大概|大致|粗略|详细|具体|全面|系统|完整|整体)?[地的]?"
_TELL = (
    r"(?:(?:介绍|科普|概述|概括|总结|归纳|梳理|综述|描述|解读|简述|汇总|了解|认识|讲|说|谈|"
    r"聊)(?:一?下子?|一些|点)|介绍|概述|概括|总结|归纳|综述|"
    r"简述|讲讲|讲一讲|说说|说一说|谈谈|谈一谈|聊聊|聊一聊|科普|介绍介绍|总结总结)"
)
_OF_IT = (
    r"(?:的(?:基本|大致|主要|整体|相关)?(?:情况|概况|内容|信息|资料|背景|要点|重点|大意|"
    r"来龙去脉))?"
)
_POINTS = (
    r"(?:主要内容|基本内容|核心内容|内容要点|内容提要|要点|重点内容|概况|简介|基本情况|大致情况|"
    r"主要观点|中心思想|大意|摘要|概要)"
)
_POINTS_EN = (
    r"(?:(?:main|key|most important|major|central) (?:points?|contents?|ideas?|facts?|takeaways?|"
    r"findings?|messages?)|gist|"
    r"highlights|essentials)"
)
_SUMMARY_EN = (
    r"(?:a |an |the |some )?(?:short |brief |quick |general )?(?:summary|overview|introduction|"
    r"outline|description|rundown|synopsis)"
)
_PLEASE_EN = (
    r"(?:please |kindly |can you |could you |would you |i want you to |"
    r"i'd like you to )*(?:please )?(?:briefly |shortly |quickly )?"
)

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PLEASE}{_MANNER}{_TELL}(?:关于|有关)?(?P<subject>.*?){_OF_IT}",
        rf"(?:{_PLEASE}(?:总结|概括|归纳|列出|说出?|讲)?(?:一?下)?)(?P<subject>.*?)的?(?:有|"
        rf"都有)?(?:哪些|什么|几个)?{_POINTS}(?:(?:都|主要)?(?:是|有|包括)(?:什么|哪些|啥|"
        r"怎样的)?)?",
        r"(?P<subject>.+?)(?:主要|大概|大致|到底|究竟|都)*(?:讲|写|谈|介绍|讲述|报道|"
        r"论述)(?:的都?是|了些?|的|到了?)?(?:什么|啥|哪些内容|些什么|哪些)(?:内容|事情?|东西)?",
        r"(?P<subject>.+?)(?:是|究竟是|到底是)(?:一?[个种座条款])?(?:什么样子?|怎么样|怎样|"
        r"啥样)的?(?:一?[个种座条款])?[\u4e00-\u9fff]{0,4}",
        r"(?P<subject>.+?)(?:到底|究竟)?(?:是)?(?:怎么|咋)一?回事",
        r"(?:关于|有关)(?P<subject>.+?)[,，]?(?:[你您]|文章里?|这里)?(?:都)?(?:有|知道|说了?|"
        r"了解)(?:些)?(?:什么|哪些)(?:信息|内容|资料)?",
        rf"{_PLEASE_EN}(?:tell (?:me|us) (?:more |something |everything |all |a bit |"
        r"a little )?about|introduce(?: (?:me|us) to)?|describe|"
        r"summari[sz]e|sum up|outline|talk about|give (?:me|us) (?:some )?(?:information|"
        r"background|details) (?:about|on)|"
        rf"(?:(?:give|write|show|provide)(?: me| us)? )?{_SUMMARY_EN}(?: (?:of|to|on|about|"
        r"for))?)\b ?(?P<subject>.*)",
        r"(?:what|which) (?:do you know|can you (?:tell me|say)|do (?:the|these|"
        r"your) articles say|is there to know|is known|is said|do we know) about (?P<subject>.+)",
        r"what (?:is|are) (?P<subject>.+?) (?:all )?about|what does (?P<also>.+?) (?:say|cover|"
        r"discuss|describe|talk about|deal with)",
        rf"(?:(?:what (?:is|are)|list|give me|tell me) )?(?:the )?{_POINTS_EN}(?: (?:of|in|about|"
        r"from|on))? ?(?P<subject>.*)",
    )
)  # fmt: skip
_END = re.compile(r"(?:[啊呀吧哦呗嘛]|[\s?？!！.。~…]|(?<![a-z])please)+$")
_LAST = re.compile(
    r"(?:[这那该此本它其]|上述|以上|刚才|前面|上面|全)?(?:一|几|些)?[篇则份条个]?的?(?:文章|报道|"
    r"新闻|资料|材料|文档|文件|内容|文|话题|主题)?"
    r"|(?:it|this|that|them|these|those|all|everything)?(?: ?(?:the|this|that|"
    r"these))?(?: ?(?:article|report|story|text|document|topic|one)s?)?"
)
_WRAPPED = re.compile(r"[“\"「『《〈](?P<inner>[^”\"」』》〉]+)[”\"」』》〉]")
_EDGES = " \t,，:：、;；-—"
_BEFORE = re.compile(r"(?:the|a|an) (?:(?:article|report|story) (?:about|on) )?|[这那]篇(?:关于)?")
_BEHIND = re.compile(r"(?:[这那]一?)?篇?(?:文章|报道|新闻)$|[这那]一?篇$")


def subject_of(question: FoldedText, earlier: Sequence[str]) -> Subject | None:
    """Return what a question asks an overview of; None if it asks something else.

    `earlier` are the user's questions before it: `总结一下` is about the last of them.

    >>> subject_of(FoldedText.of("请介绍一下长江大桥的情况"), ())
    Subject(text='长江大桥', is_bare=False, is_last=False)
    >>> subject_of(FoldedText.of("长江大桥有多长"), ()) is None
    True
    """
    whole = Wording(question.text, question.lowered)
    whole = whole.part(0, len(_END.sub("", whole.simplified)))
    if len(whole.text) > _LONGEST_REQUEST:
        return None
    for pattern in _PATTERNS:
        match = pattern.fullmatch(whole.simplified)
        if match is None:
            continue
        group = "subject" if match["subject"] is not None else "also"
        subject = _named(whole.part(*match.span(group)))
        if _LAST.fullmatch(subject.simplified):
            return Subject(earlier[-1] if earlier else "", is_last=True)
        if _is_name(subject.simplified):
            return Subject(subject.text)
    bare = _named(whole)
    if 1 < len(bare.text) <= _LONGEST and _is_name(whole.simplified):
        return Subject(bare.text, is_bare=True)
    return None


def _is_name(lowered: str) -> bool:
    """Return whether a simplified text asks nothing and points at no numbered part."""
    return not (_ASKED.search(lowered) or _NUMBERED.search(lowered))


def _named(subject: Wording) -> Wording:
    """Return a subject without quotes, articles and words for an article around it."""
    subject = _trimmed(subject)
    if before := _BEFORE.match(subject.simplified):
        subject = subject.part(before.end())
    if behind := _BEHIND.search(subject.simplified):
        subject = subject.part(0, behind.start()) if behind.start() else subject
    subject = _trimmed(subject)
    wrapped = _WRAPPED.fullmatch(subject.simplified)
    return subject.part(*wrapped.span("inner")).strip() if wrapped else subject


def _trimmed(wording: Wording) -> Wording:
    """Return a wording without the marks around it."""
    start = len(wording.text) - len(wording.text.lstrip(_EDGES))
    return wording.part(start, max(start, len(wording.text.rstrip(_EDGES))))
