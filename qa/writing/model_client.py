"""Ask a language model over HTTP, as the OpenAI API has it, within bounds of time and size.

The address is the owner's, so that private ones are allowed. Reading the stream is left to
`model_stream`, what to ask to `written_prompt`.
"""

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic
from typing import Any

import httpx

from qa.writing.language_model import ModelMessage, ModelReply, stays
from qa.writing.model_faults import ModelFault, WritingError
from qa.writing.model_stream import stream_of

_POLL = 0.1  # seconds; how soon it is noticed that whoever asked has left
_CONNECT = 5.0  # seconds
_LONGEST_REST = 60.0  # seconds that a server may ask to be left alone
_REST = 5.0  # if it does not say for how long
_LIMITED = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A model and where it is asked; the key is never shown."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 20.0


class ModelClient:
    """Asks a model. Threads may share it; each call has its own connection."""

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._rests_until = 0.0

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._server.model

    def complete(
        self,
        messages: Sequence[ModelMessage],
        most_tokens: int,
        has_left: Callable[[], bool] = stays,
    ) -> ModelReply:
        """Return what the model writes, at most some tokens.

        Raises:
            WritingError: it could not be asked, was too slow, or did not answer as it ought to;
                `has_left` is true; its server asked a moment ago to be left alone.
        """
        if (rest := self._rests_until - monotonic()) > 0:
            raise WritingError(ModelFault.LIMITED, f"The server rests for {rest:.0f} s.")
        return _reply_of(self._unless_left(messages, most_tokens, has_left))

    async def _unless_left(
        self, messages: Sequence[ModelMessage], most_tokens: int, has_left: Callable[[], bool]
    ) -> ModelReply:
        deadline = monotonic() + self._server.seconds
        call = asyncio.ensure_future(self._call(messages, most_tokens))
        try:
            while not call.done():
                await asyncio.wait({call}, timeout=_POLL)
                if has_left() and not call.done():
                    raise WritingError(ModelFault.LEFT, "Whoever asked has left.")
                if monotonic() >= deadline and not call.done():
                    seconds = f"{self._server.seconds:g} s"
                    raise WritingError(ModelFault.SLOW, f"Nothing whole came within {seconds}.")
            return call.result()
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    async def _call(self, messages: Sequence[ModelMessage], most_tokens: int) -> ModelReply:
        try:
            async with (
                httpx.AsyncClient(
                    timeout=httpx.Timeout(self._server.seconds, connect=_CONNECT),
                    follow_redirects=False,
                    trust_env=False,  # only `index/settings.py` reads the environment
                    verify=self._trust,
                ) as client,
                client.stream(
                    "POST",
                    f"{self._server.base_url}/chat/completions",
                    json=self._body(messages, most_tokens),
                    headers=self._headers,
                ) as response,
            ):
                self._check(response)
                stream = stream_of(response.headers.get("content-type", ""), most_tokens)
                async for data in response.aiter_raw():
                    stream.feed(data)
                    if stream.is_done:
                        break
                return stream.reply()
        # What a library says of an error may repeat the request: only its kind is told.
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise WritingError(ModelFault.UNREACHABLE, type(error).__name__) from None
        except httpx.TimeoutException as error:
            raise WritingError(ModelFault.SLOW, type(error).__name__) from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as error:
            raise WritingError(ModelFault.BROKEN, type(error).__name__) from None

    def _body(self, messages: Sequence[ModelMessage], most_tokens: int) -> dict[str, Any]:
        return {
            "model": self._server.model,
            "messages": [
                {"role": message.role, "content": message.content} for message in messages
            ],
            "max_tokens": most_tokens,
            "temperature": 0,
            "stream": True,
        }

    @property
    def _headers(self) -> dict[str, str]:
        # Unpacked, a few bytes could be gigabytes.
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        key = self._server.key
        return {**headers, "Authorization": f"Bearer {key}"} if key else headers

    @cached_property
    def _trust(self) -> ssl.SSLContext | bool:
        # It takes 20 ms to make, and an address on this machine needs none.
        is_secure = self._server.base_url.startswith("https:")
        return httpx.create_ssl_context(trust_env=False) if is_secure else False

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in _LIMITED:
            seconds = _seconds_of(response.headers.get("retry-after", ""))
            self._rests_until = monotonic() + seconds
            reason = f"Its server answered with {status}; it is left alone for {seconds:.0f} s."
            raise WritingError(ModelFault.LIMITED, reason)
        if status != httpx.codes.OK:
            raise WritingError(ModelFault.REFUSED, f"Its server answered with {status}.")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise WritingError(ModelFault.BROKEN, "Its server packs what it was asked not to pack.")


def _reply_of(call: Coroutine[Any, Any, ModelReply]) -> ModelReply:
    if not _has_loop():
        return asyncio.run(call)
    # As in a notebook: one loop does not run within another.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, call).result()


def _has_loop() -> bool:
    """Return whether an event loop runs in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _seconds_of(retry_after: str) -> float:
    """Return for how long to leave a server alone; a date in the header counts as none.

    >>> _seconds_of("7"), _seconds_of("86400"), _seconds_of("")
    (7.0, 60.0, 5.0)
    """
    plain = retry_after.strip()
    if not (plain.isascii() and plain.isdigit()):
        return _REST
    return min(float(plain[:9]), _LONGEST_REST)
