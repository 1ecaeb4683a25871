"""Words that turn a claim: its direction, its certainty, and of how much of a kind it is true.

Patterns match the folded form, in Chinese and English alike, so that both can be compared.
"""

import re

_TRENDS = (
    re.compile(
        r"上升|上涨|上扬|上调|增|提[高升]|扩大|扩张|(?<!下)涨|回升|攀升|走高|升[高至]|加快|加速|"
        r"\b(?:ris(?:e|es|ing|en)|rose|increas\w*|gr(?:ew|ow|ows|own|owing|owth)|gain(?:s|ed)?|"
        r"climb\w*|up (?:by )?(?=[\d$€£¥])|higher|jump\w*|surg\w+|soar\w*|expand\w*|"
        r"rais(?:e|es|ed))\b"
    ),
    re.compile(
        r"下降|下跌|下滑|下调|下行|减[^排]|降[低至幅]|回落|走低|跌|缩[小减]|削减|萎缩|放缓|减缓|"
        r"\b(?:fall(?:s|en|ing)?|fell|declin\w*|decreas\w*|drop(?:s|ped|ping)?|shr[aiu]nk\w*|"
        r"lower(?:s|ed|ing)?|reduc\w+|slump\w*|plung\w*|cut(?:s|ting)?|"
        r"down (?:by |from )?(?=[\d$€£¥])|slow(?:s|ed))\b"
    ),
)
_OPPOSITES = (
    _TRENDS,
    (
        re.compile(r"击败|战胜|获胜|胜出|赢|\b(?:beats?|beaten|wins?|won|defeat(?:s|ed))\b"),
        re.compile(r"输|负于|不敌|落败|败给|\b(?:lost|loses?|losing)\b"),
    ),
    (
        re.compile(r"盈利|赢利|盈余|利润|\b(?:profit(?:s|able)?|surplus)\b"),
        re.compile(r"亏损|赤字|\b(?:loss(?:es)?|deficits?)\b"),
    ),
    (
        re.compile(r"买|购|\b(?:buys?|bought|buying|purchas\w*|acquir\w*)\b"),
        re.compile(r"卖|售|\b(?:sells?|sold|selling|sales?)\b"),
    ),
    (re.compile(r"进口|\bimport\w*"), re.compile(r"出口|\bexport\w*")),
    (
        re.compile(
            r"支持|赞成|同意|批准|通过|\b(?:support\w*|back(?:s|ed)|in favou?r|approv\w*)\b"
        ),
        re.compile(r"反对|否决|驳回|\b(?:oppos\w*|against|reject\w*|veto\w*)\b"),
    ),
    (
        re.compile(r"[之以]前|(?<=[天日月年周时])前|\bbefore\b"),
        re.compile(r"[之以]后|(?<=[天日月年周时])后|\bafter\b"),
    ),
    (
        re.compile(r"开[放通业幕启馆]|启用|通车|\b(?:open(?:s|ed|ing)?|reopen\w*)\b"),
        re.compile(r"关[闭停门]|停[业用]|封闭|闭[馆幕]|\b(?:clos(?:e|es|ed|ing|ure)|shut\w*)\b"),
    ),
    (
        re.compile(r"最[高大多长早好]|\b(?:highest|largest|biggest|most|longest|earliest|best)\b"),
        re.compile(
            r"最[低小少短晚差后]|\b(?:lowest|smallest|least|fewest|shortest|latest|worst)\b"
        ),
    ),
    (
        re.compile(r"(?:出|诞)生|生于|\bborn\b"),
        re.compile(r"去世|逝世|病逝|\b(?:died|dead|deaths?)\b"),
    ),
    (
        re.compile(r"受伤|负伤|\b(?:injur\w+|wounded)\b"),
        re.compile(r"死亡|遇难|身亡|丧生|\b(?:killed|died|dead|deaths?)\b"),
    ),
    (
        re.compile(r"国内|境内|\bdomestic\w*"),
        re.compile(r"国外|境外|海外|\b(?:foreign|overseas)\b"),
    ),
    (re.compile(r"城[市镇]|\burban\b"), re.compile(r"农村|乡村|\brural\b")),
    (re.compile(r"加入|\b(?:joins?|joined)\b"), re.compile(r"退出|\b(?:left|quit|withdr\w+)\b")),
    (
        re.compile(r"招聘|雇|录用|\b(?:hir(?:e|es|ed|ing)|recruit\w*)\b"),
        re.compile(r"裁员|解雇|辞退|\b(?:laid off|lay-?offs?|fired|dismiss\w*)\b"),
    ),
    (re.compile(r"男|\b(?:male|m[ae]n)\b"), re.compile(r"女|\b(?:female|wom[ae]n)\b")),
    (
        re.compile(r"(?<![京华山])东(?!西)|\beast\w*"),
        re.compile(r"西(?!安|藏)|\bwest\w*"),
        re.compile(r"(?<![河湖云海济越])南|\bsouth\w*"),
        re.compile(r"(?<![河湖台])北(?!京)|\bnorth\w*"),
    ),
)
"""Words that exclude each other, a pattern for each side."""

_HEDGE = re.compile(
    r"可能|或许|也许|或将|恐[将怕]|疑[似为]|预[计期测]|有望|(?<![该本此这个项的])计划(?![的是获被由于可已经将书])|拟|打算|力争|争取|目标|[即必仍还也都均]将|"
    r"将(?=[于在会要达有成是被从由不继续陆全正建推投开举进实增超新启上停取获下升提减降缩扩出改转接])|建议|提议|如果|假如|若|一旦|"
    r"除非|[据声自宣]称|据传|指控|涉嫌|传闻|认为|相信|希望|考虑|草案|设想|"
    r"\b(?:could|might|would|will|shall|should|plan(?:s|ned|ning)? to|planned|expect(?:s|ed)?|"
    r"likely|possibl[ey]|"
    r"perhaps|probabl[ey]|potential(?:ly)?|propos(?:e|es|ed|ing)|intend\w*|aim(?:s|ed)?|hop(?:e|es|ed|ing)|"
    r"forecast\w*|predict\w*|if|unless|reportedly|alleg\w+|claim(?:s|ed)?|suspect\w*|believ\w+|"
    r"seem\w*|appear(?:s|ed)? to|suggest\w*|rumou?r\w*|set to|due to (?:open|start|begin))\b"
    r"|(?<!in )(?<!on )(?<!of )(?<!by )(?<!since )(?<!until )(?<!\d )\bmay\b(?! \d)"
)
_STRONG = (
    re.compile(
        r"所有|全部|全体|一切|任何|完全|彻底|\b(?:all|every\w*|entire\w*|completely|always)\b"
    ),
    re.compile(r"仅|只(?!有?能)|唯一|独家|\b(?:only|sole|solely|unique|exclusive\w*)\b"),
    re.compile(
        r"最|首[个次家座位批届例度创]|第一|之首|\b(?:most|first|best|worst|largest|biggest|longest|"
        r"highest|tallest|fastest|oldest|newest|smallest|lowest|earliest|latest|greatest|leading)\b"
    ),
    re.compile(
        r"(?:将|接)近|近(?=[\d一二三四五六七八九十百千万两])|\b(?:nearly|almost|close to)\b"
    ),
)
"""Words that claim more than the bare sentence; none may be added."""

_ABOUT = re.compile(
    r"约|左右|上下|近(?=[\d一二三四五六七八九十百千万两])|接近|"
    r"\b(?:about|around|roughly|approximately|nearly|almost|circa|some(?= \d))\b"
)
_LIMITED = re.compile(
    r"(?:部分|少数|个别|一些|有些|若干|大多数?|大部分|多数|半数|几乎所有|几乎)的?(?P<han>[\u4e00-\u9fff]{2})"
    r"|\b(?:some|a few|several|many|most|half|part|nearly all|almost all|partly|partially)"
    r"(?: of)?(?: the| its| their)?(?: \d+)? (?P<latin>(?!the\b)[a-z]{3,})"
)
_LIMIT = re.compile(
    r"部分|少数|个别|一些|有些|若干|多数|半数|几乎|"
    r"\b(?:some|few|several|many|most|half|part|nearly|almost|partly|partially)\b"
)


def contradicts(claim: str, said: str) -> bool:
    """Return whether a folded claim takes the other side of what is said.

    In which direction something goes may not be added either.

    >>> contradicts("收入下降12%", "收入增长12%"), contradicts("sales rose", "销售额上升")
    (True, False)
    """
    for sides in _OPPOSITES:
        own = {at for at, side in enumerate(sides) if side.search(claim)}
        its = {at for at, side in enumerate(sides) if side.search(said)}
        if own - its and (its or sides is _TRENDS):
            return True
    return False


def overstates(claim: str, said: str, known: str) -> bool:
    """Return whether a folded claim is surer or wider than what is said.

    `known` is all that the claim may take its strong words from.

    >>> overstates("该药有效", "该药可能有效", ""), overstates("患者有效", "对部分患者有效", "")
    (True, True)
    """
    if _HEDGE.search(said) and not _HEDGE.search(claim):
        return True
    if any(word.search(claim) and not word.search(known) for word in _STRONG):
        return True
    return _drops_a_limit(claim, said)


def hedges(folded: str) -> bool:
    """Return whether a folded text says that something is not certain.

    >>> hedges("预计明年开工"), hedges("in may 2018")
    (True, False)
    """
    return _HEDGE.search(folded) is not None


def is_about(folded: str) -> bool:
    """Return whether a folded text gives a figure as an approximate one."""
    return _ABOUT.search(folded) is not None


def _drops_a_limit(claim: str, said: str) -> bool:
    if _LIMIT.search(claim):
        return False
    heads = (match["han"] or match["latin"] for match in _LIMITED.finditer(said))
    return any(head in claim for head in heads)
