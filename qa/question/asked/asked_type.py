"""Classify a question: its answer type, by patterns and by the noun that says what is asked."""

import re

from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.question.asked.heads import head_type
from qa.question.asked.plain_words import plain_words
from qa.question.asked.type_patterns import QUESTIONS

_COMPILED = tuple((answer_type, re.compile(pattern)) for answer_type, pattern in QUESTIONS)
_END = re.compile(r"(?:[?!.。！？~～\s]|(?<=[\u4e00-\u9fff])[呢啊呀哦哈])+$")
_ASKS_WHICH = re.compile(r"(?:各?(?:是|为|叫|在|有)|分别)*(?:什么|哪一?[个种款]?|谁)$")
_HOW_MUCH = re.compile(
    r"(?:大约|大概|一共|总共|共|约)?(?:是|为|有|达|在|要|需要)?[了到]?(?:多少|几[个]?)$"
)
_MEASURED = frozenset(
    {AnswerType.MONEY, AnswerType.PERCENT, AnswerType.DATE, AnswerType.PERIOD, AnswerType.PLACE}
)
_CALLED = re.compile("(?:地址|地点|位置|所在地|电话|号码|编号|代码|邮编|热线|传真)$")
_CAPITALS = re.compile(
    r"^[Ww]ho (?:is|was) [A-Z][\w'’.-]*(?: (?:(?:of|de|van|von|al|bin) )?[A-Z][\w'’.-]*)*[?\s]*$"
)
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方"
    "金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
_PERSON_IS = re.compile(
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]+[·•][\u4e00-\u9fff·•]+)(?:是|是个)谁"
)
_OCCUPATION = re.compile(
    r"(?:是|在)?(?:干|做)(?:什么|啥)(?:的|工作的?|职业)$|(?:是)?什么(?:来头|身份|职业|背景)$"
)


def classify(question: FoldedText) -> AnswerType:
    """Return the answer type of a question.

    >>> classify(FoldedText.of("投资了多少?"))
    <AnswerType.MONEY: 'money'>
    >>> classify(FoldedText.of("云岭大桥 通车时间"))
    <AnswerType.DATE: 'date'>
    """
    plain = _END.sub("", plain_words(question.folded.strip()))
    if _PERSON_IS.fullmatch(plain) or _OCCUPATION.search(plain) or _CAPITALS.match(question.text):
        return AnswerType.DEFINITION
    by_pattern = next((kind for kind, pattern in _COMPILED if pattern.search(plain)), None)
    return _by_head(plain, by_pattern) or by_pattern or AnswerType.OTHER


def _by_head(plain: str, by_pattern: AnswerType | None) -> AnswerType | None:
    """Return the type that the noun asked for tells, if it says more than the question word."""
    if by_pattern is AnswerType.NUMBER:
        stated, asked = _HOW_MUCH.subn("", plain)
        head = head_type(stated) if asked else None
        return head if head in _MEASURED else None
    if by_pattern is None:
        return head_type(_ASKS_WHICH.sub("", plain))
    stated = _ASKS_WHICH.sub("", plain)
    if by_pattern is AnswerType.DEFINITION and _CALLED.search(stated):
        return head_type(stated)
    return None
