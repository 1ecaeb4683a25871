"""Front matter of Markdown files, as generators of pages and people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.markdown.front_matter import FrontMatter, front_matter
from index.ingest.formats.markdown.read_markdown import read_markdown

BODY = "果园一期种梨树四百株，二期种桃树六百株。"


@pytest.mark.parametrize(
    ("front", "told"),
    [
        (
            "---\n标题: 果园扩种\n来源: 园艺站\n作者: 秦岚\n日期: 2021年5月6日\n---\n",
            "来源: 园艺站\n作者: 秦岚\n日期: 2021年5月6日",
        ),
        (
            "\ufeff---\ntitle: >-\n  果园扩种\nsource: '园艺站'\nauthor: [秦岚]\n"
            "date: 2021-05-06 08:00\n---\n",
            "source: 园艺站\nauthor: 秦岚\ndate: 2021-05-06 08:00",
        ),
        (
            "---\ntitle: |\n  果园扩种\npublisher: 园艺站\nauthors:\n  - name: 秦岚\n"
            "pubDate: 2021/5/6\n...\n",
            "publisher: 园艺站\nauthors: 秦岚\npubDate: 2021/5/6",
        ),
        (
            '+++\ntitle = "果园扩种"\nsource = "园艺站"\nauthors = ["秦岚"]\n'
            "date = 2021-05-06\nweight = 3\ndraft = false\n+++\n",
            "source: 园艺站\nauthors: 秦岚\ndate: 2021-05-06",
        ),
        (
            "\n---\n标题：果园扩种\n来源：园艺站\n作者：秦岚\n发布日期：2021-05-06\n标签：果树\n---\n",
            "来源: 园艺站\n作者: 秦岚\n发布日期: 2021-05-06",
        ),
        (
            "---\ntitle: 果园扩种\nnote: 梨: 四百株, 桃\nsource: 园艺站\nauthor: 秦岚\n"
            "date: 20210506\n---\n",
            "note: 梨: 四百株, 桃\nsource: 园艺站\nauthor: 秦岚\ndate: 2021-05-06",
        ),
    ],
    ids=["Chinese", "folded", "items", "TOML", "wide colons", "no valid YAML"],
)
def test_what_a_reader_asks_for_is_told_and_the_rest_is_text(front: str, told: str) -> None:
    article = read_markdown("a.md", f"{front}\n{BODY}\n".encode())
    assert (article.title, article.source, article.author) == ("果园扩种", "园艺站", "秦岚")
    assert article.published == "2021-05-06"
    assert article.text == f"果园扩种\n\n{told}\n\n{BODY}"
    assert article.source_at is not None
    assert article.source_at.of(article.text) == "园艺站"
    assert article.published_at is not None
    assert article.published_at.of(article.text) in ("2021-05-06", "2021年5月6日", "2021/5/6")
    words = "".join(front.replace("\ufeff", "").split())
    assert "".join("".join(part.text for part in article.removed).split()) == words


def test_fields_of_any_name_are_told_but_what_only_programs_read() -> None:
    front = """---
title: 果园扩种
版本: 2.1
updated: 2021-06-01
有效期: 三年
reviewers: [秦岚, 陶然]
owner: {name: 园艺站, mail: x}
count: 0
slug: /orchard
layout: post
cover: img/pear.png
published: true
tags: [梨, 桃]
link: https://a.example/1
---
"""
    assert front_matter(front).stated == (
        "版本: 2.1",
        "updated: 2021-06-01",
        "有效期: 三年",
        "reviewers: 秦岚、陶然",
        "owner: 园艺站",
        "count: 0",
    )


names = st.text("甲乙丙abc", min_size=1, max_size=6).map(lambda name: f"x{name}")
values = st.text("子丑寅123 .", min_size=1, max_size=20).map(lambda value: f"v{value.strip()}")


@given(st.dictionaries(names, values, min_size=1, max_size=5))
def test_every_field_with_a_value_stands_behind_its_name(fields: dict[str, str]) -> None:
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    text = read_markdown("a.md", f"---\ntitle: 果园\n{front}---\n\n{BODY}".encode()).text
    for name, value in fields.items():
        assert f"\n{name}: {' '.join(value.split())}\n" in text


def test_several_authors_are_all_named() -> None:
    assert front_matter("---\nauthor: [秦岚, 陶然]\n---\n").author == "秦岚、陶然"
    latin = "---\nauthors:\n  - name: Ann Lee\n  - name: Bo Ek\n---\n"
    assert front_matter(latin).author == "Ann Lee, Bo Ek"
    assert front_matter("---\nauthor: admin\n---\n").author is None


def test_an_address_as_source_is_the_address() -> None:
    about = front_matter("---\ntitle: A\nsource: https://a.example/1\n---\n")
    assert (about.source, about.url) == (None, "https://a.example/1")


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{BODY}\n\n---\n\n第二段。\n",
        f"---\n时间：五月六日\n地点：果园\n---\n{BODY}",
        f"---\ntitle: 果园\n\n{BODY}",
        "--- ---\ntitle: 果园\n---\n",
        BODY,
        "",
    ],
)
def test_a_text_between_rules_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == FrontMatter()


@given(
    inside=st.text("abc标题:：- \n\"'[]{}&*>|#=", max_size=80),
    fence=st.sampled_from(["---", "+++"]),
)
def test_any_front_matter_is_read(inside: str, fence: str) -> None:
    text = f"{fence}\n{inside}\n{fence}\n"
    assert 0 <= front_matter(text).end <= len(text)


def test_deep_and_long_values_are_read_line_by_line() -> None:
    for value in ("[" * 5000, "x" * 30_000):
        assert front_matter(f"---\ntitle: 果园\ntags: {value}\n---\n").title == "果园"
