"""Tell things of one kind apart: 乙料场 and 丙料场, 4号楼 and 9号楼, 小学 and 中学.

A designator (乙, 5) says which thing of a kind (料场, 号楼) is meant. A text that has another
designator of the same kind, and not the one asked about, is about another thing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from qa.entities.written_numbers import number_range

_NUMBER = r"(?:\d{1,5}|[一二三四五六七八九十]{1,3})"
_HAN = "[\u4e00-\u9fff]"
# Kinds that are told by one character, as in 乙班 and 9号楼; longer ones by two.
_SHORT = (
    "班组队区楼座栋幢厂站馆厅型类级线库仓矿井段口方县镇村校车厢炉泵坝桥洞窑岛湖港房室门院路街"
    "塔田窖罐池机船厕"
)
_PLACES = "门区侧楼站厂院线岸翼馆塔段坡栋座口校苑"
_POSTS = (
    "校长|院长|局长|处长|科长|部长|市长|县长|镇长|乡长|村长|省长|区长|州长|厅长|司长|署长|行长|社长|团长|"
    "队长|组长|班长|站长|馆长|所长|会长|理事长|董事长|秘书长|主任|书记|经理|总裁|主席|总理|总统|主编|总监|"
    "教授|厂长|船长|店长|园长|台长|庭长|检察长|护士长|场长|矿长|段长|工程师|司令员?|校监"
)
_CLASSES = {
    kind: re.compile(pattern)
    for kind, pattern in (
        ("day", r"(?P<value>\d{1,2}月\d{1,2})(?P<tail>日)"),
        ("stem", rf"(?<![花装])(?P<value>[甲乙丙丁戊己庚辛壬癸])(?=(?P<tail>{_HAN}{{1,3}}))"),
        ("号", rf"(?P<value>{_NUMBER})号(?=(?P<tail>{_HAN}{{0,3}}))"),
        ("级", rf"(?P<value>{_NUMBER})[级类档](?=(?P<tail>{_HAN}{{2,3}}))"),
        ("()", rf"\((?P<value>{_NUMBER})\)(?=(?P<tail>{_HAN}{{1,3}}))"),
        ("letter", rf"(?<![a-z0-9])(?P<value>[a-z])(?P<tail>[{_SHORT}]|标段|{_HAN}{{2}})"),
        (
            "nth",
            rf"(?:第(?P<nth>{_NUMBER})(?P<kind>组|队|层|条|章|节|步|批|集|轮|期|届|代|季度|中学|小学|医院|"
            rf"人民医院|工厂|车间|分厂|中队|大队|支队)|(?P<value>\d{{1,5}}"
            rf"|(?<![十百千一二三四五六七八九第近上下这每本那哪某同个新]){_NUMBER})(?P<tail>期(?![间待望])|栋|幢|班(?![子人])|季度|"
            r"月份?(?![子\d])|等奖|等座|标段|车间|单元|年级|届|楼(?![高盘])|路公?交?车))",
        ),
        ("compass", rf"(?P<value>[东西南北])(?P<tail>[{_PLACES}])(?!大学|市|省|县)"),
        (
            "sex",
            "(?P<value>[男女])(?P<tail>[子性生]|[足排篮单双]|队|职工|员工|学生|教师|厕|宿舍|浴室|工)",
        ),
        (
            "age",
            "(?P<value>[新老旧])(?P<tail>馆|站|校区|厂区?|楼|城区?|区|院区?|剧场|机场|桥|大楼|港|村|"
            "车站|校舍)",
        ),
        ("post", rf"(?P<value>副?)(?P<tail>{_POSTS})"),
        (
            "version",
            r"(?<![a-z])(?P<tail>version|phase|stage|chapter|article|section|building|platform|room|"
            r"gate|volume|level)\s(?P<value>\d{1,4}(?:\.\d+)*|[a-z](?![a-z]))",
        ),
        ("版", r"(?<![\d.])(?P<value>\d+(?:\.\d+)+)\s?(?P<tail>版)"),
        ("model", r"(?<![a-z0-9])(?P<tail>[a-z]{1,5})-?(?P<value>\d{2,5}[a-z]{0,2})(?![a-z0-9])"),
    )
}
_SCHOOLS = "小学|中学|大学(?!生)|幼儿园"
_KINDS_OF_DAY = "工作日|周末|节假日"
# Not 一周二十个小时, 每周一次.
_WEEKDAY = (
    r"(?<![一两二三四五六七八九十几\d])(?:星期|周|礼拜)([一二三四五六日天])"
    "(?![年期次个百]|十[^点时]|天(?!气))"
)
_DAYS_TO = re.compile(
    r"(?:星期|周|礼拜)([一二三四五六])[至到~—–-]+(?:星期|周|礼拜)?([二三四五六日天])"
)
_DAYS = "一二三四五六日"
_EVERY_DAY = re.compile("每天|天天|每日|全年")
# A plan that is called so is no figure that was planned: 人才计划.
_PLANNED = (
    "实际|(?<!人才)(?<!人)(?<!行动)(?<!发展)(?<!教学)(?<!工作)(?<!五年)(?<!培养)(?<!科研)(?<!扶持)"
    "(?<!援助)(?<!资助)(?<!专项)(?<!国家)计划(?=[总年]?(?:投|完成|产|招|开工|竣工|建|支|收入|销|利用))"
)
# Words of which a text about one is not about the other.
_ALTERNATIVES = tuple(
    re.compile(words)
    for words in (
        "上半年|下半年", "上学期|下学期", _SCHOOLS, "上午|下午|晚上",
        "早餐|午餐|晚餐|夜宵", "成人(?!教育)|儿童", "本科|硕士|博士|专科|大专", "上行|下行",
        "春季|夏季|秋季|冬季", "左岸|右岸", "左侧|右侧", "最高|最低|平均", "城镇|农村",
        "净利润|毛利润|总利润", "国内|国外|境外|海外", "室内|室外", "淡季|旺季", "入口|出口",
        "进口|出口", _KINDS_OF_DAY, "工作压力|设计压力", "毛重|净重",
        _WEEKDAY, "长子|次子|三子", "白天|夜间|夜里",
        "冠军|亚军|季军", "金牌|银牌|铜牌", "本科生|研究生", "内径|外径", _PLANNED,
        "首届|末届", "上册|下册", "上游|中游|下游", "地上|地下", "住宿生?|走读生?",
    )
)  # fmt: skip
_OF_DAYS = frozenset({_KINDS_OF_DAY, _WEEKDAY})
_OPENS_WITH_SCHOOL = re.compile(rf"[^在于从到自与和同向给去,，]{{0,8}}(?:{_SCHOOLS})")
_WHOLE = frozenset({"day", "post", "model", "nth", "sex", "age", "compass", "version"})
"""Classes in which the tail is all of the kind."""

_NUMBERED = frozenset({"号", "级", "nth"})
_ANY = "*"
"""The designator of several at once: 1、2号楼, 3至6号楼."""

_SEVERAL = re.compile(r"[\d一二三四五六七八九十][、和与及至到—~-]第?$")
_TO_DAY = re.compile(r"[、和与及至到—~-]\s?(?:\d{1,2}月)?\d{1,2}日")
_AS_WRITTEN = frozenset({"day", "model", "version", "版"})
_MOST = 30  # things that a question designates; each is compared with each of a text
_ALIKE = 2  # characters of two kinds that are one


class _Designated(NamedTuple):
    """One thing in a text: the class of its designator, the designator, what follows it."""

    kind: str
    value: str
    tail: str


def is_about_another(question: str, texts: Sequence[str]) -> bool:
    """Return whether a text names another thing of a kind than a question does.

    Both are folded. The first of `texts` that names any thing of the kind decides: a sentence
    comes before the heading above it.

    >>> is_about_another("乙料场有几台吊车", ["丙料场有吊车五台"])
    True
    >>> is_about_another("乙料场有几台吊车", ["丙料场有五台,乙料场有八台"])
    False
    """
    asked, words = _of_question(question)
    return any(_is_another(item, asked, texts) for item in asked) or any(
        _has_only_others(at, wanted, texts) for at, wanted in words
    )


def is_about_asked(question: str, texts: Sequence[str]) -> bool:
    """Return whether texts name all that a question designates.

    >>> is_about_asked("乙料场有几台吊车", ["吊车", "乙料场"])
    True
    """
    asked, words = _of_question(question)
    return all(
        any(
            item.tail[:1] in text
            and any(
                other.value in {item.value, _ANY} and _are_of_kind(item, other)
                for other in _designated(text, item.kind)
            )
            for text in texts
        )
        for item in asked
    ) and all(any(wanted & _words(at, text) for text in texts) for at, wanted in words)


def _is_another(item: _Designated, asked: Sequence[_Designated], texts: Sequence[str]) -> bool:
    wanted = {other.value for other in asked if _are_of_kind(item, other)}
    for text in texts:
        # Most texts have nothing of the kind, which is quick to see.
        if item.tail[:1] in text:
            values = {
                other.value for other in _designated(text, item.kind) if _are_of_kind(item, other)
            }
            if values:
                return _ANY not in values | wanted and not values & wanted
    return False


def _has_only_others(at: int, wanted: frozenset[str], texts: Sequence[str]) -> bool:
    for number, text in enumerate(texts):
        words = _words(at, text)
        if words:
            return not (
                words & wanted
                or (_ALTERNATIVES[at].pattern in _OF_DAYS and _EVERY_DAY.search(text))
                or _only_mentions_school(at, wanted, text, texts[number + 1 :])
            )
    return False


def _only_mentions_school(at: int, wanted: frozenset[str], text: str, above: Sequence[str]) -> bool:
    """Return whether a text under the name of the school asked about does not open with another."""
    return (
        _ALTERNATIVES[at].pattern == _SCHOOLS
        and any(wanted & _words(at, other) for other in above)
        and not _OPENS_WITH_SCHOOL.match(text)
    )


def _words(at: int, text: str) -> frozenset[str]:
    """Return the words of a group that a text has; of weekdays those between two as well."""
    words = set(_ALTERNATIVES[at].findall(text))
    if _ALTERNATIVES[at].pattern == _WEEKDAY:
        words = {word.replace("天", "日") for word in words}
        for first, last in _DAYS_TO.findall(text.replace("天", "日")):
            words.update(_DAYS[_DAYS.index(first) : _DAYS.index(last) + 1])
    return frozenset(words)


@lru_cache(maxsize=256)
def _of_question(
    question: str,
) -> tuple[tuple[_Designated, ...], tuple[tuple[int, frozenset[str]], ...]]:
    """Return what a question designates, and its words that have alternatives by their number."""
    words = (_words(at, question) for at in range(len(_ALTERNATIVES)))
    items = dict.fromkeys(item for kind in _CLASSES for item in _designated(question, kind))
    return (
        tuple(islice(items, _MOST)),
        tuple((at, wanted) for at, wanted in enumerate(words) if wanted),
    )


@lru_cache(maxsize=1024)
def _designated(text: str, kind: str) -> tuple[_Designated, ...]:
    designated = []
    for match in _CLASSES[kind].finditer(text):
        groups = match.groupdict()
        value = groups.get("nth") or groups["value"] or ""
        tail = groups.get("kind") or groups["tail"] or ""
        if (kind in _NUMBERED and _SEVERAL.search(text, 0, match.start())) or (
            kind == "day" and _TO_DAY.match(text, match.end())
        ):
            value = _ANY
        designated.append(_Designated(kind, value if kind in _AS_WRITTEN else _plain(value), tail))
    return tuple(designated)


def _plain(value: str) -> str:
    """Return a number in digits: 5 for 五."""
    number = number_range(value) if value and value not in "甲乙丙丁戊己庚辛壬癸" else None
    return str(int(number[0])) if number else value.replace("旧", "老")


def _are_of_kind(first: _Designated, second: _Designated) -> bool:
    """Return whether two things are of one kind: by two characters, or one that is a kind."""
    if first.kind != second.kind or not first.tail or not second.tail:
        return False
    if first.kind in _WHOLE:
        return first.tail.removesuffix("份") == second.tail.removesuffix("份")
    if first.tail[:_ALIKE] == second.tail[:_ALIKE]:
        return True
    return first.tail[0] == second.tail[0] and first.tail[0] in _SHORT
