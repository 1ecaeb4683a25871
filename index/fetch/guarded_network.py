"""SSRF protection: connect only to IP addresses that were checked.

A name that is looked up again for connecting may by then lead elsewhere (DNS rebinding). So the
address that was checked is the one dialled, and a name with one address that isn't public is
refused altogether.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Thread

import httpcore

from index.errors import ArticleError
from index.fetch.public_ip import IP, is_public
from index.fetch.socket_stream import Deadline, SocketStream, dial

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class HostError(ArticleError):
    """A host is unknown, not public, or wants or gives no answer: nothing of it can be fetched."""


class NotPublicError(HostError):
    """A host has an address that isn't public, and private ones are not allowed."""


def look_up(host: str) -> list[str]:
    """Return the IP addresses of a host by the system's resolver. Raises `OSError`."""
    records = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(endpoint[0]) for *_, endpoint in records))


@dataclass(frozen=True, slots=True)
class GuardedNetwork:
    """Resolver, dialler and trust store of a fetch.

    `resolve` returns a host's IP addresses, `dial` connects to one of them (address, port, seconds,
    deadline), `trust` says whose certificates count: the system's and certifi's if it is None.
    """

    resolve: Callable[[str], Sequence[str]] = look_up
    dial: Callable[[IP, int, float, Deadline], socket.socket] = dial
    trust: ssl.SSLContext | None = None


class GuardedBackend(httpcore.NetworkBackend):
    """httpcore backend for one page, for public addresses only unless `private_allowed`.

    `is_private` is whether the last connection was to an address that isn't public.
    """

    def __init__(self, network: GuardedNetwork, deadline: Deadline, private_allowed: bool) -> None:
        self.is_private = False
        self._network = network
        self._deadline = deadline
        self._private_allowed = private_allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> SocketStream:
        """Connect to the first of the host's addresses that answers, each within `timeout` s.

        Raises:
            HostError: the host is unknown, not public, or doesn't answer.
            NotImplementedError: no time-out, or a local address or socket options were given.
        """
        if timeout is None or local_address is not None or socket_options is not None:
            raise NotImplementedError("a connection has a time-out and no options")
        problem: OSError | None = None
        for ip in self._checked_addresses(host):
            try:
                sock = self._network.dial(ip, port, timeout, self._deadline)
                self.is_private = not is_public(ip)
                return SocketStream(sock, host, self._deadline)
            except OSError as error:
                problem = error
        cause = problem.strerror or str(problem) if problem else "it has no address"
        raise HostError(f"can't be reached: no connection to {host} ({cause}); try again later.")

    def _checked_addresses(self, host: str) -> list[IP]:
        ips = [ipaddress.ip_address(address) for address in self._resolve(host)]
        for ip in ips:
            if not self._private_allowed and not is_public(ip):
                name = host if str(ip) == host else f"{host} ({ip})"
                reason = f"is not fetched: {name} is not a public address; save it as a file."
                raise NotPublicError(reason)
        return ips

    def _resolve(self, host: str) -> Sequence[str]:
        answer: Future[Sequence[str]] = Future()
        # The system's resolver has no time-out; an answer that comes too late is dropped.
        Thread(target=_resolve_into, args=(answer, self._network, host), daemon=True).start()
        while not wait([answer], timeout=self._deadline.next_wait()).done:
            pass
        try:
            return answer.result()
        except OSError as error:
            cause = error.strerror or str(error)
            reason = (
                f"can't be found: no address is known for {host} ({cause}); check the spelling."
            )
            raise HostError(reason) from error


def _resolve_into(answer: Future[Sequence[str]], network: GuardedNetwork, host: str) -> None:
    try:
        answer.set_result(network.resolve(host))
    except (OSError, ValueError) as error:
        answer.set_exception(error)
