"""Patterns of what follows a number: units of measure, measure words, codes.

Patterns are for simplified text.
"""

import re

from qa.entities.units import UNITS, unit_at_start
from qa.entities.written_numbers import RANGED

_BASE = (
    "瓦时|安时|伏安|摩尔|字节|比特|流明|勒克斯|英里|海里|公里|公斤|公顷|公吨|分贝|米|克|升|瓦|伏|安|赫兹|赫|帕|焦|"
    "卡|牛|欧姆|欧|秒|里|斤|尺|吨|顷|亩"
)
_HAN_UNIT = (
    rf"(?:(?:平方|立方)(?:公里|千米|分米|厘米|毫米|公尺|英尺|米|尺)"
    rf"|(?:[千兆吉毫微纳厘分大公英市])?(?:{_BASE})"
    r"|[人车架班航]次|人天|标准箱|摄氏度|华氏度|工作日|百分点|年级|小时|分钟|周年)"
)
_NAMES = sorted((name for name in UNITS if name.isascii() or name[0] in "μΩ°"), key=len)
_SPACED = "|".join(map(re.escape, reversed(_NAMES))) + "|[KMGTP]i?B|[kMGT]?bps|rpm|ppm|ppb"
_POWER = "[²³⁻¹]|\\^?[23](?!\\d)"
# Directly behind digits any letters are a unit, but for 5G, 3D and 4K, which are names.
_LETTERS = (
    r"(?![GDKPSB](?![A-Za-z/])|(?:st|nd|rd|th|s)(?![A-Za-z]))[A-Za-zµμΩ°℃℉㎡㎥㎞㎏㎜㎝][A-Za-zµμΩ]*"
)
_MARKED = r"(?:\([A-Z]\)|（[A-Z]）)?"
_LATIN_UNIT = rf"(?:{_LETTERS}|\s(?:{_SPACED})(?![A-Za-z]))(?:{_POWER})?{_MARKED}"
_PER_HAN = (
    "百公里|平方公里|平方米|立方米|公里|公斤|千克|小时|分钟|秒钟|工作日|[千百万]人|"
    "[分秒天日年月周时人户米吨克升次亩台件座辆头张家岁度]"
)
_PER = rf"(?:\s?[/／·]\s?(?:{_PER_HAN}|[A-Za-zµμ]+(?:{_POWER})?)|每(?:{_PER_HAN}))*"
UNIT = rf"(?:\s?{_HAN_UNIT}|{_LATIN_UNIT}){_PER}"
"""A unit of measure, with what it is a share of: 毫秒, mmol/L, dB(A), 立方米/小时."""

PER = rf"(?:{_PER})"
"""What an amount is a share of, behind its unit: /小时, 每人."""

COUNTERS = (
    "个座家项名位人次条种台艘所部辆架只头匹件套栋幢棵株间枚口册本份幅张篇句层块支根把盏颗粒滴朵"
    "箱袋瓶罐桶盒包捆卷杯节届门场轮回趟页户扇堵排列例起宗封尊具艇顶副双群批组队班桌床"
)
"""Measure words, each of which may count things."""

# 一起, 一次性 and the like are words; 三级 and 五号 say which, not how many.
_WORDS = re.compile(
    r"一(?:[起回把块双副排列组队班批群层节门场口包张面同直般样些带边旦定方体致切]|份子|位于)"
    r"|一次性|十分|万一|千万(?=要|不)"
)
_AMOUNT = re.compile(RANGED)
_ALIKE = (
    "台部架套辆件",
    "只头匹条",
    "座栋幢",
    "棵株",
    "册本部",
    "间所处",
    "家所",
    "场次届",
    "条道根",
    "项件条",
)
_PEOPLE = ("人", "名", "位", "人次", "个人")
_SAME = {
    "公里": ("公里", "千米"), "千米": ("公里", "千米"), "公斤": ("公斤", "千克"),
    "米": ("米",), "人": _PEOPLE, "名": _PEOPLE, "位": _PEOPLE, "度": ("度", "摄氏度", "℃"),
}  # fmt: skip
_DIGITS_OF = r"[A-Za-z0-9]"
_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CODE = re.compile(
    r"(?<![A-Za-z0-9.])(?=[A-Za-z0-9/_. -]{0,12}\d)"
    r"(?:[A-Z]{2,6}(?:/[A-Z]{1,3})?\s\d[\d.:：—–-]*\d"
    rf"|{_DIGITS_OF}+(?:[-/_.·]{_DIGITS_OF}+)*)(?![A-Za-z0-9])"
    rf"|[一-龥]{{1,6}}[〔\[［]\d{{4}}[〕\]］]\s?第?\d+号|[{_PLATES}][A-Z]·?[A-Z0-9]{{5,6}}(?![A-Z0-9])"
)
_CODE_ASKED = re.compile(
    r"(?:[工学编型证卡账单文书图证牌户档房代]号|号码|编[码号]|代[码号]|型号|电话|热线|手机|传真|邮编|邮政编码|车牌|密码|版本|"
    r"执行标准|标准号|税号|[qQ]{2}号|微信号?)(?:是|为|叫)?(?:多少|[什甚]么|几|哪)"
)


def is_word(text: str) -> bool:
    """Return whether what looks like a counted thing is the beginning of a word: 一起."""
    return _WORDS.match(text) is not None


def same_unit(asked: str) -> tuple[str, ...]:
    """Return the units that answer a question about one: 人 and 名 for 名.

    >>> same_unit("公里")
    ('公里', '千米')
    """
    return _SAME.get(asked, (asked,))


def basic_unit(amount: str) -> str:
    """Return the basic unit of an amount; empty without one.

    >>> basic_unit("13公里"), basic_unit("约三百名")
    ('米', '人')
    """
    number = _AMOUNT.search(amount)
    return unit_at_start(amount[number.end() :].strip())[0] if number else ""


def may_count_the_same(asked: str, counter: str) -> bool:
    """Return whether things asked for by one measure word may be counted by another.

    >>> may_count_the_same("册", "本"), may_count_the_same("册", "名")
    (True, False)
    """
    return (
        asked in COUNTERS
        and counter in COUNTERS
        and (
            "个" in {asked, counter} or any(asked in group and counter in group for group in _ALIKE)
        )
    )


def asks_code(question: str) -> bool:
    """Return whether a question asks for a code: a number of staff, a model, a telephone.

    >>> asks_code("他的工号是多少"), asks_code("有多少人")
    (True, False)
    """
    return _CODE_ASKED.search(question) is not None


def codes(text: str) -> list[re.Match[str]]:
    """Return the codes in a text, whole: KX-20A, GB/T 1234-2020, 0998-3456.

    >>> [match.group() for match in codes("泵为KX-20A型，按GB/T 77-2007检验")]
    ['KX-20A', 'GB/T 77-2007']
    """
    return [match for match in _CODE.finditer(text) if any(map(str.isdigit, match.group()))]
