"""The shapes of an article and of a page of them; docstrings are shown in the OpenAPI document."""

from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, Field

from index.listing.article_finder import ArticlePage

PAGE_SIZE = 50


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SectionOut(_Out):
    """A heading and the range it governs."""

    title: str
    start: int
    end: int


class RemovedOut(_Out):
    """Boilerplate that was cut, and the offset where it stood."""

    at: int
    text: str


class RecognisedOut(_Out):
    """A range that was recognised in a scan, and how surely: 0 to 1."""

    start: int
    end: int
    confidence: float


class CellOut(_Out):
    """A cell of a table: its first row and column, from 0, and how many of them it spans.

    `start` and `end` are the range of its words in the article's text, the first one where they are
    told several times; `header` says that it names other cells. Only a cell that the article's text
    does not tell has its words in `text`; its range is empty.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    header: bool
    text: str | None = Field(default=None, exclude_if=lambda text: text is None)


class TableOut(_Out):
    """A table: the range of its lines, and its cells row by row; they cover each square once."""

    start: int
    end: int
    rows: int
    columns: int
    cells: list[CellOut]


class ArticleOut(_Out):
    """An article as it is stored and cited; `pages` are the offsets at which its pages begin.

    `digest` stays the same as long as the text does; `tables` are the tables that lines of `text`
    tell, in order.
    """

    model_config = ConfigDict(
        from_attributes=True,
        openapi_extra={"content": {"text/markdown": {"schema": {"type": "string"}}}},  # type: ignore[typeddict-unknown-key]
    )

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    text: str
    sections: list[SectionOut]
    removed: list[RemovedOut]
    index_version: str
    author: str | None
    pages: list[int]
    digest: str
    tables: list[TableOut]
    recognised: list[RecognisedOut]


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
