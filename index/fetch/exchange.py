"""One HTTP request: its headers, and the headers and the bytes of its reply.

Following redirects and deciding what a status means is left to `fetch`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http.client import responses
from importlib.metadata import version
from ssl import SSLContext
from urllib.parse import urljoin, urlsplit

import httpcore

from index.errors import ArticleError
from index.fetch.guarded_network import GuardedBackend
from index.fetch.gzip_stream import decoder_for
from index.fetch.media_types import ACCEPT
from index.fetch.urls import normalise_url

AGENT = "Yiju"
"""The name that a site's robots.txt may address."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_VALIDATOR = 500  # characters; what is longer is no use, and is not kept


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, to be asked later whether the page at `url` has changed."""

    url: str = ""
    etag: str = ""
    last_modified: str = ""

    def headers_for(self, url: str) -> dict[bytes | str, bytes | str]:
        """Return the headers that ask for the page at a URL only if it has changed."""
        if url != self.url:
            return {}
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in conditions.items() if value}


NO_VALIDATORS = Validators()


class HttpReply:
    """The reply of `url` to one request; its bytes can be read once."""

    def __init__(self, url: str, response: httpcore.Response) -> None:
        self.url = url
        self.status = response.status
        self.headers: Mapping[str, str] = {
            key.lower().decode("latin-1"): _decode_header(raw) for key, raw in response.headers
        }
        self._response = response

    @property
    def label(self) -> str:
        """The status as a person reads it: `404 Not Found`."""
        return f"{self.status} {responses.get(self.status, '')}".strip()

    @property
    def target(self) -> str | None:
        """The URL that the reply redirects to, if it does.

        Raises:
            ArticleError: that URL may not be fetched.
        """
        if self.status not in _REDIRECTS:
            return None
        return _redirect_target(self.url, self.headers.get("location", ""))

    @property
    def retry_after(self) -> float | None:
        """The seconds that the server asks to be left alone, if it does (429, 503)."""
        if self.status not in (429, 503):
            return None
        return _seconds_of(self.headers.get("retry-after", "").strip())

    @property
    def validators(self) -> Validators:
        """What to ask with next time; what can't be sent back as it came is left out."""
        etag = _returnable(self.headers.get("etag", ""))
        return Validators(self.url, etag, _returnable(self.headers.get("last-modified", "")))

    def read(self, most: int) -> bytes:
        """Read and unpack the whole body, refusing one of more than `most` bytes.

        The limit counts packed bytes as well: a stream of empty gzip files never ends.
        """
        data = self._unpack(most, whole=True)
        if data is None:
            size = f"{most / 1_000_000:g} MB"
            raise ArticleError(f"is larger than {size}; save the part you need as a file.")
        return data

    def read_start(self, most: int) -> bytes:
        """Read and unpack the first `most` bytes of the body."""
        return self._unpack(most, whole=False) or b""

    def _unpack(self, most: int, *, whole: bool) -> bytes | None:
        """Return the body; of one of more than `most` bytes None, or unless `whole` its start."""
        decoder = decoder_for(self.headers.get("content-encoding", ""))
        data = bytearray()
        packed = 0
        for chunk in self._response.iter_stream():
            packed += len(chunk)
            data += decoder.feed(chunk, most - len(data))
            if max(packed, len(data)) > most:
                return None if whole else bytes(data[:most])
        decoder.finish()
        return bytes(data)


@contextmanager
def get(
    url: str,
    headers: Mapping[bytes | str, bytes | str],
    timeout: Mapping[str, float],
    backend: GuardedBackend,
    trust: SSLContext | None,
) -> Iterator[HttpReply]:
    """Send a GET, and close the connection when the block ends.

    Raises:
        ArticleError: the server can't be reached, is too slow, or breaks HTTP's rules.
    """
    with _exchange(
        "GET", url, {**_page_headers(url), **headers}, None, timeout, backend, trust
    ) as reply:
        yield reply


@contextmanager
def post(  # noqa: PLR0913, PLR0917 - as many as a GET has, and the body
    url: str,
    body: bytes,
    headers: Mapping[bytes | str, bytes | str],
    timeout: Mapping[str, float],
    backend: GuardedBackend,
    trust: SSLContext | None,
) -> Iterator[HttpReply]:
    """Send a POST of JSON, and close the connection when the block ends.

    Raises:
        ArticleError: the server can't be reached, is too slow, or breaks HTTP's rules.
    """
    own: dict[bytes | str, bytes | str] = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    with _exchange(
        "POST", url, {**_headers(url), **own, **headers}, body, timeout, backend, trust
    ) as reply:
        yield reply


@contextmanager
def _exchange(  # noqa: PLR0913, PLR0917 - what a request is of
    method: str,
    url: str,
    headers: Mapping[bytes | str, bytes | str],
    body: bytes | None,
    timeout: Mapping[str, float],
    backend: GuardedBackend,
    trust: SSLContext | None,
) -> Iterator[HttpReply]:
    target = _target(url)
    context = (trust or _default_trust()) if target.scheme == b"https" else None
    # Of httpcore the plain connection: it knows no proxies, no cookies and no redirects.
    try:
        with (
            httpcore.HTTPConnection(target.origin, context, network_backend=backend) as connection,
            connection.stream(
                method,
                target,
                headers=headers,
                content=body,
                extensions={"timeout": dict(timeout)},
            ) as response,
        ):
            yield HttpReply(url, response)
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


def _headers(url: str) -> dict[bytes | str, bytes | str]:
    return {
        "Host": urlsplit(url).netloc,
        "User-Agent": f"{AGENT}/{version('yiju')} (+article indexer)",
        "Connection": "close",
    }


def _page_headers(url: str) -> dict[bytes | str, bytes | str]:
    return {**_headers(url), "Accept": ACCEPT, "Accept-Encoding": "gzip"}


def _decode_header(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:  # an older server; every byte is a character there
        return raw.decode("latin-1")


def _returnable(value: str) -> str:
    fits = value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if fits else ""


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


def _seconds_of(value: str) -> float | None:
    """Return what a Retry-After header says, in seconds from now.

    >>> _seconds_of("120"), _seconds_of("soon"), _seconds_of("Wed, 21 Oct 2015 07:28:00 GMT")
    (120.0, None, 0.0)
    """
    if value.isascii() and value.isdigit():
        return float(value[:9])  # some thirty years
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
