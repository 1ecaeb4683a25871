"""Read what a model sends: Server-Sent Events with parts of the text, or one JSON object."""

import json
from typing import Any, Protocol

from qa.writing.language_model import ModelReply
from qa.writing.model_faults import ModelFault, WritingError

_OVERHEAD = 64_000  # bytes around the text
_BYTES_A_TOKEN = 2_000  # of an event; servers send one for each token, with all its fields
_DONE = "[DONE]"


class ModelStream(Protocol):
    """What takes the bytes of a reply, whatever parts they come in."""

    is_done: bool

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""

    def reply(self) -> ModelReply:
        """Return the whole reply, after the last bytes."""


def stream_of(content_type: str, most_tokens: int) -> ModelStream:
    """Return what reads a reply of a type, of at most as many bytes as some tokens may take."""
    most = _OVERHEAD + most_tokens * _BYTES_A_TOKEN
    is_whole = content_type.partition(";")[0].strip().lower() == "application/json"
    return _WholeReply(most) if is_whole else _EventReply(most)


class _Bounded:
    """Counts bytes."""

    def __init__(self, most: int) -> None:
        self.is_done = False
        self._left = most

    def _count(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            raise WritingError(ModelFault.ENDLESS, "It sends more than it was asked for.")


class _WholeReply(_Bounded):
    """A reply of a server that does not stream."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        self._count(data)
        self._data += data

    def reply(self) -> ModelReply:
        value = _parsed(bytes(self._data))
        text = _part(value, "message")
        if text is None:
            raise WritingError(ModelFault.BROKEN, "Its reply has no text.")
        return ModelReply(text, _tokens(value))


class _EventReply(_Bounded):
    """A reply in events, each with a part of the text; the last one says that it is whole."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._rest = b""
        self._parts: list[str] = []
        self._tokens: int | None = None
        self._is_whole = False

    def feed(self, data: bytes) -> None:
        self._count(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take(line.rstrip(b"\r"))

    def reply(self) -> ModelReply:
        if self._rest:
            self._take(self._rest)
        if not self._is_whole:
            raise WritingError(ModelFault.BROKEN, "Its reply breaks off.")
        return ModelReply("".join(self._parts), self._tokens)

    def _take(self, line: bytes) -> None:
        if self.is_done or not line.startswith(b"data:"):
            return
        data = line.removeprefix(b"data:").strip()
        if data == _DONE.encode():
            self.is_done = self._is_whole = True
            return
        value = _parsed(data)
        self._parts.append(_part(value, "delta") or "")
        self._tokens = _tokens(value) or self._tokens
        if _choice(value).get("finish_reason"):
            self._is_whole = True


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise WritingError(ModelFault.BROKEN, "It sends what is no JSON.") from None
    if not isinstance(value, dict) or value.get("error"):
        raise WritingError(ModelFault.BROKEN, "It sends an error in its reply.")
    return value


def _choice(value: dict[str, Any]) -> dict[str, Any]:
    """Return the first choice; servers send events without any, too."""
    choices = value.get("choices")
    if not choices:
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise WritingError(ModelFault.BROKEN, "Its reply has another shape.")
    return choices[0]


def _part(value: dict[str, Any], name: str) -> str | None:
    """Return the text in the first choice's message or delta, None without one."""
    held = _choice(value).get(name)
    text = held.get("content") if isinstance(held, dict) else None
    if text is not None and not isinstance(text, str):
        raise WritingError(ModelFault.BROKEN, "Its reply has another shape.")
    return text


def _tokens(value: dict[str, Any]) -> int | None:
    usage = value.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) else None
