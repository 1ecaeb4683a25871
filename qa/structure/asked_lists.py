"""Tell whether a question asks for a whole list: all decisions of a meeting, three measures."""

import re

from index.search.query import QueryTerms
from index.text.folding import FoldedText, fold
from qa.entities.lists import Series
from qa.structure.coverage import missing_share

_OPEN = re.compile(
    r"(?:[了的过]|有|出|做|包括|包含|分为|提出|决定|要求|规定|通过|明确|强调|议定|确定|部署|安排|采取|讨论|研究)"
    r"(?:[什甚]么|哪些?|何)(?!时|地|人|样|地方|时候|时间|意思|原因|关系|程度)[\u4e00-\u9fff]{0,6}$"
    r"|[什甚]么(?:内容|决定|要求|措施|事项|任务|规定|安排|举措|意见|建议|条件|材料|步骤|流程|职责|办法)"
    r"|[两三四五六七八九十\d][项点条个大种步](?:[\u4e00-\u9fff]{0,8})(?:是|有|为|包括)?(?:[什甚]么|哪|$)"
    r"|(?:包括|包含|分为)(?:[什甚]么|哪|几)|\bwhat (?:are|were|did .+ decide)\b"
)

_DECIDED = re.compile(
    r"决定|议定|商定|确定|决议|研究|明确|要求|强调|部署|通过|审议|安排|提出|decided?|agreed?|resolved?"
)
# What a list is called: its lead need not say it.
_LISTED = (
    "事项 内容 决定 措施 要求 议题 任务 安排 方面 举措 意见 建议 条件 材料 工作 活动 步骤 种类 "
)
_SURE = 0.8
_MISSING_AT_MOST = 0.15


def asks_openly(question: FoldedText) -> bool:
    """Return whether a question asks for all that was decided, demanded or the like.

    >>> asks_openly(FoldedText.of("会上决定了什么?")), asks_openly(FoldedText.of("会议是什么时候?"))
    (True, False)
    """
    return _OPEN.search(question.folded.strip().rstrip("?!.。 ")) is not None


def is_about_all(terms: QueryTerms, series: Series, text: str, title: str) -> bool:
    """Return whether a question is about a list rather than one of its items.

    Its words stand in the lead, and none that the lead lacks stands in an item.
    """
    if series.lead is None:
        return False
    lead = fold(series.lead.of(text))
    around = f"{fold(title)}\n{lead}"
    own = [term for term in terms.weights if not _is_told(terms, around, term)]
    items = [fold(item.of(text)) for item in series.items]
    in_item = any(terms.occurs(item, term) for term in own for item in items)
    return not in_item and any(_is_told(terms, lead, term) for term in terms.weights)


def least_confidence(terms: QueryTerms, series: Series, text: str, title: str) -> float:
    """Return the least confidence in a list: its title and lead say all that is asked."""
    if series.lead is None or not is_about_all(terms, series, text, title):
        return 0.0
    lead = series.lead.of(text)
    decided = " ".join(term for term in terms.weights if _DECIDED.fullmatch(term))
    besides = _LISTED + (decided if _DECIDED.search(fold(lead)) else "")
    # 办公会议 is said where 办公 and 会议 are.
    weights = terms.weights
    besides += " ".join(
        term
        for term in weights
        for at in range(1, len(term))
        if {term[:at], term[at:]} <= {*weights}
    )
    return _SURE if missing_share(terms, f"{title}\n{lead}", besides) <= _MISSING_AT_MOST else 0.0


def _is_told(terms: QueryTerms, folded: str, term: str) -> bool:
    """Return whether a text has a term, or another word for what was decided."""
    if terms.occurs(folded, term):
        return True
    return bool(_DECIDED.fullmatch(term) and _DECIDED.search(folded))
