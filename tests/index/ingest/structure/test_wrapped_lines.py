"""Text that was wrapped at a width is joined; what ends on purpose stays as it is."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.wrapped_lines import is_label, unwrapped, wrap_column

PARAGRAPHS = [
    "老街改造从去年春天开始，先铺排水管，再修路面，前后用了五个月，沿街的店铺照常开门，"
    "只有最窄的一段封闭过两个星期。改造以后，街上装了三十二盏路灯，修了两处公厕，居民说，"
    "下雨天再也不用绕路了。",
    "The harbour was rebuilt in four years, and the first ship came in on a cold morning in March; "
    "since then some forty ships have called each month, most of them with timber, grain and salt, "
    "and the town has grown by a third.",
    "管理处现有职工46人，其中工程师9人。每年检修2次，每次约需14天，费用由市里和县里各出一半，"
    "材料费另算，按实际用量结算，超出部分要经管理处同意。",
]


def wrapped(text: str, size: int) -> list[str]:
    """Wraps a text as an editor does: Chinese anywhere but before a closing mark."""
    if text.isascii():
        return textwrap.wrap(text, size * 2)
    lines, line = [], ""
    for unit in re.findall(r"[A-Za-z0-9.]+|.", text):
        ahead = sum(0.5 if char.isascii() else 1 for char in line + unit)
        if ahead > size and unit not in "，。；、！？":
            lines.append(line)
            line = ""
        line += unit
    return [*lines, line]


@given(size=st.integers(24, 40), order=st.permutations(PARAGRAPHS), gap=st.booleans())
def test_wrapped_paragraphs_are_joined_as_they_were(size: int, order: list[str], gap: bool) -> None:
    paragraphs = [line for text in order for line in (*wrapped(text, size), "")]
    lines = ["老街纪事", "", *paragraphs] if gap else paragraphs
    kept = [line for line in unwrapped(lines) if line]
    ends = [sentence for text in order for sentence in (text,)]
    assert "".join(kept).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(line in "".join(ends) or line == "老街纪事" for line in kept)
    assert all(line.endswith(("。", ".")) for line in kept if line != "老街纪事")


KEPT = {
    "verse": ["山高月小照孤城", "水落石出听晚声", "谁把长笛吹到晓", "一江灯火不分明"],
    "verse with marks": ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"],
    "verse in English": [
        "The lamp above the harbour door",
        "Was never lit by human hand,",
        "It burned before the town was there",
        "And will when it is only sand,",
    ],
    "an address": ["林海县图书馆", "林海县中山路二十一号三楼东侧办公室", "邮政编码 331200"],
    "labels": ["名称：林海县图书馆", "地址：中山路二十一号", "电话：0791-5550123", "馆长：方远"],
    "names of one length": [
        "林海县第一人民医院住院部三楼东侧护士站",
        "林海县第二人民医院住院部二楼西侧护士站",
        "林海县第三人民医院门诊部一楼南侧挂号处",
    ],
    "a list": ["- 砂石料，每车不少于二十五吨，由承包方自备运输车辆和人员", "- 钢筋", "- 水泥"],
    "numbered": [
        "一、各乡镇要在三月底以前完成排查，并把结果报到县应急管理局办公室",
        "二、对查出的隐患，要逐条登记",
        "三、按月上报",
    ],
    "a table": ["站名\t里程\t票价", "东门\t3公里\t2元", "西门\t12公里\t4元"],
    "columns of spaces": ["站名      里程      票价", "东门      3公里      2元"],
    "a title above prose": [
        "坚持以人为本，推进老街改造，让居民住得安心",
        "去年以来，老街改造取得成效。",
    ],
    "unwrapped paragraphs": [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[0]],
    "indented paragraphs": [
        "　　去年春天，老街开始改造，先铺排水管，再修路面，前后用了五个月",
        "　　今年修公厕，装路灯",
    ],
    "notes without full stops": [
        "上午到渡口，等了一个小时，船没有来，只好改走陆路到县城",
        "路上下雨",
        "住在城南的小店里",
        "第二天去看了老桥，桥墩有裂缝，村里人说是前年发大水时留下的",
        "回程",
    ],
}


@pytest.mark.parametrize("lines", KEPT.values(), ids=KEPT)
def test_lines_that_end_on_purpose_are_kept(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


def test_an_item_goes_on_in_the_line_below() -> None:
    lines = ["巡查分为两种，一种是每天的例行巡查，由护林员完成，另一种是", "雨后的专门巡查。", ""]
    lines += ["- 例行巡查每天两次，上午一次，下午一次，路线由站里安排，要带上记录", "  本。"]
    assert unwrapped(lines)[-1].endswith("要带上记录本。")


@given(lines=st.lists(st.text("树林，。abc 1：\u3000-", max_size=40), max_size=12))
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    def squeezed(texts: list[str]) -> str:
        return "".join("".join(texts).replace("-", "").split())

    assert squeezed(unwrapped(lines)) == squeezed(lines)


def test_without_open_lines_there_is_no_width() -> None:
    assert wrap_column(["第一句说完了。", "第二句也说完了。"]) is None
    assert wrap_column([]) is None


def test_a_label_is_short_and_has_a_value() -> None:
    assert [
        is_label(line) for line in ("电话：5550123", "http://a.test", "电话：", "说明，如下：无")
    ] == [*(True, False, False, False)]
