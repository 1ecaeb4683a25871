"""Boilerplate is cut and the article stays, on seven invented pages and in texts without any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.boilerplate.edge_rules import clean

PORTAL = """首页
新闻
财经
科技

您的位置：首页 > 科技 > 正文

海岛微电网通过验收
2021年3月4日 09:12　来源：海角晚报　作者：林一
字号：大 中 小 | 打印 | 分享

记者从县里获悉，海岛微电网项目昨天通过验收，总投资3200万元。
微信扫一扫
项目负责人说，电池可供全岛用电六小时，台风天不再停电。

（责任编辑：周二）
相关阅读
海岛通自来水
渡轮换上新能源
上一篇：海岛通自来水
网站首页 | 关于我们 | 联系我们 | 版权声明
Copyright © 2001-2021 海角晚报 版权所有 沪ICP备00000001号"""

NOTICE = """当前位置：首页 >> 政务公开 >> 通知公告
关于做好防汛工作的通知
发布时间：2020-06-01 来源：县水利局 浏览次数：88
各乡镇人民政府：

为做好今年防汛工作，现将有关事项通知如下。

一、加强值守

各地要落实二十四小时值班制度，遇有险情立即上报。

联系人：王三，电话：010-12345678

县水利局
2020年6月1日

【打印本页】【关闭窗口】
主办：县人民政府办公室
网站标识码：1100000001"""

COMPANY = """Home / News / Company News

Northwind opens a battery plant in Leeds

Published: 4 March 2021
Share this:

Northwind said on Thursday that it had opened a battery plant in Leeds at a cost of £40 million.

"It is our largest plant," said Ann Lee, the director, at the opening.

Related stories
Northwind hires 200
Leeds gets a new tram line
Previous post: Northwind hires 200
Follow us on Twitter
About Us | Contact | Privacy Policy | Terms of Use
© 2021 Northwind Ltd. All rights reserved."""

BLOG = """我的第一台望远镜
作者：阿山 2019-05-06

买望远镜以前，我查了三个月的资料，最后选了一台八十毫米口径的折射镜。

第一次看到土星光环的时候，手都在发抖。

扫描二维码关注我的公众号
转载请注明出处
赞 收藏 评论 3条
打赏"""

TEASERS = """某行业网
当前位置: 首页 » 资讯 » 正文

储能装机去年翻番
2022-01-10  来源:某行业网

去年全国新型储能装机达到570万千瓦，比前年增加一倍。
本站公众号
免责声明:本网站部分文章转载自互联网,观点不代表本站,如有侵权请联系我们删除。
本网技术文章投稿QQ:100200300 邮箱:a@b.example
行业热点
光伏企业业绩大涨!

光伏企业业绩大涨!

近日,多家企业发布了去年业绩...[详细]"""

DISCLAIMER = """量子通信干线开通

连接四个省会的量子通信干线昨天开通，全长两千公里。

特别声明
以上内容仅代表作者观点，不代表本网立场，如涉及版权问题请与本网联系。
欢迎扫描下方二维码关注本报公众号"""

WIRE = """Skip to main content
Menu
Search
Home > World > Asia

Typhoon closes ports in the south
September 30, 2016 | By John Smith

The typhoon closed three ports on Friday, and more than 10,000 people left their homes.
Advertisement
Ships were told to stay away until Sunday, the harbour office said in a statement.

(Reporting by John Smith; Editing by Ann Lee)
Most read
Ferry line sold
Rice harvest doubles"""


def check(page: str, first: str, last: str, gone: list[str], stays: list[str]) -> None:
    cleaned = clean(page.split("\n"))
    lines = cleaned.text.split("\n")
    removed = "\n".join(part.text for part in cleaned.removed).split("\n")
    assert (lines[0], lines[-1]) == (first, last)
    assert [line for line in gone if line not in removed] == []
    assert [line for line in stays if line not in lines] == []


def test_a_news_portal() -> None:
    check(
        PORTAL,
        "海岛微电网通过验收",
        "项目负责人说，电池可供全岛用电六小时，台风天不再停电。",
        gone=[
            "财经",
            "您的位置：首页 > 科技 > 正文",
            "微信扫一扫",
            "（责任编辑：周二）",
            "渡轮换上新能源",
        ],
        stays=["2021年3月4日 09:12　来源：海角晚报　作者：林一"],
    )


def test_a_government_notice_keeps_contact_and_signature() -> None:
    check(
        NOTICE,
        "关于做好防汛工作的通知",
        "2020年6月1日",
        gone=["【打印本页】【关闭窗口】", "主办：县人民政府办公室", "网站标识码：1100000001"],
        stays=["各乡镇人民政府：", "联系人：王三，电话：010-12345678", "县水利局", "一、加强值守"],
    )


def test_company_news_in_english() -> None:
    check(
        COMPANY,
        "Northwind opens a battery plant in Leeds",
        '"It is our largest plant," said Ann Lee, the director, at the opening.',
        gone=["Home / News / Company News", "Share this:", "Leeds gets a new tram line"],
        stays=["Published: 4 March 2021"],
    )


def test_a_blog() -> None:
    check(
        BLOG,
        "我的第一台望远镜",
        "打赏",  # a word no rule knows, below the last mark: in doubt it stays
        gone=["扫描二维码关注我的公众号", "转载请注明出处"],
        stays=["作者：阿山 2019-05-06", "第一次看到土星光环的时候，手都在发抖。"],
    )


def test_a_page_with_disclaimer_and_teasers() -> None:
    check(
        TEASERS,
        "储能装机去年翻番",
        "去年全国新型储能装机达到570万千瓦，比前年增加一倍。",
        gone=["某行业网", "本站公众号", "行业热点", "近日,多家企业发布了去年业绩...[详细]"],
        stays=["2022-01-10  来源:某行业网"],
    )


def test_a_disclaimer_under_its_own_heading() -> None:
    check(
        DISCLAIMER,
        "量子通信干线开通",
        "连接四个省会的量子通信干线昨天开通，全长两千公里。",
        gone=["特别声明", "欢迎扫描下方二维码关注本报公众号"],
        stays=[],
    )


def test_english_agency_news() -> None:
    check(
        WIRE,
        "Typhoon closes ports in the south",
        "Ships were told to stay away until Sunday, the harbour office said in a statement.",
        gone=["Menu", "Advertisement", "Most read", "Rice harvest doubles"],
        stays=["September 30, 2016 | By John Smith"],
    )


@pytest.mark.parametrize(
    "page",
    [
        # Marker words as an article's subject, in headings and in prose.
        "免责声明的效力\n\n免责声明能否免除网站的责任，要看具体情况。\n\n本网站转载文章时常写的声明，"
        "法院并不总是认可。\n\n免责声明\n\n这种声明在侵权纠纷里只有参考意义。",
        "版权所有\n\n版权所有者可以许可他人使用作品，也可以转让权利。\n\n相关阅读的习惯各国不同，读者也不同。",
        "打印\n\n打印机的历史可以追溯到上世纪五十年代，当时一分钟只能印几行。",
        "收藏\n2019-05-06\n\n收藏古籍的人越来越多，价格也随之上涨，去年涨了三成。",
        "行业动态\n\n今年以来行业整体回暖，龙头企业的订单排到年底。\n\n"
        "行业动态\n\n- 甲公司扩产\n- 乙公司上市",
        "广告\n\n街头的广告牌越来越少，手机上的广告越来越多了。\n\n最后一句没有句号",
        "Copyright for beginners\n\n"
        "Copyright protects works. All rights reserved is a phrase of the past.\n",
        "微信支付的故事\n\n微信支付从红包开始，用户可以扫描二维码付款。\n\n用户在微信搜索并关注公众号，就能下载客户端。",
        "Home - a short story\n\n"
        "He came home after twenty years, and nobody knew his name any more.",
        "静夜思\n李白\n床前明月光，\n疑是地上霜。",
        "版权所有\n转载请注明出处\n关于我们 | 联系我们 | 网站地图",  # no body at all: in doubt
        "小记\n\n今天去了海边，风很大，浪也很大，什么也没钓到。\n\n"
        "编辑部的朋友：老王、小李\n\n参考书目\n[1] 钓鱼入门",
    ],
)
def test_an_article_without_boilerplate_loses_nothing(page: str) -> None:
    cleaned = clean(page.split("\n"))
    assert cleaned.removed == ()
    assert cleaned.text == page.strip("\n")


LINES = st.sampled_from(
    [
        *PORTAL.split("\n"),
        *NOTICE.split("\n"),
        *COMPANY.split("\n"),
        *TEASERS.split("\n"),
        "",
        " \u3000",
    ]
)


@given(
    lines=st.lists(
        LINES | st.text(max_size=30).map(lambda text: " ".join(text.split())), max_size=25
    )
)
def test_text_and_removed_have_every_line_in_its_place(lines: list[str]) -> None:
    cleaned = clean(lines)
    whole = cleaned.text
    for part in reversed(cleaned.removed):
        assert 0 <= part.at <= len(cleaned.text)
        whole = f"{whole[: part.at]}\n{part.text}\n{whole[part.at :]}"
    shown = [line.rstrip() for line in lines if line.strip(" \u3000\u200b\ufeff\u200c\u200d\u2060")]
    assert [line for line in whole.split("\n") if line in shown] == shown
    assert "\n\n\n" not in cleaned.text


@given(lines=st.lists(LINES, max_size=25))
def test_each_kept_line_starts_at_its_offset(lines: list[str]) -> None:
    cleaned = clean(lines)
    for line, start in zip(lines, cleaned.starts, strict=True):
        if start is not None:
            assert cleaned.text[start:].startswith(line.rstrip())


@given(lines=st.lists(LINES, max_size=25))
def test_prose_of_the_body_is_never_cut(lines: list[str]) -> None:
    prose = "项目负责人说，电池可供全岛用电六小时，台风天不再停电。"
    assert prose in clean([*lines, prose, *lines]).text
