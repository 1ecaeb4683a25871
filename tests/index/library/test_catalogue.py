"""The catalogue shows the articles of one generation, by id and by number."""

from pathlib import Path

import pytest

from index.article import Article, Removed, Section, Span
from index.library.catalogue import CatalogueRow, Listing
from tests.support.small_index import stored


def test_an_article_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    article = Article(
        id="夹/a b.txt",
        title="题",
        text="题\n2016 \U00020000甲网\n正文。\u2028完。\n\n",
        source="甲网",
        published="2016",
        url="https://a.example/?q=1",
        sections=(Section("正文", 2, 9), Section("", 9, 20)),
        removed=(Removed(2, "广告\n"),),
        title_at=Span(0, 1),
        source_at=Span(8, 10),
        published_at=None,
    )
    catalogue = stored(tmp_path / "library.sqlite", article)
    assert catalogue.article("夹/a b.txt") == article
    assert catalogue.article("a b.txt") is None
    for place in catalogue.passages(catalogue.owners()[0]).values():
        assert place.text == article.text[place.start : place.end]


def test_a_generation_sees_its_own_articles_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    first = stored(path, Article("a", "旧", "旧文。"), Article("b", "", "去了。"))
    second = stored(path, Article("a", "新", "新文。"), generation=2)
    old, new = first.article("a"), second.article("a")
    assert (old and old.title, new and new.title) == ("旧", "新")
    assert (first.count(), second.count()) == (2, 1)
    assert second.article("b") is None
    assert set(first.owners()[0]).isdisjoint(second.owners()[0])
    assert [row.id for row in first.rows()] == ["a", "b"]
    assert second.listings(["b", "a"]) == [Listing("a", "新", None, None, None, 1, None, 3)]


def test_articles_are_listed_in_the_order_asked(tmp_path: Path) -> None:
    catalogue = stored(
        tmp_path / "library.sqlite",
        Article("c.txt", "Bridge opens", "甲。", "新华网", "2016-09", author="方小满"),
        Article("b.txt", "大桥通车", "乙。" * 400),
        Article("a.txt", "地铁", "丙\U00020000。", "桥报", "2018", "https://a.example"),
    )
    assert catalogue.listings(["c.txt", "a.txt", "b.txt"]) == [
        Listing("c.txt", "Bridge opens", "新华网", "2016-09", None, 1, "方小满", 2),
        Listing("a.txt", "地铁", "桥报", "2018", "https://a.example", 1, None, 3),
        Listing("b.txt", "大桥通车", None, None, None, 3, None, 800),
    ]
    assert catalogue.listings([]) == []
    rows = catalogue.rows()
    assert [row.id for row in rows] == ["a.txt", "b.txt", "c.txt"]
    assert rows[0] == CatalogueRow("a.txt", rows[0].content, "地铁", "桥报", "2018")
    numbers, owners = catalogue.owners()
    assert numbers.tolist() == sorted(numbers)
    assert sorted(owners.tolist()) == sorted(
        [rows[0].content, rows[2].content, *[rows[1].content] * 3]
    )
    assert not catalogue.has_title("甲")
    assert catalogue.has_title("地铁")


@pytest.mark.parametrize("ids", [("b", "a"), ("a", "b")])
def test_one_content_under_two_names_is_that_of_the_first_or_of_the_first_asked(
    tmp_path: Path, ids: tuple[str, str]
) -> None:
    catalogue = stored(tmp_path / "library.sqlite", *(Article(i, "", "同文。") for i in ids))
    [number] = catalogue.owners()[0].tolist()
    for among, article in [((), "a"), (("b",), "b"), (("c", "b", "a"), "a")]:
        assert catalogue.passages([number], among)[number].article_id == article


def test_passages_come_in_the_order_asked(tmp_path: Path) -> None:
    catalogue = stored(tmp_path / "library.sqlite", Article("a", "", "大桥很长。" * 200))
    numbers = catalogue.owners()[0].tolist()[::-1]
    assert list(catalogue.passages(numbers)) == numbers
    assert catalogue.passages([]) == {}
