"""Articles are found as by reading all of them, counted and sorted, over a real index."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.listing import word_matches
from index.listing.article_finder import ArticlePage, ArticleSearch, Sort
from index.listing.wanted_word import wanted_words
from index.search.searcher import Searcher
from index.text.folding import fold
from tests.support.small_index import SmallIndex

STEMS = {"bridges": "bridg", "bridge": "bridg"}
FRAGMENTS = (
    "港珠澳大橋|大桥|橋梁|装机容量|裝機容量達1,000萬千瓦|Bridge |bridges |ＮＩＳＴ|2016年9月30日|"
    "12016|通车|上海上|海上|国|容量装机|55公里|5.55|，|。|\n"
).split("|")
WORDS = (
    "大桥|港珠澳大桥|裝機容量|Bridges|nist|2016|1000万|上海上|国|55|桥|量|日报|a1|没有|“大桥 通车”|"
    "%|容|9月30日|1，000"
).split("|")
SOURCES, YEARS = [None, "桥报", "日报"], [None, "2015", "2016-09", "2016-10-01"]
SORTS: list[Sort] = ["relevance", "title", "newest", "oldest"]


def shelf() -> list[dict[str, str]]:
    """Return forty articles put together from fragments, the same in every run."""
    chance = random.Random(7)
    records = []
    for number in range(40):
        record = {
            "id": f"a{number}.txt",
            "title": "".join(chance.choices(FRAGMENTS, k=2)),
            "text": "".join(chance.choices(FRAGMENTS, k=chance.randint(1, 60))) + "完。",
            "source": chance.choice(SOURCES),
            "published": chance.choice(YEARS),
        }
        records.append({key: value for key, value in record.items() if value})
    return records


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    corpus = SmallIndex(tmp_path_factory.mktemp("shelf"))
    corpus.put_lines("articles.jsonl", *shelf())
    corpus.rebuild()
    return corpus.searcher()


@pytest.fixture(scope="module")
def articles(searcher: Searcher) -> list[Article]:
    stored = map(searcher.catalogue.article, searcher.articles.ids)
    return [article for article in stored if article]


def find(searcher: Searcher, query: str, sort: Sort = "relevance") -> ArticlePage:
    return searcher.finder.find(ArticleSearch(wanted_words(query), sort=sort), 0, 50)


def ids(page: ArticlePage) -> list[str]:
    return [article.listing.id for article in page.articles]


def is_in_text(text: str, word: str) -> bool:
    """Return whether a line of a folded text has a folded word, as a reader would say."""
    if word == "大桥 通车":
        return re.search(r"大桥[^\w\n]{0,3}通车", text) is not None
    if word == "9月30日":
        return re.search(r"(?<!\d)9月30日", text) is not None
    if word == "1000万":
        return re.search(r"(?<!\d)1000万", text) is not None
    if word.isdigit():
        return re.search(rf"(?<![a-z\d])(?<!\d\.){word}(?![a-z\d]|\.\d)", text) is not None
    if word.isascii():
        runs = re.findall("[a-z0-9]+", text)
        return STEMS.get(word, word) in [STEMS.get(run, run) for run in runs]
    return word in text


def has(article: Article, word: str) -> bool:
    labels = (article.title, article.source or "", article.id)
    return any(word in fold(label) for label in labels) or is_in_text(fold(article.text), word)


def is_wanted(article: Article, words: list[str], source: str | None, year: str | None) -> bool:
    return (
        all(has(article, word) for word in words)
        and source in (None, article.source)
        and (year is None or (article.published or "").startswith(year))
    )


@given(
    st.builds(
        ArticleSearch,
        st.lists(st.sampled_from(WORDS), max_size=3).map(
            lambda words: wanted_words(" ".join(words))
        ),
        st.sampled_from(SOURCES),
        st.sampled_from([None, "2015", "2016", "1999"]),
        st.sampled_from(SORTS),
    )
)
def test_what_is_found_counted_and_sorted_is_as_by_reading_every_article(
    searcher: Searcher, articles: list[Article], search: ArticleSearch
) -> None:
    page = searcher.finder.find(search, 0, 50)
    source, year, sort = search.source, search.year, search.sort
    words = [word.text for word in search.words]
    wanted = [article for article in articles if is_wanted(article, words, source, year)]
    assert sorted(ids(page)) == sorted(article.id for article in wanted)
    assert page.total == len(wanted)
    of_year = [article for article in articles if is_wanted(article, words, None, year)]
    sources = Counter(article.source for article in of_year if article.source)
    assert list(page.sources) == sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))
    of_source = [article for article in articles if is_wanted(article, words, source, None)]
    years = Counter(article.published[:4] for article in of_source if article.published)
    assert list(page.years) == sorted(years.items(), reverse=True)
    by_id = {article.id: article for article in articles}
    dates = [by_id[name].published for name in ids(page)]
    dated = [date for date in dates if date]
    if sort in ("newest", "oldest"):
        assert dates == sorted(dated, reverse=sort == "newest") + [None] * dates.count(None)
    if sort == "relevance" and words:
        titled = [sum(w in fold(by_id[name].title) for w in words) for name in ids(page)]
        assert titled == sorted(titled, reverse=True)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_an_article_whose_text_has_a_word_shows_it(
    searcher: Searcher, articles: list[Article], query: list[str]
) -> None:
    words = [word.text for word in wanted_words(" ".join(query))]
    by_id = {article.id: article for article in articles}
    for article in find(searcher, " ".join(query)).articles:
        stored = by_id[article.listing.id]
        assert article.listing.characters == len(stored.text)
        shows = any(is_in_text(fold(stored.text), word) for word in words)
        assert bool(article.snippets) == shows
        for snippet in article.snippets:
            assert snippet.text == stored.text[snippet.start : snippet.end]
            assert all(snippet.start <= start < end <= snippet.end for start, end in snippet.marks)


@pytest.fixture
def news(tmp_path: Path) -> Searcher:
    corpus = SmallIndex(tmp_path / "news")
    corpus.put_lines(
        "news.jsonl",
        {"id": "port", "title": "港口扩建", "source": "桥报", "published": "2016-09-30",
         "text": "港口离大桥三公里。港口明年完工。"},
        {"id": "bridge", "title": "港珠澳大橋通車", "source": "晚報", "published": "2018-10-24",
         "text": "港珠澳大橋通車\n大橋全長55公里。\n大橋連接三地，總投資1,269億元。"},
        {"id": "power", "title": "水电站投产", "published": "2021",
         "text": "电站总装机容量1600万千瓦。上海海上的风电不在其内。"},
        {"id": "copy", "title": "水电站投产", "published": "2021",
         "text": "电站总装机容量1600万千瓦。上海海上的风电不在其内。"},
    )  # fmt: skip
    corpus.rebuild()
    return corpus.searcher()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("大桥", "bridge port"),
        ("大橋", "bridge port"),
        ("大桥 1269亿", "bridge"),
        ("港珠澳大桥 三公里", ""),
        ("裝機容量", "copy power"),
        ("港口 桥报", "port"),
        ("“连接三地”", "bridge"),
        ("“地连接”", ""),
        ("por", "port"),
        ("桥报", "port"),
        ("上海上", ""),
        ("海上海", ""),
        ("", "port bridge copy power"),
    ],
)
def test_titles_come_first_then_what_says_most_of_the_words(
    news: Searcher, query: str, found: str
) -> None:
    assert " ".join(ids(find(news, query))) == found


def test_the_marks_are_in_the_script_of_the_article(news: Searcher) -> None:
    [bridge, port] = find(news, "大桥").articles
    assert [snippet.text for snippet in bridge.snippets] == [
        "大橋全長55公里。",
        "大橋連接三地，總投資1,269億元。",
    ]
    assert bridge.snippets[0].marks == ((8, 10),)
    assert [snippet.text for snippet in port.snippets] == ["港口离大桥三公里。港口明年完工。"]
    assert port.snippets[0].marks == ((3, 5),)


def test_a_page_has_its_part_of_what_is_found(news: Searcher) -> None:
    search = ArticleSearch(sort="oldest")
    pages = [news.finder.find(search, offset, 3) for offset in (0, 3, 6)]
    assert [" ".join(ids(page)) for page in pages] == ["port bridge copy", "power", ""]
    assert {page.total for page in pages} == {4}


def test_where_many_passages_may_have_a_word_they_are_believed_to(
    news: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_matches, "_CHECKED", 0)
    page = find(news, "上海上")
    assert ids(page) == ["copy", "power"]
    assert not any(article.snippets for article in page.articles)
