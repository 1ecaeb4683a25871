"""The shape of a page of articles; the docstrings are shown in the OpenAPI document."""

from dataclasses import asdict

from pydantic import BaseModel

from index.listing.article_finder import ArticlePage

PAGE_SIZE = 50


class SnippetOut(BaseModel):
    """A range of an article that has words sought; `text` is exactly `text[start:end]` of it.

    `marks` are the ranges, each a start and an end in the article's text, that have them.
    """

    start: int
    end: int
    text: str
    marks: list[tuple[int, int]]


class ListingOut(BaseModel):
    """An article without its text, with snippets of it if the text has words sought."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    passages: int
    author: str | None
    characters: int
    snippets: list[SnippetOut]


class SourceOut(BaseModel):
    """A source, and how many articles are of it."""

    source: str
    articles: int


class YearOut(BaseModel):
    """A year, and how many articles are dated in it."""

    year: str
    articles: int


class FacetsOut(BaseModel):
    """How many articles match in each source and year; each heeds the filter by the other."""

    sources: list[SourceOut]
    years: list[YearOut]


class ListOut(BaseModel):
    """A page of articles, and facets of all that match."""

    articles: list[ListingOut]
    page: int
    pages: int
    total: int
    facets: FacetsOut

    @classmethod
    def of(cls, found: ArticlePage, page: int) -> "ListOut":
        """Describe what was found for a page."""
        return cls(
            articles=[
                ListingOut.model_validate(
                    {**asdict(article.listing), "snippets": map(asdict, article.snippets)}
                )
                for article in found.articles
            ],
            page=page,
            pages=max(1, -(-found.total // PAGE_SIZE)),
            total=found.total,
            facets=FacetsOut(
                sources=[SourceOut(source=name, articles=count) for name, count in found.sources],
                years=[YearOut(year=year, articles=count) for year, count in found.years],
            ),
        )
