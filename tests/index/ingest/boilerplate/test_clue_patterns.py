"""Each kind of site clue is found in lines that sites write, and not in an article's sentences."""

import time

import pytest

from index.ingest.boilerplate.clue_patterns import CLUE_PATTERNS
from index.ingest.boilerplate.site_clues import clues_of
from tests.index.ingest.boilerplate.test_classify import SENTENCES

EXAMPLES = {
    "crumb": ["當前位置：首頁 > 財經", "您的位置：首页 > 科技 > 正文", "海角晚报 » 科技"],
    "share": ["一键分享", "用微信扫一扫", "复制链接", "QQ空间 | 人人网"],
    "tools": ["字体大小：大 中 小", "【打印本页】【关闭窗口】", "语音播报", "展开全文"],
    "count": ["阅读 1.4万 浏览 612", "12条评论", "1,024"],
    "comment": ["网友评论（12）", "登录后才能评论", "文明上网，理性发言", "回复 赞"],
    "related": ["相关阅读", "猜你喜欢", "24小时热榜", "大家都在看", "Related stories"],
    "teaser": ["近日，多家企业公布业绩……[详细]", "延伸阅读：海岛通自来水", "【专题】"],
    "excerpt": ["县水利局昨天公布了今年的防汛方案。[查看详情]"],
    "boast": ["本公司成立于1999年，位于海角县，专注于渡轮制造，产品远销海外。"],
    "pager": ["上一篇：海岛通自来水", "没有了", "首页 上一页 1 2 3 尾页"],
    "tags": ["标签：海岛 微电网", "#海岛# #微电网#"],
    "editor": ["（责任编辑：周二）", "值班主任：林一", "原标题：海岛来电"],
    "notice": [
        "免责声明：本站部分图片来源于网络，如有侵权请联系删除。",
        "本文仅代表作者观点，不代表本刊立场",
        "投资有风险",
    ],
    "copyright": ["© 2011~2024 某公司", "版权所有 海角晚报", "All rights reserved"],
    "permit": ["沪ICP备12000000号-6", "主办：县人民政府办公室", "网站标识码：1100000001"],
    "contact": ["地址：海角县一号", "客服热线：010-12345678", "投稿邮箱"],
    "follow": ["扫一扫关注我们", "关注公众号", "某网微信", "下载客户端"],
    "ask": ["喜欢就点个赞吧", "点赞、在看、转发三连"],
    "promo": ["立即咨询", "限时优惠", "免费试用"],
    "login": ["登录 | 注册", "用户名 密码", "在线留言"],
    "datebar": ["今天是2021年3月4日 星期四", "多云 12℃", "上证指数 3000.12 +1.2%"],
    "profile": ["公司简介", "关于我们", "作者简介：林一，记者"],
    "end": ["—— END ——", "（全文完）"],
    "ad": ["广告", "[推广]", "本文由某某公司赞助"],
    "ago": ["3小时前", "阿山 昨天 10:20 回复"],
    "visitor": ["您是第10024位访客", "Skip to main content"],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in EXAMPLES.items() for line in lines]
)
def test_the_clue_of_a_kind_is_found_in_its_examples(kind: str, line: str) -> None:
    assert kind in clues_of(line)


def test_every_kind_has_examples() -> None:
    assert EXAMPLES.keys() == CLUE_PATTERNS.keys()


@pytest.mark.parametrize(
    ("line", "clues"),
    [
        ("上一篇：海岛通自来水", {"pager"}),
        ("© 2011~2024 某公司 | 沪ICP备12000000号-6", {"copyright", "permit"}),
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
    assert time.perf_counter() - start < 1
