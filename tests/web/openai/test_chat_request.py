"""Which messages become the question and its history, and what is refused of a body."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from web.openai.chat_request import ChatBody


def body(*messages: tuple[str, Any], **parameters: object) -> ChatBody:
    listed = [{"role": role, "content": content} for role, content in messages]
    return ChatBody.model_validate({"model": "yiju", "messages": listed, **parameters})


words = st.text("一二 a\n", max_size=5)
roles = st.sampled_from(["user", "assistant", "system", "developer", "tool"])


@given(st.lists(st.tuples(roles, words)), words.filter(str.strip))
def test_the_last_words_of_the_user_are_the_question_and_what_was_said_before_its_history(
    earlier: list[tuple[str, str]], question: str
) -> None:
    asked = body(*earlier, ("user", question), ("assistant", "…"), ("system", "…")).to_request()
    assert asked.question == question.strip()
    said = [message for message in earlier if message[0] in ("user", "assistant")]
    assert [(turn.role, turn.content) for turn in asked.history] == said[-100:]


@given(st.lists(words, min_size=1).filter(lambda texts: any(text.strip() for text in texts)))
def test_parts_of_text_are_lines_of_one_text(texts: list[str]) -> None:
    parts = [{"type": "text", "text": text} for text in texts]
    assert body(("user", parts)).to_request().question == "\n".join(texts).strip()


def test_a_long_conversation_loses_its_beginning_and_what_nobody_typed() -> None:
    earlier = [("user", f"第{number}问") for number in range(150)]
    asked = body(*earlier, ("user", "长" * 20_001), ("user", "多长?")).to_request()
    assert [turn.content for turn in asked.history] == [content for _, content in earlier[50:]]


def test_a_picture_of_an_earlier_message_is_passed_over() -> None:
    picture = {"type": "image_url", "image_url": {"url": "https://a.example/1.png"}}
    asked = body(
        ("system", [picture]),
        ("user", [{"type": "text", "text": "第一问"}, picture]),
        ("assistant", [{"type": "refusal", "refusal": "不"}]),
        ("user", [{"type": "text", "text": "多长?"}]),
        ("tool", [picture]),
    ).to_request()
    assert asked.question == "多长?"
    assert [turn.content for turn in asked.history] == ["第一问", ""]


def test_parameters_that_change_nothing_are_accepted() -> None:
    asked = body(
        ("user", "多长?"), temperature=0.2, max_tokens=5, top_p="?", user="a", metadata={}, n=1,
        tools=[{}], tool_choice="auto", response_format={"type": "text"}, stream=None, stop=["。"],
    )  # fmt: skip
    assert asked.to_request().question == "多长?"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"n": 2}, "must be 1"),
        ({"n": True}, "integer"),
        ({"tool_choice": "required"}, "must be none or auto"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "must be none or auto"),
        ({"response_format": {"type": "json_object"}}, "must be of the type text"),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, "must be of the type"),
        ({"stream": "yes"}, "boolean"),
        ({"messages": []}, "at least 1"),
        ({"messages": [{"role": "system", "content": "多长?"}]}, "must have a question"),
        ({"messages": [{"role": "user", "content": None}]}, "must have a question"),
        ({"messages": [{"role": "user", "content": "长" * 2001}]}, "more than 2,000 characters"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "only text is read"),
        ({"messages": [{"role": "user", "content": ["多长?"]}]}, "only text is read"),
        ({"messages": [{"role": "user", "content": "a\0b"}]}, "NUL"),
        ({"messages": [{"role": "reader", "content": "a"}]}, "'user', 'assistant'"),
    ],
)
def test_what_cannot_be_done_is_refused(wrong: dict[str, Any], words: str) -> None:
    whole = {"messages": [{"role": "user", "content": "多长?"}], **wrong}
    with pytest.raises(ValidationError) as refused:
        ChatBody.model_validate(whole)
    assert words in refused.value.errors()[0]["msg"]
