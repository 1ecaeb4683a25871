"""Lists of web addresses: which lines of a file name pages, in the one form that is a page's id.

Only the text is looked at here: where a host leads is for `connecting` to find out and to judge.
"""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

from index.errors import ArticleError
from index.ingest.sources.encoding import decode
from index.ingest.sources.files import Failure, printable

MOST = 2000  # characters; servers and browsers cut what is longer
PORTS = {"http": 80, "https": 443}

# Not urlsplit's own host and port: it passes over what stands beside the brackets of [::1]evil.com.
_NETLOC = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]+)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# What the C library takes for a number, and so the whole host for an IPv4 address: 127.1, 0x7f.1.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PATH_KEEPS = "/%!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages a file lists, each once and in its order, and the lines that name none."""

    pages: tuple[str, ...]
    failures: tuple[Failure, ...]


def read_addresses(path: Path) -> Addresses:
    """The addresses in a text file, one a line; `#` begins a comment, empty lines are passed over.

    `HTTP://例子.中国#top` → `http://xn--fsqu00a.xn--fiqs8s/`. A failure's path is `FILE:LINE`, of a
    file that can't be read at all `FILE`. Never raises for these.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        return Addresses((), (Failure(printable(path), f"can't be read: {error.strerror}."),))
    except ArticleError as error:
        return Addresses((), (Failure(printable(path), str(error)),))
    pages: list[str] = []
    failures: list[Failure] = []
    for number, line in enumerate(text.split("\n"), 1):
        # Within an address `#` begins a fragment; a comment has a space before it.
        address = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        try:
            pages += [normalise(address)] if address else []
        except ArticleError as error:
            failures.append(Failure(f"{printable(path)}:{number}", str(error)))
    return Addresses(tuple(dict.fromkeys(pages)), tuple(failures))


def normalise(address: str) -> str:
    """The one form of a page's address, in ASCII.

    `https://Example.com:443/a/../新?q=%e4#end` → `https://example.com/%E6%96%B0?q=%E4`. Raises
    `ArticleError` for what is no http or https address, holds credentials, or is too long.
    """
    if " " in address or not address.isprintable():
        reason = "has a space or an invisible character in it; remove it or write a space as %20."
        raise ArticleError(reason)
    parts = _split(address)
    if "@" in parts.netloc:
        raise ArticleError("holds a user name or password; remove what stands before the “@”.")
    found = _NETLOC.fullmatch(parts.netloc)
    if found is None:
        raise ArticleError("has no host, or one that can't be read; check what follows the “//”.")
    place = _host(found[1]) + _port(found[2], parts.scheme)
    query = f"?{_escaped(parts.query, _PATH_KEEPS + '?')}" if parts.query else ""
    path = _without_dots(_escaped(parts.path, _PATH_KEEPS))
    normal = f"{parts.scheme}://{place}{path}{query}"
    if len(normal) > MOST:
        raise ArticleError(f"is longer than {MOST:,} characters; save the page as a file instead.")
    return normal


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ArticleError("has a host that can't be read; check what follows the “//”.") from error
    if parts.scheme not in PORTS:
        raise ArticleError("is no web address; it must begin with http:// or https://.")
    return parts


def _host(given: str) -> str:
    if given.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(given[1:-1])}]"
        except ValueError as error:
            raise ArticleError(f"has a host that is no IPv6 address: “{given}”.") from error
    # Numbers are looked for after this: １２７.１ and ①②⑦.１ become 127.1.
    host = _punycode(given.lower()).removesuffix(".")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        return _ipv4(host)
    if len(host) > 253 or not all(map(_LABEL.fullmatch, host.split("."))):
        raise ArticleError(f"has a host that can't exist: “{given[:80]}”; check the spelling.")
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


def _port(given: str | None, scheme: str) -> str:
    port = int(given) if given else PORTS[scheme]
    if not 0 < port < 65536:
        raise ArticleError(f"has a port that can't exist: {port}; ports go from 1 to 65535.")
    return "" if port == PORTS[scheme] else f":{port}"


def _escaped(text: str, keeps: str) -> str:
    """ASCII in which one character has one form: `新%7e%e4/100%` → `%E6%96%B0~%E4/100%25`."""
    return quote(_ESCAPE.sub(_one_form, text), safe=keeps)


def _one_form(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    char = chr(int(escape[1], 16))
    return char if _UNRESERVED.fullmatch(char) else escape[0].upper()


def _without_dots(path: str) -> str:
    """The path without `.` and `..`, by RFC 3986, 5.2.4: `/a/./b/../c` → `/a/c`."""
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
