"""Tell how much of what a question says a text lacks."""

import re

from index.search.query import QueryTerms
from index.text.folding import fold
from qa.structure.labels import label_form

# Words that only ask or lead to what is asked: no text need have them.
_ASKING = re.compile(
    r"(?:[多几钱块花卖要用收算达有做干叫问想查看来去高长重大宽深快说讲写各是值数号共为]|需要|请问|内容|"
    r"情况|分别|具体|数值|数据|结果|规定|一共|总共|标准|主要|介绍|[一这那]个|要求|哪.*|几.*|多.*|第几|"
    r"price|cost|value|number|much|many|long|tell|show|give|list|say|about)+"
)


def is_asking(term: str) -> bool:
    """Return whether a term of a question only asks.

    >>> is_asking("几点"), is_asking("电话")
    (True, False)
    """
    return _ASKING.fullmatch(term) is not None


def missing_share(terms: QueryTerms, text: str, besides: str = "") -> float:
    """Return the weight share of a question's telling terms that a text lacks, 0 to 1.

    Terms that only ask, or stand in the folded text `besides`, do not count.
    """
    folded, form = fold(text), label_form(text)
    telling = {
        term: weight
        for term, weight in terms.weights.items()
        if not is_asking(term) and term not in besides
    }
    missing = (
        weight
        for term, weight in telling.items()
        if not terms.occurs(folded, term) and label_form(term) not in form
    )
    return sum(missing) / (sum(telling.values()) or 1.0)
