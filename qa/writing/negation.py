"""Find out whether a text denies something, in Chinese and English.

Patterns match the folded form.
"""

import re

# Words with a sign of negation in them that deny nothing.
_NO_DENIAL = re.compile(
    r"不仅|不但|不只|不光|不单|不过(?=[,，])|不同|不少|不断|不久|不日|不锈|不动产|不等式|不惜|不愧|不禁|不妨|不得不|"
    r"不可或缺|不可分|不一|不约而同|不言而喻|必不可少|差不多|了不起|对不起|要不|未来|未免|未必(?=不)|无论|"
    r"不论|不管|无线|无人[机驾车]|无锡|无疑|无数|无比|无非|无偿|无缝|无障碍|非常|非洲|非凡|非遗|非物质|非典|"
    r"并非(?=不)|是否|能否|可否|与否|否则|没收|莫过|莫斯科|莫名|莫非|绝对|杜绝|"
    r"\bnot only\b|\bno longer than\b|\bnothing but\b|\bno\.? ?\d|\bno doubt\b|\bnon[- ]?profit\b"
)
# A bound, which is no denial: 不到 and 不超过, 不少于 and 不低于.
_BOUND = re.compile(
    r"不[到足满及超](?:过)?|不[多少低高小大]于|不下|不止|"
    r"\bno (?:more|less|fewer|later|longer) than\b|\bnot (?:more|less|fewer) than\b"
)
_DENIAL = re.compile(
    r"不|没|未|无(?!锡)|勿|毋|莫(?=[要能可])|并非|绝非|非(?=法|正式|公开|官方|营利|必)|否认|否定|否决|禁止|严禁|"
    r"拒绝|取消|停止|终止|暂停|中止|叫停|撤销|免除|尚缺|缺乏|"
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|lacks?|lacking|denie[sd]|"
    r"deny|refus(?:e|es|ed|al)|reject(?:s|ed)?|forbid(?:s|den)?|prohibit(?:s|ed)?|ban(?:s|ned)?|"
    r"cancel(?:s|led|ed)?|stop(?:s|ped)?|suspend(?:s|ed)?|halt(?:s|ed)?|revoke[sd]?|"
    r"fail(?:s|ed)?|un(?:finished|completed?|confirmed|known|available|approved))\b|n['’]t\b"
)

_FEWER = re.compile(
    r"不[到足满]|(?<!不)[低少]于|不[超大]过|不[多高大]于|至多|以下|以内|未满|"
    r"\b(?:less|fewer|no more|not more) than\b|\bat most\b|\bup to\b|\b(?:under|below) (?=[\d$€£¥])"
)
_MORE = re.compile(
    r"(?<!不)超过|逾|以上|至少|不[少低小]于|不下|不止|(?<!不)[高多大]于|"
    r"(?<!no )(?<!not )\bmore than\b|\bat least\b|\bexceed|\b(?:over|above) (?=[\d$€£¥])"
)


def denies(folded: str) -> bool:
    """Return whether a folded text denies something; a bound (不到三成) is no denial.

    >>> [denies(text) for text in ("未获批准", "未来三年", "不到三成", "it wasn't built")]
    [True, False, False, True]
    """
    return _DENIAL.search(_BOUND.sub(" ", _NO_DENIAL.sub(" ", folded))) is not None


def bounds(folded: str) -> tuple[bool, bool]:
    """Return whether a folded text bounds a figure from above, and from below.

    >>> bounds("不到3亿元"), bounds("超过3亿元"), bounds("3亿元")
    ((True, False), (False, True), (False, False))
    """
    return _FEWER.search(folded) is not None, _MORE.search(folded) is not None
