"""Articles are found over HTTP, questions asked of some of them, and links keep their promise."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.api import sse
from tests.support.served_index import ServedIndex, assert_problem, served_index

BRIDGE = "港珠澳大橋\n港珠澳大橋全長55公里，總投資1,269億元。\n大橋於2018年10月24日通車。"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve two stations, a bridge, a dam, and a copy of the dam."""
    dam = {"text": "电站总装机容量1600万千瓦，大坝高289米。", "title": "水电站投产"}
    with served_index(tmp_path_factory.mktemp("shelf")) as served:
        for article in (
            {"id": "bridge", "text": BRIDGE, "title": "港珠澳大橋", "source": "橋報",
             "published": "2018-10-24"},
            {"id": "dam", **dam, "source": "水报", "published": "2021"},
            {"id": "dam/copy", **dam, "source": "水报", "published": "2021"},
        ):  # fmt: skip
            assert served.add(**article).status_code == 201
        yield served


def listed(served: ServedIndex, **parameters: str | int) -> dict[str, Any]:
    response = served.client.get("/api/articles", params=parameters)
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


def ids(page: dict[str, Any]) -> list[str]:
    return [article["id"] for article in page["articles"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("大桥", ["bridge"]),
        ("装机容量", ["dam", "dam/copy"]),
        ("裝機容量 大坝", ["dam", "dam/copy"]),
        ("大桥 大坝", []),
        ("1269亿", ["bridge"]),
        ("kunl", ["kunlun.txt"]),
        ("橋報", ["bridge"]),
        ("“全长55公里”", ["bridge"]),
    ],
)
def test_articles_are_found_by_all_words_in_title_text_source_and_id(
    shelf: ServedIndex, query: str, found: list[str]
) -> None:
    page = listed(shelf, q=query)
    assert ids(page) == found
    assert (page["total"], page["pages"]) == (len(found), 1)
    for listing in page["articles"]:
        text = shelf.read(listing["id"]).json()["text"]
        assert listing["characters"] == len(text)
        for snippet in listing["snippets"]:
            assert list(snippet) == ["start", "end", "text", "marks"]
            assert snippet["text"] == text[snippet["start"] : snippet["end"]]
            assert snippet["marks"]


def test_snippets_mark_the_words_as_the_article_writes_them(shelf: ServedIndex) -> None:
    [listing] = listed(shelf, q="大桥 1269亿")["articles"]
    marked = [
        [BRIDGE[start:end] for start, end in snippet["marks"]] for snippet in listing["snippets"]
    ]
    assert marked == [["大橋", "1,269億"], ["大橋"]]


def test_articles_come_in_the_order_asked_and_by_title_without_words(shelf: ServedIndex) -> None:
    by_title = ["bridge", "kunlun.txt", "dam", "dam/copy", "zhongshan.txt"]
    assert ids(listed(shelf)) == ids(listed(shelf, sort="title")) == by_title
    assert ids(listed(shelf, sort="relevance")) == by_title
    assert ids(listed(shelf, sort="newest"))[:3] == ["dam", "dam/copy", "bridge"]
    assert ids(listed(shelf, sort="oldest"))[:3] == ["bridge", "dam", "dam/copy"]


def test_facets_count_what_matches_and_each_heeds_the_other(shelf: ServedIndex) -> None:
    everything = listed(shelf)["facets"]
    assert everything == {
        "sources": [{"source": "水报", "articles": 2}, {"source": "橋報", "articles": 1}],
        "years": [{"year": "2021", "articles": 2}, {"year": "2018", "articles": 1}],
    }
    page = listed(shelf, source="橋報")
    assert ids(page) == ["bridge"]
    assert page["facets"]["sources"] == everything["sources"]
    assert page["facets"]["years"] == [{"year": "2018", "articles": 1}]
    page = listed(shelf, year=2021, q="大坝")
    assert ids(page) == ["dam", "dam/copy"]
    assert page["facets"]["sources"] == [{"source": "水报", "articles": 2}]
    assert listed(shelf, year=2021, source="橋報")["total"] == 0
    assert listed(shelf, source="橋")["total"] == 0
    assert listed(shelf, source="")["total"] == 5


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("sort", "best"), ("year", "21"), ("year", "二〇二一"), ("q", "a" * 2001), ("source", "\0")],
)
def test_a_parameter_that_can_not_be_meant_is_refused(
    shelf: ServedIndex, parameter: str, value: str
) -> None:
    assert_problem(shelf.client.get("/api/articles", params={parameter: value}), 422, parameter)


def test_a_question_is_asked_of_the_articles_named_alone(shelf: ServedIndex) -> None:
    question = {"question": "昆仑站建于哪一年?", "decide": False}
    for articles, answered in [(["kunlun.txt", "gone"], True), (["zhongshan.txt"], True)]:
        body = {**question, "filter": {"articles": articles}}
        answer = shelf.client.post("/api/ask", json=body).json()
        assert bool(answer["citations"]) == answered
        places = [*answer["citations"], *answer["passages"]]
        assert {place["article_id"] for place in places} <= set(articles)
        last = sse(shelf.client.post("/api/ask/stream", json=body).text)[-1][1]
        assert last["citations"] == answer["citations"]
    nowhere = {**question, "filter": {"articles": ["gone"]}}
    answer = shelf.client.post("/api/ask", json=nowhere).json()
    assert (answer["answered"], answer["citations"], answer["passages"]) == (False, [], [])


def test_a_search_goes_through_the_articles_named_alone(shelf: ServedIndex) -> None:
    def found(**chosen: object) -> list[str]:
        body = {"query": "大坝", "filter": chosen}
        hits = shelf.client.post("/api/search", json=body).json()["hits"]
        return sorted({hit["article_id"] for hit in hits})

    assert found(articles=["dam/copy"]) == ["dam/copy"]
    assert found(articles=["dam/copy", "dam", "bridge"]) == ["bridge", "dam"]
    assert found(articles=["dam", "bridge"], published_from="2020") == ["dam"]
    assert found(articles=["dam"], source="橋報") == []
    assert found(articles=["gone"]) == []


@pytest.mark.parametrize("articles", [[], ["a"] * 101, "bridge", [1]])
def test_no_article_and_too_many_are_refused(shelf: ServedIndex, articles: object) -> None:
    body = {"query": "大坝", "filter": {"articles": articles}}
    assert_problem(shelf.client.post("/api/search", json=body), 422, "articles")


def test_a_digest_stays_while_the_text_does(shelf: ServedIndex) -> None:
    def digest() -> str:
        article: dict[str, str] = shelf.read("river").json()
        return article["digest"]

    text = "塔里木河全长2179公里。"
    shelf.add(id="river", text=text, title="河")
    first = digest()
    assert len(bytes.fromhex(first)) == 8
    citation = shelf.ask("塔里木河全长多少公里?")["citations"][0]
    assert (citation["article_id"], citation["digest"]) == ("river", first)
    version = shelf.read("river").json()["index_version"]
    shelf.add(id="river", text=text, title="塔里木河", source="河报")
    shelf.rebuild()
    assert digest() == first
    shelf.add(id="river", text=text.replace("2179", "2486"))
    assert digest() != first
    former = shelf.client.get("/api/articles/river", params={"index_version": version}).json()
    assert former["digest"] == first
    assert shelf.delete("river").status_code == 204


def test_what_may_be_the_answer_has_digests_as_well(client: httpx.Client) -> None:
    for question in ("白鹤滩水电站有多少台机组的厂家?", "三峡工程?"):
        answer = client.post("/api/ask", json={"question": question}).json()
        for citation in [*answer["citations"], *(answer["possible"] or {}).get("citations", [])]:
            assert len(citation["digest"]) == 16
