"""A page's lines are those that its readers see."""

import pytest

from index.ingest.pages.html_blocks import blocks_of, parse_page


def blocks(markup: str) -> list[tuple[str, bool]]:
    root = parse_page(markup)
    assert root is not None
    return [(block.text, block.hidden) for block in blocks_of(root)]


@pytest.mark.parametrize(
    "markup",
    [
        "<article><h1>停航</h1><p>今日停航。</p></article>",
        "<meta charset=utf-8><article><h1>停航</h1><p>今日停航。</p></article>",
        "<title>港</title><link rel=x><section><h1>停航</h1>今日停航。</section>",
        "<main><h1>停航</h1><p>今日停航。</p></main>",
        "<!DOCTYPE html><html><meta charset=utf-8><article><h1>停航</h1><p>今日停航。",
        "<head><title>港</title></head><article><h1>停航</h1><p>今日停航。</p></article>",
        "<head><base href=x><dialog><h1>停航</h1></dialog></head><body><p>今日停航。</p></body>",
    ],
)
def test_a_page_needs_no_tags_around_its_article(markup: str) -> None:
    assert blocks(markup) == [("停航", False), ("今日停航。", False)]


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ("<p hidden>草稿</p>", True),
        ('<div style="color:red; display : none"><p>草稿</p></div>', True),
        ('<p style="visibility:hidden">草稿</p>', True),
        ("<table hidden><tr><th>甲<th>乙<tr><td>草<td>稿</table>", True),
        ('<p style="display:block">草稿</p>', False),
        ('<div class="tab-pane" style="display:none">草稿</div>', False),
        ('<div role="tabpanel" hidden>草稿</div>', False),
        ('<div id="more" style="display:none">草稿</div>', False),
        ('<p hidden="until-found">草稿</p>', False),
        ("<details><summary>草</summary>稿</details>", False),
    ],
)
def test_what_a_page_hides_is_known_but_not_what_a_click_unfolds(markup: str, hidden: bool) -> None:
    lines = blocks(f"{markup}<p>正文。</p>")
    assert {is_hidden for _, is_hidden in lines[:-1]} == {hidden}
    assert lines[-1] == ("正文。", False)
