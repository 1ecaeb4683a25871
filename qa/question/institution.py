"""Give the one institution that articles are about its name: `公司的总部在哪里?`.

People say 公司, 我们医院 or 院长 where the collection is about one company or hospital. Its name is
taken from the beginnings of the sentences and titles that were found, if it is the only one there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.asked.heads import head_type
from qa.question.wording import Wording


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of institution: how it is spoken of, how its names end, and who heads it."""

    spoken: str
    ending: str
    heads: str


_KINDS = (
    Kind(
        "公司|企业|集团",
        "(?:股份)?(?:有限)?(?:责任)?公司|集团",
        "董事长|总经理|法定代表人|创始人",
    ),
    Kind("医院", "医院|卫生院", "院长"),
    Kind("学校|大学|学院|中学|小学", "大学|学院|中学|小学|学校", "校长"),
    Kind("幼儿园", "幼儿园", "园长"),
    Kind("银行", "银行", "行长"),
    Kind("图书馆|博物馆|美术馆|体育馆", "图书馆|博物馆|美术馆|体育馆", "馆长"),
    Kind("工厂|厂", "厂", "厂长"),
    Kind("酒店|宾馆", "酒店|宾馆", "(?!)"),
)
_OURS = r"(?:请问)?(?:我们|咱们|你们|[本贵该我]|这[家个所间]?)?的?"
_BEGINS = r"(?:^|[。！？!?\n；;：:“”（(])"
_NO_NAME = re.compile(
    r"[本该我你这那各每某贵此其他全有一两几多]|.*(?:[的了是在和与及或等于为由把被从]|有(?!限))"
)
_HALF = 2


def named(question: FoldedText, found: Mapping[str, Sequence[str]], names: Names) -> str | None:
    """Return a question with the institution's name; None if it is named or unclear.

    `found` has the texts that were found, by article.
    """
    own = Wording.of(question).strip()
    for kind in _KINDS:
        spoken = re.match(rf"{_OURS}(?:{kind.spoken})", own.simplified)
        head = re.match(rf"(?:请问)?(?:{kind.heads})(?=是|叫|姓|$|[?？])", own.simplified)
        if spoken and _stands_alone(own.simplified[spoken.end() :], names):
            name = _only(kind.ending, found)
            return name and name + own.text[spoken.end() :]
        if head:
            name = _only(kind.ending, found)
            return name and f"{name}的{own.text}"
    return None


def _stands_alone(rest: str, names: Names) -> bool:
    """Return whether a noun is no part of a longer one: not 公司 in 公司宿舍."""
    first = next(iter(names.tagged(rest)), None)
    return first is not None and (first[1][0] != "n" or head_type(first[0]) is not None)


def _only(ending: str, found: Mapping[str, Sequence[str]]) -> str | None:
    """Return the name with an ending, if it is the only one, in half of the articles."""
    pattern = re.compile(rf"{_BEGINS}\s*(?P<name>[\u4e00-\u9fff\w·]{{2,18}}?(?:{ending}))")
    articles: dict[str, set[str]] = {}
    for article, texts in found.items():
        for text in texts:
            for match in pattern.finditer(text):
                if not _NO_NAME.match(match["name"]):
                    articles.setdefault(match["name"], set()).add(article)
    longest = [
        name for name in articles if not any(other != name and name in other for other in articles)
    ]
    if len(longest) != 1:
        return None
    [name] = longest
    telling = set().union(*(articles[other] for other in articles if other in name))
    return name if _HALF * len(telling) >= len(found) else None
