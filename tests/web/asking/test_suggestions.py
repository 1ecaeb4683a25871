"""Suggested questions: each is answered from its article, and goes with it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.served_index import ServedIndex, assert_problem, served_index

TOWER = (
    "东方明珠塔\n\n东方明珠塔位于上海市浦东新区。东方明珠塔高468米，由上海建工集团建造。"
    "东方明珠塔于1994年10月1日建成。"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve an index that may be changed, with suggestions."""
    with served_index(tmp_path_factory.mktemp("site"), YIJU_SUGGESTIONS="48") as served:
        yield served


def suggested(client: httpx.Client, **query: str) -> list[str]:
    response = client.get("/api/suggestions", params=query)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    questions: list[str] = response.json()["suggestions"]
    return questions


def article_ids(client: httpx.Client) -> list[str]:
    return [article["id"] for article in client.get("/api/articles").json()["articles"]]


def test_each_suggestion_of_an_article_is_answered_from_it(client: httpx.Client) -> None:
    total = 0
    for article in article_ids(client):
        questions = suggested(client, article=article)
        assert len(questions) == len(set(questions)) <= 4
        for question in questions:
            answer = client.post("/api/ask", json={"question": question}).json()
            assert answer["answered"], question
            assert answer["citations"][0]["article_id"] == article
            assert answer["short_answer"]
            total += 1
    assert total >= 12


def test_the_collection_suggests_questions_of_different_articles(client: httpx.Client) -> None:
    questions = suggested(client)
    assert 4 <= len(questions) <= 8
    articles = {
        client.post("/api/ask", json={"question": question}).json()["citations"][0]["article_id"]
        for question in questions
    }
    assert len(articles) == len(questions)
    index_version = client.get("/api/index").json()["index_version"]
    assert client.get("/api/suggestions").json()["index_version"] == index_version


def test_a_language_is_preferred(client: httpx.Client) -> None:
    assert not any(question.isascii() for question in suggested(client, lang="zh"))
    assert suggested(client, lang="en")[0].isascii()


def test_an_answer_goes_on_with_further_questions_of_its_article(client: httpx.Client) -> None:
    [first, *others] = suggested(client, article="standards-bodies.txt")
    answer = client.post("/api/ask", json={"question": first}).json()
    assert answer["follow_ups"]
    assert set(answer["follow_ups"]) <= set(others)
    history = [{"role": "user", "content": first}]
    again = client.post("/api/ask", json={"question": others[0], "history": history}).json()
    assert first not in again["follow_ups"]
    assert others[0] not in again["follow_ups"]
    assert client.post("/api/ask", json={"question": "你好"}).json()["follow_ups"] == []


def test_what_is_asked_wrongly_is_told(client: httpx.Client) -> None:
    assert_problem(client.get("/api/suggestions?article=nobody's"), 404, "nobody's")
    assert_problem(client.get("/api/suggestions?lang=fr"), 422, "lang")


def test_an_upload_has_suggestions_when_it_is_answered_and_loses_them_with_its_text(
    site: ServedIndex,
) -> None:
    site.add(id="tower", title="东方明珠塔", text=TOWER)
    questions = suggested(site.client, article="tower")
    assert "东方明珠塔有多高？" in questions
    assert set(questions) & set(suggested(site.client))
    answer = site.client.post("/api/ask", json={"question": "东方明珠塔有多高？"}).json()
    assert (answer["short_answer"], answer["citations"][0]["article_id"]) == ("468米", "tower")
    assert set(answer["follow_ups"]) == set(questions) - {"东方明珠塔有多高？"}
    site.add(id="tower", title="东方明珠塔", text="东方明珠塔\n\n东方明珠塔很高，游客不少。")
    assert suggested(site.client, article="tower") == []
    site.add(id="tower", title="东方明珠塔", text=TOWER)
    assert suggested(site.client, article="tower") == questions
    site.delete("tower")
    assert_problem(site.client.get("/api/suggestions?article=tower"), 404)
    assert not set(questions) & set(suggested(site.client))


def test_a_rebuild_makes_them_and_one_that_is_to_try_none_does_not(site: ServedIndex) -> None:
    site.put("tower.txt", TOWER.replace("468", "460"))
    site.rebuild()  # YIJU_SUGGESTIONS is 0 in the tests
    assert suggested(site.client, article="tower.txt") == []
