"""Completions of OpenAI's shape, whole or in the chunks of a stream."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from qa.answer import Answer
from web.ask import pieces
from web.openai.chat_request import MODEL, ChatBody
from web.openai.chat_shapes import (
    AnnotationOut,
    ChatMessageOut,
    ChoiceOut,
    CompletionOut,
    UrlCitationOut,
    UsageOut,
)
from web.openai.chat_text import Mark, link, text_of
from web.responses import AnswerOut

DONE = "data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Completion:
    """What the answer to a conversation is told with; `root` is the address of the page."""

    body: ChatBody
    root: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> CompletionOut:
        """Return the whole completion."""
        text, marks = text_of(answer)
        message = ChatMessageOut(content=text, annotations=self._annotations(marks))
        return CompletionOut(
            id=self.id,
            created=self.created,
            model=MODEL,
            choices=[ChoiceOut(message=message)],
            usage=self._usage(text),
            yiju=AnswerOut.model_validate(answer),
        )

    def opening(self) -> str:
        """Return the event that opens a stream."""
        return self._event({"role": "assistant", "content": "", "refusal": None})

    def rest(self, answer: Answer) -> Iterator[str]:
        """Yield the events that tell the answer and end the stream."""
        text, marks = text_of(answer)
        for piece in pieces(text):
            yield self._event({"content": piece})
        if marks:
            annotations = [note.model_dump() for note in self._annotations(marks)]
            yield self._event({"annotations": annotations})
        yield self._event({}, "stop", yiju=AnswerOut.model_validate(answer).model_dump())
        if self.body.includes_usage:
            yield event(self._chunk(choices=[], usage=self._usage(text).model_dump()))
        yield DONE

    def _event(self, delta: dict[str, Any], finish: str | None = None, **more: object) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self.body.includes_usage else {}
        return event(self._chunk(choices=[choice], **usage, **more))

    def _chunk(self, **values: object) -> dict[str, object]:
        return {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": MODEL,
            **values,
        }

    def _annotations(self, marks: list[Mark]) -> list[AnnotationOut]:
        return [
            AnnotationOut(
                url_citation=UrlCitationOut(
                    start_index=mark.start,
                    end_index=mark.end,
                    title=mark.citation.title or mark.citation.article_id,
                    url=link(self.root, mark.citation),
                )
            )
            for mark in marks
        ]

    def _usage(self, text: str) -> UsageOut:
        sent = sum(len(message.content) for message in self.body.messages)
        return UsageOut(
            prompt_tokens=sent, completion_tokens=len(text), total_tokens=sent + len(text)
        )


def event(data: dict[str, Any]) -> str:
    """Return an event, which has no name in OpenAI's streams."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
