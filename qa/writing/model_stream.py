"""Read what a model sends: Server-Sent Events with parts of the text, or one JSON object."""

import json
from typing import Any, Protocol

from qa.writing.language_model import ModelReply
from qa.writing.model_faults import ModelFault, WritingError

_OVERHEAD = 64_000  # bytes around the text
_LONGEST_LINE = (
    64_000  # bytes; joining the parts of an endless one would take all the time there is
)
_CHARACTERS_A_TOKEN = 16
_MOST_TOKENS = 10**9  # that a server can have counted
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
    longest = most_tokens * _CHARACTERS_A_TOKEN
    return _WholeReply(most, longest) if is_whole else _EventReply(most, longest)


class _Bounded:
    """Counts bytes, and the characters of the text."""

    def __init__(self, most: int, longest: int) -> None:
        self.is_done = False
        self._left, self._text_left = most, longest

    def _count(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            raise WritingError(ModelFault.ENDLESS, "It sends more than it was asked for.")

    def _bounded(self, text: str) -> str:
        self._text_left -= len(text)
        if self._text_left < 0:
            raise WritingError(ModelFault.ENDLESS, "It writes more than it was asked for.")
        return text


class _WholeReply(_Bounded):
    """A reply of a server that does not stream."""

    def __init__(self, most: int, longest: int) -> None:
        super().__init__(most, longest)
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        self._count(data)
        self._data += data

    def reply(self) -> ModelReply:
        value = _parsed(bytes(self._data))
        text = _part(value, "message")
        if text is None:
            raise WritingError(ModelFault.BROKEN, "Its reply has no text.")
        return ModelReply(self._bounded(text), _tokens(value))


class _EventReply(_Bounded):
    """A reply in events, each with a part of the text; the last one says that it is whole."""

    def __init__(self, most: int, longest: int) -> None:
        super().__init__(most, longest)
        self._rest = b""
        self._parts: list[str] = []
        self._tokens: int | None = None
        self._is_whole = False

    def feed(self, data: bytes) -> None:
        self._count(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise WritingError(ModelFault.ENDLESS, "It sends a line without end.")
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
        self._parts.append(self._bounded(_part(value, "delta") or ""))
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
    if not isinstance(total, int) or isinstance(total, bool):
        return None
    return total if 0 <= total <= _MOST_TOKENS else None
