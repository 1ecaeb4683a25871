"""Connections to hosts that were looked up once, checked, and are reached at the checked address.

A name that is looked up again for connecting may by then lead elsewhere (DNS rebinding); so what
was judged is what is dialled, and a name with one address that isn't public is refused whole.
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
from index.fetch.socket_stream import Clock, Stream, dial

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


def look_up(host: str) -> list[str]:
    """The internet addresses of a host by the system's resolver. Raises `OSError`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(frozen=True, slots=True)
class GuardedNetwork:
    """How hosts are found, reached and trusted.

    `resolve` gives a host's addresses, `dial` connects to one of them (address, port, seconds,
    clock), `trust` knows whose certificates count: the system's and certifi's where it is None.
    """

    resolve: Callable[[str], Sequence[str]] = look_up
    dial: Callable[[IP, int, float, Clock], socket.socket] = dial
    trust: ssl.SSLContext | None = None


class Guard(httpcore.NetworkBackend):
    """Connects for one page, to public addresses only unless `private_allowed`."""

    def __init__(self, network: GuardedNetwork, clock: Clock, private_allowed: bool) -> None:
        self._network = network
        self._clock = clock
        self._private_allowed = private_allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> Stream:
        """A connection to the first of the host's addresses that answers, each in `timeout` s.

        Raises `ArticleError`. Own addresses and socket options are for others: they are refused.
        """
        if timeout is None or local_address is not None or socket_options is not None:
            raise NotImplementedError("a connection has a time-out and no options")
        problem: OSError | None = None
        for ip in self._checked(host):
            try:
                return Stream(self._network.dial(ip, port, timeout, self._clock), host, self._clock)
            except OSError as error:
                problem = error
        told = problem.strerror or str(problem) if problem else "it has no address"
        raise ArticleError(f"can't be reached: no connection to {host} ({told}); try again later.")

    def _checked(self, host: str) -> list[IP]:
        addresses = [ipaddress.ip_address(one) for one in self._looked_up(host)]
        for ip in addresses:
            if not self._private_allowed and not is_public(ip):
                where = host if str(ip) == host else f"{host} ({ip})"
                reason = f"is not fetched: {where} is not a public address; save it as a file."
                raise ArticleError(reason)
        return addresses

    def _looked_up(self, host: str) -> Sequence[str]:
        answer: Future[Sequence[str]] = Future()
        # The system's resolver knows no time-out; what comes too late is forgotten.
        Thread(target=_resolve, args=(self._network, host, answer), daemon=True).start()
        while not wait([answer], timeout=self._clock.nap()).done:
            pass
        try:
            return answer.result()
        except OSError as error:
            told = error.strerror or str(error)
            reason = f"can't be found: no address is known for {host} ({told}); check the spelling."
            raise ArticleError(reason) from error


def _resolve(network: GuardedNetwork, host: str, answer: Future[Sequence[str]]) -> None:
    try:
        answer.set_result(network.resolve(host))
    except (OSError, ValueError) as error:
        answer.set_exception(error)
