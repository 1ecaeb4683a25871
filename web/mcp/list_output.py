"""What the tool that lists articles returns. Docstrings are shown to assistants."""

from typing import Self

from pydantic import BaseModel

from web.article_shapes import ListingOut, ListOut
from web.mcp.article_addresses import Link, TextPlace
from web.mcp.tool_output import ToolOutput, described


class ListedSnippet(BaseModel):
    """A range of an article and exactly its text; `link` opens it."""

    start: int
    end: int
    text: str
    link: str


class ListItem(BaseModel):
    """An article without its text; `snippets` are ranges of it that have the words sought."""

    id: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    characters: int
    snippets: list[ListedSnippet]

    @classmethod
    def of(cls, article: ListingOut, version: str, link: Link) -> Self:
        """Describe an article of the API's list."""
        places = (
            (snippet, TextPlace(article.id, snippet.start, snippet.end, version))
            for snippet in article.snippets
        )
        snippets = [
            ListedSnippet(**snippet.model_dump(exclude={"marks"}), link=link(place))
            for snippet, place in places
        ]
        known = article.model_dump(exclude={"passages", "snippets"})
        return cls(**known, snippets=snippets)


class ListOutput(ToolOutput):
    """A page of articles, of `pages`; `total` is the number of all that match."""

    articles: list[ListItem]
    page: int
    pages: int
    total: int
    index_version: str

    @classmethod
    def of(cls, listing: ListOut, version: str, link: Link) -> Self:
        """Describe a page of the API's list."""
        return cls(
            articles=[ListItem.of(article, version, link) for article in listing.articles],
            page=listing.page,
            pages=listing.pages,
            total=listing.total,
            index_version=version,
        )

    @property
    def notice(self) -> str:
        """Which page it is."""
        return (
            f"Articles that match: {self.total}. This is page {self.page} of {self.pages} "
            f"(index version {self.index_version})."
        )

    @property
    def article_text(self) -> str:
        """A line for each article, and its snippets."""
        lines = []
        for article in self.articles:
            about = described(article.title, article.source, article.published, article.url)
            lines += [f"- {about}; article {article.id}, {article.characters} characters"]
            for snippet in article.snippets:
                lines += [f"    {snippet.start}–{snippet.end}: {snippet.text}"]
                lines += [f"    {snippet.link}"]
        return "\n".join(lines)
