"""The official client of OpenAI's API speaks to a real server."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

from tests.support.api import CASES, quote_is_exact

QUESTION = "港珠澳大桥全长多少公里?"
CHANGING = {"id", "timings_ms"}


@pytest.fixture
def official(server: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{server}/v1", api_key="none", max_retries=0) as opened:
        yield opened


def user(question: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": question}]


def asked(official: OpenAI, messages: list[ChatCompletionMessageParam]) -> ChatCompletion:
    return official.chat.completions.create(model="yiju", messages=messages)


def answer_in(completion: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the answer that a completion, or a chunk of one, has beside OpenAI's own."""
    answer: dict[str, Any] = completion.model_extra["yiju"]
    return answer


def test_a_completion_has_the_answer_with_marks_that_lead_to_the_quotes(
    official: OpenAI, server: str, client: httpx.Client
) -> None:
    completion = asked(official, user(QUESTION))
    (choice,) = completion.choices
    message, answer = choice.message, answer_in(completion)
    assert (completion.object, completion.model) == ("chat.completion", "yiju")
    assert (choice.finish_reason, message.role) == ("stop", "assistant")
    assert message.content is not None
    assert message.content.startswith(answer["answer"][:10])
    assert "55公里" in message.content
    assert message.annotations
    for number, annotation in enumerate(message.annotations, 1):
        mark = annotation.url_citation
        assert message.content[mark.start_index : mark.end_index] == f"[{number}]"
        parts = urlsplit(mark.url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{server}/"
        path, _, query = parts.fragment.partition("?")
        (start,), (end,), (digest,) = parse_qs(query).values()
        (citation,) = (
            citation
            for citation in answer["citations"]
            if (citation["start"], citation["end"]) == (int(start), int(end))
        )
        assert unquote(path.removeprefix("/article/")) == citation["article_id"]
        assert (digest, mark.title) == (citation["digest"], citation["title"])
        assert quote_is_exact(client, citation)


def test_every_sample_question_has_the_answer_that_the_api_gives(
    official: OpenAI, client: httpx.Client
) -> None:
    for case in CASES:
        whole = client.post("/api/ask", json={"question": case.question}).json()
        answer = answer_in(asked(official, user(case.question)))
        assert {key: value for key, value in answer.items() if key not in CHANGING} == {
            key: value for key, value in whole.items() if key not in CHANGING
        }


def test_a_stream_tells_the_same_in_chunks(official: OpenAI) -> None:
    completion = asked(official, user(QUESTION))
    message = completion.choices[0].message
    chunks = list(
        official.chat.completions.create(
            model="yiju",
            messages=user(QUESTION),
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert {(chunk.id, chunk.object, chunk.model) for chunk in chunks} == {
        (chunks[0].id, "chat.completion.chunk", "yiju")
    }
    *told, last = chunks
    deltas = [chunk.choices[0].delta for chunk in told]
    assert [delta.role for delta in deltas] == ["assistant", *[None] * (len(deltas) - 1)]
    assert "".join(delta.content or "" for delta in deltas) == message.content
    assert sum(bool(delta.content) for delta in deltas) > 1
    assert message.annotations
    assert (deltas[-2].model_extra or {})["annotations"] == [
        annotation.model_dump() for annotation in message.annotations
    ]
    assert [chunk.choices[0].finish_reason for chunk in told][-2:] == [None, "stop"]
    assert answer_in(told[-1])["answer"] == answer_in(completion)["answer"]
    assert [chunk.usage for chunk in told] == [None] * len(told)
    assert (last.choices, last.usage) == ([], completion.usage)


def test_usage_counts_characters(official: OpenAI) -> None:
    completion = asked(official, [{"role": "system", "content": "简短"}, *user(QUESTION)])
    content = completion.choices[0].message.content or ""
    assert completion.usage is not None
    assert completion.usage.prompt_tokens == len("简短") + len(QUESTION)
    assert completion.usage.completion_tokens == len(content)
    assert completion.usage.total_tokens == len("简短") + len(QUESTION) + len(content)


def test_a_question_that_leans_on_the_conversation_is_understood(official: OpenAI) -> None:
    first = asked(official, user("美国通过NIST投资了多少?"))
    conversation: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Answer in one word."},
        *user("美国通过NIST投资了多少?"),
        {"role": "assistant", "content": first.choices[0].message.content},
        {"role": "user", "content": [{"type": "text", "text": "那韩国呢?"}]},
    ]
    answer = answer_in(asked(official, conversation))
    assert answer["interpreted_question"]
    assert "韩国" in answer["interpreted_question"]


def test_what_is_not_found_is_told_in_the_language_of_the_question(official: OpenAI) -> None:
    for question, words in (
        ("木星上的气压计卖什么价钱?", "没有找到有把握的答案。"),
        ("木星上的氣壓計賣什麼價錢?", "沒有找到有把握的答案。"),
        ("Who sells barometers on Jupiter?", "No confident answer was found."),
    ):
        message = asked(official, user(question)).choices[0].message
        assert message.content
        assert message.content.startswith(words)


def test_what_changes_nothing_is_accepted(official: OpenAI) -> None:
    completion = official.chat.completions.create(
        model="yiju", messages=user(QUESTION), temperature=0.1, top_p=0.5, max_tokens=7, n=1,
        user="a", seed=1, stop=["。"], presence_penalty=1, metadata={"a": "b"},
        response_format={"type": "text"}, tool_choice="auto",
        tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}],
    )  # fmt: skip
    assert "55公里" in (completion.choices[0].message.content or "")


def test_the_model_is_listed(official: OpenAI) -> None:
    (model,) = official.models.list().data
    assert (model.id, model.object, model.owned_by) == ("yiju", "model", "yiju")
    assert official.models.retrieve("yiju") == model


def test_errors_have_the_classes_that_programs_catch(official: OpenAI) -> None:
    create = official.chat.completions.create
    with pytest.raises(openai.BadRequestError, match="must be 1") as refused:
        create(model="yiju", messages=user(QUESTION), n=2)
    assert (refused.value.param, refused.value.code) == ("n", "invalid_value")
    with pytest.raises(openai.BadRequestError, match="more than 2,000 characters"):
        create(model="yiju", messages=user("长" * 2001), stream=True)
    with pytest.raises(openai.BadRequestError, match="no answer is made as JSON"):
        create(model="yiju", messages=user("a"), response_format={"type": "json_object"})
    with pytest.raises(openai.BadRequestError, match="no tools are called"):
        create(model="yiju", messages=user("a"), tool_choice="required")
    for call in (
        lambda: create(model="gpt-5", messages=user("a")),
        lambda: official.models.retrieve("gpt-5"),
    ):
        with pytest.raises(openai.NotFoundError, match="the only one is yiju") as unknown:
            call()
        assert unknown.value.code == "model_not_found"
    with pytest.raises(openai.PermissionDeniedError):
        create(model="yiju", messages=user("a"), extra_headers={"Origin": "https://a.example"})
    with pytest.raises(openai.NotFoundError, match="nothing at this address"):
        official.embeddings.create(model="yiju", input="a")
    with pytest.raises(openai.APIConnectionError):
        asked(OpenAI(base_url="http://127.0.0.1:1/v1", api_key="none", max_retries=0), user("a"))
