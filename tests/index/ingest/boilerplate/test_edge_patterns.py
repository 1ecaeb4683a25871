"""A line at an article's edge is recognised as the boilerplate it is, and prose never is."""

import pytest

from index.ingest.boilerplate.edge_patterns import EdgeMark, is_notice_below, mark_of

EXAMPLES = {
    EdgeMark.BREADCRUMB: [
        "当前位置: 首页 » 新闻",
        "您现在的位置：首页 > 科技 > 正文",
        "當前位置：首頁 > 財經",
        "You are here: Home / News / Company",
        "Home > World > Asia",
        "海角晚报 > 科技 > 正文",
    ],
    EdgeMark.LINK_ROW: [
        "关于我们 | 联系我们 | 版权声明",
        "网站首页　友情链接　广告服务",
        "About Us | Contact | Privacy Policy | Terms of Use",
    ],
    EdgeMark.NAVIGATION: ["首页", "返回首页", "主頁", "财经", "登录", "繁體", "Sports", "Log in"],
    EdgeMark.WIDGET: [
        "新闻纠错",
        "分享到：微信 微博 QQ空间",
        "用微信扫一扫分享",
        "字号：大 中 小",
        "字號：大 中 小",
        "【大 中 小】",
        "点击加载更多",
        "Advertisement",
        "Share this article:",
    ],
    EdgeMark.INVITATION: [
        "扫描二维码关注我们",
        "扫一扫 手机打开当前页",
        "长按识别",
        "上一篇：海岛通自来水",
        "打印 收藏",
        "Follow us on Twitter",
        "Previous post: Northwind hires 200",
        "Sign up for our daily newsletter",
    ],
    EdgeMark.BUTTON: [
        "打印",
        "【关闭窗口】",
        "返回顶部",
        "轉寄",
        "收藏本文",
        "版权声明",
        "QQ空间",
    ],
    EdgeMark.FOOTER: [
        "版权所有：海角晚报",
        "Copyright © 2001-2021 海角晚报",
        "沪ICP备00000001号",
        "主办：县人民政府办公室",
        "未经本报许可，不得转载",
        "转载请注明出处",
        "（责任编辑：周二）",
        "Edited by Ann Lee",
        "免责声明：本站转载的文章，版权归作者。",
        "投稿邮箱：a@b.example",
        "欢迎关注我们的微信公众号",
    ],
    EdgeMark.RELATED: [
        "相关阅读",
        "【推荐阅读】",
        "相關新聞",
        "猜你喜欢",
        "点击排行榜",
        "Related stories",
        "Most read",
    ],
    EdgeMark.HEADLINES: ["行业热点", "最新资讯 更多>>", "本站新聞", "Latest news"],
    EdgeMark.TEASER: ["近日,多家企业发布了去年业绩...[详细]", "查看全文>>", "The plant… Read more"],
    EdgeMark.QR_CAPTION: ["某网微信", "海角晚报客户端", "某某公眾號"],
    EdgeMark.NONE: [
        "版权所有者可以授权他人。",
        "责任编辑的工作不只是改错字，还要核对每一个数字和人名的出处。",
        "扫描二维码关注公众号的人多了，读文章的人少了。",
        "请将《意见反馈表》发至a@b.example。",
        "免责声明的效力",
        "相关阅读的习惯",
        "联系人：王三，电话：010-12345678",
        "Home - a short story",
        "",
    ],
}


@pytest.mark.parametrize(
    ("mark", "line"), [(mark, line) for mark, lines in EXAMPLES.items() for line in lines]
)
def test_a_line_is_marked_as_what_it_looks_like(mark: EdgeMark, line: str) -> None:
    assert mark_of(line) is mark


def test_every_mark_has_examples() -> None:
    assert EXAMPLES.keys() == set(EdgeMark)


def test_a_long_line_is_a_disclaimer_or_nothing() -> None:
    rest = "本网站转载的文章仅供参考，" * 20
    assert mark_of("免责声明：" + rest) is EdgeMark.FOOTER
    assert mark_of("相关阅读：" + rest) is EdgeMark.NONE


@pytest.mark.parametrize(
    ("heading", "line", "notice"),
    [
        ("特别声明", "以上内容仅代表作者观点，不代表本网立场，如涉及版权问题请与本网联系。", True),
        ("特别声明", "以上内容仅代表作者观点，如涉及版权问题请联系出版社。", False),
        ("背景", "以上内容仅代表作者观点，不代表本网立场，如涉及版权问题请与本网联系。", False),
    ],
)
def test_a_disclaimer_below_its_heading_speaks_of_the_site(
    heading: str, line: str, notice: bool
) -> None:
    assert is_notice_below(heading, line) is notice
