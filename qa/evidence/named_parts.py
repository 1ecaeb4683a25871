"""Tell a thing from others whose names are longer: 南湖地铁 and its part 南湖地铁柳园线.

A place is told from what is called by its name: 青江 and 青江大桥.
"""

import re

_LEAST = 3  # characters that a question and a text share of a name
_HAN = re.compile("[\u4e00-\u9fff]")
_PART = re.compile(
    "(?:[\u4e00-\u9fff]{2,5}?|[\u4e00-\u9fff]{0,2}(?:[\\d一二三四五六七八九十]{1,3}号?))"
    "(?P<kind>线(?![上下路])|支线|分行|支行|分公司|子公司|分院|院区|分校|校区|分馆|分店|分厂|分局|分会|支队|"
    "工区|航站楼|期工程|车辆段)"
)
# 运营十二条线 is a clause.
_NO_NAME = re.compile("[的了在于是有与和及开建将已从到为条等个共设全各多几]")
_PARTS_ASKED = re.compile("哪[一个些条段座家所几]|(?:几|多少)[个条段座家所]")
# Only these are asked of a bare place as such: 北京有多少大学 is asked of what is in it.
_PLACE_ASKED = re.compile(
    "^(?:请问)?(?P<name>[一-鿿]{2,4}?)的?(?:总|全|水域|流域|干流|常住|平均|最大)?"
    "(?:长度?|面积|人口|有?多[长宽深大]|宽度|深度|水深|水位|流量|流经|流域|发源|源头|支流)"
)
_NAMED_AFTER = re.compile(
    "[一-鿿]{0,2}?(?:大桥|隧道|大学|学院|医院|机场|银行|火车站|宾馆|酒店|饭店|证券|集团)"
)


def names_a_part(asked: str, text: str) -> bool:
    """Return whether a text names the thing asked about only within the name of a part of it.

    So it is with a thing called by the name of a place that is asked about. Both are folded.

    >>> names_a_part("南湖地铁何时开通", "南湖地铁柳园线于2019年开通")
    True
    >>> names_a_part("南湖地铁何时开通", "南湖地铁于1989年开通,柳园线于2019年开通")
    False
    >>> names_a_part("南湖地铁柳园线何时开通", "南湖地铁柳园线于2019年开通")
    False
    >>> names_a_part("青江有多长", "青江大桥长900米")
    True
    """
    return _shared_with_part(asked, text) is not None


def names_itself(asked: str, part: str, text: str) -> bool:
    """Return whether a text names what is asked about, which `part` names only a part of.

    >>> part = "南湖地铁柳园线于2019年开通"
    >>> names_itself("南湖地铁何时开通", part, "南湖地铁于1989年开通")
    True
    >>> names_itself("南湖地铁何时开通", part, "北山地铁于1989年开通")
    False
    """
    name = _shared_with_part(asked, part)
    return name is not None and name in text and not names_a_part(asked, text)


def _shared_with_part(asked: str, text: str) -> str | None:
    """Return the name asked about that a text has only within the name of a part; else None."""
    place = _PLACE_ASKED.search(asked)
    if place and _all_go_on(place["name"], text, _NAMED_AFTER):
        return place["name"]
    if _PARTS_ASKED.search(asked):
        return None
    name, end = _longest_shared(asked, text)
    if len(_HAN.findall(name)) < _LEAST or _part_at(asked, end):
        return None
    ends = [match.end() for match in re.finditer(re.escape(name), text)]
    parts = [_part_at(text, end) for end in ends]
    # 南湖地铁的柳园线 is asked for in other words.
    own = all(part and part["kind"] not in asked for part in parts)
    return name if own else None


def _all_go_on(name: str, text: str, longer: re.Pattern[str]) -> bool:
    """Return whether a text has a name, and only within longer ones."""
    ends = [match.end() for match in re.finditer(re.escape(name), text)]
    matches = [longer.match(text, end) for end in ends]
    return bool(ends) and all(match and not _NO_NAME.search(match[0]) for match in matches)


def _longest_shared(asked: str, text: str) -> tuple[str, int]:
    """Return the longest piece of a question that a text has, and where it ends there."""
    best, best_end = "", 0
    for start in range(len(asked)):
        end = start + len(best) + 1
        while end <= len(asked) and asked[start:end] in text:
            best, best_end = asked[start:end], end
            end += 1
    return best, best_end


def _part_at(text: str, at: int) -> re.Match[str] | None:
    """Return how the name of a part goes on at a place; None if it does not."""
    match = _PART.match(text, at)
    return match if match and _NO_NAME.search(match[0]) is None else None
