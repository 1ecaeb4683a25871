"""The catalogue shows the articles of one generation, and those that pass a filter."""

import itertools
from contextlib import closing
from pathlib import Path

import pytest

from index.article import Article, Removed, Section, Span
from index.build.prepare import prepare
from index.store.catalogue import Catalogue, Filter, Listing, Tally
from index.store.content import LibraryEntry
from index.store.library import Library
from index.store.version import Version

DATES = [None, "2015", "2016", "2016-09", "2016-10", "2016-09-29", "2016-09-30", "2017-01-01"]
BOUNDS = [None, "2015", "2016", "2016-08", "2016-09", "2016-09-30", "2016-10-01", "2017"]


def stored(path: Path, *articles: Article, generation: int = 1) -> Catalogue:
    version, records = Version.of(generation), [prepare(article) for article in articles]
    with closing(Library(path, create=True)) as library:
        for record in records:
            library.add(record)
        library.record(
            version,
            [
                LibraryEntry(article.id, record.content, f"/in/{article.id}", "", "1")
                for article, record in zip(articles, records, strict=True)
            ],
        )
    return Catalogue(path, version)


def days(date: str) -> tuple[str, str]:
    """Return the first and the last day that a date can mean."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10], f"{date}-12-31"[
        :10
    ] if len(date) == 4 else f"{date}-31"[:10]


def touches(date: str | None, low: str | None, high: str | None) -> bool:
    """Return whether an article passes the filter, computed day by day."""
    if low is None and high is None:
        return True
    if date is None:
        return False
    first, last = days(date)
    return (low is None or last >= days(low)[0]) and (high is None or first <= days(high)[1])


def test_a_date_counts_where_its_time_touches_the_range(tmp_path: Path) -> None:
    articles = [
        Article(f"{date}.txt", "", f"发布于{date}。", "甲" if at % 2 else "乙", date)
        for at, date in enumerate(DATES)
    ]
    catalogue = stored(tmp_path / "library.sqlite", *articles)
    for source, low, high in itertools.product([None, "甲"], BOUNDS, BOUNDS):
        numbers = catalogue.allowed(Filter(source, low, high))
        through = {place.article_id for place in catalogue.passages(numbers).values()}
        assert through == {
            article.id
            for article in articles
            if touches(article.published, low, high) and source in (None, article.source)
        }, (source, low, high)


def test_a_filter_that_asks_nothing_is_false() -> None:
    assert not Filter()
    assert not Filter("", "", "")
    assert all([Filter("甲"), Filter(published_from="2016"), Filter(published_to="2016")])


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
    for place in catalogue.passages(catalogue.allowed(Filter())).values():
        assert place.text == article.text[place.start : place.end]


def test_a_generation_sees_its_own_articles_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    first = stored(path, Article("a", "旧", "旧文。"), Article("b", "", "去了。"))
    second = stored(path, Article("a", "新", "新文。"), generation=2)
    old, new = first.article("a"), second.article("a")
    assert (old and old.title, new and new.title) == ("旧", "新")
    assert (first.listings("", 0, 9)[1], second.listings("", 0, 9)[1]) == (2, 1)
    assert second.article("b") is None
    assert first.allowed(Filter()).isdisjoint(second.allowed(Filter()))


def test_listings_are_newest_first_by_page_and_by_words(tmp_path: Path) -> None:
    catalogue = stored(
        tmp_path / "library.sqlite",
        Article("c.txt", "Bridge opens", "甲。", "新华网", "2016-09"),
        Article("b.txt", "大桥通车", "乙。" * 400, None, None),
        Article("a.txt", "地铁", "丙。", "桥报", "2018", "https://a.example"),
    )
    whole, total = catalogue.listings("", 0, 50)
    assert ([listing.id for listing in whole], total) == (["a.txt", "c.txt", "b.txt"], 3)
    assert whole[0] == Listing("a.txt", "地铁", "桥报", "2018", "https://a.example", 1)
    assert whole[2].passages == 3
    for words, ids in [("桥", "ab"), ("BRIDGE", "c"), ("B.TXT", "b"), ("%", ""), ("'", "")]:
        listings, total = catalogue.listings(words, 0, 50)
        assert ("".join(listing.id[0] for listing in listings), total) == (ids, len(ids))
    assert catalogue.listings("", 2, 1) == ([whole[2]], 3)
    assert catalogue.listings("", 3, 1) == ([], 3)


@pytest.mark.parametrize("ids", [("b", "a"), ("a", "b")])
def test_one_content_under_two_names_is_found_under_the_first(
    tmp_path: Path, ids: tuple[str, str]
) -> None:
    catalogue = stored(tmp_path / "library.sqlite", *(Article(i, "", "同文。") for i in ids))
    places = catalogue.passages(catalogue.allowed(Filter()))
    assert [place.article_id for place in places.values()] == ["a"]
    assert [listing.id for listing in catalogue.listings("", 0, 9)[0]] == ["a", "b"]


def test_articles_are_counted_by_source_within_a_filter(tmp_path: Path) -> None:
    catalogue = stored(
        tmp_path / "library.sqlite",
        Article("a", "", "甲文。", "日报", "2020"),
        Article("b", "", "乙文。", "晚报", "2021-03"),
        Article("c", "", "丙文。", "晚报"),
        Article("d", "", "丁文。"),
    )
    assert catalogue.tally(None) == Tally(4, 2, {"晚报": 2, "日报": 1})
    assert catalogue.tally(Filter(published_from="2021")) == Tally(1, 1, {"晚报": 1})
    assert catalogue.tally(Filter(source="无")) == Tally(0, 0, {})
    assert not catalogue.has_title("甲")
    listings, total = catalogue.listings("", 0, 9, Filter(source="晚报"))
    assert ([listing.id for listing in listings], total) == (["b", "c"], 2)
