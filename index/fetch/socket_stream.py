"""Non-blocking sockets under a deadline that covers the whole page and can be cancelled.

Sockets don't block, so that no single call can outlast the deadline: a server that sends a byte a
second keeps any time-out of a single read from passing, but not the deadline.
"""

import errno
import os
import select
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from time import monotonic
from typing import Any, TypeVar

import httpcore

from index.errors import ArticleError
from index.fetch.public_ip import IP

_POLL = 0.1  # seconds; how soon a wait notices that all was cancelled
_Result = TypeVar("_Result")


class Deadline:
    """The time that one page may take with all redirects; `cancelled` ends it early."""

    def __init__(self, seconds: float, cancelled: Event | None = None) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._cancelled = cancelled

    def next_wait(self) -> float:
        """Return how many seconds to wait before the next check.

        Raises:
            ArticleError: the deadline has passed, or the fetch was cancelled.
        """
        if self._cancelled is not None and self._cancelled.is_set():
            raise ArticleError("was called off.")
        left = self._end - monotonic()
        if left <= 0:
            reason = f"was not sent within {self._seconds:g} s; try again later, or save the page."
            raise ArticleError(reason)
        return min(left, _POLL)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Leave the time that a block takes out of account."""
        began = monotonic()
        try:
            yield
        finally:
            self._end += monotonic() - began

    def rest(self, seconds: float) -> None:
        """Wait on purpose, which does not count.

        Raises:
            ArticleError: the fetch was cancelled.
        """
        with self.stopped():
            # An event of its own that nobody sets: a plain sleep, if nothing can cancel it.
            if (self._cancelled or Event()).wait(seconds):
                raise ArticleError("was called off.")


class SocketStream(httpcore.NetworkStream):
    """A connection to `host`; all errors but those of a write are `ArticleError`."""

    def __init__(self, sock: socket.socket, host: str, deadline: Deadline) -> None:
        self._socket = sock
        self._host = host
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, at most `max_bytes`; none at the end of the stream."""
        try:
            receive = partial(self._socket.recv, max_bytes)
            return self._when_ready(receive, select.POLLIN, timeout)
        except TimeoutError as error:
            reason = f"stopped: {self._host} sent nothing for {timeout:g} s; try again later."
            raise ArticleError(reason) from error
        except OSError as error:
            cause = _cause_of(error)
            reason = f"broke off: {self._host} closed the connection ({cause}); try again."
            raise ArticleError(reason) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the whole buffer.

        Raises:
            httpcore.WriteError: after it httpcore still reads the server's answer.
        """
        rest = memoryview(buffer)
        try:
            while rest:
                send = partial(self._socket.send, rest)
                rest = rest[self._when_ready(send, select.POLLOUT, timeout) :]
        except OSError as error:
            raise httpcore.WriteError(_cause_of(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "SocketStream":
        """Encrypt the connection, verifying that the server is the one named."""
        try:
            encrypted = ssl_context.wrap_socket(
                self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._socket = encrypted
            self._when_ready(encrypted.do_handshake, select.POLLIN, timeout)
        except OSError as error:
            self.close()
            raise ArticleError(self._tls_reason(error)) from error
        except BaseException:  # httpcore doesn't know this connection yet and would leave it open
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """Return the TLS object, which tells httpcore the agreed protocol; None for others."""
        encrypted = isinstance(self._socket, ssl.SSLSocket)
        return self._socket if encrypted and info == "ssl_object" else None

    def _when_ready(
        self, action: Callable[[], _Result], events: int, seconds: float | None
    ) -> _Result:
        """Retry a socket call until it doesn't block. Raises `TimeoutError` after `seconds`."""
        give_up_at = None if seconds is None else monotonic() + seconds
        while True:
            self._deadline.next_wait()
            try:
                return action()
            except ssl.SSLWantReadError:
                awaited = select.POLLIN
            except ssl.SSLWantWriteError:
                awaited = select.POLLOUT
            except BlockingIOError:
                awaited = events
            _wait(self._socket, awaited, give_up_at, self._deadline)

    def _tls_reason(self, error: OSError) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            cause = error.verify_message or "it can't be verified"
            return f"can't be trusted: the certificate of {self._host} is not valid ({cause})."
        return f"can't be fetched: {self._host} made no secure connection ({_cause_of(error)})."


def dial(ip: IP, port: int, seconds: float, deadline: Deadline) -> socket.socket:
    """Connect to an IP address. Raises `OSError`; after `seconds`, `TimeoutError`."""
    sock = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET)
    try:
        sock.setblocking(False)
        code = sock.connect_ex((str(ip), port))
        if code == errno.EINPROGRESS:
            _wait(sock, select.POLLOUT, monotonic() + seconds, deadline)
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def _wait(sock: socket.socket, events: int, give_up_at: float | None, deadline: Deadline) -> None:
    poll = select.poll()
    poll.register(sock, events)
    while not poll.poll(1000 * deadline.next_wait()):
        if give_up_at is not None and monotonic() >= give_up_at:
            raise TimeoutError("no answer in time")


def _cause_of(error: OSError) -> str:
    """Return the cause of an error in words, without error numbers and source lines."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.replace("_", " ").lower()
    return error.strerror or str(error) or type(error).__name__
