"""Parse URL lists, and normalise a URL to the form that is the id of its page.

Only the text is checked here: which addresses a host has, and whether these are public, is left to
`guarded_network`.
"""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

from index.article import Failure
from index.errors import ArticleError
from index.ingest.sources.encoding import decode
from index.ingest.sources.files import printable

_MAX_LENGTH = 2000  # characters; servers and browsers cut longer ones
_PORTS = {"http": 80, "https": 443}

# Not urlsplit's own host and port: it ignores what is beside the brackets of [::1]evil.com.
_NETLOC = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]+)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# Labels that the C library reads as numbers, and so the host as IPv4: 127.1, 0x7f.1.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PATH_SAFE = "/%!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class UrlList:
    """The normal URLs that a file lists, each once and in order, and the lines that failed."""

    urls: tuple[str, ...]
    failures: tuple[Failure, ...]


def read_url_list(path: Path) -> UrlList:
    """Read a text file of URLs, one a line; `#` begins a comment, empty lines are skipped.

    A failure is under `FILE:LINE`, or under `FILE` if the file can't be read at all: neither
    raises.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        return UrlList((), (Failure(printable(path), f"can't be read: {error.strerror}."),))
    except ArticleError as error:
        return UrlList((), (Failure(printable(path), str(error)),))
    urls: list[str] = []
    failures: list[Failure] = []
    for number, line in enumerate(text.split("\n"), 1):
        # Within a URL `#` begins a fragment; a comment has a space before it.
        url = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        try:
            urls += [normalise_url(url)] if url else []
        except ArticleError as error:
            failures.append(Failure(f"{printable(path)}:{number}", str(error)))
    return UrlList(tuple(dict.fromkeys(urls)), tuple(failures))


def normalise_url(url: str) -> str:
    """Return the normal form of a page's URL, in ASCII and without its fragment.

    >>> normalise_url("HTTPS://例子.中国:443/a/../新?q=%e4#end")
    'https://xn--fsqu00a.xn--fiqs8s/%E6%96%B0?q=%E4'

    Raises:
        ArticleError: it is no http or https URL, contains credentials, or is too long.
    """
    if " " in url or not url.isprintable():
        reason = "has a space or an invisible character in it; remove it or write a space as %20."
        raise ArticleError(reason)
    parts = _split(url)
    if "@" in parts.netloc:
        raise ArticleError("holds a user name or password; remove what stands before the “@”.")
    netloc = _NETLOC.fullmatch(parts.netloc)
    if netloc is None:
        raise ArticleError("has no host, or one that can't be read; check what follows the “//”.")
    origin = _host(netloc[1]) + _port(netloc[2], parts.scheme)
    query = f"?{_escaped(parts.query, _PATH_SAFE + '?')}" if parts.query else ""
    path = _without_dots(_escaped(parts.path, _PATH_SAFE))
    normal = f"{parts.scheme}://{origin}{path}{query}"
    if len(normal) > _MAX_LENGTH:
        reason = f"is longer than {_MAX_LENGTH:,} characters; save the page as a file instead."
        raise ArticleError(reason)
    return normal


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ArticleError("has a host that can't be read; check what follows the “//”.") from error
    if parts.scheme not in _PORTS:
        raise ArticleError("is no web address; it must begin with http:// or https://.")
    return parts


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(text[1:-1])}]"
        except ValueError as error:
            raise ArticleError(f"has a host that is no IPv6 address: “{text}”.") from error
    # Before the search for numbers: １２７.１ and ①②⑦.１ become 127.1.
    host = _punycode(text.lower()).removesuffix(".")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        return _ipv4(host)
    if len(host) > 253 or not all(map(_LABEL.fullmatch, host.split("."))):
        raise ArticleError(f"has a host that can't exist: “{text[:80]}”; check the spelling.")
    return host


def _punycode(host: str) -> str:
    if host.isascii():
        return host
    # Python's own codec follows the rules of 2003, by which faß.de is another site, fass.de.
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        reason = f"has a host that can't exist: “{host[:80]}”; check the spelling."
        raise ArticleError(reason) from error


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        reason = f"has a host that is no IPv4 address: “{host[:80]}”; write all four numbers."
        raise ArticleError(reason) from error


def _port(text: str | None, scheme: str) -> str:
    port = int(text) if text else _PORTS[scheme]
    if not 0 < port < 65536:
        raise ArticleError(f"has a port that can't exist: {port}; ports go from 1 to 65535.")
    return "" if port == _PORTS[scheme] else f":{port}"


def _escaped(text: str, safe: str) -> str:
    """Percent-encode a text to ASCII in which each character has a single form.

    >>> _escaped("新%7e%e4/100%", safe="/%")
    '%E6%96%B0~%E4/100%25'
    """
    return quote(_ESCAPE.sub(_normal_escape, text), safe=safe)


def _normal_escape(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    char = chr(int(escape[1], 16))
    return char if _UNRESERVED.fullmatch(char) else escape[0].upper()


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` in a path (RFC 3986, 5.2.4).

    >>> _without_dots("/a/./b/../c")
    '/a/c'
    """
    kept: list[str] = []
    parts = path.split("/")[1:] or [""]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
