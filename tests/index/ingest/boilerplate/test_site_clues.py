"""A line has the clues of its words in any script and width; an article's sentence has none."""

import time

import pytest

from index.ingest.boilerplate.site_clues import clues_of
from tests.index.ingest.boilerplate.test_classify import SENTENCES


@pytest.mark.parametrize(
    ("line", "clues"),
    [
        ("上一篇：海岛通自来水", {"pager"}),
        ("© 2011~2024 某公司 | 沪ICP备12000000号-6", {"copyright", "permit"}),
        ("版權聲明：本網站轉載的文章", {"notice"}),
        ("ＣＯＰＹＲＩＧＨＴ 海角晚报", {"copyright"}),
        ("上个月，惠安路开始拆迁，书店月底要搬。", set()),
        ("2024年6月3日", set()),
        *((sentence, set()) for sentence in SENTENCES),
    ],
)
def test_a_line_has_the_clues_of_its_words_and_a_sentence_has_none(
    line: str, clues: set[str]
) -> None:
    assert clues_of(line) == clues


@pytest.mark.parametrize(
    "piece",
    ["赞 ", "阅读 1 ", "登录 ", "关闭窗口", "旗下", "上一页 ", "网友", "回复 赞 ", "位于。"],
)
def test_no_line_takes_long(piece: str) -> None:
    start = time.perf_counter()
    for length in (15, 60, 300):
        clues_of(piece * length + "x")
    assert time.perf_counter() - start < 60  # milliseconds, or years if a pattern backtracks
