"""Each part of a page around an article has its clue."""

import pytest

from index.ingest.boilerplate.page_clues import PAGE_CLUES
from index.ingest.boilerplate.site_clues import clues_of

EXAMPLES = {
    "crumb": ["當前位置：首頁 > 財經", "您的位置：首页 > 科技 > 正文", "海角晚报 » 科技"],
    "share": ["一键分享", "用微信扫一扫", "复制链接", "QQ空间 | 人人网"],
    "tools": ["字体大小：大 中 小", "【打印本页】【关闭窗口】", "语音播报", "展开全文"],
    "count": ["阅读 1.4万 浏览 612", "12条评论", "1,024"],
    "comment": ["网友评论（12）", "登录后才能评论", "文明上网，理性发言", "回复 赞"],
    "related": ["相关阅读", "猜你喜欢", "24小时热榜", "大家都在看", "Related stories"],
    "teaser": ["近日，多家企业公布业绩……[详细]", "延伸阅读：海岛通自来水", "【专题】"],
    "excerpt": ["县水利局昨天公布了今年的防汛方案。[查看详情]"],
    "pager": ["上一篇：海岛通自来水", "没有了", "首页 上一页 1 2 3 尾页"],
    "tags": ["标签：海岛 微电网", "#海岛# #微电网#"],
    "login": ["登录 | 注册", "用户名 密码", "在线留言"],
    "datebar": ["今天是2021年3月4日 星期四", "多云 12℃", "上证指数 3000.12 +1.2%"],
    "ago": ["3小时前", "阿山 昨天 10:20 回复"],
    "visitor": ["您是第10024位访客", "Skip to main content"],
    "profile": ["公司简介", "关于我们", "作者简介：林一，记者"],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in EXAMPLES.items() for line in lines]
)
def test_the_clue_of_a_kind_is_found_in_its_examples(kind: str, line: str) -> None:
    assert kind in clues_of(line)


def test_every_kind_has_examples() -> None:
    assert EXAMPLES.keys() == PAGE_CLUES.keys()
