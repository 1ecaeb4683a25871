"""Addresses of ranges of articles: resources, and links that open them on the page."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode

from pydantic import ValidationError

from index.errors import UsageError
from web.mcp.tool_inputs import ReadInput

PREFIX = "yiju://article/"
TEMPLATES = (f"{PREFIX}{{id}}", f"{PREFIX}{{id}}{{?start,end,v}}")

_UNREADABLE = "There is no such resource. Articles are yiju://article/ID, the id percent-encoded."


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A range of an article in an index version."""

    article_id: str
    start: int
    end: int
    version: str


Link = Callable[[TextPlace], str]
"""Returns the address at which a place can be opened."""


def resource_link(place: TextPlace) -> str:
    """Return the address of a range as a resource.

    >>> resource_link(TextPlace("a/b 1.txt", 3, 9, "000007"))
    'yiju://article/a%2Fb%201.txt?start=3&end=9&v=000007'
    """
    return f"{resource_of(place.article_id)}?{_range(place)}"


def page_link(root: str) -> Link:
    """Return what makes links to the page of the server whose address is `root`.

    >>> page_link("http://localhost:8000/")(TextPlace("a/b", 3, 9, "000007"))
    'http://localhost:8000/#/article/a%2Fb?start=3&end=9&v=000007'
    """
    return lambda place: f"{root}#/article/{quote(place.article_id, safe='')}?{_range(place)}"


def resource_of(article_id: str) -> str:
    """Return the address of an article as a resource."""
    return PREFIX + quote(article_id, safe="")


def wanted_of(uri: str) -> ReadInput:
    """Return what the address of a resource asks for.

    >>> wanted_of("yiju://article/a%2Fb?start=3").start
    3

    Raises:
        UsageError: it is no such address.
    """
    name, _, query = uri.removeprefix(PREFIX).partition("?")
    if not uri.startswith(PREFIX) or not name:
        raise UsageError(_UNREADABLE)
    values = {key: texts[0] for key, texts in parse_qs(query).items()}
    version = {"index_version": values.pop("v")} if "v" in values else {}
    try:
        return ReadInput.model_validate({**values, **version, "id": unquote(name, errors="strict")})
    except (ValidationError, UnicodeDecodeError) as error:
        raise UsageError(_UNREADABLE) from error


def _range(place: TextPlace) -> str:
    return urlencode({"start": place.start, "end": place.end, "v": place.version})
