"""Of a page of few words all is kept but menus, feet and what leads elsewhere."""

import pytest

from index.ingest.boilerplate.selection import select
from index.ingest.formats.html import read_html
from index.ingest.pages.html_blocks import blocks_of, parse_page


def kept(body: str, title: str = "", main: str = "") -> list[str]:
    root = parse_page(f"<html><body>{body}</body></html>")
    assert root is not None
    blocks = blocks_of(root)
    return [blocks[number].text for number in sorted(select(blocks, title, main).kept)]


def test_a_page_of_facts_is_kept_without_what_is_around_it() -> None:
    page = (
        "<nav><a href='/'>港务</a><a href='/b'>班船</a></nav><h1>手摇泵</h1><p>320元</p>"
        "<table><tr><th>型号</th><td>SB-2</td></tr><tr><th>扬程</th><td>12米</td></tr></table>"
        "<ul><li>铸铁</li><li>可拆</li></ul><h3>猜你喜欢</h3><p>软管</p>"
        "<div>版权所有 港务</div>"
    )
    assert kept(page) == ["手摇泵", "320元", "型号: SB-2", "扬程: 12米", "- 铸铁", "- 可拆"]


@pytest.mark.parametrize(
    "page", ["<a href='/'>首页</a>", "<nav>首页</nav>", "<footer><p>版权所有</p></footer>"]
)
def test_a_page_of_nothing_else_is_kept(page: str) -> None:
    assert kept(page) != []


def test_buttons_are_no_byline() -> None:
    prose = "The ferry does not run today, for the wind is strong, and will run tomorrow."
    page = f"<h1>停航</h1><p>{{line}}</p><p>{prose}</p>"
    main = "".join(prose.split())
    assert kept(page.format(line="【字体：大 中 小】【打印】【关闭】"), "停航", main) == [
        "停航",
        prose,
    ]
    byline = "2024-05-06 来源：港务 字体：大 中 小"
    assert kept(page.format(line=byline), "停航", main) == ["停航", byline, prose]


def test_another_part_ends_the_article_that_trafilatura_keeps() -> None:
    prose = "The ferry does not run today, for the wind is strong, and will run tomorrow."
    page = (
        f"<h1>Ferry</h1><p>{prose}</p><ul><li>One</li></ul>"
        "<div class='recommend'><ul><li>Boats for hire all along the river</li></ul></div>"
        "<h3>Related</h3><ul><li>Two</li></ul><p>© 2024 Harbour</p>"
    )
    main = "".join((prose + "Boats for hire all along the river© 2024 Harbour").split())
    assert kept(page, "Ferry", main) == ["Ferry", prose, "- One"]


@pytest.mark.parametrize(
    ("tab", "title"),
    [
        ("西渠开闸通告_通告_西渠管理站", "西渠开闸通告"),
        ("西渠管理站-西渠开闸通告", "西渠开闸通告"),
        ("西渠开闸通告 | 西渠管理站", "西渠开闸通告"),
        ("西渠开闸通告", "西渠开闸通告"),
        ("西渠开闸通告的补充", "西渠开闸通告的补充"),
    ],
)
def test_a_title_goes_without_the_name_of_its_site(tab: str, title: str) -> None:
    prose = "西渠定于五月六日上午八时开闸放水，请沿线群众注意安全，远离渠道，看管好儿童和牲畜。"
    page = (
        f"<html><head><title>{tab}</title></head><body><div class='t'>西渠开闸通告</div>"
        f"<p>{prose}</p><p>{prose}</p></body></html>"
    )
    assert read_html("a.html", page.encode()).title == title


def test_what_a_page_hides_is_removed_but_not_when_it_is_most_of_it() -> None:
    prose = (
        "<p>西渠定于五月六日上午八时开闸放水，请沿线群众注意安全，远离渠道，看管好儿童和牲畜。</p>"
    )
    article = read_html("a.html", f"<h1>开闸</h1>{prose}<p hidden>内部编号 77</p>".encode())
    assert "77" not in article.text
    assert [part.text for part in article.removed] == ["内部编号 77"]
    article = read_html("a.html", f"<h1>开闸</h1><div style='display:none'>{prose}</div>".encode())
    assert "五月六日" in article.text
