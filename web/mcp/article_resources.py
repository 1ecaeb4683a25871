"""The articles as resources: a list in pages, and the text of one or of a range of it."""

from dataclasses import dataclass

from index.errors import UsageError
from index.library.catalogue import Listing
from index.listing.article_finder import ArticleSearch
from web.article_shapes import PAGE_SIZE
from web.mcp.article_addresses import TextPlace, resource_link, wanted_of
from web.mcp.article_reading import read_range
from web.services import Services

MOST_OF_RESOURCE = 100_000
"""Characters that one reading of a resource returns."""


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """Some of the articles, and the cursor of the next page, if there is one."""

    listings: list[Listing]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ResourcePart:
    """A text at an address."""

    uri: str
    text: str


def list_resources(services: Services, cursor: str | None) -> ResourcePage:
    """Return a page of the articles, in the order of their titles.

    Raises:
        UsageError: no page has given this cursor.
    """
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise UsageError("This is no cursor of a page of resources.")
    offset = int(cursor or 0)
    page = services.live.use(
        lambda searcher: searcher.finder.find(ArticleSearch(sort="title"), offset, PAGE_SIZE)
    )
    after = offset + PAGE_SIZE
    listings = [article.listing for article in page.articles]
    return ResourcePage(listings, str(after) if after < page.total else None)


def read_resource(services: Services, uri: str) -> list[ResourcePart]:
    """Return the text at an address; where it is too long, also where to read on.

    Raises:
        UsageError: there is no such article or range.
        GoneError: the index version is no longer kept.
    """
    wanted = wanted_of(uri)
    read = read_range(services, wanted, MOST_OF_RESOURCE)
    parts = [ResourcePart(uri, read.text)]
    characters = len(read.article.text)
    if read.span.end < min(characters, wanted.end or characters):
        rest = TextPlace(wanted.id, read.span.end, characters, read.version)
        told = f"The article has {characters} characters; read on at this address."
        parts.append(ResourcePart(resource_link(rest), told))
    return parts
