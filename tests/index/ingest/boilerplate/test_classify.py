"""An article keeps its sentences on any subject, and the page's boilerplate is cut."""

import pytest

from index.ingest.boilerplate.classify import kept_blocks, kept_lines
from index.ingest.formats.html import read_html
from index.ingest.formats.plain import read_plain
from index.ingest.pages.html_blocks import blocks_of, parse_page

# An article about the very things that boilerplate is made of.
SENTENCES = [
    "版权声明该怎么写，许多小网站并不清楚，常常从别处抄来一段了事。",
    "“未经授权，不得转载”这句话，法院在判决里说，并不能代替作者的许可。",
    "责任编辑的工作不只是改错字，还要核对每一个数字和人名的出处。",
    "她每天把文章分享到朋友圈，三年里只有一位读者给她留过言。",
    "扫描二维码关注公众号的人多了，真正打开文章的人却越来越少。",
    "推荐算法把相关阅读排在文章下面，点击率比编辑手工挑选的高两成。",
    "评论区里吵得最凶的，往往是那些没有读完全文就发表意见的人。",
    "客服电话打了三次才通，对方说请联系网站管理员，然后就挂断了。",
    "免责声明写得再长，也免不了平台应当承担的审核责任。",
    "收藏、点赞和转发的数字，后来成了编辑部里唯一的考核指标。",
]
ABOVE = ["首页 | 新闻 | 财经 | 科技", "您的位置：首页 > 科技 > 正文"]
TITLE, BYLINE = "谁来为网页上的一行小字负责", "2021-03-04 09:12 来源：海角晚报 作者：林一"
BELOW = [
    "（责任编辑：周二）",
    "分享到：微信 微博 QQ空间",
    "上一篇：海岛通自来水",
    "下一篇：渡轮换上新能源",
    "相关阅读",
    "海岛微电网通过验收",
    "网友评论（12）",
    "阿山：写得真好",
    "登录后才能评论",
    "Copyright © 2001-2021 海角晚报 版权所有 沪ICP备00000001号",
]
PAGE = f"""<html><head><title>{TITLE} - 海角晚报</title></head><body>
<div class="nav"><a>首页</a> | <a>新闻</a> | <a>财经</a> | <a>科技</a></div>
<div class="path">您的位置：<a>首页</a> &gt; <a>科技</a> &gt; 正文</div>
<h1>{TITLE}</h1><div class="info">{BYLINE}</div>
<div class="content">{"".join(f"<p>{line}</p>" for line in SENTENCES)}</div>
{"".join(f"<div>{line}</div>" for line in BELOW)}</body></html>"""


def test_an_article_about_boilerplate_keeps_all_its_sentences_on_a_page() -> None:
    article = read_html("a.html", PAGE.encode())
    assert article.text.split("\n\n") == [TITLE, BYLINE, *SENTENCES]
    removed = "\n".join(part.text for part in article.removed).split("\n")
    assert removed[-len(BELOW) :] == BELOW


def test_an_article_about_boilerplate_keeps_all_its_sentences_in_a_scrape() -> None:
    scrape = "\n".join([*ABOVE, TITLE, BYLINE, *SENTENCES, *BELOW])
    article = read_plain("a.txt", scrape.encode())
    assert article.text.split("\n") == [TITLE, BYLINE, *SENTENCES]
    assert [part.text.split("\n") for part in article.removed] == [ABOVE, BELOW]


@pytest.mark.parametrize("first", range(0, len(SENTENCES) - 4, 3))
def test_a_line_of_advertising_between_two_sentences_goes(first: int) -> None:
    sentences = SENTENCES[first : first + 4]
    advert = "<p>点击上方蓝字关注我们，免费领取资料</p>"
    paragraphs = [f"<p>{line}</p>" for line in sentences]
    page = "".join([*paragraphs[:2], advert, *paragraphs[2:]])
    article = read_html("a.html", f"<h1>{TITLE}</h1><div>{page}</div>".encode())
    assert article.text.split("\n\n") == [TITLE, *sentences]


def test_lists_and_tables_of_facts_stay() -> None:
    rows = "".join(f"<tr><td>{year}</td><td>单曲{year}</td></tr>" for year in range(2001, 2009))
    items = "".join(f"<li>奖项之{place}</li>" for place in "甲乙丙丁")
    page = f"<div><p>{SENTENCES[0]}</p><p>{SENTENCES[2]}</p><h2>作品</h2><table>{rows}</table>"
    page += f"<h2>获奖</h2><ul>{items}</ul><p>{SENTENCES[3]}</p><p>{SENTENCES[4]}</p></div>"
    article = read_html("a.html", f"<body>{page}</body>".encode())
    assert article.removed == ()


@pytest.mark.parametrize("name", ["县水利局", "海角县人民政府办公室"])
def test_a_signature_with_its_day_stays(name: str) -> None:
    lines = [*ABOVE, TITLE, BYLINE, *SENTENCES[:3], name, "2020年6月1日", *BELOW]
    kept = kept_lines(lines)
    assert kept is not None
    assert {lines[i] for i in kept} >= {name, "2020年6月1日"}


@pytest.mark.parametrize(
    "page",
    [
        "<p>The harbour was closed on Friday, and more than 10,000 people left their homes.</p>",
        "<p>智慧城市</p><p>投入一亿元。</p>",
        "<ul><li><a href=a>首页</a></li></ul>",
    ],
)
def test_other_languages_and_pages_of_few_sentences_are_not_judged(page: str) -> None:
    root = parse_page(page)
    assert root is not None
    assert kept_blocks(blocks_of(root), "") is None
