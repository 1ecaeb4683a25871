"""Whatever is asked, in whatever conversation, with whatever filter: a valid answer, or a 4xx."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.api import ANSWER_KEYS, CASES, sse

# With lone surrogates, which JSON can say, and NUL.
texts = st.text(st.characters(exclude_categories=()), max_size=40)
samples = st.sampled_from([case.question for case in CASES])
questions = st.one_of(
    texts,
    samples,
    st.tuples(texts, samples, texts).map("".join),
    st.tuples(samples, samples).map("".join),
    st.tuples(texts, st.sampled_from([100, 1999, 2001])).map(
        lambda pair: (pair[0] * 99)[: pair[1]]
    ),
)
roles = st.sampled_from(["user", "assistant", "user", "assistant", "system"])
histories = st.lists(st.fixed_dictionaries({"role": roles, "content": questions}), max_size=4)
dates = st.one_of(
    st.dates().map(str),
    st.integers(0, 9999).map("{:04}".format),
    st.sampled_from(["2016-13", "2016-02-30", "", "昨天"]),
)
ids = st.one_of(st.sampled_from(["three-gorges.txt", "standards-bodies.txt"]), texts)
filters = st.fixed_dictionaries(
    {},
    optional={
        "source": st.one_of(texts, st.just("依据编辑部"), st.none()),
        "published_from": dates,
        "published_to": dates,
        "articles": st.lists(ids, max_size=3),
    },
)
many = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def text_of(client: httpx.Client) -> Callable[[str], str]:
    """Return what reads the text of an article, once."""

    @cache
    def read(article_id: str) -> str:
        text: str = client.get(f"/api/articles/{article_id}").json()["text"]
        return text

    return read


def sent(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response | None:
    """Send a body as JSON that escapes what UTF-8 lacks; return what succeeded."""
    headers = {"content-type": "application/json"}
    response = client.post(path, content=json.dumps(body).encode(), headers=headers)
    if 400 <= response.status_code < 500:
        assert response.json()
        return None
    assert response.status_code == 200, response.text
    return response


def assert_valid(answer: dict[str, Any], text_of: Callable[[str], str]) -> None:
    possible = answer["possible"] or {"citations": []}
    assert list(answer) == ANSWER_KEYS
    assert answer["answer"]
    assert 0 <= answer["confidence"] <= 1
    assert answer["answered"] == (bool(answer["citations"]) or answer["kind"] == "page")
    assert answer["answered"] or answer["short_answer"] is None
    for quoted in (*answer["citations"], *possible["citations"]):
        text = text_of(quoted["article_id"])
        assert text[quoted["start"] : quoted["end"]] == quoted["quote"]
    for passage in answer["passages"]:
        text = text_of(passage["article_id"])
        assert text[passage["start"] : passage["end"]] == passage["text"]


@many
@given(
    body=st.fixed_dictionaries(
        {"question": questions},
        optional={"history": histories, "filter": filters, "decide": st.booleans()},
    )
)
def test_a_question_has_a_valid_answer_or_is_refused(
    client: httpx.Client, text_of: Callable[[str], str], body: dict[str, Any]
) -> None:
    if response := sent(client, "/api/ask", body):
        assert_valid(response.json(), text_of)


@many
@given(question=questions, history=histories)
def test_a_stream_ends_with_a_valid_answer_or_is_refused(
    client: httpx.Client,
    text_of: Callable[[str], str],
    question: str,
    history: list[dict[str, str]],
) -> None:
    body = {"question": question, "history": history}
    if response := sent(client, "/api/ask/stream", body):
        name, answer = sse(response.text)[-1]
        assert name == "answer"
        assert_valid(answer, text_of)


@many
@given(query=questions, articles=filters)
def test_a_search_has_passages_of_the_articles_or_is_refused(
    client: httpx.Client, text_of: Callable[[str], str], query: str, articles: dict[str, Any]
) -> None:
    if response := sent(client, "/api/search", {"query": query, "filter": articles}):
        for hit in response.json()["hits"]:
            assert text_of(hit["article_id"])[hit["start"] : hit["end"]] == hit["text"]


@many
@given(messages=histories, question=questions, streams=st.booleans())
def test_a_conversation_has_a_completion_or_is_refused(
    client: httpx.Client,
    text_of: Callable[[str], str],
    messages: list[dict[str, str]],
    question: str,
    streams: bool,
) -> None:
    asked = [*messages, {"role": "user", "content": question}]
    response = sent(client, "/v1/chat/completions", {"messages": asked, "stream": streams})
    if response is None:
        return
    if streams:
        *chunks, last, done = response.text.strip().split("\n\n")
        assert done == "data: [DONE]"
        values = [json.loads(chunk.removeprefix("data: ")) for chunk in (*chunks, last)]
        deltas = [value["choices"][0]["delta"] for value in values]
        content = "".join(delta.get("content", "") for delta in deltas)
        annotations = [note for delta in deltas for note in delta.get("annotations", [])]
        answer = values[-1]["yiju"]
    else:
        completion = response.json()
        message, answer = completion["choices"][0]["message"], completion["yiju"]
        content, annotations = message["content"], message["annotations"]
    assert_valid(answer, text_of)
    quoted = (answer["possible"] or answer)["citations"]
    assert len(annotations) >= len(quoted)
    for note in annotations:
        mark = note["url_citation"]
        assert content[mark["start_index"] : mark["end_index"]].strip("[]").isdigit()
