"""Ask for the name in a clause: who did it, where it is, which is the first of its kind."""

import re
from collections.abc import Iterator

from index.article import Span
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.amounts import candidates
from qa.entities.names import Names
from qa.question.asked.heads import head_type
from qa.suggestions.assertions import Assertion
from qa.suggestions.draft_question import DraftQuestion, masked, tidy

_AGENT = re.compile(
    "(?P<adverbs>(?:将|主要|共同|全部|正式)*)由(?P<agent>[^，。；]{2,24}?)"
    "(?P<act>(?:共同|联合|负责|独家|牵头)*(?:承[办建担接]|研制|研发|设计|投资|建[设造]|主[办演持]|编[剧写]|执导|"
    "创[办作立]|制[作造定]|生产|开发|提[供出]|组织|举办|发起|发布|运营|管理|出品|施工|监制|导演|指导)"
    "[^，。；由的]{0,10})"
)
_LOCATED = re.compile(
    "(?P<verb>(?:总部)?(?:位于|坐落于|坐落在|地处|设在|设于))(?P<place>[^，。；与和]{2,20})"
)
_HELD = re.compile(
    "(?P<before>[^，。；]*?)在(?P<place>[^，。；在]{2,16}?)"
    "(?P<act>(?:正式|隆重|顺利)?(?:举行|举办|召开|开幕|闭幕|启动|揭牌|揭幕|首映|开工|落成|首飞|开赛|落幕)"
    "[^，。；]{0,6})"
)
_PLACE_END = re.compile(
    "(?:[省市区县镇村路街馆厅场校园院岛山湖河港站店楼厦城堂寺社]|学院|大学|中心|境内|[中东西南北]部)$"
)
_NO_PLACE = re.compile("[为给向对的]")
_DATE_LEFT = re.compile(r"(?:将|定)?于$|将$|[上下]午$|晚上?$|\d+[日号]$")
_LEFT_OVER = re.compile("[于至—到也还]|[将自从]$")
_FIRST = (
    "(?:第[一二三](?!方|站|批)|首[个家座条款部位次]|唯一|"
    "最(?:为|具)?(?:[大小长短高低早晚多快慢深老贵远近重轻宽厚强热冷]|古老|年轻|著名|先进|重要|代表))"
)
_IS_FIRST = re.compile(f"(?:是|为|成为)(?P<what>[^，。；]*{_FIRST}[^，。；]*)")
_IS_NAMED = re.compile("(?:是|为)(?P<name>[^，。；]{2,24})")
_OF_FIRST = re.compile(_FIRST)
_PERSON = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:[·•][\u4e00-\u9fff]+)+")
_SCOPE = re.compile("(?:全?世界|全球|全国|中国|亚洲|欧洲|非洲|国内)")
_SEVERAL = re.compile(
    "[两三四五六七八九十]个|之一|并|也|而|和|于|了|作为|以及|、|我国|我们|[\\d一二三四五六七八九十]批"
)
_WHICH = tuple(
    (re.compile(f"(?:{ends})$"), asking)
    for ends, asking in (
        ("桥|电站|城市|机场|水库|博物馆|山|楼|大厦|港|风电场|工厂|航道", "哪座"),
        ("公司|企业|厂商|集团|银行|机构|品牌", "哪家"),
        ("铁路|高铁|公路|隧道|河|河流|线路|地铁|管道", "哪条"),
        ("电影|影片|片|剧|作品|法律|小说|法规", "哪部"),
        ("车型|手机|车|轿车|游戏|SUV", "哪款"),
        ("大学|高校|学校", "哪所"),
        ("关键词|名称", "什么"),
        ("人|人物|功臣|股东|者|员|[^国]家|长|主席|CEO", "谁"),
    )
)


def questions(assertion: Assertion, names: Names) -> Iterator[DraftQuestion]:
    """Yield the questions that ask for a name in a clause."""
    for draft in (
        _by_whom(assertion, names),
        _where(assertion, names),
        _which(assertion, names),
        _who(assertion),
    ):
        if draft is not None:
            yield draft


def _by_whom(assertion: Assertion, names: Names) -> DraftQuestion | None:
    predicate = assertion.predicate
    match = _AGENT.fullmatch(predicate)
    if match is None or not names.find(match["agent"]) or candidates(AnswerType.DATE, predicate):
        return None
    if names.of_kind(AnswerType.PERSON, match["act"]):
        return None
    phrase = f"{assertion.subject}{match['adverbs']}由谁{match['act']}"
    span = assertion.at(Span(*match.span("agent")))
    return DraftQuestion(tidy(phrase), assertion.subject, span, AnswerType.WHO)


def _where(assertion: Assertion, names: Names) -> DraftQuestion | None:
    predicate = assertion.predicate
    if match := _LOCATED.fullmatch(predicate):
        phrase = f"{assertion.subject}{match['verb']}哪里"
    elif (match := _HELD.fullmatch(predicate)) and _is_place(match["place"], names):
        before = _without_dates(match["before"])
        if _LEFT_OVER.search(before):
            return None
        phrase = f"{assertion.subject}{before}在哪里{match['act']}"
    else:
        return None
    span = assertion.at(Span(*match.span("place")))
    return DraftQuestion(tidy(phrase), assertion.subject, span, AnswerType.PLACE)


def _without_dates(before: str) -> str:
    """Return what stands before a place without its dates: nothing of 将于8月3日."""
    for date in reversed(candidates(AnswerType.DATE, before)):
        before = before[: date.start] + before[date.end :]
    return _DATE_LEFT.sub("", before.strip())


def _is_place(text: str, names: Names) -> bool:
    places = names.of_kind(AnswerType.PLACE, text)
    if _NO_PLACE.search(text) or not places:
        return False
    return places[-1].span.end == len(text) or _PLACE_END.search(text) is not None


def _which(assertion: Assertion, names: Names) -> DraftQuestion | None:
    """Ask which is the first of a kind: 白鹤滩水电站是世界第二大水电站."""
    match = _IS_FIRST.fullmatch(assertion.predicate)
    if match is None or assertion.is_shared:
        return None
    what = match["what"]
    if _SEVERAL.search(masked(what)) or candidates(AnswerType.DATE, what):
        return None
    *_, (_, tag, _) = names.tagged(what)
    is_noun = tag[0] in "njeb" or tag == "vn"
    if not is_noun or not (names.find(masked(what)) or _SCOPE.match(what)):
        return None
    phrase = f"{what}是{_asking(what)}"
    return DraftQuestion(tidy(phrase), assertion.subject, assertion.opening, AnswerType.OTHER)


def _who(assertion: Assertion) -> DraftQuestion | None:
    """Ask who holds a post, or which is the first of a kind: 首任局长是刘烈宏."""
    match, subject = _IS_NAMED.fullmatch(assertion.predicate), assertion.subject
    if match is None or any(candidates(kind, masked(match["name"])) for kind in PATTERNS):
        return None
    if head_type(subject) is AnswerType.PERSON and _PERSON.fullmatch(match["name"]):
        asking, answer_type = "谁", AnswerType.PERSON
    elif _OF_FIRST.search(subject) and not _SEVERAL.search(masked(subject)):
        asking, answer_type = _asking(subject), AnswerType.OTHER
    else:
        return None
    span = assertion.at(Span(*match.span("name")))
    return DraftQuestion(tidy(f"{subject}是{asking}"), subject, span, answer_type)


def _asking(what: str) -> str:
    """Return what asks for one of a kind, with its measure word."""
    return next((asking for ends, asking in _WHICH if ends.search(what)), "哪个")
