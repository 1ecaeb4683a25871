"""Tell which column of a table a question asks for if it does not name it: 谁 → 负责人.

Patterns are matched against folded text.
"""

import re

from index.text.folding import fold
from qa.answer_types import AnswerType

# What is asked, and the names of the columns in which that stands.
_COLUMNS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(names))
    for asked, names in (
        (
            r"谁|哪一?位|何人|什么人|\bwho(?:m|se)?\b",
            r"人$|员$|姓名|名字|领导|负责|[组队班局校院所站厂]长|主任|经理|教师|老师|医生|医师|主讲|讲师|作者|"
            r"\bname|person|manager|teacher|lead",
        ),
        (
            r"多少钱|几块钱|什么价|价钱|要花|收费|贵|\bhow much\b",
            r"价|费|金额|款$|[^专资奖]金$|元|\b(?:price|cost|fee|amount)",
        ),
        (
            r"什么时候|什么时间|何时|几点|哪[一]?[天日]|几[号月]|星期几|周几|\bwhen\b|what time",
            r"时间|时段|日期|日程|时刻|[^工节]日$|\b(?:date|time|day|when)\b",
        ),
        (
            r"哪里|哪儿|何处|在哪|什么地方|什么位置|\bwhere\b",
            r"地点|地址|位置|场所|场地|场馆|教室|会议室|房间|\b(?:place|location|address|room|venue)",
        ),
        (r"多久|多长时间|\bhow long\b", r"期$|期限|时长|用时|周期|年限|时限|duration|period"),
        (r"几[层楼]|哪一?[层楼]|which floor", r"楼层|层$|\bfloor"),
        (r"多重", r"重"),
        (r"多长(?!时间)", r"长"),
        (r"多高", r"高"),
        (r"多宽", r"宽"),
        (r"多深", r"深"),
        (r"多快", r"速"),
        (r"多大", r"面积|尺寸|容量|规格|大小|年龄"),
        (r"怎么联系|联系方式|什么号码|打什么|phone", r"电话|手机|联系|号码|phone|tel"),
    )
)
_MEASURE = re.compile(
    r"(?:几|多少)[个位名]?(?P<unit>平方公里|平方米|立方米|公里|千米|千克|公斤|[\u4e00-\u9fff])"
)
# A numeral that counts: 三层, 两万, but not 一组数字 or 一起.
_NUMERAL = re.compile(
    r"\d|[〇零一二三四五六七八九十百千万亿两半]+(?=$|[元角分年月日号天周时点秒岁个层楼米公里吨克斤升亩座位名人"
    r"家台件次套间室页本册期届版辆折倍成])"
)
# What stands where an amount or a time might.
_NO_AMOUNT = re.compile(
    "无|免|不限|不收|不要|长期|终身|永久|面议|待定|未定|全[年天日]|随时|自理|free|none|n/a", re.I
)
_COUNTED = frozenset(
    {AnswerType.MONEY, AnswerType.PERCENT, AnswerType.NUMBER, AnswerType.DATE, AnswerType.PERIOD}
)
_PEOPLE = frozenset({AnswerType.PERSON, AnswerType.WHO})


def fits_column(question: str, name: str) -> bool:
    """Return whether a folded question asks for what stands in a column of that name.

    >>> fits_column("谁负责?", "负责人"), fits_column("谁负责?", "电话")
    (True, False)
    """
    folded = fold(name)
    if any(asked.search(question) and names.search(folded) for asked, names in _COLUMNS):
        return True
    measure = _MEASURE.search(question)
    return measure is not None and f"{measure['unit']}数" in folded


def fits_measure(question: str, value: str) -> bool:
    """Return whether a value has the measure that a question counts by: 几层 → 七层."""
    measure = _MEASURE.search(question)
    if measure is None:
        return False
    unit = re.escape(measure["unit"])
    return (
        re.search(rf"[\d〇零一二三四五六七八九十百千万亿两半]\s*个?{unit}", fold(value)) is not None
    )


def fits_value(answer_type: AnswerType, value: str) -> bool:
    """Return whether a cell may be of an answer type: an amount has a numeral, a person none."""
    if answer_type in _COUNTED:
        return _NUMERAL.search(fold(value)) is not None or _NO_AMOUNT.search(value) is not None
    return not (answer_type in _PEOPLE and re.search(r"\d", value))
