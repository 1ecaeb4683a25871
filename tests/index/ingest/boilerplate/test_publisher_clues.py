"""Each kind of line in which a site speaks for itself has its clue."""

import pytest

from index.ingest.boilerplate.publisher_clues import PUBLISHER_CLUES
from index.ingest.boilerplate.site_clues import clues_of

EXAMPLES = {
    "editor": ["（责任编辑：周二）", "值班主任：林一", "原标题：海岛来电"],
    "notice": [
        "免责声明：本站部分图片来源于网络，如有侵权请联系删除。",
        "本文仅代表作者观点，不代表本刊立场",
        "投资有风险",
    ],
    "copyright": ["© 2011~2024 某公司", "版权所有 海角晚报", "All rights reserved"],
    "permit": ["沪ICP备12000000号-6", "主办：县人民政府办公室", "网站标识码：1100000001"],
    "contact": ["地址：海角县一号", "客服热线：010-12345678", "投稿邮箱"],
    "boast": ["本公司成立于1999年，位于海角县，专注于渡轮制造，产品远销海外。"],
    "follow": ["扫一扫关注我们", "关注公众号", "某网微信", "下载客户端"],
    "ask": ["喜欢就点个赞吧", "点赞、在看、转发三连"],
    "promo": ["立即咨询", "限时优惠", "免费试用"],
    "ad": ["广告", "[推广]", "本文由某某公司赞助"],
    "end": ["—— END ——", "（全文完）"],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in EXAMPLES.items() for line in lines]
)
def test_the_clue_of_a_kind_is_found_in_its_examples(kind: str, line: str) -> None:
    assert kind in clues_of(line)


def test_every_kind_has_examples() -> None:
    assert EXAMPLES.keys() == PUBLISHER_CLUES.keys()
