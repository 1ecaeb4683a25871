"""One page from the web, fetched as if its address had been given by somebody who means harm.

Each host, of the page and of whatever it redirects to, is checked before it is connected to
(`connecting`); time, size and redirects have limits. Reading the page is left to the readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.client import responses
from importlib.metadata import version
from ssl import SSLContext
from threading import Event
from urllib.parse import urljoin, urlsplit

import httpcore

from index.errors import ArticleError
from index.fetch.guarded_network import Guard, GuardedNetwork
from index.fetch.gzip_stream import unpacker_for
from index.fetch.media_types import ACCEPT, read_content_type
from index.fetch.socket_stream import Clock
from index.fetch.urls import normalise

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a page may cost. Times are in seconds, `size` in bytes after unpacking.

    `connect` is for each address of a host, `read` for each wait, `total` for the page with all
    its redirects; `pause` lies between two pages of one host. `private_allowed` lets addresses
    that aren't public be fetched: for a network of one's own, never for a list by somebody else.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    size: int = 10_000_000
    redirects: int = 5
    pause: float = 0.5
    private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page's bytes, unpacked, with the address it came from in the end and what it is said to be.

    `charset` is the server's word for the encoding; it may be wrong, or None.
    """

    data: bytes
    address: str
    media_type: str
    charset: str | None


DEFAULT_LIMITS = FetchLimits()
INTERNET = GuardedNetwork()


def fetch(
    address: str,
    limits: FetchLimits = DEFAULT_LIMITS,
    network: GuardedNetwork = INTERNET,
    halted: Event | None = None,
) -> Fetched:
    """The page at an address. Raises `ArticleError`, also soon after `halted` was set."""
    clock = Clock(limits.total, halted)
    guard = Guard(network, clock, limits.private_allowed)
    here = normalise(address)
    for _ in range(limits.redirects + 1):
        outcome = _visit(here, limits, guard, network.trust)
        if isinstance(outcome, Fetched):
            return outcome
        here = outcome
    raise ArticleError(f"redirects more than {limits.redirects} times; give its final address.")


def _visit(
    address: str, limits: FetchLimits, guard: Guard, trust: SSLContext | None
) -> Fetched | str:
    """The page, or the address that it redirects to."""
    url = _url(address)
    context = (trust or _trust()) if url.scheme == b"https" else None
    timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    # Of httpcore the plain connection: it knows no proxies, no cookies and no redirects.
    try:
        with (
            httpcore.HTTPConnection(url.origin, context, network_backend=guard) as connection,
            connection.stream(
                "GET", url, headers=_headers(address), extensions={"timeout": timeout}
            ) as response,
        ):
            headers = {key.lower().decode("latin-1"): _text(raw) for key, raw in response.headers}
            if response.status in _REDIRECTS:
                return _next(address, headers.get("location", ""))
            return _take(address, response, headers, limits.size)
    except httpcore.ProtocolError as error:
        raise ArticleError(f"can't be read: the server broke HTTP's rules ({error}).") from error


@lru_cache(maxsize=1)
def _trust() -> SSLContext:
    return httpcore.default_ssl_context()


def _url(address: str) -> httpcore.URL:
    parts = urlsplit(address)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=(parts.hostname or "").encode(),
        port=parts.port,
        target=target.encode(),
    )


def _headers(address: str) -> dict[bytes | str, bytes | str]:
    return {
        "Host": urlsplit(address).netloc,
        "User-Agent": f"Yiju/{version('yiju')} (+article indexer)",
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:  # an older server; every byte is a character there
        return raw.decode("latin-1")


def _next(address: str, location: str) -> str:
    """Where a redirect leads: `https://a/b`, `../c` → `https://a/c`."""
    if not location:
        raise ArticleError("redirects, but the server doesn't tell where to; try again later.")
    try:
        # Servers send spaces in addresses, which browsers escape too.
        there = normalise(urljoin(address, location.strip().replace(" ", "%20")))
    except (ArticleError, ValueError) as error:
        reason = f"redirects to “{location[:80]}”, which can't be fetched: that {error}"
        raise ArticleError(reason) from error
    if address.startswith("https:") and there.startswith("http:"):
        reason = f"redirects from https to “{there[:80]}”, which isn't secure; save it as a file."
        raise ArticleError(reason)
    return there


def _take(
    address: str, response: httpcore.Response, headers: Mapping[str, str], size: int
) -> Fetched:
    if response.status != 200:
        told = f"{response.status} {responses.get(response.status, '')}".strip()
        raise ArticleError(f"was answered with “{told}”; check the address.")
    media_type, charset = read_content_type(headers.get("content-type", ""))
    data = _body(response, headers.get("content-encoding", ""), size)
    return Fetched(data, address, media_type, charset)


def _body(response: httpcore.Response, encoding: str, size: int) -> bytes:
    """All bytes of the body, unpacked. `size` holds packed as well: empty gzip files never end."""
    unpacker = unpacker_for(encoding)
    data = bytearray()
    packed = 0
    for piece in response.iter_stream():
        packed += len(piece)
        data += unpacker.feed(piece, size - len(data))
        if max(packed, len(data)) > size:
            reason = f"is larger than {size / 1_000_000:g} MB; save the part you need as a file."
            raise ArticleError(reason)
    unpacker.finish()
    return bytes(data)
