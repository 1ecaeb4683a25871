"""What denies is told from what only looks like it, in Chinese and English."""

import pytest

from index.text.folding import fold
from qa.writing.negation import bounds, denies

DENIALS = (
    "没有获批|未獲批准|不再运营|无人伤亡|并非如此|否认参与|暂停营业|非法占用|要不要建还不知道"
    "|It was not built|They never met|without a permit|It wasn't built|It didn’t open"
    "|the plan was rejected|no trains run"
)
NO_DENIALS = (
    "不仅如此|未来三年|无论晴雨|无人机巡查|无锡的集市|非常高|非洲|是否开放|不久建成"
    "|不到三成|不超过五天|不少于三人|莫斯科|不锈钢|没收"
    "|not only the bridge|no more than five|No. 5 is open|knot and note|nowhere"
)


@pytest.mark.parametrize("text", DENIALS.split("|"))
def test_a_denial_is_found(text: str) -> None:
    assert denies(fold(text))


@pytest.mark.parametrize("text", NO_DENIALS.split("|"))
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert not denies(fold(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不到3亿元", (True, False)),
        ("不超过3亿元", (True, False)),
        ("3亿元以下", (True, False)),
        ("超过3亿元", (False, True)),
        ("不低于3亿元", (False, True)),
        ("约3亿元", (False, False)),
        ("less than 5%", (True, False)),
        ("no more than 5%", (True, False)),
        ("more than 5%", (False, True)),
        ("over 300 people", (False, True)),
        ("over the lake", (False, False)),
    ],
)
def test_a_bound_is_from_above_or_from_below(text: str, expected: tuple[bool, bool]) -> None:
    assert bounds(fold(text)) == expected
