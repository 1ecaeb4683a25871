"""Facts at the edges of an article belong to it, those of other parts of the page do not."""

import pytest

from index.ingest.formats.html import read_html

PROSE = (
    "<p>西渠全长九里，清代开凿，灌田三千亩，沿线有闸五座，桥七座，渡口两处，村庄十一个。</p>"
    "<p>渠道每年清淤一次，由沿线各村出工，按受益田亩分摊，历来如此，费用由水利站补助一半。</p>"
)
TABLE = "<table><tr><th>闸</th><th>孔数</th></tr><tr><td>东闸</td><td>5</td></tr></table>"
ROW = "闸: 东闸, 孔数: 5"
TERMS = "<dl><dt>开闸</dt><dd>5月6日8时</dd></dl>"
TERM = "开闸: 5月6日8时"
MENU = "<div class='nav'><a href='/'>首页</a> <a href='/a'>动态</a></div>"
FOOT = "<div class='foot'>版权所有 西渠管理站</div>"


def text_of(body: str) -> str:
    return read_html("a.html", f"<html><body>{MENU}{body}{FOOT}</body></html>".encode()).text


@pytest.mark.parametrize("fact", [(TABLE, ROW), (TERMS, TERM)], ids=["table", "terms"])
@pytest.mark.parametrize(
    "page",
    [
        "<h1>西渠</h1>{fact}{prose}",
        "<h1>西渠</h1>{prose}<h2>详情</h2>{fact}",
        "<div class='content'><h1>西渠</h1>{fact}<div>{prose}</div></div>",
        "<div class='txt'><h1>西渠</h1><div class='card'>{prose}</div><h2>详情</h2>{fact}</div>",
        "<main><h1>西渠</h1><section>{prose}</section><div><h2>详情</h2>{fact}</div></main>",
        "<article><h1>西渠</h1>{prose}{fact}</article>",
    ],
    ids=["above", "below", "above in a box", "beside boxes", "sections", "article"],
)
@pytest.mark.parametrize(
    "prose", [PROSE, "<p>西渠今年的开闸安排如下，请各户知悉。</p>"], ids=["long", "short"]
)
def test_facts_beside_the_sentences_belong_to_the_article(
    page: str, prose: str, fact: tuple[str, str]
) -> None:
    text = text_of(page.format(fact=fact[0], prose=prose))
    assert fact[1] in text
    assert ("详情" in text) == ("详情" in page)
    assert "首页" not in text
    assert "版权所有" not in text


def test_what_is_said_about_a_document_stands_above_its_headline() -> None:
    about = (
        "<table><tr><td>索引号</td><td>XQ-0017</td><td>文号</td><td>西渠〔2024〕3号</td></tr>"
        "<tr><td>成文</td><td>2024年5月6日</td><td>状态</td><td>有效</td></tr></table>"
    )
    text = text_of(
        f"<div>当前位置：<a href='/'>首页</a> &gt; 通知</div>{about}<h1>西渠</h1>{PROSE}"
    )
    assert "索引号: XQ-0017, 文号: 西渠〔2024〕3号\n成文: 2024年5月6日, 状态: 有效" in text
    assert "当前位置" not in text


@pytest.mark.parametrize(
    "other",
    [
        f"<div class='sidebar'>{TABLE}</div>",
        f"<aside>{TABLE}</aside>",
        f"<div><h3>相关阅读</h3>{TABLE}</div>",
        f"<footer>{TERMS}</footer>",
        TABLE.replace("东闸", "<a href='/1'>东闸开闸公告发布</a>"),
    ],
    ids=["sidebar", "aside", "related", "footer", "links"],
)
def test_facts_of_another_part_do_not(other: str) -> None:
    text = text_of(f"<div class='content'><h1>西渠</h1>{PROSE}</div>{other}")
    assert "东闸" not in text
    assert TERM not in text


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ("<a href='#n1'>[1]</a>", "<div id='n1'><p>[1] 一说八里。</p></div>"),
        ("<sup><a href='#n1'>1</a></sup>", "<ol><li id='n1'>一说八里。<a href='#r'>↩</a></ol>"),
        ("<a href='#n1'><sup>1</sup></a>", "<p><a name='n1'></a>1 一说八里。</p>"),
        ("<a href='#n1'>①</a>", "<p><a href='#r' id='n1'>①</a> 一说八里。</p>"),
        ("<a href='#n1'>*</a>", "<p id='n1'>* 一说八里。</p>"),
        ("[1]", "<p>[1] 一说八里。</p>"),
        ("", "<p>注：一说八里。</p>"),
    ],
)
def test_a_note_that_is_called_belongs_to_the_article(call: str, note: str) -> None:
    prose = PROSE.replace("九里", f"九里{call}")
    text = text_of(f"<h1>西渠</h1><div class='txt'>{prose}</div><hr><div>{note}</div>")
    assert "一说八里。" in text
    assert "↩" not in text


def test_a_list_of_contents_calls_no_notes() -> None:
    contents = "<a href='#s1'>1</a>"
    hot = "<div id='s1'><h3>热门</h3><p><a href='/1'>班船</a></p></div>"
    assert "班船" not in text_of(f"<h1>西渠</h1><div>{PROSE}<p>{contents}</p></div>{hot}")


def test_a_contact_in_the_marked_article_belongs_to_it() -> None:
    contact = "<p>地址：河堤路1号　电话：<a href='tel:5550101'>555-0101</a></p>"
    assert "电话：555-0101" in text_of(f"<main><h1>西渠</h1>{PROSE}{contact}</main>")
    assert "555-0101" not in text_of(f"<main><h1>西渠</h1>{PROSE}</main><div>{contact}</div>")


@pytest.mark.parametrize("mark", ["†", "*", "※", "①", "[1]"])
@pytest.mark.parametrize("place", ["<p class='foot'>{}</p>", "<footer><p>{}</p></footer>"])
def test_a_note_is_known_by_its_mark_in_the_foot_too(mark: str, place: str) -> None:
    note = place.format(f"{mark} 一说八里。")
    page = "<h1>西渠</h1><div class='txt'>{}</div>"
    called = text_of(page.format(PROSE.replace("九里", f"九里{mark}")) + note)
    assert f"{mark} 一说八里。" in called
    assert "版权所有" not in called
    if mark not in {"①", "[1]"}:  # these are notes without a call, too
        assert "一说八里" not in text_of(page.format(PROSE) + note)


ANSWER = "<p>先停一天，等沙沉下去再放，出口加一层网。</p>"


@pytest.mark.parametrize("name", ["class='post'", "class='answer'", "id='p{}' class='b{}'"])
def test_answers_in_a_thread_belong_to_it(name: str) -> None:
    posts = [f"<div {name}><i>老渠</i>{PROSE}<div>回复 举报</div></div>"]
    posts += [f"<div {name}><i>阿闸</i>{ANSWER}<div>回复 举报</div></div>"] * 3
    thread = "".join(post.replace("{}", str(number)) for number, post in enumerate(posts, 1))
    text = text_of(f"<h1>渠水浑怎么办</h1>{thread}<div class='ad'><p>{TERMS}</p></div>")
    assert text.count("先停一天") == 3
    assert "举报" not in text
    assert TERM not in text


LIST = "<ul><li>夏季：6:00至22:00</li><li>冬季：7:00至20:00</li></ul>"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<section><h1>西渠</h1>{p}</section><section><h2>沿革</h2>{p}</section>"
         "<section><h2>开放</h2>{l}</section>", True),
        ("<div class='a'><h1>西渠</h1>{p}</div><div class='b'><h2>开放</h2>{l}</div>", True),
        ("<div class='a'><h1>西渠</h1>{p}</div><div class='side'><h2>开放</h2>{l}</div>", False),
        ("<div class='a'><h1>西渠</h1>{p}</div><div class='b'><h3>相关阅读</h3>{l}</div>", False),
        ("<div class='a'><h1>西渠</h1>{p}</div><div class='b'><h3>开放</h3><ul>"
         "<li><a href='/1'>夏季：6:00至22:00</a></li></ul></div>", False),
    ],
    ids=["sections", "a list right below", "a sidebar", "another part", "links"],
)  # fmt: skip
def test_a_list_below_its_heading_belongs_to_the_article(page: str, kept: bool) -> None:
    assert ("夏季" in text_of(page.format(p=PROSE, l=LIST))) is kept


def test_how_often_a_page_was_read_is_no_fact_of_it() -> None:
    def boxes(*pairs: tuple[str, str]) -> str:
        rows = (
            f"<div><i class='n'>{name}</i><i class='v'>{value}</i></div>" for name, value in pairs
        )
        return f"<div>{''.join(rows)}</div>"

    counts = boxes(("阅读", "120"), ("评论", "3"), ("收藏", "9"))
    facts = boxes(("全长", "九里"), ("灌田", "三千亩"), ("开凿", "清代"))
    text = text_of(f"<h1>西渠</h1>{counts}{facts}{PROSE}")
    assert "灌田: 三千亩" in text
    assert "120" not in text


def test_a_row_and_an_item_with_words_of_menus_stay_with_the_others_of_their_list() -> None:
    rows = ["<tr><th>号别</th><th>费用</th><th>办法</th></tr>"]
    rows += [
        f"<tr><td>{name}</td><td>{fee}</td><td>{way}</td></tr>"
        for name, fee, way in [
            ("甲等", "50", "提前七天"),
            ("乙等", "10", "微信公众号、微博、分享到QQ空间"),
            ("丙等", "5", "当日窗口"),
        ]
    ]
    items = ["填表并签字，一式两份；", "扫码关注公众号领取编号；", "到窗口缴费，取回执。"]
    text = text_of(
        f"<h1>西渠</h1>{PROSE}<table>{''.join(rows)}</table>{PROSE}"
        f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>{PROSE}"
    )
    assert "号别: 乙等, 费用: 10" in text
    assert all(f"{number}. {item}" in text for number, item in enumerate(items, 1))
