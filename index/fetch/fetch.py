"""Download one page, treating its URL as hostile input.

Each host, of the page and of every redirect, is checked before it is connected to
(`guarded_network`); time, size and redirects are limited. Reading the page is left to
`index.ingest`.
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
from index.fetch.guarded_network import GuardedBackend, GuardedNetwork
from index.fetch.gzip_stream import decoder_for
from index.fetch.media_types import ACCEPT, read_content_type
from index.fetch.socket_stream import Deadline
from index.fetch.urls import normalise_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a page may cost: times in seconds, `size` in bytes after unpacking.

    `connect` is for each address of a host, `read` for each wait, `total` for the page with all
    its redirects; `pause` separates two pages of one host. `private_allowed` permits addresses
    that aren't public: for a network of one's own, never for a list from a stranger.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    size: int = 10_000_000
    redirects: int = 5
    pause: float = 0.5
    private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page's bytes, unpacked, with its URL after all redirects and its media type.

    `charset` is the encoding that the server declares; it may be wrong, or None.
    """

    data: bytes
    url: str
    media_type: str
    charset: str | None


DEFAULT_LIMITS = FetchLimits()
INTERNET = GuardedNetwork()


def fetch(
    url: str,
    limits: FetchLimits = DEFAULT_LIMITS,
    network: GuardedNetwork = INTERNET,
    cancelled: Event | None = None,
) -> FetchedPage:
    """Return the page at a URL, following redirects.

    Raises:
        ArticleError: it can't be fetched, or `cancelled` was set (noticed within about 0.1 s).
    """
    deadline = Deadline(limits.total, cancelled)
    backend = GuardedBackend(network, deadline, limits.private_allowed)
    current = normalise_url(url)
    for _ in range(limits.redirects + 1):
        outcome = _visit(current, limits, backend, network.trust)
        if isinstance(outcome, FetchedPage):
            return outcome
        current = outcome
    raise ArticleError(f"redirects more than {limits.redirects} times; give its final address.")


def _visit(
    url: str, limits: FetchLimits, backend: GuardedBackend, trust: SSLContext | None
) -> FetchedPage | str:
    """Return the page, or the URL that it redirects to."""
    target = _target(url)
    context = (trust or _default_trust()) if target.scheme == b"https" else None
    timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    # Of httpcore the plain connection: it knows no proxies, no cookies and no redirects.
    try:
        with (
            httpcore.HTTPConnection(target.origin, context, network_backend=backend) as connection,
            connection.stream(
                "GET", target, headers=_request_headers(url), extensions={"timeout": timeout}
            ) as response,
        ):
            headers = {
                key.lower().decode("latin-1"): _decode_header(raw) for key, raw in response.headers
            }
            if response.status in _REDIRECTS:
                return _redirect_target(url, headers.get("location", ""))
            return _read_page(url, response, headers, limits.size)
    except httpcore.ProtocolError as error:
        raise ArticleError(f"can't be read: the server broke HTTP's rules ({error}).") from error


@lru_cache(maxsize=1)
def _default_trust() -> SSLContext:
    return httpcore.default_ssl_context()


def _target(url: str) -> httpcore.URL:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=(parts.hostname or "").encode(),
        port=parts.port,
        target=target.encode(),
    )


def _request_headers(url: str) -> dict[bytes | str, bytes | str]:
    return {
        "Host": urlsplit(url).netloc,
        "User-Agent": f"Yiju/{version('yiju')} (+article indexer)",
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _decode_header(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:  # an older server; every byte is a character there
        return raw.decode("latin-1")


def _redirect_target(url: str, location: str) -> str:
    """Resolve a Location header against the page's URL, and refuse what may not be fetched.

    >>> _redirect_target("https://a.test/b/c", "../d")
    'https://a.test/d'
    """
    if not location:
        raise ArticleError("redirects, but the server doesn't tell where to; try again later.")
    try:
        # Servers send spaces in URLs, which browsers escape too.
        target = normalise_url(urljoin(url, location.strip().replace(" ", "%20")))
    except (ArticleError, ValueError) as error:
        reason = f"redirects to “{location[:80]}”, which can't be fetched: that {error}"
        raise ArticleError(reason) from error
    if url.startswith("https:") and target.startswith("http:"):
        reason = f"redirects from https to “{target[:80]}”, which isn't secure; save it as a file."
        raise ArticleError(reason)
    return target


def _read_page(
    url: str, response: httpcore.Response, headers: Mapping[str, str], max_size: int
) -> FetchedPage:
    if response.status != 200:
        status = f"{response.status} {responses.get(response.status, '')}".strip()
        raise ArticleError(f"was answered with “{status}”; check the address.")
    media_type, charset = read_content_type(headers.get("content-type", ""))
    data = _read_body(response, headers.get("content-encoding", ""), max_size)
    return FetchedPage(data, url, media_type, charset)


def _read_body(response: httpcore.Response, encoding: str, max_size: int) -> bytes:
    """Read and unpack the whole body, refusing one of more than `max_size` bytes.

    The limit counts packed bytes as well: a stream of empty gzip files never ends.
    """
    decoder = decoder_for(encoding)
    data = bytearray()
    packed = 0
    for chunk in response.iter_stream():
        packed += len(chunk)
        data += decoder.feed(chunk, max_size - len(data))
        if max(packed, len(data)) > max_size:
            size = f"{max_size / 1_000_000:g} MB"
            raise ArticleError(f"is larger than {size}; save the part you need as a file.")
    decoder.finish()
    return bytes(data)
