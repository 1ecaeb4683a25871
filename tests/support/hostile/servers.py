"""Small web servers on the loopback interface that misbehave as a test needs it."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

import pytest

from index.errors import ArticleError
from index.fetch.fetch import FetchedPage, Fetcher, FetchLimits, PageRequest
from index.fetch.guarded_network import GuardedNetwork
from index.fetch.public_ip import IP
from index.fetch.socket_stream import Deadline, dial

# Made for these tests, for example.test, from 2000 to 2099. It proves nothing to anybody else.
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBaTCCARCgAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxleGFtcGxl
LnRlc3QwIBcNMDAwMTAxMDAwMDAwWhgPMjEwMDAxMDEwMDAwMDBaMBcxFTATBgNV
BAMMDGV4YW1wbGUudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPRlBTci
EvBzVEmRI5EUWl3Uk0wmp165mkywxbk0ZMDBLSpEqYPoj9O8UCxaIxqMRlQrL4sd
1xdxZqwATn8cRwejSzBJMBcGA1UdEQQQMA6CDGV4YW1wbGUudGVzdDAPBgNVHRMB
Af8EBTADAQH/MB0GA1UdDgQWBBRIPdilClmTEbX+FAX0AoQnxVST7DAKBggqhkjO
PQQDAgNHADBEAiBs+kanZieuCEDPQkOFCUxxHle/irgYM9lofmwyCxhXvAIgZjhw
e4RosY7wNZkc9DU0ggkm+s5KOUzW7GgPeR2NvXg=
-----END CERTIFICATE-----
"""
KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgy4lK1FAI9fYit52A
zSQoWS5d7dM3oJRJFQMsMw4xlPOhRANCAAT0ZQU3IhLwc1RJkSORFFpd1JNMJqde
uZpMsMW5NGTAwS0qRKmD6I/TvFAsWiMajEZUKy+LHdcXcWasAE5/HEcH
-----END PRIVATE KEY-----
"""

PUBLIC = FetchLimits(pause=0, robots=False)
"""Limits of a fetch that asks at once, and for no robots.txt."""

OWN = FetchLimits(pause=0, robots=False, private_allowed=True)
"""The same, and private addresses are allowed."""

Answer = bytes | Callable[[socket.socket], None]


def page(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """Return a complete response."""
    length = f"Content-Length: {len(body)}"
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", length, *headers])
    return head.encode() + b"\r\n\r\n" + body


_NO_SUCH_PAGE = page(b"", status="404 Not Found")


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return page(b"", f"Location: {location}", status=status)


def rules(*lines: str) -> bytes:
    """Return a robots.txt of these lines."""
    return page("\n".join(lines).encode(), kind="text/plain")


def fetched(
    address: str, limits: FetchLimits = OWN, network: GuardedNetwork | None = None
) -> FetchedPage:
    """Fetch one page."""
    got = Fetcher(limits, network or GuardedNetwork()).fetch(PageRequest(address))
    assert isinstance(got, FetchedPage)
    return got


def refusal(address: str, limits: FetchLimits = OWN, network: GuardedNetwork | None = None) -> str:
    """Return the reason why a page isn't fetched."""
    with pytest.raises(ArticleError) as caught:
        fetched(address, limits, network)
    return str(caught.value)


class Site:
    """A server in threads; `answers` by path, others with 404. It keeps the requests."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers = answers
        self.connections = 0
        self.requests: list[str] = []
        self.closing = Event()
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.closing.set()
        # Closing a listener doesn't wake the thread that waits in it.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in list(self._threads):
            thread.join(timeout=5)
            assert not thread.is_alive()

    def at(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return the address of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    def drip_headers(self, conn: socket.socket) -> None:
        """Send a byte of a header every 20 ms, endlessly."""
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ")
        while not self.closing.wait(0.02):
            conn.sendall(b"x")

    def drip_body(self, conn: socket.socket) -> None:
        """Send a byte of the page every 20 ms, endlessly."""
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not self.closing.wait(0.02):
            conn.sendall(b"x")

    def hang(self, conn: socket.socket) -> None:
        """Send nothing until the client hangs up."""
        conn.settimeout(0.02)
        while not self.closing.is_set():
            with contextlib.suppress(TimeoutError):
                if not conn.recv(1000):
                    return

    def _accept(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._threads.append(Thread(target=self._serve, args=(conn,)))
            self._threads[-1].start()

    def _serve(self, conn: socket.socket) -> None:
        # What the client gives up is what most tests are about.
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(conn.close)
            conn.settimeout(5)
            if self._tls:
                conn = self._tls.wrap_socket(conn, server_side=True)
                stack.callback(conn.close)
            request = b""
            while b"\r\n\r\n" not in request:
                received = conn.recv(65536)
                if not received:
                    return
                request += received
            self.requests.append(request.decode("latin-1"))
            answer = self.answers.get(self.requests[-1].split(" ")[1], _NO_SUCH_PAGE)
            if isinstance(answer, bytes):
                conn.sendall(answer)
            else:
                answer(conn)


@contextlib.contextmanager
def secure_site(answers: dict[str, Answer], folder: Path) -> Iterator[Site]:
    """A TLS server of example.test with a self-signed certificate."""
    files = folder / "certificate.pem", folder / "key.pem"
    for file, text in zip(files, (CERTIFICATE, KEY), strict=True):
        file.write_text(text, encoding="ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    with Site(answers, context) as site:
        yield site


class Internet:
    """A private internet: the addresses of names, and the server at each address.

    `names` gives each name's addresses, one list for each time it is asked, the last one from then
    on. `places` gives an address's server on the loopback interface; at others nobody answers.
    """

    def __init__(self, names: dict[str, list[list[str]]], places: dict[str, Site]) -> None:
        self.names = names
        self.places = places
        self.dialled: list[str] = []
        self.ports: list[int] = []

    def network(self, trust: ssl.SSLContext | None = None) -> GuardedNetwork:
        """Return it as the network of a fetch."""
        return GuardedNetwork(self._resolve, self._dial, trust)

    def _resolve(self, host: str) -> list[str]:
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        meanings = self.names[host]
        return meanings.pop(0) if len(meanings) > 1 else meanings[0]

    def _dial(self, ip: IP, port: int, seconds: float, deadline: Deadline) -> socket.socket:
        self.dialled.append(str(ip))
        self.ports.append(port)
        if str(ip) not in self.places:
            raise ConnectionRefusedError(111, "Connection refused")
        import ipaddress

        return dial(ipaddress.ip_address("127.0.0.1"), self.places[str(ip)].port, seconds, deadline)
