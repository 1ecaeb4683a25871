"""What passes a filter, what comes first and how many there are: as counted article by article."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.listing.article_filter import Filter
from index.listing.article_table import ArticleTable, Tally
from tests.support.small_index import stored

DATES = [None, "2015", "2016", "2016-09", "2016-10", "2016-09-29", "2016-09-30", "2017-01-01"]
BOUNDS = [None, "2015", "2016", "2016-08", "2016-09", "2016-09-30", "2016-10-01", "2017"]


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


@pytest.fixture
def table(tmp_path: Path) -> ArticleTable:
    return ArticleTable(
        stored(
            tmp_path / "library.sqlite",
            Article("b", "渡口", "乙文。", "晚报", "2021-03"),
            Article("A", "Lamp", "甲文。", "日报", "2020"),
            Article("c", "", "丙文。", "晚报"),
            Article("d", "燈塔", "丁文。", None, "2021-03-02"),
            Article("twin", "渡口", "乙文。", "晚报", "2021-03"),
        )
    )


def ids(table: ArticleTable, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    return " ".join(table.ids[row] for row in rows.tolist())


def test_a_date_counts_where_its_time_touches_the_range(tmp_path: Path) -> None:
    articles = [
        Article(f"{date}.txt", "", f"发布于{date}。", "甲" if at % 2 else "乙", date)
        for at, date in enumerate(DATES)
    ]
    catalogue = stored(tmp_path / "library.sqlite", *articles)
    table = ArticleTable(catalogue)
    chosen_ids = ("2016.txt", "2016-09.txt", "unknown", "2016")
    for source, low, high, among in itertools.product(
        [None, "甲"], BOUNDS, BOUNDS, [(), chosen_ids]
    ):
        chosen = Filter(source, low, high, among)
        wanted = {
            article.id
            for article in articles
            if touches(article.published, low, high)
            and source in (None, article.source)
            and (not among or article.id in among)
        }
        passing = np.flatnonzero(table.passing(chosen))
        assert set(ids(table, passing).split()) == wanted, chosen
        records = catalogue.passages(table.passages_of(chosen))
        assert {record.article_id for record in records.values()} == wanted, chosen


def test_a_filter_that_asks_nothing_is_false() -> None:
    assert not Filter()
    assert not Filter("", "", "")
    assert all([Filter("甲"), Filter(published_from="2016"), Filter(published_to="2016")])
    assert Filter(articles=("a",))


def test_rows_are_those_of_ids_in_ascending_order(table: ArticleTable) -> None:
    assert list(table.ids) == ["A", "b", "c", "d", "twin"]
    assert len(table) == 5
    assert table.contents[1] == table.contents[4]
    assert table.count_contents == 4
    assert len(table.passages) == 4


def test_the_newest_come_first_and_what_has_no_date_comes_last(table: ArticleTable) -> None:
    assert ids(table, table.newest_first) == "d b twin A c"
    assert ids(table, table.oldest_first) == "A b twin d c"
    assert ids(table, table.newest(Filter("晚报"))) == "b twin c"


def test_titles_stand_in_the_order_of_their_pinyin_after_latin_ones(table: ArticleTable) -> None:
    assert ids(table, table.by_title) == "c A d b twin"


def test_articles_are_counted_within_a_filter(table: ArticleTable) -> None:
    assert table.tally(None) == Tally(5, 4, {"晚报": 3, "日报": 1})
    assert table.tally(Filter(published_from="2021")) == Tally(3, 3, {"晚报": 2})
    assert table.tally(Filter(source="无")) == Tally(0, 0, {})
    assert table.tally(Filter(articles=("twin", "c", "z"))) == Tally(2, 1, {"晚报": 2})
    everything = table.passing(None)
    assert table.count_sources(everything) == [("晚报", 3), ("日报", 1)]
    assert table.count_years(everything) == [("2021", 3), ("2020", 1)]


def test_a_year_is_that_of_the_date_and_a_source_the_whole_name(table: ArticleTable) -> None:
    assert ids(table, np.flatnonzero(table.of_year("2021"))) == "b d twin"
    assert not table.of_year("9999").any()
    assert ids(table, np.flatnonzero(table.of_source("日报"))) == "A"
    assert not table.of_source("日").any()


def test_labels_have_any_part_of_a_word_in_any_script(table: ArticleTable) -> None:
    assert ids(table, np.flatnonzero(table.titled("灯"))) == "d"
    assert ids(table, np.flatnonzero(table.titled("am"))) == "A"
    assert ids(table, np.flatnonzero(table.labelled("报"))) == "A b c twin"
    assert ids(table, np.flatnonzero(table.labelled("wi"))) == "twin"


def test_a_generation_without_articles_has_an_empty_table(tmp_path: Path) -> None:
    table = ArticleTable(stored(tmp_path / "library.sqlite"))
    assert (len(table), table.tally(None)) == (0, Tally(0, 0, {}))
    assert table.passages_of(Filter("甲")).tolist() == []
    assert table.newest(None).tolist() == table.by_title.tolist() == []
    assert not table.titled("甲").any()
