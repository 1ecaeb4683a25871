"""Sockets under a clock: every wait ends when its page's time is over, or when all is called off.

Sockets don't block, so that no single call can outlast the clock: a server that sends a byte a
second keeps any time-out of a single read from passing, but not the clock.
"""

import errno
import os
import select
import socket
import ssl
from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic
from typing import Any, TypeVar

import httpcore

from index.errors import ArticleError
from index.fetch.public_ip import IP

_NAP = 0.1  # seconds; how soon a wait notices that all was called off
_Result = TypeVar("_Result")


class Clock:
    """The time one page may take, redirects and all, in seconds; `halted` calls it off sooner."""

    def __init__(self, seconds: float, halted: Event | None = None) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._halted = halted

    def nap(self) -> float:
        """How long to wait before asking again, in seconds. Raises `ArticleError` at the end."""
        if self._halted is not None and self._halted.is_set():
            raise ArticleError("was called off.")
        left = self._end - monotonic()
        if left <= 0:
            reason = f"was not sent within {self._seconds:g} s; try again later, or save the page."
            raise ArticleError(reason)
        return min(left, _NAP)


class Stream(httpcore.NetworkStream):
    """A connection to `host`; raises `ArticleError` for all that goes wrong but a write."""

    def __init__(self, sock: socket.socket, host: str, clock: Clock) -> None:
        self._socket = sock
        self._host = host
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, at most `max_bytes`; nothing at the end."""
        try:
            receive = partial(self._socket.recv, max_bytes)
            return self._when_ready(receive, select.POLLIN, timeout)
        except TimeoutError as error:
            reason = f"stopped: {self._host} sent nothing for {timeout:g} s; try again later."
            raise ArticleError(reason) from error
        except OSError as error:
            reason = f"broke off: {self._host} closed the connection ({_said(error)}); try again."
            raise ArticleError(reason) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of the buffer. Raises `httpcore.WriteError`, which lets the answer be read."""
        rest = memoryview(buffer)
        try:
            while rest:
                send = partial(self._socket.send, rest)
                rest = rest[self._when_ready(send, select.POLLOUT, timeout) :]
        except OSError as error:
            raise httpcore.WriteError(_said(error)) from error

    def close(self) -> None:
        """Gives the connection up."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "Stream":
        """The connection, encrypted, with a server that has proved to be the one named."""
        try:
            encrypted = ssl_context.wrap_socket(
                self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._socket = encrypted
            self._when_ready(encrypted.do_handshake, select.POLLIN, timeout)
        except OSError as error:
            self.close()
            raise ArticleError(self._distrusted(error)) from error
        except BaseException:  # httpcore doesn't know this connection yet and would leave it open
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """The TLS object, by which httpcore knows the protocol agreed on; else nothing."""
        encrypted = isinstance(self._socket, ssl.SSLSocket)
        return self._socket if encrypted and info == "ssl_object" else None

    def _when_ready(
        self, action: Callable[[], _Result], events: int, seconds: float | None
    ) -> _Result:
        late = None if seconds is None else monotonic() + seconds
        while True:
            self._clock.nap()
            try:
                return action()
            except ssl.SSLWantReadError:
                wanted = select.POLLIN
            except ssl.SSLWantWriteError:
                wanted = select.POLLOUT
            except BlockingIOError:
                wanted = events
            _wait(self._socket, wanted, late, self._clock)

    def _distrusted(self, error: OSError) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            told = error.verify_message or "it can't be verified"
            return f"can't be trusted: the certificate of {self._host} is not valid ({told})."
        return f"can't be fetched: {self._host} made no secure connection ({_said(error)})."


def dial(ip: IP, port: int, seconds: float, clock: Clock) -> socket.socket:
    """A connection to an address. Raises `OSError`, `TimeoutError` after `seconds`."""
    sock = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET)
    try:
        sock.setblocking(False)
        code = sock.connect_ex((str(ip), port))
        if code == errno.EINPROGRESS:
            _wait(sock, select.POLLOUT, monotonic() + seconds, clock)
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def _wait(sock: socket.socket, events: int, late: float | None, clock: Clock) -> None:
    poll = select.poll()
    poll.register(sock, events)
    while not poll.poll(1000 * clock.nap()):
        if late is not None and monotonic() >= late:
            raise TimeoutError("no answer in time")


def _said(error: OSError) -> str:
    """What went wrong in words, without numbers and places in code."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.replace("_", " ").lower()
    return error.strerror or str(error) or type(error).__name__
