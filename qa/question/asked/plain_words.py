"""Put colloquial question words in plain ones: `啥时候` gives `什么时候`."""

import re

_PLAIN = {
    "啥子": "什么",
    "啥": "什么",
    "嘛玩意": "什么",
    "甚么": "什么",
    "神马": "什么",
    "为毛": "为什么",
    "干嘛": "为什么",
    "干吗": "为什么",
    "咋个": "怎么",
    "咋": "怎么",
    "肿么": "怎么",
    "多会儿": "什么时候",
    "多咱": "什么时候",
    "几时": "什么时候",
    "何日": "哪天",
    "哪儿": "哪里",
    "哪块儿": "哪里",
    "哪个时候": "什么时候",
    "那里人": "哪里人",
    "哪个人": "谁",
    "谁个": "谁",
    "什么人": "谁",
    "哪号人": "谁",
    "多少号": "几号",
    "点样": "怎么",
    "几多": "多少",
    "好多钱": "多少钱",
}
_COLLOQUIAL = re.compile("|".join(map(re.escape, sorted(_PLAIN, key=len, reverse=True))))


def plain_words(folded: str) -> str:
    """Return a folded question in plain question words.

    >>> plain_words("灯会啥时候散场")
    '灯会什么时候散场'
    """
    return _COLLOQUIAL.sub(lambda match: _PLAIN[match.group()], folded)
