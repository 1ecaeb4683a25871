"""Ask for the date of a clause: 大桥什么时候通车？ for 大桥于2018年10月24日通车."""

import re
from collections.abc import Iterator

from index.article import Span
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.suggestions.asking import of_date
from qa.suggestions.assertions import Assertion
from qa.suggestions.draft_question import DraftQuestion, masked, tidy

_AMOUNTS = (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.NUMBER)
_NO_DATE = re.compile(r"[今去明前]年|[:：]|^\d{1,2}\s?[日号]")
_SINCE = re.compile(
    "(?:成立|始建|建成?|创建|创办|创立|诞生|出生|生|发布|上映|落成|竣工|开业|开通|通车|起源|首发|首播|问世|发行|修建|"
    "设立|颁布|逝世|去世|开工|开播|开馆|开园)于$"
)
_SINCE_AT_MOST = 8  # characters
_BEFORE = re.compile(
    "(?P<adverbs>(?:最早|最终|正式|计划|预计|首次|全线)*)(?:将|曾|已经?|也|又)*"
    "(?P<preposition>[于在自从]|定于)?"
)
_EVENT = re.compile(
    "(?:在[^，]{2,14}?)?(?:正式|首次|全线|成功|全面|顺利|公开|共同|联合|率先)*"
    "(?:宣布|发布|举行|举办|召开|成立|开幕|闭幕|启动|上市|开通|推出|公布|印发|施行|实施|发生|开业|开工|竣工|建成|投产|"
    "投运|投用|上映|播出|发射|起飞|首飞|登陆|上线|发售|开售|预售|开启|开播|首播|揭牌|揭幕|通车|签署|签订|批准|获批|生效|"
    "解散|并入|加入|当选|就任|出任|担任|获得|荣获|夺得|赢得|出生|去世|逝世|毕业|创办|创立|创建|收购|登顶|抵达|到达|访问|"
    "落成|投入|停产|停运|退役|取消|恢复|入选|列入|挂牌|表决通过|被列入|被评为|被授予|更名|改名|开园|开馆|开放|开学|开赛|"
    "修订|颁布|设立|立项|开行|并网|截流|蓄水|通航|动工|成为|退出)"
    "(?!的|后|前|时|中|者|会|人|日|期|量|数|额|地|方)"
)
# 自2002年起 asks for `when` with its 起; 自2002年 alone is no date of an event.
_STARTED = re.compile("起|开始")
_UNFINISHED = re.compile(
    "(?:[后前时中里内的]|期间|以来|承诺|决定|[前后]一.|当天|之际)$|的《|每|分别|一[起场次例名位个家则条批]|"
    "(?:印发|发布|公布|召开|举行|发出|签署|通过)了?"
    "(?:通知|公告|声明|信息|论文|报告|文章|视频|意见|会议|活动|(?:专题)?(?:新闻)?发布会|文件|通报|方案|决定|大会)$|(?:召开|举行)[^，]{0,4}会议$"
)
_REPORTED = re.compile(
    "表示|指出|介绍|说|称|认为|强调|透露|回应|报道|消息|获悉|发文|提醒|显示|提到|写道|告诉|发现|建议|呼吁|希望|承诺|"
    "通报|预测"
)
_LONGEST = 20  # characters of an event


def questions(assertion: Assertion) -> Iterator[DraftQuestion]:
    """Yield the question that asks for the date of a clause, if it has exactly one."""
    predicate = assertion.predicate
    readable = masked(predicate)
    if _REPORTED.search(readable) or any(candidates(kind, readable) for kind in _AMOUNTS):
        return
    spans = candidates(AnswerType.DATE, readable)
    if len(spans) == 1 and not _NO_DATE.search(spans[0].of(predicate)):
        if phrase := _of_date_within(assertion, spans[0]):
            yield _draft(assertion, phrase, assertion.at(spans[0]))
    elif not spans and assertion.date and not assertion.is_shared and _is_event(predicate):
        # 2018年10月24日，港珠澳大桥正式通车.
        date = assertion.date.of(assertion.sentence)
        if _NO_DATE.search(date):
            return
        asking = of_date(date)
        yield _draft(assertion, f"{assertion.subject}{asking}{predicate}", assertion.date)


def _draft(assertion: Assertion, phrase: str, date: Span) -> DraftQuestion:
    return DraftQuestion(tidy(phrase), assertion.subject, date, AnswerType.DATE)


def _of_date_within(assertion: Assertion, span: Span) -> str | None:
    """Return the question that asks for a date in the predicate: 于2018年10月24日通车."""
    predicate, subject = assertion.predicate, assertion.subject
    before, after = predicate[: span.start].strip(), predicate[span.end :].strip()
    asking = of_date(span.of(predicate))
    if not after:
        is_since = _SINCE.search(before) and len(before) <= _SINCE_AT_MOST and "由" not in before
        return f"{subject}{before}{asking}" if is_since else None
    match = _BEFORE.fullmatch(before)
    if match is None or not _starts_word(assertion, span.end):
        return None
    if match["preposition"] in {"自", "从"}:
        return _since(subject, asking, after)
    if not _is_event(after):
        return None
    asking = f"在{asking}" if match["adverbs"] == "最早" else asking
    return f"{subject}{match['adverbs']}{asking}{after}"


def _since(subject: str, asking: str, after: str) -> str | None:
    """Return a question for the beginning of what goes on: 从什么时候起施行."""
    started = _STARTED.match(after)
    event = after[started.end() :].strip() if started else ""
    if started is None or not event or not _is_whole(event):
        return None
    return f"{subject}从{asking}{started.group()}{event}"


def _is_event(text: str) -> bool:
    return _EVENT.match(text) is not None and _is_whole(text)


def _is_whole(event: str) -> bool:
    return len(event) <= _LONGEST and _UNFINISHED.search(event) is None


def _starts_word(assertion: Assertion, offset: int) -> bool:
    """Return whether a word starts at an offset of the predicate: not 夏天 behind 2024年夏."""
    at = 0
    for word in assertion.words:
        if at == offset:
            return True
        at += len(word.text)
    return False
