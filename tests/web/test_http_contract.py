"""The HTTP API on a real server, called as other programs call it."""

from pathlib import Path

import httpx
from openapi_spec_validator import validate

from tests.support.api import ANSWER_KEYS, CASES, quote_is_exact, sse


def test_every_sample_question_comes_back_in_the_shape_of_the_contract(
    client: httpx.Client,
) -> None:
    for case in CASES:
        response = client.post("/api/ask", json={"question": case.question})
        answer = response.json()
        assert response.status_code == 200
        assert list(answer) == ANSWER_KEYS
        assert answer["answered"] == bool(answer["citations"])
        assert 0 <= answer["confidence"] <= 1
        assert answer["short_answer"] is None or any(
            answer["short_answer"] in citation["quote"] for citation in answer["citations"]
        )


def test_quotes_are_the_text_at_their_range(client: httpx.Client) -> None:
    cited = 0
    for case in CASES:
        body = {"question": case.question, "decide": False}
        for citation in client.post("/api/ask", json=body).json()["citations"]:
            assert list(citation) == [
                "article_id", "title", "source", "published", "url", "start", "end", "quote",
                "heading", "page", "digest", "recognised",
            ]  # fmt: skip
            assert quote_is_exact(client, citation)
            cited += 1
    assert cited >= len(CASES)


def test_with_deciding_off_there_is_always_an_answer(client: httpx.Client) -> None:
    body = {"question": "今天的午饭吃什么?", "decide": False}
    assert client.post("/api/ask", json=body).json()["answered"] is True


def test_the_language_of_a_refusal_is_that_of_the_question(client: httpx.Client) -> None:
    refusals = {
        "木星上的气压计卖什么价钱?": "没有找到有把握的答案。",
        "木星上的氣壓計賣什麼價錢?": "沒有找到有把握的答案。",
        "Who sells barometers on Jupiter?": "No confident answer was found.",
    }
    for question, refusal in refusals.items():
        answer = client.post("/api/ask", json={"question": question}).json()
        assert (answer["answered"], answer["answer"]) == (False, refusal)
        assert (answer["short_answer"], answer["citations"]) == (None, [])
        assert answer["passages"]


def test_k_is_the_number_of_passages(client: httpx.Client) -> None:
    for k in (1, 20):
        answer = client.post("/api/ask", json={"question": "三峡工程", "k": k}).json()
        assert len(answer["passages"]) == k


def test_the_stream_has_the_passages_then_the_answer_in_pieces(client: httpx.Client) -> None:
    question = {"question": "港珠澳大桥全长多少公里?"}
    response = client.post("/api/ask/stream", json=question)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    events = sse(response.text)
    names = [name for name, _ in events]
    assert names[0] == "passages"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"delta"}
    text = "".join(data["text"] for name, data in events if name == "delta")
    assert text == events[-1][1]["answer"]
    whole = client.post("/api/ask", json=question).json()
    changing = {"id", "timings_ms"}
    assert {key: value for key, value in events[-1][1].items() if key not in changing} == {
        key: value for key, value in whole.items() if key not in changing
    }
    assert events[0][1]["passages"] == whole["passages"]


def test_small_talk_is_said_by_yiju_itself_in_a_stream_as_well(client: httpx.Client) -> None:
    question = {"question": "一共有几篇文章？"}
    answer = client.post("/api/ask", json=question).json()
    assert (answer["kind"], answer["answered"]) == ("page", True)
    assert (answer["citations"], answer["passages"], answer["possible"]) == ([], [], None)
    assert "14" in answer["answer"]
    events = sse(client.post("/api/ask/stream", json=question).text)
    assert events[0] == ("passages", {"passages": []})
    assert events[-1][1]["answer"] == answer["answer"]


def test_a_summary_cites_each_sentence(client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": "介绍一下港珠澳大桥"}).json()
    assert (answer["kind"], answer["answered"]) == ("summary", True)
    assert 2 <= len(answer["citations"]) <= 4
    for citation in answer["citations"]:
        assert quote_is_exact(client, citation)
        assert citation["quote"] in answer["answer"]


def test_chinese_is_not_escaped(client: httpx.Client) -> None:
    response = client.post("/api/ask", json={"question": "木星气压计卖多少?"})
    assert "没有找到有把握的答案" in response.text


def test_search_gives_passages_with_their_ranks(client: httpx.Client) -> None:
    hits = client.post("/api/search", json={"query": "白鹤滩水电站", "k": 7}).json()["hits"]
    assert len(hits) == 7
    first = hits[0]
    assert list(first) == [
        "article_id", "title", "start", "end", "text", "score", "dense_rank", "lexical_rank",
        "source", "published", "url", "heading",
    ]  # fmt: skip
    assert "白鹤滩水电站" in first["text"]
    for hit in hits:
        article = client.get(f"/api/articles/{hit['article_id']}").json()
        for key in ("title", "source", "published", "url"):
            assert hit[key] == article[key]
    assert {hit["lexical_rank"] for hit in hits} >= {1, 2, 3}
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_filter_restricts_the_search_to_its_articles(client: httpx.Client) -> None:
    listed = client.get("/api/articles").json()["articles"]
    days = sorted(article["published"] for article in listed if article["published"])
    assert days[0] < days[-1]
    middle = days[len(days) // 2]
    body = {"query": "投资", "k": 100, "filter": {"published_from": middle}}
    hits = client.post("/api/search", json=body).json()["hits"]
    allowed = {
        article["id"]
        for article in listed
        if article["published"] and article["published"] >= middle
    }
    assert hits
    assert {hit["article_id"] for hit in hits} <= allowed


def test_articles_are_listed_and_read(client: httpx.Client) -> None:
    page = client.get("/api/articles").json()
    assert page["total"] == len(page["articles"]) == 14
    for listing in page["articles"]:
        article = client.get(f"/api/articles/{listing['id'].replace('/', '%2F')}").json()
        shared = ("title", "source", "author", "published", "url")
        assert [article[key] for key in shared] == [listing[key] for key in shared]
        assert listing["characters"] == len(article["text"])
        assert listing["snippets"] == []
        assert article["pages"] == article["recognised"] == []
        for section in article["sections"]:
            assert article["text"][section["start"] :].startswith(section["title"])
    assert client.get("/api/articles", params={"q": "articles zzyzx"}).json()["total"] == 0
    assert client.get("/api/articles", params={"page": 99}).json()["articles"] == []


def test_the_index_reports_its_figures(client: httpx.Client, sample_store: Path) -> None:
    index = client.get("/api/index").json()
    assert index["articles"] == 14
    assert index["vectors"] == index["passages"] > 30
    assert index["model"].startswith("yiju-zh-en-256@")
    assert index["rebuild"] is None
    assert index["bytes"] > (sample_store / "library.sqlite").stat().st_size
    assert client.get("/healthz").json()["status"] == "alive"
    assert client.get("/readyz").json()["index_version"] == index["index_version"]


def test_the_openapi_document_describes_every_call(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/ask", "/api/ask/stream", "/api/search", "/api/articles",
        "/api/articles/{article_id}", "/api/feedback", "/api/suggestions", "/api/unanswered",
        "/api/unanswered/{question_id}", "/api/unanswered/{question_id}/answer", "/api/index",
        "/api/index/rebuild", "/healthz", "/readyz", "/v1/chat/completions", "/v1/models",
        "/v1/models/{model}", "/api/articles/{article_id}.md", "/llms.txt", "/metrics",
        "/api/session",
    }  # fmt: skip
    assert set(document["paths"]["/api/articles"]) == {"get", "post"}
    assert set(document["paths"]["/api/articles/{article_id}"]) == {"get", "delete"}
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert all(answer["description"] for answer in operation["responses"].values())


def test_the_openapi_document_describes_uploads(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    upload = paths["/api/articles"]["post"]
    content = upload["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data"}
    article = content["application/json"]["schema"]
    fields = {"id", "title", "text", "source", "author", "published", "url"}
    assert (set(article["properties"]), article["required"]) == (fields, ["text"])
    files = content["multipart/form-data"]["schema"]["properties"]["files"]
    assert files == {"type": "array", "items": {"type": "string", "format": "binary"}}
    assert set(upload["responses"]) == {
        "201", "400", "401", "403", "409", "413", "415", "421", "422", "429", "503",
    }  # fmt: skip
    gone = paths["/api/articles/{article_id}"]["delete"]["responses"]
    assert set(gone) == {"204", "401", "403", "404", "409", "421", "422", "429", "503"}
    assert "content" not in gone["204"]
    begun = paths["/api/index/rebuild"]["post"]["responses"]
    assert set(begun) == {
        "202", "401", "403", "409", "413", "421", "422", "429", "503",
    }  # fmt: skip
    page = client.get("/api/docs", follow_redirects=True)
    assert "swagger" in page.text.lower()
    assert "//cdn" not in page.text


def test_the_openapi_document_is_valid(client: httpx.Client) -> None:
    validate(client.get("/openapi.json").json())


def test_no_answer_is_kept_by_a_cache_or_loaded_by_another_site(client: httpx.Client) -> None:
    question = {"question": "三峡工程?"}
    for response in (
        client.post("/api/ask", json=question),
        client.post("/api/ask/stream", json=question),
        client.post("/api/ask", json={}),
        client.get("/api/articles"),
        client.get("/api/articles/none"),
        client.get("/api/index"),
        client.get("/api/unanswered"),
        client.post("/api/feedback", json={"answer_id": "none", "helpful": True}),
        client.get("/openapi.json"),
        client.get("/healthz"),
    ):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in response.headers["content-security-policy"]
    for path in ("/", "/static/js/main.js", "/api/docs/swagger"):
        assert client.get(path).headers["cross-origin-resource-policy"] == "same-origin"


def test_the_page_may_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/")
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    assert "https://" not in page.text
    documentation = client.get("/api/docs", follow_redirects=True)
    for response in (page, documentation):
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_options_lists_the_methods(client: httpx.Client) -> None:
    assert "POST" in client.options("/api/ask").headers["allow"]
    assert {"GET", "POST"} <= set(client.options("/api/articles").headers["allow"].split(", "))
    assert "DELETE" in client.options("/api/articles/a").headers["allow"]
